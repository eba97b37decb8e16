//! `/member/apps/{id}`: everything about one app's access.

use leptos::prelude::*;
use oauth::grants::member::Connection;

use crate::{
    components::{
        summary::{Fact, Summary},
        time::{Day, Time, show_in},
    },
    failure::Failure,
    locale::Locale,
    member::{
        access,
        connected::{sandbox_tag, until},
        find, length, path,
        scopes::{Allowed, payer_name, titles},
        stopped,
        whose::Names,
    },
    page::{Page, Portal},
    texts::{
        consent::HEALTH_PLAN,
        member::{
            CONNECTED, EXPIRED, PAST, access as text,
            connected::{CAN_READ, SINCE},
            ended_by,
        },
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let mut ctx = web.services.store.read().await?;
    let connection = find(&web, &mut ctx).await?;
    let live = connection.grant.is_live(ctx.now);
    let programs = &web.services.programs;
    show_in(programs, [&connection.grant.partition.program]);
    let name = connection.app_name.clone();
    let names = Names::of(&mut ctx, std::slice::from_ref(&connection)).await?;
    let grant = &connection.grant;
    let titles = titles(programs, &grant.partition.program, &grant.scopes, locale);
    let changed = |at| Fact::new(text::CHANGED.of(locale), view! { <Time at locale /> });
    let facts = [
        Some(Fact::new(text::MADE_BY.of(locale), connection.organization_name.clone())),
        names.fact(&connection, locale),
        Some(Fact::new(HEALTH_PLAN.of(locale), payer_name(programs, &connection))),
        Some(Fact::new(CAN_READ.of(locale), view! { <Allowed titles /> })),
        Some(Fact::new(SINCE.of(locale), view! { <Time at=grant.created_at locale /> })),
        grant.changed_at.map(changed),
        Some(end(&connection, live, locale)),
    ];
    let facts: Vec<Fact> = facts.into_iter().flatten().collect();
    let history = access::section(&web, &mut ctx, &connection).await?;
    let change = live.then(|| (length::section(&web, &connection), revoke_link(&connection, locale)));
    let view = view! {
        <div class="heading-row"><h1>{name.clone()}</h1>{sandbox_tag(&connection, locale)}</div>
        {live.then(|| stopped(&connection, locale))}
        <Summary facts />
        {change}
        {history}
    };
    let (up, list) = if live { ("/member", CONNECTED) } else { ("/member/past", PAST) };
    Ok(Page::new(Portal::Member, name, view).at(up).under(up, list.of(locale)))
}

/// When the access ends, or when and why it ended.
fn end(connection: &Connection, live: bool, locale: Locale) -> Fact {
    let grant = &connection.grant;
    if live {
        return until(grant, locale);
    }
    match grant.ended {
        Some(ended) => Fact::new(ended_by(ended.by).of(locale), view! { <Time at=ended.at locale /> }),
        None => Fact::new(EXPIRED.of(locale), view! { <Day at=grant.expires_at locale /> }),
    }
}

fn revoke_link(connection: &Connection, locale: Locale) -> impl IntoView + use<> {
    view! {
        <p>
            <a class="usa-button usa-button--danger" href=format!("{}/revoke", path(&connection.grant.id))>
                {text::REVOKE.of(locale)}
            </a>
        </p>
    }
}
