//! `/admin/search`: organizations, applications and accounts by name, ID or e-mail address.

use std::sync::Arc;

use ::programs::Programs;
use identity::accounts::{self, Account};
use leptos::prelude::*;
use registry::{
    applications::{self, Application},
    organizations::{self, Organization},
};
use store::Ctx;

use super::desk::Desk;
use crate::{
    components::{
        application::program_names,
        empty::Empty,
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
    let mut ctx = web.services.store.read().await?;
    let results = results(&web, &mut ctx, &text).await?;
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
        {results}
    };
    Ok(desk.page("Search", view).at(PATH))
}

async fn results(web: &Web, ctx: &mut Ctx, text: &str) -> Result<AnyView, Failure> {
    let mut organizations = organizations::search(ctx, text).await?;
    let apps = applications::search(ctx, text).await?;
    let people = if text.is_empty() { Vec::new() } else { accounts::search(ctx, text).await? };
    let mut rows = Vec::new();
    for account in people {
        let belongs = organizations::for_account(ctx, &account.id).await?.map(|(organization, _)| organization);
        // Whoever looks for a person mostly wants their organization.
        if let Some(organization) =
            belongs.clone().filter(|found| organizations.iter().all(|known| known.id != found.id))
        {
            organizations.push(organization);
        }
        rows.push(person(&account, belongs.as_ref()));
    }
    if organizations.is_empty() && apps.is_empty() && rows.is_empty() {
        return Ok(
            view! { <Empty title="Nothing found"><p>"Check the spelling, or look for a part of the name."</p></Empty> }
                .into_any(),
        );
    }
    let programs = web.services.programs.clone();
    let organizations = organizations.iter().map(organization).collect::<Vec<_>>();
    Ok(view! {
        <h2>"Organizations"</h2>
        <Found caption="Organizations" columns=vec!["Name", "Status", "TIN", "Registered"] rows=organizations />
        <h2>"Applications"</h2>
        <Applications apps programs />
        <h2>"People"</h2>
        <Found caption="People" columns=vec!["Name", "Healthcare ID", "Email", "Organization"] rows />
    }
    .into_any())
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
