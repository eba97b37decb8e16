//! `/admin/feeds`: what was loaded into each program, how fresh it is, and how payers' sign-in does.

pub mod freshness;

use ::programs::{program::Program, support::DataFeed};
use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use fhir::feeds::{self, Load, State};
use jiff::Timestamp;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    account::Role,
    partition::{Environment, Partition},
};
use registry::calendar::Calendar;
use store::Ctx;

use self::freshness::Freshness;
use super::{desk::Desk, programs::Payers};
use crate::{
    components::{
        alert::Tone,
        empty::Empty,
        marked::marked,
        pager::grouped,
        status::Status,
        table::{Row, Table},
        time::{Time, show_in},
    },
    failure::Failure,
    locale::Locale,
    page::Page,
    texts::{
        admin::{NONE, STATUS, feeds as text},
        registry::environment,
    },
    web::{Web, reply::File},
};

pub const PATH: &str = "/admin/feeds";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let downloads = desk.roles.contains(&Role::Administrator);
    let payers = Payers::of(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let mut sections = Vec::new();
    for program in web.services.programs.iter().filter(|program| desk.reach.covers(&program.id)) {
        show_in(&web.services.programs, [&program.id]);
        for place in [Environment::Production, Environment::Sandbox] {
            if program.serves(place) {
                let partition = Partition::new(&program.id, place);
                sections.push(section(&mut ctx, program, &partition, downloads).await?.into_any());
            }
        }
        if let Some(tables) = payers.tables(program) {
            sections.push(view! { <h3>{text::PROVIDERS}</h3> {tables} }.into_any());
        }
    }
    drop(ctx);
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p>{text::ABOUT}</p>
        {sections}
        {downloads.then(|| view! { <p class="usa-hint">{text::ABOUT_REJECTS}</p> })}
    };
    Ok(desk.page(text::TITLE, view).at(PATH))
}

async fn section(
    ctx: &mut Ctx,
    program: &Program,
    partition: &Partition,
    downloads: bool,
) -> Result<impl IntoView + use<>, Failure> {
    let loads = feeds::newest(ctx, partition).await?;
    let by_type = feeds::last_by_type(ctx, partition).await?;
    let now = ctx.now;
    let limits = partition.environment == Environment::Production;
    let calendar = Calendar::of(&program.support.hours);
    let fresh = |feed: &DataFeed| -> Row {
        let last = freshness::last(feed, &by_type);
        let is = if limits { freshness::of(feed, &calendar, last, now) } else { Freshness::NoLimit };
        feed_row(feed, last, is)
    };
    let title = text::of(&program.name, environment(partition.environment));
    let body = if loads.is_empty() {
        view! { <Empty title=text::NOTHING_LOADED><p>{text::ABOUT_NOTHING}</p></Empty> }.into_any()
    } else {
        let rows = program.data_feeds.iter().map(fresh).collect();
        let columns = vec![text::DATA, text::PROMISE, text::LAST, text::STATE];
        let loads = loads.iter().map(|load| load_row(load, downloads)).collect();
        let of_loads = vec![text::STARTED, text::SOURCE, STATUS, text::COUNTS, text::REJECTS];
        view! {
            <Table caption=format!("{}: {title}", text::FRESHNESS) columns rows />
            <h3>{text::LOADS}</h3>
            <Table caption=format!("{}: {title}", text::LOADS) columns=of_loads rows=loads />
        }
        .into_any()
    };
    let id = format!("{}-{}", partition.program, partition.environment);
    Ok(view! { <section id=id><h2>{title}</h2> {body}</section> })
}

