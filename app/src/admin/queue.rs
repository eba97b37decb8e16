//! `/admin/queues` and its parts: the open reviews of organizations, of applications, of changes, and appeals.

use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use model::{
    decision::ReviewKind,
    partition::{Environment, ProgramId},
};
use registry::reviews::{self, Counts, Filter, Order, Review, Which};

use super::desk::Desk;
use crate::{
    components::{
        due::Due,
        empty::Empty,
        not_understood::NotUnderstood,
        pager::{Pages, grouped},
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    page::Page,
    texts::{
        admin::{CLAIMED_BY, DUE, ENVIRONMENT, NO_ONE, ORGANIZATION, QUEUES, SUBMITTED, queue as text},
        registry::environment,
    },
    web::Web,
};

pub const PATH: &str = "/admin/queues";
pub const ORGANIZATIONS: &str = "/admin/queues/organizations";
pub const APPLICATIONS: &str = "/admin/queues/applications";
pub const CHANGES: &str = "/admin/queues/changes";
pub const APPEALS: &str = "/admin/queues/appeals";

/// What `?show=` narrows the queue to, and its name.
const SHOWN: [(&str, &str); 4] =
    [("", text::ALL_OPEN), ("unassigned", text::UNCLAIMED), ("mine", text::CLAIMED_BY_ME), ("overdue", text::OVERDUE)];
const ACCESS: [(&str, &str); 2] = [("", text::ANY), ("patient", text::READS_MEMBERS)];
/// How many days something has waited.
const AGES: [(&str, &str); 4] =
    [("", text::ANY), ("1", text::OVER_ONE_DAY), ("3", text::OVER_THREE_DAYS), ("7", text::OVER_A_WEEK)];
const ORDERS: [(&str, &str); 3] = [("", text::BY_DUE), ("newest", text::BY_NEWEST), ("name", text::BY_NAME)];

pub async fn all(web: Web) -> Result<Page, Failure> {
    queue(web, None).await
}

pub async fn organizations(web: Web) -> Result<Page, Failure> {
    queue(web, Some(Which::Organizations)).await
}

pub async fn applications(web: Web) -> Result<Page, Failure> {
    queue(web, Some(Which::Applications)).await
}

pub async fn changes(web: Web) -> Result<Page, Failure> {
    queue(web, Some(Which::Changes)).await
}

pub async fn appeals(web: Web) -> Result<Page, Failure> {
    queue(web, Some(Which::Appeals)).await
}

/// The address and the name of a queue.
pub fn place(which: Option<Which>) -> (&'static str, &'static str) {
    match which {
        None => (PATH, text::ALL),
        Some(Which::Organizations) => (ORGANIZATIONS, text::ORGANIZATIONS),
        Some(Which::Applications) => (APPLICATIONS, text::APPLICATIONS),
        Some(Which::Changes) => (CHANGES, text::CHANGES),
        Some(Which::Appeals) => (APPEALS, text::APPEALS),
    }
}

/// The queue that a review is in.
pub fn of(review: &Review) -> Which {
    match (review.kind, review.application_name.is_some()) {
        (ReviewKind::Edit, _) => Which::Changes,
        (ReviewKind::Appeal, _) => Which::Appeals,
        (_, true) => Which::Applications,
        (_, false) => Which::Organizations,
    }
}

/// What was asked for, with the names of the filters that mean nothing.
struct Asked {
    filter: Filter,
    /// As in the address.
    values: Vec<(&'static str, String)>,
    unknown: Vec<&'static str>,
}

impl Asked {
    fn read(web: &Web, desk: &Desk, which: Option<Which>) -> Self {
        let programs: Vec<ProgramId> = web.services.programs.iter().map(|program| program.id.clone()).collect();
        let is_program = |text: &str| programs.iter().any(|program| program.as_str() == text);
        let one_of =
            |choices: &'static [(&str, &str)]| move |text: &str| choices.iter().any(|(value, _)| *value == text);
        let (mut values, mut unknown) = (Vec::new(), Vec::new());
        let mut read = |name: &'static str, is_known: &dyn Fn(&str) -> bool| {
            let text = web.request.query(name).unwrap_or_default().trim().to_owned();
            let known = text.is_empty() || is_known(&text);
            if !known {
                unknown.push(name);
            }
            let text = if known { text } else { String::new() };
            values.push((name, text.clone()));
            text
        };
        let show = read("show", &one_of(&SHOWN));
        let program = read("program", &is_program);
        let environment: Option<Environment> =
            read("environment", &|text| text.parse::<Environment>().is_ok()).parse().ok();
        let access = read("access", &one_of(&ACCESS));
        let age: Option<i64> = read("age", &one_of(&AGES)).parse().ok();
        let order = read("order", &one_of(&ORDERS));
        let filter = Filter {
            which,
            reach: desk.reach.clone(),
            program: (!program.is_empty()).then(|| ProgramId::new(program)),
            environment,
            reads_members: access == "patient",
            assigned_to: (show == "mine").then(|| desk.account.id.clone()),
            unassigned: show == "unassigned",
            overdue: show == "overdue",
            older_than: age.map(|days| SignedDuration::from_hours(24 * days)),
            order: match order.as_str() {
                "newest" => Order::Newest,
                "name" => Order::Name,
                _ => Order::Due,
            },
        };
        Self { filter, values, unknown }
    }

    fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }
}

