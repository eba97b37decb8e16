//! What is not on the consent page any more as it was when the member answered it: `?changed=account.person`.

use fhir::members::Member;
use leptos::prelude::*;
use oauth::{consent::ConsentView, shown::Part};

use crate::{
    components::alert::{Alert, Tone},
    consent::ending::nothing_shared,
    locale::Locale,
    web::Web,
};

/// Nothing where nothing changed. Names come from the page, never from its address.
pub fn alert(web: &Web, asked: &ConsentView, member: Option<&Member>) -> Option<impl IntoView + use<>> {
    let locale = web.locale();
    let words: Vec<&str> = web.request.query("changed")?.split('.').collect();
    let changed = Part::ALL.into_iter().filter(|part| words.contains(&part.as_str()));
    let sentences: Vec<String> = changed.map(|part| sentence(web, asked, member, part)).collect();
    let line = |sentence| view! { <li>{sentence}</li> };
    let heading = locale.of(
        "This page has changed since you opened it. Your answer was not used.",
        "Esta página cambió desde que la abrió. Su respuesta no se usó.",
    );
    Some(view! {
        <Alert tone=Tone::Error heading>
            <ul class="usa-list">{sentences.into_iter().map(line).collect_view()}</ul>
            <p>
                {nothing_shared(locale)} " "
                {locale.of("Please check the page and answer again.", "Revise la página y responda de nuevo.")}
            </p>
        </Alert>
    })
}

fn sentence(web: &Web, asked: &ConsentView, member: Option<&Member>, part: Part) -> String {
    let (locale, plan, app) = (web.locale(), &asked.payer.name, &asked.client.name);
    let account = web.signed_in_name().unwrap_or_default();
    let person = member.map(|member| member.name.clone()).unwrap_or_default();
    match (part, locale) {
        (Part::Account, Locale::English) => format!("You are now signed in as {account}."),
        (Part::Account, Locale::Spanish) => format!("Ahora la sesión es de {account}."),
        (Part::Payer, Locale::English) => format!("The health plan is now {plan}."),
        (Part::Payer, Locale::Spanish) => format!("Ahora el plan de salud es {plan}."),
        (Part::Patient, Locale::English) if person.is_empty() => "This is about nobody's record now.".to_owned(),
        (Part::Patient, Locale::Spanish) if person.is_empty() => {
            "Ahora no se trata del expediente de nadie.".to_owned()
        }
        (Part::Patient, Locale::English) => format!("The information is now that of {person}."),
        (Part::Patient, Locale::Spanish) => format!("Ahora la información es de {person}."),
        (Part::Scopes, Locale::English) => format!("{app} asks for something else now."),
        (Part::Scopes, Locale::Spanish) => format!("{app} pide otra cosa ahora."),
    }
}
