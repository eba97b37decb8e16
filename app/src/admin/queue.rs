//! `/admin/queues/…`: the open reviews of organizations and of applications, the one due first first.

use jiff::Timestamp;
use leptos::prelude::*;
use registry::reviews::{self, Filter, Review, SubjectKind};

use super::desk::Desk;
use crate::{
    components::{
        due::Due,
        empty::Empty,
        not_understood::NotUnderstood,
        pager::Pages,
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    islands::filter::TableFilter,
    page::Page,
    texts::{
        admin::{
            APPLICATION_QUEUE, CLAIMED_BY, DUE, NO_ONE, ORGANIZATION, ORGANIZATION_QUEUE, SUBMITTED, queue as text,
        },
        registry::environment,
    },
    web::Web,
};

pub const ORGANIZATIONS: &str = "/admin/queues/organizations";
pub const APPLICATIONS: &str = "/admin/queues/applications";

/// What `?show=` narrows the queue to, and its name.
const SHOWN: [(&str, &str); 4] =
    [("", text::ALL_OPEN), ("unassigned", text::UNCLAIMED), ("mine", text::CLAIMED_BY_ME), ("overdue", text::OVERDUE)];

pub async fn organizations(web: Web) -> Result<Page, Failure> {
    queue(web, SubjectKind::Organization, ORGANIZATIONS, ORGANIZATION_QUEUE).await
}

pub async fn applications(web: Web) -> Result<Page, Failure> {
    queue(web, SubjectKind::Application, APPLICATIONS, APPLICATION_QUEUE).await
}

async fn queue(web: Web, kind: SubjectKind, path: &'static str, title: &'static str) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let asked = web.request.query("show").unwrap_or_default();
    let known = SHOWN.iter().any(|(value, _)| *value == asked);
    let show = if known { asked } else { "" };
    let filter = Filter {
        kind: Some(kind),
        assigned_to: (show == "mine").then(|| desk.account.id.clone()),
        unassigned: show == "unassigned",
        overdue: show == "overdue",
    };
    let mut ctx = web.services.store.read().await?;
    let pages = Pages::of(&web, reviews::count(&mut ctx, &filter).await?);
    let reviews = reviews::queue(&mut ctx, &filter, pages.part()).await?;
    let now = ctx.now;
    let list = if reviews.is_empty() {
        view! { <Empty title=text::NOTHING_WAITS><p>{text::NOTHING_MATCHES}</p></Empty> }.into_any()
    } else {
        view! {
            <TableFilter table="queue".to_owned() label=text::FILTER_BY_NAME.to_owned() />
            <Reviews reviews now id="queue" />
            {pages.links()}
        }
        .into_any()
    };
    let filters = if known { Vec::new() } else { vec!["show"] };
    let view = view! { <h1>{title}</h1> {tabs(path, show)} <NotUnderstood filters /> {list} };
    Ok(desk.page(title, view).at(path))
}

fn tabs(path: &'static str, show: &str) -> impl IntoView + use<> {
    let show = show.to_owned();
    let tab = move |(value, name): (&'static str, &'static str)| {
        let href = if value.is_empty() { path.to_owned() } else { format!("{path}?show={value}") };
        view! { <li><a href=href aria-current=(show == value).then_some("true")>{name}</a></li> }
    };
    view! { <nav class="tabs" aria-label=text::WHICH><ul>{SHOWN.map(tab).collect_view()}</ul></nav> }
}

/// A table of reviews.
#[component]
pub fn Reviews(reviews: Vec<Review>, now: Timestamp, id: &'static str) -> impl IntoView {
    let columns = vec![text::REGISTRATION, text::KIND, DUE, SUBMITTED, CLAIMED_BY];
    let rows = reviews.iter().map(|review| row(review, now)).collect();
    view! { <Table caption=text::OPEN_REVIEWS columns rows id /> }
}

/// The page of one review.
pub fn path(review: &Review) -> String {
    format!("/admin/reviews/{}", review.id)
}

/// The app, or the organization where that itself is reviewed.
pub fn name(review: &Review) -> String {
    review.application_name.clone().unwrap_or_else(|| review.organization_name.clone())
}

fn row(review: &Review, now: Timestamp) -> Row {
    let of = review
        .application_name
        .as_ref()
        .map(|_| view! { <span class="line usa-hint">{review.organization_name.clone()}</span> });
    let kind = match review.environment {
        Some(kind) => text::application(environment(kind)),
        None => ORGANIZATION.to_owned(),
    };
    vec![
        view! { <a class="usa-link" href=path(review)>{name(review)}</a> {of} }.into_any(),
        kind.into_any(),
        view! { <Due at=review.due_at now /> }.into_any(),
        view! { <Time at=review.submitted_at /> }.into_any(),
        review.assigned_name.clone().unwrap_or_else(|| NO_ONE.to_owned()).into_any(),
    ]
}