async fn queue(web: Web, which: Option<Which>) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let asked = Asked::read(&web, &desk, which);
    let mut ctx = web.services.store.read().await?;
    let pages = Pages::of(&web, reviews::count(&mut ctx, &asked.filter).await?);
    let reviews = reviews::queue(&mut ctx, &asked.filter, pages.part()).await?;
    let now = ctx.now;
    drop(ctx);
    let list = if reviews.is_empty() {
        view! { <Empty title=text::NOTHING_WAITS><p>{text::NOTHING_MATCHES}</p></Empty> }.into_any()
    } else {
        view! { <Reviews reviews now id="queue" /> {pages.links()} }.into_any()
    };
    let (path, name) = place(which);
    let view = view! {
        <h1>{QUEUES}</h1>
        {tabs(which, desk.waiting.reviews)}
        {filters(&web, path, &asked)}
        <NotUnderstood filters=asked.unknown />
        {list}
    };
    let title = if which.is_none() { QUEUES } else { name };
    Ok(desk.page(title, view).at(PATH))
}

/// The queues with the number of reviews in each.
fn tabs(current: Option<Which>, counts: Counts) -> impl IntoView {
    let queues = [
        (None, counts.all()),
        (Some(Which::Organizations), counts.organizations),
        (Some(Which::Applications), counts.applications),
        (Some(Which::Changes), counts.changes),
        (Some(Which::Appeals), counts.appeals),
    ];
    let tab = |(which, count): (Option<Which>, u64)| {
        let (path, name) = place(which);
        let name = text::tab(name, grouped(i64::try_from(count).unwrap_or(i64::MAX)));
        view! { <li><a href=path aria-current=(which == current).then_some("true")>{name}</a></li> }
    };
    view! { <nav class="tabs" aria-label=text::WHICH><ul>{queues.map(tab).collect_view()}</ul></nav> }
}

fn filters(web: &Web, path: &'static str, asked: &Asked) -> impl IntoView + use<> {
    let owned = |choices: &[(&str, &str)]| -> Vec<(String, String)> {
        choices.iter().map(|(value, name)| ((*value).to_owned(), (*name).to_owned())).collect()
    };
    let any = || (String::new(), text::ANY.to_owned());
    let programs = web.services.programs.iter().map(|program| (program.id.to_string(), program.name.clone()));
    let environments = [Environment::Sandbox, Environment::Production];
    let environments = environments.map(|of| (of.as_str().to_owned(), environment(of).to_owned()));
    let selects = [
        ("show", text::SHOW, owned(&SHOWN)),
        ("program", text::PROGRAM, std::iter::once(any()).chain(programs).collect()),
        ("environment", ENVIRONMENT, std::iter::once(any()).chain(environments).collect()),
        ("access", text::ACCESS, owned(&ACCESS)),
        ("age", text::AGE, owned(&AGES)),
        ("order", text::ORDER, owned(&ORDERS)),
    ];
    let select = |(name, label, choices): (&'static str, &'static str, Vec<(String, String)>)| {
        let current = asked.value(name).to_owned();
        let option = move |(value, text): (String, String)| {
            let selected = value == current;
            view! { <option value=value selected=selected>{text}</option> }
        };
        view! {
            <div class="usa-form-group">
                <label class="usa-label" for=name>{label}</label>
                <select class="usa-select" id=name name=name>{choices.into_iter().map(option).collect_view()}</select>
            </div>
        }
    };
    let filtered = asked.values.iter().any(|(_, value)| !value.is_empty());
    let clear = filtered.then(|| view! { <a class="usa-link" href=path>{text::CLEAR}</a> });
    view! {
        <form class="filters filters--narrow" method="get" action=path>
            {selects.map(select).collect_view()}
            <button class="usa-button usa-button--outline" type="submit">{text::FILTER}</button>
            {clear}
        </form>
    }
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
    let what = match review.environment {
        Some(kind) => text::application(environment(kind)),
        None => ORGANIZATION.to_owned(),
    };
    let kind = match review.kind {
        ReviewKind::Edit => Some(text::CHANGE),
        ReviewKind::Appeal => Some(text::APPEAL),
        ReviewKind::Registration | ReviewKind::Unknown => None,
    };
    let kind = kind.map(|kind| view! { <span class="line usa-hint">{kind}</span> });
    let second = review.first.as_ref().map(|_| view! { <span class="line usa-hint">{text::SECOND_APPROVAL}</span> });
    vec![
        view! { <a class="usa-link" href=path(review)>{name(review)}</a> {of} {second} }.into_any(),
        view! { {what} {kind} }.into_any(),
        view! { <Due at=review.due_at now /> }.into_any(),
        view! { <Time at=review.submitted_at /> }.into_any(),
        review.assigned_name.clone().unwrap_or_else(|| NO_ONE.to_owned()).into_any(),
    ]
}
