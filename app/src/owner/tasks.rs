//! What needs the vendor, before anything else of the dashboard, and what waits for us.

use leptos::prelude::*;
use model::{application::Approval, id::OrganizationId, organization::OrganizationStatus};
use registry::{
    applications::Application,
    expiry,
    figures::{self, Waiting},
    organizations::Organization,
};
use store::Ctx;

use super::{application::Tab, applications as list, organization as profile};
use crate::{
    components::{
        due::Due,
        table::{Row, Table},
        time::{Time, date},
    },
    failure::Failure,
    locale::Locale,
    texts::owner::{ORGANIZATION_PROFILE, tasks as text},
};

/// One thing to do, and the page on which to do it. Other parts of the portal add theirs to the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub sentence: String,
    pub to: String,
}

impl Task {
    pub fn new(sentence: impl Into<String>, to: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), to: to.into() }
    }
}

/// Everything that waits for the vendor: questions and denials first, then what ends soon.
pub async fn of(ctx: &mut Ctx, organization: &Organization, apps: &[Application]) -> Result<Vec<Task>, Failure> {
    let mut tasks = Vec::new();
    match organization.status {
        OrganizationStatus::InformationAsked => tasks.push(Task::new(text::ORGANIZATION_ASKED, profile::PATH)),
        OrganizationStatus::Denied => tasks.push(Task::new(text::ORGANIZATION_DENIED, profile::PATH)),
        _ => {}
    }
    for app in apps {
        match app.approval {
            Approval::InformationAsked => tasks.push(Task::new(text::app_asked(app.name()), list::path(app))),
            Approval::Denied => tasks.push(Task::new(text::app_denied(app.name()), list::path(app))),
            _ => {}
        }
    }
    for change in figures::returned(ctx, &organization.id).await? {
        let (name, to) = match change.application {
            Some((id, name)) => (name, format!("{}/{id}", list::PATH)),
            None => (organization.name().to_owned(), profile::PATH.to_owned()),
        };
        let sentence = match change.state {
            Approval::Denied => text::change_denied(&name),
            _ => text::change_asked(&name),
        };
        tasks.push(Task::new(sentence, to));
    }
    for secret in expiry::of_organization(ctx, &organization.id).await? {
        let to = Tab::Credentials.of(&secret.application);
        let ends = date(secret.ends_at, Locale::English);
        tasks.push(Task::new(text::secret_ends(&secret.application_name, ends), to));
    }
    Ok(tasks)
}

/// The tasks under their number. Nothing if nothing needs the vendor.
pub fn section(tasks: Vec<Task>) -> Option<impl IntoView> {
    let heading = match tasks.len() {
        0 => return None,
        1 => text::ONE_NEEDS_YOU.to_owned(),
        several => text::need_you(several),
    };
    let task = |task: Task| view! { <li><a class="usa-link" href=task.to>{task.sentence}</a></li> };
    Some(view! {
        <section class="tasks" id="tasks">
            <h2>{heading}</h2>
            <ul class="tasks__list">{tasks.into_iter().map(task).collect_view()}</ul>
        </section>
    })
}

/// What we have to answer, and by when.
pub async fn waiting(ctx: &mut Ctx, organization: &OrganizationId) -> Result<AnyView, Failure> {
    let (waiting, now) = (figures::waiting(ctx, organization).await?, ctx.now);
    if waiting.is_empty() {
        return Ok(().into_any());
    }
    let row = |one: Waiting| -> Row {
        let (name, to) = match one.application {
            Some((id, name)) => (name, format!("{}/{id}", list::PATH)),
            None => (ORGANIZATION_PROFILE.to_owned(), profile::PATH.to_owned()),
        };
        vec![
            view! { <a class="usa-link" href=to>{name}</a> }.into_any(),
            view! { <Time at=one.submitted_at /> }.into_any(),
            view! { <Due at=one.due_at now /> }.into_any(),
        ]
    };
    let columns = vec![text::WHAT, text::SUBMITTED, text::WE_ANSWER];
    let rows = waiting.into_iter().map(row).collect();
    Ok(view! {
        <section id="waiting"><h2>{text::WAITING}</h2> <Table caption=text::WAITING columns rows /></section>
    }
    .into_any())
}
