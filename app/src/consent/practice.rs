//! What a member is told of an organization's attestation.

use leptos::prelude::*;
use model::attestation::{Attestation, Practice};

use crate::{
    components::alert::{Alert, Tone},
    locale::Locale,
};

/// A warning that names what the organization did not attest, or a plain line where it attested everything.
#[component]
pub fn Attested(organization: String, attestation: Attestation, locale: Locale) -> impl IntoView {
    let missing = attestation.not_attested();
    if missing.is_empty() && !attestation.officers_sanctioned {
        let text = match locale {
            Locale::English => {
                format!("{organization} attested how it collects, uses, protects and deletes your data.")
            }
            Locale::Spanish => format!("{organization} declaró cómo recopila, usa, protege y elimina sus datos."),
        };
        return view! { <p>{text}</p> }.into_any();
    }
    let heading = match locale {
        Locale::English => format!("Before you share: what {organization} did not promise"),
        Locale::Spanish => format!("Antes de compartir: lo que {organization} no prometió"),
    };
    let sanctioned = attestation.officers_sanctioned.then(|| {
        let text = locale.of(
            "It says that officers were convicted of felonies or sanctioned by a government agency in the past three years.",
            "Declara que sus directivos fueron condenados por delitos graves o sancionados por una agencia del gobierno en los \
             últimos tres años.",
        );
        view! { <li>{text}</li> }
    });
    let line = move |practice| view! { <li>{promise(practice, locale)}</li> };
    view! {
        <Alert tone=Tone::Warning heading=heading>
            <ul class="usa-list">{sanctioned} {missing.into_iter().map(line).collect_view()}</ul>
        </Alert>
    }
    .into_any()
}

/// What was not attested, as a sentence.
fn promise(practice: Practice, locale: Locale) -> &'static str {
    match practice {
        Practice::Collection => locale.of(
            "Its privacy policy does not say which data it collects and why.",
            "Su política de privacidad no dice qué datos recopila ni por qué.",
        ),
        Practice::Consent => locale
            .of("It may use your data without asking you first.", "Puede usar sus datos sin pedirle permiso antes."),
        Practice::Disclosure => locale
            .of("It does not say to whom it passes or sells your data.", "No dice a quién entrega o vende sus datos."),
        Practice::MemberAccess => locale.of(
            "You may not be able to see, correct or take along the data it holds.",
            "Es posible que no pueda ver, corregir ni llevarse los datos que guarda.",
        ),
        Practice::Safeguards => locale.of(
            "It does not promise safeguards of the industry's standard.",
            "No promete medidas de seguridad según las normas del sector.",
        ),
        Practice::Retention => locale.of(
            "It does not say how long it keeps your data, or what happens on a breach or sale.",
            "No dice cuánto tiempo guarda sus datos ni qué pasa en caso de una filtración o venta.",
        ),
    }
}
