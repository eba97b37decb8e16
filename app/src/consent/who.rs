//! Who asks and what for, and whose data it is about.

use fhir::members::Member;
use identity::members::Basis;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{partition::Environment, texts::Text};
use oauth::consent::ConsentView;

use crate::{
    components::{
        logo::Logo,
        summary::{Fact, Summary},
        time::date,
    },
    consent::{
        ask::{may_choose, plans},
        frame::plan_fact,
        path,
        switch_account::SwitchAccount,
    },
    locale::Locale,
    texts::consent::{WHOSE_DATA, ask as text, person},
    web::Web,
};

const SWITCH: &str = "switch-account";

/// The most that the closed page quotes, so that all that matters stays in a phone's first screen.
const EXCERPT: usize = 120;

/// The app with its logo, the organization behind it, whether we reviewed it, and what it says it does.
pub fn asks(web: &Web, asked: &ConsentView, title: &str) -> AnyView {
    let locale = web.locale();
    let client = &asked.client;
    let (name, logo) = (client.name.clone(), asked.disclosure.logo.clone());
    let by = text::an_app_by(locale, &client.organization_name);
    let purpose = excerpt(&whole_purpose(asked));
    view! {
        <div class="asking">
            <Logo name logo />
            <div><h1>{title.to_owned()}</h1><p>{by}</p>{reviewed(web, asked)}</div>
        </div>
        <p class="purpose">{text::PURPOSE.of(locale)} " " <q class="quote">{purpose}</q></p>
    }
    .into_any()
}

/// What the app says it does with the data. Its description stands in where it does not say.
fn whole_purpose(asked: &ConsentView) -> String {
    asked.disclosure.purpose.as_ref().map_or_else(|| asked.client.description.clone(), ToString::to_string)
}

/// The same in full, if the page shows its beginning alone.
pub fn rest_of_purpose(asked: &ConsentView, locale: Locale) -> Option<impl IntoView + use<>> {
    let whole = whole_purpose(asked);
    (excerpt(&whole) != in_one_line(&whole)).then(|| {
        view! { <p>{text::PURPOSE.of(locale)} " " <q class="quote">{whole}</q></p> }
    })
}

/// What a reviewer approved, and when. In the sandbox no one reviews apps.
fn reviewed(web: &Web, asked: &ConsentView) -> Option<impl IntoView + use<>> {
    let locale = web.locale();
    let mark = match (asked.partition.environment, asked.disclosure.reviewed_at) {
        (Environment::Sandbox, _) => text::NOT_REVIEWED.of(locale).to_owned(),
        (Environment::Production, Some(at)) => {
            let program = web.services.programs.get(&asked.partition.program)?;
            text::reviewed(locale, &program.name, date(at, locale))
        }
        (Environment::Production, None) => return None,
    };
    Some(view! { <p class="asking__mark">{mark}</p> })
}

/// The beginning of a longer text, up to the end of a word.
fn excerpt(text: &str) -> String {
    let text = in_one_line(text);
    if text.chars().count() <= EXCERPT {
        return text;
    }
    let start: String = text.chars().take(EXCERPT).collect();
    let whole = start.rsplit_once(' ').map_or(start.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who is signed in, whose data it is, and the plan, each with the way to change it.
pub fn is_about(web: &Web, asked: &ConsentView, member: Option<&Member>, handle: &str) -> AnyView {
    let locale = web.locale();
    let signed_in = if asked.by_guest {
        text::VISITOR.of(locale).into_any()
    } else {
        let name = web.signed_in_name().unwrap_or_default();
        let not_you = text::NOT_YOU.of(locale);
        view! {
            {name}
            <button class="usa-button usa-button--unstyled who__change" type="submit" form=SWITCH>{not_you}</button>
        }
        .into_any()
    };
    let whose = member.map(|member| whose(asked, member, handle, locale));
    let plan = plan_fact(handle, asked.payer.name.clone(), 1 < plans(web, asked), locale);
    let facts = [Fact::new(text::SIGNED_IN_AS.of(locale), signed_in)].into_iter().chain(whose).chain([plan]).collect();
    view! { <div class="who"><Summary facts /></div> }.into_any()
}

/// The form of "Not you?", which cannot be within the page's own.
pub fn switch(handle: &str) -> impl IntoView + use<> {
    view! {
        <form id=SWITCH method="post" action=SwitchAccount::PATH>
            <input type="hidden" name="handle" value=handle.to_owned() />
        </form>
    }
}

fn whose(asked: &ConsentView, member: &Member, handle: &str, locale: Locale) -> Fact {
    let (people, member_too) = (asked.may_choose_person, may_choose(asked) && asked.basis.is_own());
    let both = people && member_too;
    let links = [
        people.then_some(("person", if both { person::CHOOSE_SOMEONE_ELSE } else { text::CHOOSE_ANOTHER })),
        member_too.then_some(("member", if both { text::CHOOSE_ANOTHER_TEST_MEMBER } else { text::CHOOSE_ANOTHER })),
    ];
    let link = |(page, change): (&'static str, Text)| {
        view! { <a class="who__change" href=format!("{}/{page}", path(handle))>{change.of(locale)}</a> }
    };
    let another = links.into_iter().flatten().map(link).collect_view();
    let acts = match asked.basis {
        Basis::Own => None,
        Basis::Representative(None) => Some(person::ACTS.of(locale).to_owned()),
        Basis::Representative(Some(until)) => Some(person::acts_until(locale, date(until, locale))),
    };
    let acts = acts.map(|acts| view! { <span class="line usa-hint">{acts}</span> });
    let sandbox = asked.partition.environment == Environment::Sandbox;
    let label = if sandbox { text::TEST_MEMBER } else { WHOSE_DATA };
    Fact::new(label.of(locale), view! { {member.name.clone()} {another} {acts} })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_with_a_word() {
        assert_eq!(excerpt("Shows\n  your claims."), "Shows your claims.");
        assert_eq!(excerpt(&"é".repeat(120)), "é".repeat(120));
        let long = "word ".repeat(50);
        assert_eq!(excerpt(&long), format!("{} …", "word ".repeat(23) + "word"));
        assert_eq!(excerpt(&"é".repeat(300)), format!("{} …", "é".repeat(120)));
    }
}
