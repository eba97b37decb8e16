//! `/account`: everything about one's own Healthcare ID.

use leptos::prelude::*;

use crate::{
    account::{email, name, password, second_factor::overview, sessions},
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
        <section class="panel">{sessions::section(&web, account).await?}</section>
    };
    Ok(Page::new(Portal::Site, title, view))
}
