//! What has changed on the consent page since the member opened it: `?changed=account.person`.

use fhir::members::Member;
use leptos::prelude::*;
use oauth::{consent::ConsentView, shown::Part};

use crate::{
    components::alert::{Alert, Tone},
    texts::consent::{ask as text, ending::NOTHING_SHARED},
    web::Web,
};

/// `None` if nothing changed. Names come from the page, never from its address.
pub fn alert(web: &Web, asked: &ConsentView, member: Option<&Member>) -> Option<impl IntoView + use<>> {
    let locale = web.locale();
    let words: Vec<&str> = web.request.query("changed")?.split('.').collect();
    let changed = Part::ALL.into_iter().filter(|part| words.contains(&part.as_str()));
    let sentences: Vec<String> = changed.map(|part| sentence(web, asked, member, part)).collect();
    let line = |sentence| view! { <li>{sentence}</li> };
    Some(view! {
        <Alert tone=Tone::Error heading=text::CHANGED.of(locale)>
            <ul class="usa-list">{sentences.into_iter().map(line).collect_view()}</ul>
            <p>{NOTHING_SHARED.of(locale)} " " {text::ANSWER_AGAIN.of(locale)}</p>
        </Alert>
    })
}

fn sentence(web: &Web, asked: &ConsentView, member: Option<&Member>, part: Part) -> String {
    let locale = web.locale();
    match (part, member) {
        (Part::Account, _) => text::changed_account(locale, web.signed_in_name().unwrap_or_default()),
        (Part::Payer, _) => text::changed_plan(locale, &asked.payer.name),
        (Part::Patient, Some(member)) if !member.name.is_empty() => text::changed_person(locale, &member.name),
        (Part::Patient, _) => text::NO_PERSON.of(locale).to_owned(),
        (Part::Scopes, _) => text::changed_scopes(locale, &asked.client.name),
    }
}
