//! `/member/past`: access that was revoked or has run out.

use leptos::prelude::*;
use oauth::grants::member::{self, Connection};

use crate::{
    components::{
        empty::Empty,
        pager::Pages,
        table::{Row, Table},
        time::{Day, show_in},
    },
    failure::Failure,
    locale::Locale,
    member::{ended_by, path, scopes::payer_name, whose::Names},
    page::{Page, Portal},
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let account = web.account()?;
    let mut ctx = web.services.store.read().await?;
    let past = member::past(&mut ctx, &account.id).await?;
    let pages = Pages::of(&web, past.len());
    let past = pages.cut(past);
    let names = Names::of(&mut ctx, &past).await?;
    let title = locale.of("Past access", "Accesos anteriores");
    let columns = match locale {
        Locale::English => vec!["App", "Whose information", "Health plan", "From", "To", "Why it ended"],
        Locale::Spanish => vec!["Aplicación", "Información de", "Plan de salud", "Desde", "Hasta", "Por qué terminó"],
    };
    let list = if past.is_empty() {
        let why = locale
            .of("What you revoke, and what runs out, is kept here.", "Aquí queda lo que usted revoca y lo que vence.");
        view! { <Empty title=locale.of("Nothing yet", "Nada todavía")><p>{why}</p></Empty> }.into_any()
    } else {
        let rows = past.into_iter().map(|connection| row(&web, &names, &connection)).collect();
        view! { <Table caption=title columns rows /> {pages.links()} }.into_any()
    };
    let view = view! { <h1>{title}</h1> {list} };
    Ok(Page::new(Portal::Member, title, view).at("/member/past").wide())
}

fn row(web: &Web, names: &Names, connection: &Connection) -> Row {
    let locale = web.locale();
    let grant = &connection.grant;
    show_in(&web.services.programs, [&grant.partition.program]);
    let ended_at = grant.ended.map_or(grant.expires_at, |ended| ended.at);
    let why = match grant.ended.map(|ended| ended.by) {
        Some(by) => ended_by(by, locale),
        None => locale.of("Ran out", "Venció"),
    };
    vec![
        view! { <a href=path(&grant.id)>{connection.app_name.clone()}</a> }.into_any(),
        names.find(connection).unwrap_or_default().to_owned().into_any(),
        payer_name(&web.services.programs, connection).into_any(),
        view! { <Day at=grant.created_at locale /> }.into_any(),
        view! { <Day at=ended_at locale /> }.into_any(),
        why.into_any(),
    ]
}
