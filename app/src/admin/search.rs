//! `/admin/search`: organizations, applications, people and reviews by what people paste.

use std::sync::Arc;

use ::audit::views::Subject as Seen;
use ::programs::Programs;
use identity::accounts::{self, Account};
use leptos::prelude::*;
use model::id::{AccountId, OrganizationId};
use registry::{
    applications::{self, Application},
    organizations::{self, Organization},
    reviews,
    search::Wanted,
    team,
};
use store::{Ctx, Part};
use url::form_urlencoded::Serializer;

use super::{desk::Desk, queue};
use crate::{
    components::{
        application::program_names,
        empty::Empty,
        not_understood::NotUnderstood,
        pager::{Pages, grouped},
        status::Status,
        table::{Row, Table},
        time::Day,
    },
    failure::Failure,
    page::Page,
    texts::{
        admin::{ENVIRONMENT, NAME, NONE, ORGANIZATION, REGISTERED, SEARCH, STATUS, search as text},
        registry::{access, application_status, environment, organization_status},
    },
    web::Web,
};

pub const PATH: &str = "/admin/search";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let typed = web.request.query("q").unwrap_or_default().trim().to_owned();
    let asked = web.request.query("kind").unwrap_or_default();
    let known = asked.is_empty() || KINDS.iter().any(|(kind, _)| *kind == asked);
    let filters = if known { Vec::new() } else { vec!["kind"] };
    let mut ctx = web.services.store.read().await?;
    let mut seen = Vec::new();
    let results = results(&web, &mut ctx, &desk, &typed, if known { asked } else { "" }, &mut seen).await?;
    drop(ctx);
    web.saw(&desk.account, &seen, None).await?;
    let view = view! {
        <h1>{SEARCH}</h1>
        <form class="search" method="get" action=PATH role="search">
            <label class="usa-label" for="q">{text::LABEL}</label>
            <div class="search__row">
                <input class="usa-input" type="search" id="q" name="q" value=typed maxlength="254" />
                <button class="usa-button" type="submit">{SEARCH}</button>
            </div>
            <p class="usa-hint">{text::HINT}</p>
        </form>
        <NotUnderstood filters />
        {results}
    };
    Ok(desk.page(SEARCH, view).at(PATH))
}

/// What `?kind=` narrows the search to, and its name.
const KINDS: [(&str, &str); 3] =
    [("organizations", text::ORGANIZATIONS), ("applications", text::APPLICATIONS), ("people", text::PEOPLE)];
/// Of each kind, where all are asked for.
const FIRST: Part = Part { from: 0, rows: 20 };

/// The first of each kind; with `?kind=` all of that kind, in pages. Reviews are found by their ids alone.
async fn results(
    web: &Web,
    ctx: &mut Ctx,
    desk: &Desk,
    typed: &str,
    only: &str,
    seen: &mut Vec<Seen>,
) -> Result<AnyView, Failure> {
    let wanted = Wanted::of(typed);
    let asked = |kind: &str| only.is_empty() || only == kind;
    let reviews = if only.is_empty() { reviews::find_by_id(ctx, &wanted, &desk.reach).await? } else { Vec::new() };
    let now = ctx.now;
    let mut sections = Vec::new();
    if !reviews.is_empty() {
        sections.push(view! { <h2>{text::REVIEWS}</h2> <queue::Reviews reviews now id="reviews" /> }.into_any());
    }
    for (kind, name) in KINDS.into_iter().filter(|(kind, _)| asked(kind)) {
        let count = match kind {
            "organizations" => organizations::count(ctx, &wanted, &desk.reach).await?,
            "applications" => applications::count(ctx, &wanted, &desk.reach).await?,
            // An empty search lists no people.
            _ if wanted.is_empty() => 0,
            _ => accounts::count(ctx, typed).await?,
        };
        if count == 0 {
            continue;
        }
        let pages = Pages::of(web, count);
        let part = if only.is_empty() { FIRST } else { pages.part() };
        let table = table(web, ctx, desk, &wanted, kind, (part, &mut *seen)).await?;
        let more = if only.is_empty() { all_of(typed, kind, count) } else { pages.links() };
        sections.push(view! { <h2>{name}</h2> {table} {more} }.into_any());
    }
    if sections.is_empty() {
        return Ok(view! { <Empty title=text::NOTHING_FOUND><p>{text::ADVICE}</p></Empty> }.into_any());
    }
    Ok(sections.into_any())
}