fn feed_row(feed: &DataFeed, last: Option<Timestamp>, is: Freshness) -> Row {
    let state = match is {
        Freshness::Fresh { due } => view! {
            <Status tone=Tone::Success text=text::FRESH />
            <span class="line usa-hint">{text::due(crate::components::time::date_and_time(due, Locale::English))}</span>
        }
        .into_any(),
        Freshness::Late { since } => view! {
            <Status tone=Tone::Error text=text::LATE />
            <span class="line">{marked(text::SINCE, |_, _| view! { <Time at=since /> }.into_any())}</span>
        }
        .into_any(),
        Freshness::Missing => view! { <Status tone=Tone::Error text=text::NOT_LOADED /> }.into_any(),
        Freshness::NoLimit => text::NO_LIMIT.into_any(),
    };
    let last = last.map_or_else(|| NONE.into_any(), |at| view! { <Time at /> }.into_any());
    vec![feed.name.clone().into_any(), feed.printed.clone().into_any(), last, state]
}

fn load_row(load: &Load, downloads: bool) -> Row {
    let tone = match load.state {
        State::Done => Tone::Success,
        State::Running => Tone::Info,
        State::Failed => Tone::Error,
        State::Interrupted | State::Unknown => Tone::Warning,
    };
    let (started, beat) = (load.started_at, load.beat_at);
    let ended = match load.ended_at {
        Some(at) => view! { {text::ENDED} " " <Time at /> }.into_any(),
        None => marked(text::LAST_WROTE, |_, _| view! { <Time at=beat /> }.into_any()).into_any(),
    };
    let sources = load.sources.iter().map(|source| view! { <span class="line breakable">{source.clone()}</span> });
    vec![
        view! { <Time at=started /> }.into_any(),
        sources.collect_view().into_any(),
        view! {
            <Status tone text=text::state(load.state) />
            <span class="line usa-hint">{ended}</span>
            {load.problem.clone().map(|problem| view! { <span class="line breakable">{problem}</span> })}
        }
        .into_any(),
        counts(load).into_iter().map(|line| view! { <span class="line">{line}</span> }).collect_view().into_any(),
        rejects(load, downloads),
    ]
}

/// A line for each type.
fn counts(load: &Load) -> Vec<String> {
    let mut lines = Vec::new();
    for count in &load.counts {
        if 0 < count.created + count.updated + count.unchanged + count.deleted {
            let [created, updated, unchanged, deleted] =
                [count.created, count.updated, count.unchanged, count.deleted].map(grouped);
            lines.push(text::count(&count.kind, created, updated, unchanged, deleted));
        }
        if 0 < count.skipped {
            lines.push(text::skipped(&count.kind, grouped(count.skipped)));
        }
    }
    lines
}

fn rejects(load: &Load, downloads: bool) -> AnyView {
    if load.rejected == 0 {
        return NONE.into_any();
    }
    let number = load.number.to_string();
    let button = downloads.then(|| {
        view! {
            <form method="post" action=DownloadRejects::PATH>
                <input type="hidden" name="load" value=number.clone() />
                <button class="usa-button usa-button--unstyled" type="submit">
                    {text::DOWNLOAD}<span class="usa-sr-only">" "{text::of_load(&number)}</span>
                </button>
            </form>
        }
    });
    view! { {grouped(load.rejected)} {button} }.into_any()
}

/// Gives the rejects of a load to save, and records who took them.
#[server(endpoint = "download-rejects")]
pub async fn download_rejects(load: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = Desk::enter(&web).await?;
    desk.allow(&[Role::Administrator])?;
    let number: i64 = load.parse().map_err(|_| Failure::NotFound)?;
    let mut ctx = web.services.store.write().await?;
    let found = feeds::find(&mut ctx, number).await?.ok_or(Failure::NotFound)?;
    if !desk.reach.covers(&found.partition.program) {
        return Err(Failure::NotFound);
    }
    let text = feeds::rejects(&mut ctx, number).await?;
    let event =
        Event::new(Actor::Account(desk.account.id.clone()), Action::LoadRejectsRead, "load", &number.to_string());
    log::record(&mut ctx, &event.within(&found.partition)).await?;
    ctx.commit().await?;
    let name = format!("rejects-{}-{}-{number}.ndjson", found.partition.program, found.partition.environment);
    web.save(File { name, media_type: "application/x-ndjson", text });
    Ok(())
}
