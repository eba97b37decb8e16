//! `/owner`: how everything stands, and what to do next.

use leptos::prelude::*;
use model::organization::OrganizationStatus;
use registry::{
    applications::{self, Application},
    drafts::{self, Draft},
    organizations::Organization,
};

use crate::{
    components::{
        alert::{Alert, Tone},
        empty::Empty,
        pager::grouped,
        status::Status,
    },
    failure::Failure,
    owner::{
        applications as list, documentation, new_application, organization, registration::demographics, vendor::Vendor,
    },
    page::Page,
    texts::registry::application_status,
    web::Web,
};

pub const PATH: &str = "/owner";
/// Apps that are listed here.
const LISTED: usize = 10;

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let begun = drafts::find(&mut ctx, &vendor.account.id, Draft::Organization).await?.is_some();
    let apps = match vendor.organization() {
        Some(organization) => applications::list(&mut ctx, &organization.id).await?,
        None => Vec::new(),
    };
    let body = match vendor.organization() {
        None => no_organization(begun).into_any(),
        Some(organization) if organization.status.is_approved() => approved(&web, apps),
        Some(organization) => view! {
            <Waiting organization=organization.clone()>
                <p><a class="usa-link" href=organization::PATH>"Organization Profile"</a></p>
            </Waiting>
        }
        .into_any(),
    };
    let view = view! { <h1>"Dashboard"</h1> {body} };
    Ok(vendor.page("Dashboard", view).at(PATH).wide())
}

fn no_organization(begun: bool) -> impl IntoView {
    let button = if begun { "Continue the registration" } else { "Register your organization" };
    view! {
        <Empty title="Register your organization first">
            <p>
                "This is a one-time process. Our security and compliance team reviews the registration within 5 business days \
                 and approves or denies your ability to register applications. You are told by email."
            </p>
            <p><a class="usa-button" href=demographics::PATH>{button}</a></p>
            <p>"Meanwhile, the "<a class="usa-link" href=documentation::PATH>"documentation"</a>" is open to you."</p>
        </Empty>
    }
}

/// How an organization that cannot register apps stands; beneath it, where to go.
#[component]
pub fn Waiting(organization: Organization, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let name = organization.name().to_owned();
    let (tone, heading, text) = match organization.status {
        OrganizationStatus::PendingReview | OrganizationStatus::Approved => (
            Tone::Info,
            "Your organization is under review",
            "Our security and compliance team answers within 5 business days. You are told by email, and can register \
             applications once it is approved.",
        ),
        OrganizationStatus::InformationAsked => (
            Tone::Warning,
            "The reviewer needs more information",
            "Read the question in the history, then correct the registration and submit it again.",
        ),
        OrganizationStatus::Denied => (
            Tone::Error,
            "Your organization was not approved",
            "The reviewer's criterion and comment are in the history. You can correct the registration and submit it again.",
        ),
        OrganizationStatus::Suspended => (
            Tone::Error,
            "Your organization is suspended",
            "Its applications and their tokens have stopped working. The reason is in the history.",
        ),
        OrganizationStatus::Unknown => (
            Tone::Warning,
            "Your organization cannot be used at the moment",
            "This page cannot tell how its registration stands. Ask support.",
        ),
    };
    view! {
        <Alert tone heading>
            <p><strong>{name}</strong>": "{text}</p>
            {children.map(|children| children())}
        </Alert>
    }
}

fn approved(web: &Web, apps: Vec<Application>) -> AnyView {
    if apps.is_empty() {
        return view! {
            <Empty title="Register your first application">
                <p>
                    "Your organization is approved. Start in the sandbox, which answers with synthetic data at once; production \
                     follows when your tests are done."
                </p>
                <p><a class="usa-button" href=new_application::details::PATH>"Register New App"</a></p>
            </Empty>
        }
        .into_any();
    }
    let more = (LISTED < apps.len()).then(|| {
        let text = format!("Show all {} applications", grouped(i64::try_from(apps.len()).unwrap_or(i64::MAX)));
        view! { <p><a class="usa-link" href=list::PATH>{text}</a></p> }
    });
    let newest: Vec<Application> = apps.iter().take(LISTED).cloned().collect();
    view! {
        <ul class="counts">
            {counts(&apps).into_iter().map(|(count, name, tone)| view! {
                <li class="count"><span class="count__number">{count}</span> <Status tone text=name /></li>
            }).collect_view()}
        </ul>
        <h2>"Applications"</h2>
        <list::Applications apps=newest programs=web.services.programs.clone() />
        {more}
        <p class="actions"><a class="usa-button" href=new_application::details::PATH>"Register New App"</a></p>
    }
    .into_any()
}

/// How many apps stand how; the most common words of [`application_status`] first.
fn counts(apps: &[Application]) -> Vec<(usize, &'static str, Tone)> {
    let mut counts: Vec<(usize, &'static str, Tone)> = Vec::new();
    for app in apps {
        let (tone, text) = application_status(app.liveness());
        match counts.iter_mut().find(|(_, name, _)| *name == text) {
            Some(count) => count.0 += 1,
            None => counts.push((1, text, tone)),
        }
    }
    counts.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    counts
}
