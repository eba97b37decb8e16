//! `/account/second-factor`: the status of two-step sign-in, and its section of `/account`.

use identity::{
    accounts::Account,
    second_factor::{self, Status as Factors, recovery_codes::COUNT},
};
use leptos::prelude::*;
use model::texts::Text;

use super::{
    PATH, ask_passkey::lead, next, passkeys, recovery_codes, remove, remove_app, replace, start::start, ways::Ways,
};
use crate::{
    components::{
        alert::{Alert, Tone},
        status::Status,
        summary::{Fact, Summary},
        time::Day,
    },
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    texts::account::{CONTINUE, MANAGE, SINCE, second_factor as text},
    web::Web,
};

/// With so few recovery codes left, the page warns.
const FEW: i64 = 3;

/// Its section of `/account`.
pub async fn section(web: &Web, account: &Account) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let factors = second_factor::find(&mut web.services.store.read().await?, &account.id).await?;
    let (about, lead) = match &factors {
        Some(factors) => (status(factors, locale), text::MANAGE),
        None => (view! { <p>{text::WHAT_FOR.of(locale)}</p> }.into_any(), text::SET_UP),
    };
    Ok(view! {
        <h2>{text::TITLE.of(locale)}</h2>
        {about}
        <p class="actions"><a class="usa-button usa-button--outline" href=PATH>{lead.of(locale)}</a></p>
    })
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let account = web.healthcare_account().await?;
    let factors = second_factor::find(&mut web.services.store.read().await?, &account.id).await?;
    let ways = Ways::find(&web, &account.id, web.session_id()).await?;
    let title = text::TITLE.of(web.locale());
    let view = match (&factors, &ways) {
        (Some(factors), Some(ways)) => manage(&web, title, factors, ways).into_any(),
        _ => start(&web, title).await?.into_any(),
    };
    Ok(Page::new(Portal::Site, title, view).under("/account", MANAGE.of(web.locale())))
}

fn status(factors: &Factors, locale: Locale) -> AnyView {
    let facts = vec![
        Fact::new(text::STATUS.of(locale), view! { <Status tone=Tone::Success text=text::ON.of(locale) /> }),
        Fact::new(SINCE.of(locale), view! { <Day at=factors.since locale /> }),
        Fact::new(text::SECOND_STEP.of(locale), steps(factors, locale)),
        Fact::new(text::RECOVERY_CODES.of(locale), text::left(locale, factors.recovery_codes, COUNT)),
    ];
    view! { <Summary facts /> }.into_any()
}

/// `2 passkeys, authenticator app`
fn steps(factors: &Factors, locale: Locale) -> String {
    let passkeys = match factors.passkeys.len() {
        0 => None,
        1 => Some(text::ONE_PASSKEY.of(locale).to_owned()),
        count => Some(text::passkeys(locale, count)),
    };
    let app = factors.app.map(|_| text::AND_APP.of(locale).to_owned());
    passkeys.into_iter().chain(app).collect::<Vec<_>>().join(", ")
}

fn manage(web: &Web, title: &'static str, factors: &Factors, ways: &Ways) -> impl IntoView + use<> {
    let locale = web.locale();
    let few = (factors.recovery_codes <= FEW)
        .then(|| view! { <Alert tone=Tone::Warning>{text::FEW_LEFT.of(locale)}</Alert> });
    let next = next(web);
    let onward = (!next.is_empty()).then(|| {
        view! { <p><a class="usa-button" href=next.clone()>{CONTINUE.of(locale)}</a></p> }
    });
    let step = |page: &str, heading: Text, about: Text, button: Text| {
        view! {
            <section class="panel">
                <h2>{heading.of(locale)}</h2>
                <p>{about.of(locale)}</p>
                <div class="actions">{lead(ways, page.to_owned(), button.of(locale))}</div>
            </section>
        }
    };
    view! {
        <h1>{title}</h1>
        {few}
        {status(factors, locale)}
        {onward}
        {passkeys::section(web, &factors.passkeys, ways)}
        {app(factors, ways, locale)}
        {step(recovery_codes::NEW_PATH, text::RECOVERY_CODES, text::ABOUT_CODES, text::MAKE_NEW_CODES)}
        {step(remove::PATH, text::TURN_OFF, text::ABOUT_TURNING_OFF, text::TURN_OFF_TWO_STEP)}
    }
}

fn app(factors: &Factors, ways: &Ways, locale: Locale) -> impl IntoView + use<> {
    let (about, button) = match factors.app {
        Some(_) => (text::ABOUT_ANOTHER_APP, text::CHANGE_APP),
        None => (text::ABOUT_APP, text::ADD_APP),
    };
    let remove = (factors.app.is_some() && !factors.passkeys.is_empty())
        .then(|| lead(ways, remove_app::PATH.to_owned(), text::REMOVE_APP.of(locale)));
    view! {
        <section class="panel">
            <h2>{text::APP.of(locale)}</h2>
            <p>{about.of(locale)}</p>
            <div class="actions">{lead(ways, replace::PATH.to_owned(), button.of(locale))} {remove}</div>
        </section>
    }
}
