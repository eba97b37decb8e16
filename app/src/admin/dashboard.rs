//! `/admin`: what waits, what is late, what is mine.

use ::mail::outbox;
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use registry::reviews::{self, Filter, Review};

use super::{desk::Desk, mail, queue};
use crate::{
    components::{
        alert::{Alert, Tone},
        empty::Empty,
    },
    failure::Failure,
    page::Page,
    web::Web,
};

pub const PATH: &str = "/admin";
/// The most urgent reviews that are listed here.
const LISTED: usize = 10;
/// How long undelivered mail is news.
const RECENT: SignedDuration = SignedDuration::from_hours(7 * 24);

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let open = reviews::queue(&mut ctx, &Filter::default()).await?;
    let now = ctx.now;
    let given_up = outbox::given_up_since(&mut ctx, now - RECENT).await?;
    let (applications, organizations): (Vec<&Review>, Vec<&Review>) =
        open.iter().partition(|review| review.subject.application().is_some());
    let organizations = Waiting::count(&organizations, &desk, now);
    let applications = Waiting::count(&applications, &desk, now);
    let first: Vec<Review> = open.into_iter().take(LISTED).collect();
    let list = if first.is_empty() {
        view! { <Empty title="Nothing waits"><p>"Every registration has been decided."</p></Empty> }.into_any()
    } else {
        view! { <queue::Reviews reviews=first now id="due-first" /> }.into_any()
    };
    let view = view! {
        <h1>"Dashboard"</h1>
        <ul class="counts">
            <Count name="Organization registrations" path=queue::ORGANIZATIONS waiting=organizations />
            <Count name="Application registrations" path=queue::APPLICATIONS waiting=applications />
        </ul>
        {(0 < given_up).then(|| undelivered(given_up))}
        <h2>"Due first"</h2>
        {list}
    };
    Ok(desk.page("Dashboard", view).at(PATH))
}

fn undelivered(given_up: u64) -> impl IntoView {
    let text = match given_up {
        1 => "A message of the last 7 days could not be delivered.".to_owned(),
        given_up => format!("{given_up} messages of the last 7 days could not be delivered."),
    };
    view! { <Alert tone=Tone::Warning>{text} " " <a class="usa-link" href=mail::PATH>"See undelivered mail"</a></Alert> }
}

/// How many reviews of a queue are open, overdue, one's own.
struct Waiting {
    open: usize,
    overdue: usize,
    mine: usize,
}

impl Waiting {
    fn count(reviews: &[&Review], desk: &Desk, now: Timestamp) -> Self {
        let overdue = reviews.iter().filter(|review| review.is_overdue(now)).count();
        let mine = reviews.iter().filter(|review| review.assigned_to.as_ref() == Some(&desk.account.id)).count();
        Self { open: reviews.len(), overdue, mine }
    }
}

#[component]
fn Count(name: &'static str, path: &'static str, waiting: Waiting) -> impl IntoView {
    let Waiting { open, overdue, mine } = waiting;
    let overdue = (0 < overdue).then(|| {
        view! {
            <a class="usa-link overdue" href=format!("{path}?show=overdue")>{format!("{overdue} overdue")}</a>
        }
    });
    let mine = (0 < mine).then(|| {
        view! {
            <a class="usa-link" href=format!("{path}?show=mine")>{format!("{mine} claimed by me")}</a>
        }
    });
    view! {
        <li class="count">
            <span class="count__number">{open}</span>
            <a class="usa-link" href=path>{name}</a>
            {overdue} {mine}
        </li>
    }
}
