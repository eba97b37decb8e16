//! What a member reads about an organization's attestation.

use leptos::prelude::*;
use model::attestation::Attestation;
use oauth::client::Client;

use crate::{locale::Locale, texts::consent::practice as text};

/// The sentence about an organization that attested everything.
pub fn promised(client: &Client, locale: Locale) -> Option<String> {
    is_whole(&client.attestation).then(|| text::attested(locale, &client.organization_name))
}

fn is_whole(attestation: &Attestation) -> bool {
    attestation.not_attested().is_empty() && !attestation.officers_sanctioned
}

/// A warning that unfolds to what the organization did not attest; nothing if it attested everything.
#[component]
pub fn Attested(organization: String, attestation: Attestation, locale: Locale) -> impl IntoView {
    let sanctioned = attestation.officers_sanctioned.then(|| view! { <li>{text::OFFICERS_SANCTIONED.of(locale)}</li> });
    let line = move |practice| view! { <li>{text::missing(practice).of(locale)}</li> };
    (!is_whole(&attestation)).then(|| {
        view! {
            <details class="fold fold--warning">
                <summary>{text::not_attested(locale, organization)}</summary>
                <ul class="usa-list">{sanctioned} {attestation.not_attested().into_iter().map(line).collect_view()}</ul>
            </details>
        }
    })
}