/// Notes the people that it shows.
async fn table(
    web: &Web,
    ctx: &mut Ctx,
    desk: &Desk,
    wanted: &Wanted,
    kind: &str,
    (part, seen): (Part, &mut Vec<Seen>),
) -> Result<AnyView, Failure> {
    Ok(match kind {
        "organizations" => {
            let found = organizations::search(ctx, wanted, &desk.reach, part).await?;
            let rows: Vec<Row> = found.iter().map(organization).collect();
            let columns = vec![NAME, STATUS, text::TIN, REGISTERED];
            view! { <Found caption=text::ORGANIZATIONS columns rows /> }.into_any()
        }
        "applications" => {
            let apps = applications::search(ctx, wanted, &desk.reach, part).await?;
            view! { <Applications apps programs=web.services.programs.clone() /> }.into_any()
        }
        _ => {
            let found = accounts::search(ctx, wanted.text(), part).await?;
            seen.extend(found.iter().map(|account| Seen::Account(account.id.to_string())));
            let ids: Vec<AccountId> = found.iter().map(|account| account.id.clone()).collect();
            let belong = team::organizations_of(ctx, &ids).await?;
            let rows = found.iter().map(|account| person(account, belong.get(&account.id))).collect();
            let columns = vec![NAME, text::HEALTHCARE_ID, text::EMAIL, ORGANIZATION];
            view! { <Found caption=text::PEOPLE columns rows /> }.into_any()
        }
    })
}

/// Leads to all of a kind, where not all are shown.
fn all_of(typed: &str, kind: &str, count: usize) -> AnyView {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    if count <= FIRST.rows {
        return ().into_any();
    }
    let query = Serializer::new(String::new()).append_pair("q", typed).append_pair("kind", kind).finish();
    let label = match kind {
        "organizations" => text::all_organizations(grouped(count)),
        "applications" => text::all_applications(grouped(count)),
        _ => text::all_people(grouped(count)),
    };
    view! { <p><a class="usa-link" href=format!("{PATH}?{query}")>{label}</a></p> }.into_any()
}

/// A table, or that nothing was found.
#[component]
fn Found(caption: &'static str, columns: Vec<&'static str>, rows: Vec<Row>) -> impl IntoView {
    if rows.is_empty() {
        view! { <p>{NONE}</p> }.into_any()
    } else {
        view! { <Table caption columns rows /> }.into_any()
    }
}

fn organization(organization: &Organization) -> Row {
    let (tone, status) = organization_status(organization.status);
    let path = format!("/admin/organizations/{}", organization.id);
    vec![
        view! { <a class="usa-link" href=path>{organization.name().to_owned()}</a> }.into_any(),
        view! { <Status tone text=status /> }.into_any(),
        organization.registration.demographics.tin.number().to_owned().into_any(),
        view! { <Day at=organization.created_at /> }.into_any(),
    ]
}

fn person(account: &Account, belongs: Option<&Vec<(OrganizationId, String)>>) -> Row {
    let link = |(id, name): &(OrganizationId, String)| {
        let path = format!("/admin/organizations/{id}");
        view! { <span class="line"><a class="usa-link" href=path>{name.clone()}</a></span> }
    };
    let organization = belongs.map(|several| several.iter().map(link).collect_view());
    vec![
        account.name.to_string().into_any(),
        account.healthcare_id.to_string().into_any(),
        account.mailbox().map(ToString::to_string).unwrap_or_default().into_any(),
        organization.into_any(),
    ]
}

/// Apps as administrators list them.
#[component]
pub fn Applications(apps: Vec<Application>, programs: Arc<Programs>) -> impl IntoView {
    let row = |app: &Application| -> Row {
        let (tone, status) = application_status(app.liveness());
        let path = format!("/admin/applications/{}", app.id);
        vec![
            view! { <a class="usa-link" href=path>{app.name().to_owned()}</a> <span class="line usa-hint">{app.organization_name.clone()}</span> }.into_any(),
            view! { <Status tone text=status /> }.into_any(),
            environment(app.registration.environment).into_any(),
            access(app.registration.access).into_any(),
            program_names(&programs, &app.registration).into_any(),
        ]
    };
    let rows = apps.iter().map(row).collect();
    let columns = vec![text::APP_NAME, STATUS, ENVIRONMENT, text::ACCESS, text::PROGRAMS];
    view! { <Found caption=text::APPLICATIONS columns rows /> }
}
