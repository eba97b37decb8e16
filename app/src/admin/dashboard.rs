//! `/admin`: what waits, what is late, what is mine.

use ::mail::outbox;
use jiff::SignedDuration;
use leptos::prelude::*;
use registry::reviews::{self, Filter, SubjectKind};
use store::{Ctx, Part};

use super::{desk::Desk, mail, queue};
use crate::{
    components::{
        alert::{Alert, Tone},
        empty::Empty,
        pager::grouped,
    },
    failure::Failure,
    page::Page,
    web::Web,
};

pub const PATH: &str = "/admin";
/// The most urgent reviews that are listed here.
const LISTED: Part = Part { from: 0, rows: 10 };
/// How long undelivered mail is news.
const RECENT: SignedDuration = SignedDuration::from_hours(7 * 24);

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let first = reviews::queue(&mut ctx, &Filter::default(), LISTED).await?;
    let now = ctx.now;
    let organizations = Waiting::count(&mut ctx, SubjectKind::Organization, &desk).await?;
    let applications = Waiting::count(&mut ctx, SubjectKind::Application, &desk).await?;
    let given_up = outbox::given_up_since(&mut ctx, now - RECENT).await?;
    drop(ctx);
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
    async fn count(ctx: &mut Ctx, kind: SubjectKind, desk: &Desk) -> Result<Self, Failure> {
        let all = Filter { kind: Some(kind), ..Filter::default() };
        let overdue = Filter { overdue: true, ..all.clone() };
        let mine = Filter { assigned_to: Some(desk.account.id.clone()), ..all.clone() };
        Ok(Self {
            open: reviews::count(ctx, &all).await?,
            overdue: reviews::count(ctx, &overdue).await?,
            mine: reviews::count(ctx, &mine).await?,
        })
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
            <span class="count__number">{grouped(i64::try_from(open).unwrap_or(i64::MAX))}</span>
            <a class="usa-link" href=path>{name}</a>
            {overdue} {mine}
        </li>
    }
}
