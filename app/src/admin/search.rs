//! `/admin/search`: organizations, applications and accounts by name, ID or e-mail address.

use std::sync::Arc;

use ::programs::Programs;
use identity::accounts::{self, Account};
use leptos::prelude::*;
use registry::{
    applications::{self, Application},
    organizations::{self, Organization},
};
use store::{Ctx, Part};
use url::form_urlencoded::Serializer;

use super::desk::Desk;
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
    texts::registry::{access, application_status, environment, organization_status},
    web::Web,
};

pub const PATH: &str = "/admin/search";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let text = web.request.query("q").unwrap_or_default().trim().to_owned();
    let asked = web.request.query("kind").unwrap_or_default();
    let known = asked.is_empty() || KINDS.iter().any(|(kind, _)| *kind == asked);
    let filters = if known { Vec::new() } else { vec!["kind"] };
    let mut ctx = web.services.store.read().await?;
    let results = results(&web, &mut ctx, &text, if known { asked } else { "" }).await?;
    drop(ctx);
    let view = view! {
        <h1>"Search"</h1>
        <form class="search" method="get" action=PATH role="search">
            <label class="usa-label" for="q">"Name, ID or email address"</label>
            <div class="search__row">
                <input class="usa-input" type="search" id="q" name="q" value=text maxlength="254" />
                <button class="usa-button" type="submit">"Search"</button>
            </div>
            <p class="usa-hint">"Organization, application or person; Client ID, tax identifier or Healthcare ID."</p>
        </form>
        <NotUnderstood filters />
        {results}
    };
    Ok(desk.page("Search", view).at(PATH))
}

/// What `?kind=` narrows the search to, and its name.
const KINDS: [(&str, &str); 3] =
    [("organizations", "Organizations"), ("applications", "Applications"), ("people", "People")];
/// Of each kind, where all are asked for.
const FIRST: Part = Part { from: 0, rows: 20 };

/// The first of each kind; with `?kind=` all of that kind, in pages.
async fn results(web: &Web, ctx: &mut Ctx, text: &str, only: &str) -> Result<AnyView, Failure> {
    let people = if text.is_empty() { 0 } else { accounts::count(ctx, text).await? };
    let counts = [organizations::count(ctx, text).await?, applications::count(ctx, text).await?, people];
    if counts == [0; 3] {
        return Ok(
            view! { <Empty title="Nothing found"><p>"Check the spelling, or look for a part of the name."</p></Empty> }
                .into_any(),
        );
    }
    let mut sections = Vec::new();
    for ((kind, name), count) in KINDS.into_iter().zip(counts) {
        if !only.is_empty() && only != kind {
            continue;
        }
        let pages = Pages::of(web, count);
        let part = if only.is_empty() { FIRST } else { pages.part() };
        let table = table(web, ctx, text, kind, part).await?;
        let more = if only.is_empty() { all_of(text, kind, name, count) } else { pages.links() };
        sections.push(view! { <h2>{name}</h2> {table} {more} });
    }
    Ok(sections.into_any())
}

async fn table(web: &Web, ctx: &mut Ctx, text: &str, kind: &str, part: Part) -> Result<AnyView, Failure> {
    Ok(match kind {
        "organizations" => {
            let found = organizations::search(ctx, text, part).await?;
            let rows: Vec<Row> = found.iter().map(organization).collect();
            let columns = vec!["Name", "Status", "TIN", "Registered"];
            view! { <Found caption="Organizations" columns rows /> }.into_any()
        }
        "applications" => {
            let apps = applications::search(ctx, text, part).await?;
            view! { <Applications apps programs=web.services.programs.clone() /> }.into_any()
        }
        _ => {
            // Whoever looks for nobody in particular looks for no person.
            let found = if text.is_empty() { Vec::new() } else { accounts::search(ctx, text, part).await? };
            let mut rows = Vec::new();
            for account in found {
                let belongs = organizations::for_account(ctx, &account.id).await?;
                rows.push(person(&account, belongs.map(|(organization, _)| organization).as_ref()));
            }
            let columns = vec!["Name", "Healthcare ID", "Email", "Organization"];
            view! { <Found caption="People" columns rows /> }.into_any()
        }
    })
}

/// Leads to all of a kind, where not all are shown.
fn all_of(text: &str, kind: &str, name: &str, count: usize) -> AnyView {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    if count <= FIRST.rows {
        return ().into_any();
    }
    let query = Serializer::new(String::new()).append_pair("q", text).append_pair("kind", kind).finish();
    let label = format!("Show all {} {}", grouped(count), name.to_lowercase());
    view! { <p><a class="usa-link" href=format!("{PATH}?{query}")>{label}</a></p> }.into_any()
}

/// A table, or that there is nothing.
#[component]
fn Found(caption: &'static str, columns: Vec<&'static str>, rows: Vec<Row>) -> impl IntoView {
    if rows.is_empty() {
        view! { <p>"None"</p> }.into_any()
    } else {
        view! { <Table caption columns rows /> }.into_any()
    }
}

fn organization(organization: &Organization) -> Row {
    let (tone, text) = organization_status(organization.status);
    let path = format!("/admin/organizations/{}", organization.id);
    vec![
        view! { <a class="usa-link" href=path>{organization.name().to_owned()}</a> }.into_any(),
        view! { <Status tone text /> }.into_any(),
        organization.registration.demographics.tin.number().to_owned().into_any(),
        view! { <Day at=organization.created_at /> }.into_any(),
    ]
}

fn person(account: &Account, belongs: Option<&Organization>) -> Row {
    let organization = belongs.map(|organization| {
        let path = format!("/admin/organizations/{}", organization.id);
        view! { <a class="usa-link" href=path>{organization.name().to_owned()}</a> }
    });
    vec![
        account.name.to_string().into_any(),
        account.healthcare_id.to_string().into_any(),
        account.email.to_string().into_any(),
        organization.into_any(),
    ]
}

/// Apps as administrators list them.
#[component]
pub fn Applications(apps: Vec<Application>, programs: Arc<Programs>) -> impl IntoView {
    let row = |app: &Application| -> Row {
        let (tone, text) = application_status(app.liveness());
        let path = format!("/admin/applications/{}", app.id);
        vec![
            view! { <a class="usa-link" href=path>{app.name().to_owned()}</a> <span class="line usa-hint">{app.organization_name.clone()}</span> }.into_any(),
            view! { <Status tone text /> }.into_any(),
            environment(app.registration.environment).into_any(),
            access(app.registration.access).into_any(),
            program_names(&programs, &app.registration).into_any(),
        ]
    };
    let rows = apps.iter().map(row).collect();
    view! { <Found caption="Applications" columns=vec!["App Name", "Status", "Environment", "Access", "Programs"] rows /> }
}
