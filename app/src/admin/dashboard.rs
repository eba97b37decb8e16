//! `/admin`: what waits, what is late, what is mine.

use ::mail::outbox;
use jiff::SignedDuration;
use leptos::prelude::*;
use registry::reviews::{self, Filter, Which};
use store::{Ctx, Part};

use super::{
    checks,
    desk::Desk,
    feeds::{self, freshness},
    mail, queue,
};
use crate::{
    components::{
        alert::{Alert, Tone},
        empty::Empty,
        marked::linked,
        pager::grouped,
        time::show_in,
    },
    failure::Failure,
    page::Page,
    texts::admin::{DASHBOARD, dashboard as text, feeds as of_feeds},
    web::Web,
};

pub const PATH: &str = "/admin";
/// The reviews listed here: those due first.
const LISTED: Part = Part { from: 0, rows: 10 };
/// How long undelivered mail is news.
const RECENT: SignedDuration = SignedDuration::from_hours(7 * 24);

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    show_in(&web.services.programs, []);
    let mut ctx = web.services.store.read().await?;
    let first = reviews::queue(&mut ctx, &Filter { reach: desk.reach.clone(), ..Filter::default() }, LISTED).await?;
    let now = ctx.now;
    let mut waiting = Vec::new();
    for which in [Which::Organizations, Which::Applications, Which::Changes, Which::Appeals] {
        waiting.push((which, Waiting::count(&mut ctx, which, &desk).await?));
    }
    let mut late = 0;
    for program in web.services.programs.iter().filter(|program| desk.reach.covers(&program.id)) {
        late += freshness::late(&mut ctx, program).await?;
    }
    let failing = checks::failing(&web, &mut ctx, &desk).await?;
    let given_up = outbox::given_up_since(&mut ctx, now - RECENT).await?;
    drop(ctx);
    let list = if first.is_empty() {
        view! { <Empty title=text::NOTHING_WAITS><p>{text::ALL_DECIDED}</p></Empty> }.into_any()
    } else {
        view! { <queue::Reviews reviews=first now id="due-first" /> }.into_any()
    };
    let view = view! {
        <h1>{DASHBOARD}</h1>
        <ul class="counts">
            {waiting.into_iter().map(|(which, waiting)| {
                let (path, name) = queue::place(Some(which));
                view! { <Count name path waiting /> }
            }).collect_view()}
        </ul>
        {checks::alerts(failing)}
        {(0 < late).then(|| late_feeds(late))}
        {(0 < given_up).then(|| undelivered(given_up))}
        <h2>{text::DUE_FIRST}</h2>
        {list}
    };
    Ok(desk.page(DASHBOARD, view).at(PATH))
}

fn late_feeds(late: usize) -> impl IntoView {
    let sentence = match late {
        1 => of_feeds::ONE_LATE.to_owned(),
        late => of_feeds::late(late),
    };
    view! { <Alert tone=Tone::Error>{linked(&sentence, feeds::PATH)}</Alert> }
}

fn undelivered(given_up: u64) -> impl IntoView {
    let sentence = match given_up {
        1 => text::ONE_UNDELIVERED.to_owned(),
        given_up => text::undelivered(given_up),
    };
    view! { <Alert tone=Tone::Warning>{linked(&sentence, mail::PATH)}</Alert> }
}

/// How many reviews of a queue are open, overdue, one's own.
struct Waiting {
    open: usize,
    overdue: usize,
    mine: usize,
}

impl Waiting {
    async fn count(ctx: &mut Ctx, which: Which, desk: &Desk) -> Result<Self, Failure> {
        let all = Filter { which: Some(which), reach: desk.reach.clone(), ..Filter::default() };
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
            <a class="usa-link overdue" href=format!("{path}?show=overdue")>{text::overdue(overdue)}</a>
        }
    });
    let mine = (0 < mine).then(|| {
        view! {
            <a class="usa-link" href=format!("{path}?show=mine")>{text::mine(mine)}</a>
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
