//! What has changed: on the consent page since the member opened it (`?changed=account.person`), and in what the app asks for
//! since the member's last consent.

use fhir::members::Member;
use leptos::prelude::*;
use oauth::{consent::ConsentView, shown::Part};

use crate::{
    components::{
        alert::{Alert, Tone},
        time::date,
    },
    member::scopes::titles,
    texts::consent::{ask as text, ending::NOTHING_SHARED},
    web::Web,
};

/// `None` if nothing changed. Names come from the page, never from its address.
pub fn alert(web: &Web, asked: &ConsentView, member: Option<&Member>) -> Option<AnyView> {
    let locale = web.locale();
    let words: Vec<&str> = web.request.query("changed")?.split('.').collect();
    let changed = Part::ALL.into_iter().filter(|part| words.contains(&part.as_str()));
    let sentences: Vec<String> = changed.map(|part| sentence(web, asked, member, part)).collect();
    let line = |sentence| view! { <li>{sentence}</li> };
    let view = view! {
        <Alert tone=Tone::Error heading=text::CHANGED.of(locale)>
            <ul class="usa-list">{sentences.into_iter().map(line).collect_view()}</ul>
            <p>{NOTHING_SHARED.of(locale)} " " {text::ANSWER_AGAIN.of(locale)}</p>
        </Alert>
    };
    Some(view.into_any())
}

/// What the app may already do, which the answer would replace, and what it no longer asks for. What is new, and
/// what is longer than before, is marked where it stands.
pub fn since_the_last(web: &Web, asked: &ConsentView) -> Option<AnyView> {
    let locale = web.locale();
    let earlier = asked.earlier.as_ref()?;
    let since = date(earlier.changed_at.unwrap_or(earlier.created_at), locale);
    let until = date(earlier.expires_at, locale);
    let dropped = titles(&web.services.programs, &asked.partition.program, &asked.dropped, locale);
    let dropped: Vec<String> = dropped.into_iter().map(|(title, _)| title).collect();
    let dropped = (!dropped.is_empty()).then(|| view! { <p>{text::no_longer_asked(locale, dropped.join("; "))}</p> });
    let view = view! {
        <div class="usa-alert usa-alert--info usa-alert--slim usa-alert--no-icon">
            <div class="usa-alert__body">
                <div class="usa-alert__text"><p>{text::earlier(locale, since, until)}</p> {dropped}</div>
            </div>
        </div>
    };
    Some(view.into_any())
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
