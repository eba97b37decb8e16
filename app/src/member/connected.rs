//! `/member`: the apps that have access now.

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
        pager::Pages,
        status::Status,
        summary::{Fact, Summary},
        time::{Day, Time, show_in},
    },
    failure::Failure,
    locale::Locale,
    member::{
        code, path,
        scopes::{payer_name, titles},
        stopped,
        whose::Names,
    },
    page::{Page, Portal},
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let account = web.account()?;
    let mut ctx = web.services.store.read().await?;
    let connections = member::connected(&mut ctx, &account.id).await?;
    let pages = Pages::of(&web, connections.len());
    let connections = pages.cut(connections);
    let used = last_access(&mut ctx, &connections).await?;
    let names = Names::of(&mut ctx, &connections).await?;
    let codes = code::notices(&web, &mut ctx).await?;
    let title = locale.of("Connected apps", "Aplicaciones conectadas");
    let lead = locale.of(
        "You connected these apps. Each card says what the app can read, and until when.",
        "Usted conectó estas aplicaciones. Cada tarjeta dice qué puede leer la aplicación y hasta cuándo.",
    );
    let list = if connections.is_empty() {
        empty(locale).into_any()
    } else {
        let card = |connection: Connection| card(&web, &used, &names, connection);
        view! { <ul class="panels">{connections.into_iter().map(card).collect_view()}</ul> {pages.links()} }.into_any()
    };
    let view = view! {
        <h1>{title}</h1>
        <p class="usa-intro">{lead}</p>
        {codes}
        {list}
    };
    Ok(Page::new(Portal::Member, title, view).at("/member").wide())
}

fn empty(locale: Locale) -> impl IntoView {
    view! {
        <Empty title=locale.of("No app has access", "Ninguna aplicación tiene acceso")>
            <p>{locale.of(
                "When you connect an app to your health plan, you find it here and can end its access at any time.",
                "Cuando conecte una aplicación con su plan de salud, la verá aquí y podrá terminar su acceso en cualquier momento.",
            )}</p>
            <p><a href="/member/advice">{locale.of("What to look for in an app", "Qué buscar en una aplicación")}</a></p>
        </Empty>
    }
}

/// When each app last read something: from the access history, which counts every read.
pub async fn last_access(ctx: &mut Ctx, connections: &[Connection]) -> Result<HashMap<GrantId, Timestamp>, Failure> {
    let grants: Vec<GrantId> = connections.iter().map(|connection| connection.grant.id.clone()).collect();
    Ok(access::last_access(ctx, &grants).await?)
}

/// Until when an app has access, or that it does not stay connected.
pub fn until(grant: &Grant, locale: Locale) -> Fact {
    if grant.offline {
        return Fact::new(locale.of("Until", "Hasta"), view! { <Day at=grant.expires_at locale /> });
    }
    let text = locale.of(
        "No: its access ended minutes after you allowed it, and it has to ask you again each time",
        "No: su acceso terminó minutos después de que usted lo permitió, y debe pedírselo de nuevo cada vez",
    );
    Fact::new(locale.of("Stays connected", "Sigue conectada"), text)
}

fn card(web: &Web, used: &HashMap<GrantId, Timestamp>, names: &Names, connection: Connection) -> impl IntoView + use<> {
    let locale = web.locale();
    let programs = &web.services.programs;
    let grant = &connection.grant;
    show_in(programs, [&grant.partition.program]);
    let id = grant.id.clone();
    let titles = titles(programs, &grant.partition.program, &grant.scopes, locale);
    let kinds = titles.into_iter().map(|(title, _)| title).collect::<Vec<_>>().join("\n");
    let read_at = used.get(&grant.id).copied();
    let stopped = stopped(&connection, locale);
    let never = locale.of("Not yet", "Todavía no");
    let facts = [
        names.fact(&connection, locale),
        Some(Fact::new(locale.of("Can read", "Puede leer"), kinds)),
        Some(Fact::new(locale.of("Health plan", "Plan de salud"), payer_name(programs, &connection))),
        Some(Fact::new(locale.of("Since", "Desde"), view! { <Day at=grant.created_at locale /> })),
        Some(Fact::new(
            locale.of("Last access", "Último acceso"),
            read_at.map_or_else(|| never.into_any(), |at| view! { <Time at locale /> }.into_any()),
        )),
        Some(until(grant, locale)),
    ];
    let facts: Vec<Fact> = facts.into_iter().flatten().collect();
    view! {
        <li class="panel">
            <div class="heading-row">
                <h2>{connection.app_name.clone()}</h2>
                {sandbox_tag(&connection, locale)}
            </div>
            <p class="usa-hint">{connection.organization_name}</p>
            {stopped}
            <Summary facts />
            <div class="actions">
                <a class="usa-button usa-button--outline" href=path(&id)>{locale.of("Details", "Detalles")}<span class="usa-sr-only">": "{connection.app_name.clone()}</span></a>
                <a class="usa-button usa-button--outline" href=format!("{}/revoke", path(&id))>{locale.of("Revoke", "Revocar")}<span class="usa-sr-only">": "{connection.app_name}</span></a>
            </div>
        </li>
    }
}

/// Marks what is about no real person.
pub fn sandbox_tag(connection: &Connection, locale: Locale) -> Option<impl IntoView + use<>> {
    let sandbox = connection.grant.partition.environment == Environment::Sandbox;
    sandbox.then(|| view! { <Status tone=Tone::Info text=locale.of("Sandbox", "Pruebas") /> })
}
