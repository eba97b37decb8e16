//! `/admin`: what waits, what is late, what is mine.

use jiff::Timestamp;
use leptos::prelude::*;
use registry::reviews::{self, Filter, Review, SubjectKind};

use super::{desk::Desk, queue};
use crate::{components::empty::Empty, failure::Failure, page::Page, web::Web};

pub const PATH: &str = "/admin";
/// The most urgent reviews that are listed here.
const LISTED: usize = 10;

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let open = reviews::queue(&mut ctx, &Filter::default()).await?;
    let now = ctx.now;
    let organizations = count(&open, now, |review| kind(review) == SubjectKind::Organization);
    let applications = count(&open, now, |review| kind(review) == SubjectKind::Application);
    let mine = count(&open, now, |review| review.assigned_to.as_ref() == Some(&desk.account.id));
    let first: Vec<Review> = open.into_iter().take(LISTED).collect();
    let list = if first.is_empty() {
        view! { <Empty title="Nothing waits"><p>"Every registration has been decided."</p></Empty> }.into_any()
    } else {
        view! { <queue::Reviews reviews=first now id="due-first" /> }.into_any()
    };
    let mine_path = format!("{}?show=mine", queue::ORGANIZATIONS);
    let view = view! {
        <h1>"Dashboard"</h1>
        <ul class="counts">
            <Count name="Organization registrations" path=queue::ORGANIZATIONS counts=organizations />
            <Count name="Application registrations" path=queue::APPLICATIONS counts=applications />
            <Count name="Claimed by me" path=mine_path counts=mine />
        </ul>
        <h2>"Due first"</h2>
        {list}
    };
    Ok(desk.page("Dashboard", view).at(PATH))
}

pub fn kind(review: &Review) -> SubjectKind {
    match review.subject.application() {
        Some(_) => SubjectKind::Application,
        None => SubjectKind::Organization,
    }
}

/// How many are open, and how many of these are overdue.
fn count(open: &[Review], now: Timestamp, counted: impl Fn(&Review) -> bool) -> (usize, usize) {
    let counted = || open.iter().filter(|review| counted(review));
    (counted().count(), counted().filter(|review| review.is_overdue(now)).count())
}

#[component]
fn Count(name: &'static str, #[prop(into)] path: String, counts: (usize, usize)) -> impl IntoView {
    let (open, overdue) = counts;
    let late = (0 < overdue)
        .then(|| view! { <span class="due overdue"><strong>{format!("{overdue} overdue")}</strong></span> });
    view! {
        <li class="count">
            <span class="count__number">{open}</span>
            <a class="usa-link" href=path>{name}</a>
            {late}
        </li>
    }
}
