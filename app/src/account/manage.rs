//! `/account`: everything about one's own Healthcare ID.

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
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let account = web.account()?;
    let locale = web.locale();
    let home = home(&mut web.services.store.read().await?, &account.id).await?;
    if let Some(home) = home {
        return elsewhere(&web, account, &home).await;
    }
    let title = locale.of("Manage your Healthcare ID", "Administrar su Healthcare ID");
    let facts = vec![
        Fact::new("Healthcare ID", account.healthcare_id.to_string()),
        Fact::new(locale.of("Email address", "Correo electrónico"), account.email.to_string()),
        Fact::new(locale.of("Since", "Desde"), view! { <Day at=account.created_at locale /> }),
    ];
    let view = view! {
        <h1>{title}</h1>
        <Summary facts />
        <section class="panel">{name::section(&web, account).await?}</section>
        <section class="panel">{email::section(&web).await?}</section>
        <section class="panel">{password::section(&web).await?}</section>
        <section class="panel">{overview::section(&web, account).await?}</section>
        <section class="panel">{language::section(&web, account)}</section>
        <section class="panel">{sessions::section(&web, account).await?}</section>
    };
    Ok(Page::new(Portal::Site, title, view))
}

/// Somebody who signs in at a payer's provider: everything but the sessions is managed there.
async fn elsewhere(web: &Web, account: &Account, home: &Home) -> Result<Page, Failure> {
    let locale = web.locale();
    let payer = web.services.payers.find(&home.partition, &home.payer).map_or("", |provider| &provider.name);
    let title = locale.of("Your sign-in", "Su inicio de sesión");
    let facts = vec![
        Fact::new(locale.of("Name", "Nombre"), account.name.to_string()),
        Fact::new(locale.of("You sign in at", "Inicia sesión en"), payer.to_owned()),
    ];
    let text = locale.of(
        "Your name, email address and password are managed by your health plan.",
        "Su plan de salud administra su nombre, correo electrónico y contraseña.",
    );
    let view = view! {
        <h1>{title}</h1>
        <p class="usa-intro">{text}</p>
        <Summary facts />
        <section class="panel">{language::section(web, account)}</section>
        <section class="panel">{sessions::section(web, account).await?}</section>
    };
    Ok(Page::new(Portal::Site, title, view))
}
