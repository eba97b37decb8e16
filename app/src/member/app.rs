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
        connected::sandbox_tag,
        ended_by, find, length, path,
        scopes::{Allowed, payer_name, titles},
        stopped,
    },
    page::{Page, Portal},
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let mut ctx = web.services.store.read().await?;
    let connection = find(&web, &mut ctx).await?;
    let live = connection.newest.is_live(ctx.now);
    let programs = &web.services.programs;
    show_in(programs, [&connection.newest.partition.program]);
    let name = connection.app_name.clone();
    let facts = vec![
        Fact::new(locale.of("Made by", "Hecha por"), connection.organization_name.clone()),
        Fact::new(locale.of("Health plan", "Plan de salud"), payer_name(programs, &connection)),
        Fact::new(
            locale.of("Can read", "Puede leer"),
            view! { <Allowed titles=titles(programs, &connection, locale) /> },
        ),
        Fact::new(locale.of("Since", "Desde"), view! { <Time at=connection.since locale /> }),
        end(&connection, live, locale),
    ];
    let history = access::section(&web, &mut ctx, &connection).await?;
    let change = live.then(|| (length::section(&web, &connection), revoke_link(&connection, locale)));
    let view = view! {
        <div class="heading-row"><h1>{name.clone()}</h1>{sandbox_tag(&connection, locale)}</div>
        {live.then(|| stopped(&connection, locale))}
        <Summary facts />
        {change}
        {history}
    };
    let (up, list) = if live {
        ("/member", locale.of("Connected apps", "Aplicaciones conectadas"))
    } else {
        ("/member/past", locale.of("Past access", "Accesos anteriores"))
    };
    Ok(Page::new(Portal::Member, name, view).at(up).under(up, list))
}

/// Until when, or since when not any more and why.
fn end(connection: &Connection, live: bool, locale: Locale) -> Fact {
    if live {
        return Fact::new(locale.of("Until", "Hasta"), view! { <Day at=connection.expires_at locale /> });
    }
    match connection.ended {
        Some(ended) => Fact::new(ended_by(ended.by, locale), view! { <Time at=ended.at locale /> }),
        None => Fact::new(locale.of("Ran out", "Venció"), view! { <Day at=connection.expires_at locale /> }),
    }
}

fn revoke_link(connection: &Connection, locale: Locale) -> impl IntoView + use<> {
    view! {
        <p>
            <a class="usa-button usa-button--danger" href=format!("{}/revoke", path(&connection.newest.id))>
                {locale.of("Revoke access", "Revocar el acceso")}
            </a>
        </p>
    }
}
