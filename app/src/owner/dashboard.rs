//! `/owner`: the status of everything, and what to do next.

use leptos::prelude::*;
use model::{bulletin::Audience, organization::OrganizationStatus};
use registry::{
    applications::{self, Application},
    organizations::Organization,
};

use crate::{
    components::{
        alert::{Alert, Tone},
        bulletins,
        empty::Empty,
        marked::linked,
        pager::grouped,
        status::Status,
    },
    docs,
    failure::Failure,
    owner::{
        applications as list, draft::list::in_progress, new_application, organization, registration::demographics,
        tasks, usage, vendor::Vendor,
    },
    page::Page,
    texts::{
        owner::{APPLICATIONS, ORGANIZATION_PROFILE, applications as text, new_application::TITLE as REGISTER},
        registry::application_status,
    },
    web::Web,
};

pub const PATH: &str = "/owner";
/// Apps that are listed here.
const LISTED: usize = 10;

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let apps = match vendor.organization() {
        Some(organization) => applications::list(&mut ctx, &organization.id).await?,
        None => Vec::new(),
    };
    let (tasks, waiting, used) = match vendor.organization() {
        Some(organization) => {
            let tasks = tasks::of(&mut ctx, organization, &apps).await?;
            let waiting = tasks::waiting(&mut ctx, &organization.id).await?;
            (tasks, waiting, usage::of_organization(&web, &mut ctx, &organization.id, &apps).await?)
        }
        None => (Vec::new(), ().into_any(), None),
    };
    drop(ctx);
    let drafts = in_progress(&web, &vendor).await?;
    let body = match vendor.organization() {
        None => no_organization(drafts.is_some()).into_any(),
        Some(organization) if organization.status.is_approved() => approved(&web, apps),
        Some(organization) => view! {
            <Waiting organization=organization.clone()>
                <p><a class="usa-link" href=organization::PATH>{ORGANIZATION_PROFILE}</a></p>
            </Waiting>
        }
        .into_any(),
    };
    let board = bulletins::board(&web, Audience::Owner).await?;
    let view = view! { <h1>{text::DASHBOARD}</h1> {tasks::section(tasks)} {waiting} {body} {drafts} {used} {board} };
    Ok(vendor.page(text::DASHBOARD, view).at(PATH).wide())
}

fn no_organization(begun: bool) -> impl IntoView {
    let button = if begun { text::CONTINUE_REGISTRATION } else { text::REGISTER_ORGANIZATION };
    view! {
        <Empty title=text::ORGANIZATION_FIRST>
            <p>{text::ABOUT_ORGANIZATION}</p>
            <p><a class="usa-button" href=demographics::PATH>{button}</a></p>
            <p>{linked(text::READ_DOCUMENTATION, docs::PATH)}</p>
        </Empty>
    }
}

/// The status of an organization that cannot register apps. Its children say where to go.
#[component]
pub fn Waiting(organization: Organization, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let name = organization.name().to_owned();
    let status = organization.status;
    let tone = match status {
        OrganizationStatus::PendingReview | OrganizationStatus::Approved => Tone::Info,
        OrganizationStatus::InformationAsked | OrganizationStatus::Unknown => Tone::Warning,
        OrganizationStatus::Denied | OrganizationStatus::Suspended | OrganizationStatus::Revoked => Tone::Error,
    };
    view! {
        <Alert tone heading=text::waiting(status)>
            <p><strong>{name}</strong>": "{text::about_waiting(status)}</p>
            {children.map(|children| children())}
        </Alert>
    }
}

fn approved(web: &Web, apps: Vec<Application>) -> AnyView {
    if apps.is_empty() {
        return view! {
            <Empty title=text::FIRST>
                <p>{text::ABOUT_FIRST}</p>
                <p><a class="usa-button" href=new_application::details::PATH>{REGISTER}</a></p>
            </Empty>
        }
        .into_any();
    }
    let more = (LISTED < apps.len()).then(|| {
        let text = text::show_all(grouped(i64::try_from(apps.len()).unwrap_or(i64::MAX)));
        view! { <p><a class="usa-link" href=list::PATH>{text}</a></p> }
    });
    let newest: Vec<Application> = apps.iter().take(LISTED).cloned().collect();
    view! {
        <ul class="counts">
            {counts(&apps).into_iter().map(|(count, name, tone)| view! {
                <li class="count"><span class="count__number">{count}</span> <Status tone text=name /></li>
            }).collect_view()}
        </ul>
        <h2>{APPLICATIONS}</h2>
        <list::Applications apps=newest programs=web.services.programs.clone() />
        {more}
        <p class="actions"><a class="usa-button" href=new_application::details::PATH>{REGISTER}</a></p>
    }
    .into_any()
}

/// How many apps have each status; the most common words of [`application_status`] first.
fn counts(apps: &[Application]) -> Vec<(usize, &'static str, Tone)> {
    let mut counts: Vec<(usize, &'static str, Tone)> = Vec::new();
    for app in apps {
        let (tone, status) = application_status(app.liveness());
        match counts.iter_mut().find(|(_, name, _)| *name == status) {
            Some(count) => count.0 += 1,
            None => counts.push((1, status, tone)),
        }
    }
    counts.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    counts
}
