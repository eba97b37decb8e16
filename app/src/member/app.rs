//! `/member/apps/{id}`: everything about one app's access.

use leptos::prelude::*;
use oauth::grants::member::Connection;

use crate::{
    components::{
        logo::Logo,
        summary::{Fact, Summary},
        time::{Day, Time, show_in},
    },
    failure::Failure,
    locale::Locale,
    member::{
        access,
        connected::{sandbox_tag, until},
        find, length, path,
        scopes::{Allowed, allowed, payer_name},
        stopped,
        whose::Names,
    },
    page::{Page, Portal},
    texts::{
        consent::HEALTH_PLAN,
        member::{
            CONNECTED, EXPIRED, PAST, access as text,
            connected::{CAN_READ, SINCE},
            ended_by, receipt, report,
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
    let titles = allowed(programs, grant, locale);
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
    let change = if live { Some(length::section(&web, &mut ctx, &connection).await?) } else { None };
    let view = view! {
        <div class="heading-row">
            <Logo name=name.clone() logo=connection.app_logo.clone() />
            <h1>{name.clone()}</h1>{sandbox_tag(&connection, locale)}
        </div>
        {live.then(|| stopped(&connection, locale))}
        <Summary facts />
        {change}
        {actions(&connection, live, locale)}
        {history}
    };
    let (up, list) = if live { ("/member", CONNECTED) } else { ("/member/past", PAST) };
    Ok(Page::new(Portal::Member, name, view).at(up).under(up, list.of(locale)))
}

/// When the access ends, or when and why it ended.
pub fn end(connection: &Connection, live: bool, locale: Locale) -> Fact {
    let grant = &connection.grant;
    if live {
        return until(grant, locale);
    }
    match grant.ended {
        Some(ended) => Fact::new(ended_by(ended.by).of(locale), view! { <Time at=ended.at locale /> }),
        None => Fact::new(EXPIRED.of(locale), view! { <Day at=grant.expires_at locale /> }),
    }
}

/// What the member can do next.
fn actions(connection: &Connection, live: bool, locale: Locale) -> impl IntoView + use<> {
    let path = path(&connection.grant.id);
    let stop = live.then(|| {
        view! { <a class="usa-button usa-button--danger" href=format!("{path}/revoke")>{text::STOP.of(locale)}</a> }
    });
    view! {
        <div class="actions">
            {stop}
            <a class="usa-button usa-button--outline" href=format!("{path}/receipt")>{receipt::TITLE.of(locale)}</a>
            <a class="usa-button usa-button--unstyled" href=format!("{path}/report")>{report::REPORT.of(locale)}</a>
        </div>
    }
}
