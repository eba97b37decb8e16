//! `/admin/members/{id}`: the apps that are connected now.

use std::collections::HashMap;

use audit::access;
use fhir::members;
use identity::accounts;
use jiff::Timestamp;
use leptos::prelude::*;
use model::id::GrantId;
use oauth::on_behalf::{self, Allowed, LookUp, Subject};
use store::Ctx;

use super::{PATH, Place, path, supporter};
use crate::{
    components::{
        empty::Empty,
        pager::Pages,
        summary::{Fact, Summary},
        table::{Row, Table},
        time::{Day, Time, show_in},
    },
    failure::Failure,
    locale::Locale,
    member::scopes::allowed,
    page::Page,
    texts::{
        admin::{CLOSED_ACCOUNT, ENVIRONMENT, STATUS, members as text},
        registry::environment,
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = supporter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let look_up = on_behalf::get(&mut ctx, &desk.account.id, web.request.param("id")?).await?;
    let place = Place::of(&web, &desk, &look_up.partition, &look_up.payer)?;
    show_in(&web.services.programs, [&look_up.partition.program]);
    let facts = facts(&mut ctx, &place, &look_up).await?;
    let pages = Pages::of(&web, on_behalf::count(&mut ctx, &look_up).await?);
    let connected = on_behalf::connected(&mut ctx, &look_up, pages.part()).await?;
    let grants: Vec<GrantId> = connected.iter().map(|one| one.connection.grant.id.clone()).collect();
    let used = access::last_access(&mut ctx, &grants).await?;
    drop(ctx);
    let list = if connected.is_empty() {
        let about = match look_up.subject {
            Subject::Patient(_) => text::ABOUT_NONE,
            Subject::Account(_) => text::ABOUT_NONE_OF_ACCOUNT,
        };
        view! { <Empty title=text::NONE_CONNECTED><p>{about}</p></Empty> }.into_any()
    } else {
        let rows = connected.iter().map(|one| row(&web, &look_up, &used, one)).collect();
        let columns =
            vec![text::APP, text::CAN_READ, text::ALLOWED_BY, text::SINCE, text::LAST_ACCESS, text::UNTIL, STATUS];
        view! { <Table caption=text::CONNECTED columns rows /> {pages.links()} }.into_any()
    };
    let view = view! {
        <h1>{text::CONNECTED}</h1>
        <Summary facts />
        {list}
        <p class="usa-hint">{text::LASTS}</p>
        <p><a class="usa-link" href=PATH>{text::AGAIN}</a></p>
    };
    Ok(desk.page(text::CONNECTED, view).at(PATH).under(PATH, text::TITLE))
}

async fn facts(ctx: &mut Ctx, place: &Place, look_up: &LookUp) -> Result<Vec<Fact>, Failure> {
    let at = look_up.created_at;
    let mut facts = vec![
        Fact::new(text::PROGRAM, place.program.name.clone()),
        Fact::new(ENVIRONMENT, environment(place.partition.environment)),
        Fact::new(text::PAYER, place.payer_name()),
    ];
    match &look_up.subject {
        Subject::Patient(patient) => {
            let name = members::names(ctx, &look_up.partition, std::slice::from_ref(patient)).await?.remove(patient);
            facts.push(Fact::new(text::MEMBER, name.unwrap_or_default()));
            facts.push(Fact::new(text::PATIENT_ID, view! { <code class="breakable">{patient.to_string()}</code> }));
        }
        Subject::Account(account) => match accounts::find(ctx, account).await? {
            Some(account) => {
                facts.push(Fact::new(text::ACCOUNT, account.name.to_string()));
                facts.push(Fact::new(text::HEALTHCARE_ID, account.healthcare_id.to_string()));
                facts.push(Fact::new(text::EMAIL, account.mailbox().map(ToString::to_string).unwrap_or_default()));
            }
            None => facts.push(Fact::new(text::ACCOUNT, CLOSED_ACCOUNT)),
        },
    }
    facts.push(Fact::new(text::LOOKED_UP, view! { <Time at /> }));
    Ok(facts)
}

fn row(web: &Web, look_up: &LookUp, used: &HashMap<GrantId, Timestamp>, one: &Allowed) -> Row {
    let (connection, grant) = (&one.connection, &one.connection.grant);
    let titles = allowed(&web.services.programs, grant, Locale::English);
    let kinds = titles.into_iter().map(|(title, _)| view! { <span class="line">{title}</span> }).collect_view();
    let since = grant.created_at;
    let until =
        if grant.offline { view! { <Day at=grant.expires_at /> }.into_any() } else { text::NO_OFFLINE.into_any() };
    let representative =
        grant.as_representative.then(|| view! { <span class="line usa-hint">{text::AS_REPRESENTATIVE}</span> });
    let stopped = connection.stopped.map(|_| view! { <span class="line">{text::NOT_NOW}</span> });
    let to = format!("{}/end/{}", path(&look_up.id), grant.id);
    vec![
        view! { {connection.app_name.clone()} <span class="line usa-hint">{connection.organization_name.clone()}</span> }
            .into_any(),
        kinds.into_any(),
        view! { {one.by.clone().unwrap_or_else(|| CLOSED_ACCOUNT.to_owned())} {representative} }.into_any(),
        view! { <Day at=since /> }.into_any(),
        used.get(&grant.id)
            .copied()
            .map_or_else(|| text::NOT_YET.into_any(), |at| view! { <Time at /> }.into_any()),
        until,
        view! {
            {stopped}
            <a class="usa-link" href=to>{text::END}<span class="usa-sr-only">" "{text::of_app(&connection.app_name)}</span></a>
        }
        .into_any(),
    ]
}
