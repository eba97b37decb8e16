//! What a member reads about an organization's attestation.

use leptos::prelude::*;
use model::attestation::Attestation;

use crate::{
    components::alert::{Alert, Tone},
    locale::Locale,
    texts::consent::practice as text,
};

/// A warning that names what the organization did not attest, or a plain line if it attested everything.
#[component]
pub fn Attested(organization: String, attestation: Attestation, locale: Locale) -> impl IntoView {
    let missing = attestation.not_attested();
    if missing.is_empty() && !attestation.officers_sanctioned {
        return view! { <p>{text::attested(locale, organization)}</p> }.into_any();
    }
    let sanctioned = attestation.officers_sanctioned.then(|| view! { <li>{text::OFFICERS_SANCTIONED.of(locale)}</li> });
    let line = move |practice| view! { <li>{text::missing(practice).of(locale)}</li> };
    view! {
        <Alert tone=Tone::Warning heading=text::not_attested(locale, organization)>
            <ul class="usa-list">{sanctioned} {missing.into_iter().map(line).collect_view()}</ul>
        </Alert>
    }
    .into_any()
}
