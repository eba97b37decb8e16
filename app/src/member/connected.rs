//! `/member`: the apps that have access now, or, before sign-in, what the portal is for.

use std::collections::HashMap;

use audit::access;
use jiff::Timestamp;
use leptos::prelude::*;
use model::{id::GrantId, partition::Environment};
use oauth::grants::{
    Grant,
    member::{self, Connection},
};
use store::Ctx;

use crate::{
    components::{
        alert::Tone,
        empty::Empty,
        logo::Logo,
        pager::Pages,
        status::Status,
        summary::{Fact, Summary},
        time::{Day, Time, show_in},
    },
    failure::Failure,
    locale::Locale,
    member::{
        code, path, representing,
        scopes::{allowed, payer_name},
        stopped, welcome,
        whose::Names,
    },
    page::{Page, Portal},
    texts::{
        consent::HEALTH_PLAN,
        member::{CONNECTED, SANDBOX, connected as text},
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    if web.signed_in_name().is_none() {
        return Ok(welcome::page(&web));
    }
    let account = web.account()?;
    let mut ctx = web.services.store.read().await?;
    let connections = member::connected(&mut ctx, &account.id).await?;
    let pages = Pages::of(&web, connections.len());
    let connections = pages.cut(connections);
    let used = last_access(&mut ctx, &connections).await?;
    let names = Names::of(&mut ctx, &connections).await?;
    let codes = code::notices(&web, &mut ctx).await?;
    let people = representing::section(&web, &mut ctx, &account.id).await?;
    let title = CONNECTED.of(locale);
    let list = if connections.is_empty() {
        empty(locale).into_any()
    } else {
        view! { {by_person(&web, &used, &names, connections)} {pages.links()} }.into_any()
    };
    let view = view! {
        <h1>{title}</h1>
        <p class="usa-intro">{text::ABOUT.of(locale)}</p>
        {codes}
        {list}
        {people}
    };
    Ok(Page::new(Portal::Member, title, view).at("/member").wide())
}

/// The cards; under the names of the people, if the account gave access to the data of several.
fn by_person(
    web: &Web,
    used: &HashMap<GrantId, Timestamp>,
    names: &Names,
    connections: Vec<Connection>,
) -> impl IntoView + use<> {
    let locale = web.locale();
    let mut people: Vec<(Option<String>, Vec<Connection>)> = Vec::new();
    for connection in connections {
        let name = names.find(&connection).map(str::to_owned);
        match people.iter_mut().find(|(known, _)| *known == name) {
            Some((_, list)) => list.push(connection),
            None => people.push((name, vec![connection])),
        }
    }
    let several = 1 < people.iter().filter(|(name, _)| name.is_some()).count();
    // What concerns no person comes last.
    people.sort_by_key(|(name, _)| name.is_none());
    let group = |(name, list): (Option<String>, Vec<Connection>)| {
        let title = name.map_or_else(|| text::APPS_OF_NONE.of(locale).to_owned(), |name| text::apps_of(locale, name));
        let cards = list.into_iter().map(|connection| card(web, used, names, several, connection)).collect_view();
        view! { {several.then(|| view! { <h2>{title}</h2> })} <ul class="panels">{cards}</ul> }
    };
    people.into_iter().map(group).collect_view()
}

fn empty(locale: Locale) -> impl IntoView {
    view! {
        <Empty title=text::NONE.of(locale)>
            <p>{text::ABOUT_NONE.of(locale)}</p>
            <p><a href="/member/advice">{text::ADVICE.of(locale)}</a></p>
        </Empty>
    }
}

/// When each app last read something, by the access history, which counts every read.
pub async fn last_access(ctx: &mut Ctx, connections: &[Connection]) -> Result<HashMap<GrantId, Timestamp>, Failure> {
    let grants: Vec<GrantId> = connections.iter().map(|connection| connection.grant.id.clone()).collect();
    Ok(access::last_access(ctx, &grants).await?)
}

/// When an app's access ends, or that the app does not stay connected.
pub fn until(grant: &Grant, locale: Locale) -> Fact {
    if grant.offline {
        Fact::new(text::UNTIL.of(locale), view! { <Day at=grant.expires_at locale /> })
    } else {
        Fact::new(text::STAYS.of(locale), text::DOES_NOT_STAY.of(locale))
    }
}

fn card(
    web: &Web,
    used: &HashMap<GrantId, Timestamp>,
    names: &Names,
    below_name: bool,
    connection: Connection,
) -> impl IntoView + use<> {
    let locale = web.locale();
    let programs = &web.services.programs;
    let grant = &connection.grant;
    show_in(programs, [&grant.partition.program]);
    let id = grant.id.clone();
    let titles = allowed(programs, grant, locale);
    let kinds = titles.into_iter().map(|(title, _)| title).collect::<Vec<_>>().join("\n");
    let read_at = used.get(&grant.id).copied();
    let stopped = stopped(&connection, locale);
    let app = connection.app_name.clone();
    let heading = if below_name { view! { <h3>{app}</h3> }.into_any() } else { view! { <h2>{app}</h2> }.into_any() };
    let never = text::NOT_YET.of(locale);
    let facts = [
        if below_name { None } else { names.fact(&connection, locale) },
        Some(Fact::new(text::CAN_READ.of(locale), kinds)),
        Some(Fact::new(HEALTH_PLAN.of(locale), payer_name(programs, &connection))),
        Some(Fact::new(text::SINCE.of(locale), view! { <Day at=grant.created_at locale /> })),
        Some(Fact::new(
            text::LAST_ACCESS.of(locale),
            read_at.map_or_else(|| never.into_any(), |at| view! { <Time at locale /> }.into_any()),
        )),
        Some(until(grant, locale)),
    ];
    let facts: Vec<Fact> = facts.into_iter().flatten().collect();
    view! {
        <li class="panel">
            <div class="heading-row">
                <Logo name=connection.app_name.clone() logo=connection.app_logo.clone() />
                {heading}
                {sandbox_tag(&connection, locale)}
            </div>
            <p class="usa-hint">{connection.organization_name}</p>
            {stopped}
            <Summary facts />
            <div class="actions">
                <a class="usa-button usa-button--outline" href=path(&id)>{text::DETAILS.of(locale)}<span class="usa-sr-only">": "{connection.app_name.clone()}</span></a>
                <a class="usa-button usa-button--outline" href=format!("{}/revoke", path(&id))>{text::STOP.of(locale)}<span class="usa-sr-only">": "{connection.app_name}</span></a>
            </div>
        </li>
    }
}

/// Marks access to data that is not about a real person.
pub fn sandbox_tag(connection: &Connection, locale: Locale) -> Option<impl IntoView + use<>> {
    let sandbox = connection.grant.partition.environment == Environment::Sandbox;
    sandbox.then(|| view! { <Status tone=Tone::Info text=SANDBOX.of(locale) /> })
}
