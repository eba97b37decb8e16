//! `/member/past`: access that was revoked or has expired.

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
    member::{path, scopes::payer_name, whose::Names},
    page::{Page, Portal},
    texts::{
        consent::{HEALTH_PLAN, WHOSE_DATA},
        member::{EXPIRED, PAST, connected as text, ended_by},
    },
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
    let title = PAST.of(locale);
    let columns = [text::APP, WHOSE_DATA, HEALTH_PLAN, text::FROM, text::TO, text::WHY];
    let columns = columns.map(|name| name.of(locale)).to_vec();
    let list = if past.is_empty() {
        view! { <Empty title=text::NO_PAST.of(locale)><p>{text::ABOUT_NO_PAST.of(locale)}</p></Empty> }.into_any()
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
    let why = grant.ended.map_or(EXPIRED, |ended| ended_by(ended.by));
    vec![
        view! { <a href=path(&grant.id)>{connection.app_name.clone()}</a> }.into_any(),
        names.find(connection).unwrap_or_default().to_owned().into_any(),
        payer_name(&web.services.programs, connection).into_any(),
        view! { <Day at=grant.created_at locale /> }.into_any(),
        view! { <Day at=ended_at locale /> }.into_any(),
        why.of(locale).into_any(),
    ]
}
