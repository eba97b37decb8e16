//! `/account`: everything about the Healthcare ID of the person who is signed in.

use identity::{
    accounts::Account,
    payer_accounts::{Home, home},
};
use leptos::prelude::*;

use crate::{
    account::{email, language, name, password, second_factor::overview, sessions},
    components::{
        summary::{Fact, Summary},
        time::Day,
    },
    failure::Failure,
    page::{Page, Portal},
    texts::account::{EMAIL_ADDRESS, HEALTHCARE_ID, MANAGE, NAME, SINCE, manage as text},
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let account = web.account()?;
    let locale = web.locale();
    let home = home(&mut web.services.store.read().await?, &account.id).await?;
    if let Some(home) = home {
        return elsewhere(&web, account, &home).await;
    }
    let facts = vec![
        Fact::new(HEALTHCARE_ID, account.healthcare_id.to_string()),
        Fact::new(EMAIL_ADDRESS.of(locale), account.email.to_string()),
        Fact::new(SINCE.of(locale), view! { <Day at=account.created_at locale /> }),
    ];
    let view = view! {
        <h1>{MANAGE.of(locale)}</h1>
        <Summary facts />
        <section class="panel">{name::section(&web, account).await?}</section>
        <section class="panel">{email::section(&web).await?}</section>
        <section class="panel">{password::section(&web).await?}</section>
        <section class="panel">{overview::section(&web, account).await?}</section>
        <section class="panel">{language::section(&web, account)}</section>
        <section class="panel">{sessions::section(&web, account).await?}</section>
    };
    Ok(Page::new(Portal::Site, MANAGE.of(locale), view))
}

/// For a person who signs in at a payer's provider, which manages everything but the sessions.
async fn elsewhere(web: &Web, account: &Account, home: &Home) -> Result<Page, Failure> {
    let locale = web.locale();
    let payer = web.services.payers.find(&home.partition, &home.payer).map_or("", |provider| &provider.name);
    let facts = vec![
        Fact::new(NAME.of(locale), account.name.to_string()),
        Fact::new(text::SIGNED_IN_AT.of(locale), payer.to_owned()),
    ];
    let view = view! {
        <h1>{text::ELSEWHERE.of(locale)}</h1>
        <p class="usa-intro">{text::MANAGED_BY_PLAN.of(locale)}</p>
        <Summary facts />
        <section class="panel">{language::section(web, account)}</section>
        <section class="panel">{sessions::section(web, account).await?}</section>
    };
    Ok(Page::new(Portal::Site, text::ELSEWHERE.of(locale), view))
}
