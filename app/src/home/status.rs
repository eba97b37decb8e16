//! `/status`: what each base answers now, and when the data was last loaded. Dates and states alone: nothing of any member.

use std::{collections::BTreeMap, sync::Arc};

use fhir::feed;
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use model::partition::{Environment, Partition, ProgramId};
use programs::{
    program::Program,
    support::DataFeed,
    surface::{Surface, SurfaceKind},
};
use registry::outages::{self, Outage};

use crate::{
    components::{
        alert::{Alert, Tone},
        marked::{linked, marked},
        status::Status,
        table::Table,
        time::{Day, Time, show_in},
    },
    docs,
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    quality,
    texts::home::status as text,
    web::Web,
};

pub const PATH: &str = "/status";
/// The days that the sentences name.
const RECENT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// By type, when a load last brought it.
type Loaded = BTreeMap<String, Timestamp>;
/// By program and environment.
type Loads = BTreeMap<(ProgramId, &'static str), Loaded>;

/// What works at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Working {
    /// The database answers.
    data: bool,
    /// There are keys to sign tokens with.
    keys: bool,
}

impl Working {
    /// Whether bases of this kind can do their work: the authorization server needs keys besides data.
    fn answers(self, kind: SurfaceKind) -> bool {
        self.data && (self.keys || kind != SurfaceKind::Authz)
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let mut loads = Loads::new();
    let mut data = true;
    for partition in web.services.programs.partitions() {
        match loaded(&web, partition.clone()).await {
            Ok(found) => drop(loads.insert((partition.program, partition.environment.as_str()), found)),
            Err(error) => {
                tracing::warn!(%error, "the status page could not read the loads");
                data = false;
            }
        }
    }
    let working = Working { data, keys: !web.services.keys.published().keys.is_empty() };
    let surfaces = web.services.programs.surfaces(&web.services.public_url);
    let outages = outages(&web).await;
    let is_out = outages.iter().any(|outage| outage.is_on(web.services.store.now()));
    let well = !is_out && surfaces.iter().all(|surface| working.answers(surface.kind));
    let (tone, sentence) = if well { (Tone::Success, text::ALL_WELL) } else { (Tone::Warning, text::NOT_ALL) };
    let now = web.services.store.now();
    let as_of = marked(text::AS_OF.of(locale), move |_, _| view! { <Time at=now locale /> }.into_any());
    let program = |program: &Arc<Program>| {
        show_in(&web.services.programs, [&program.id]);
        let quality = quality::is_public(program).then(|| {
            view! { <p>{linked(text::SEE_QUALITY.of(locale), format!("{}/{}#figures", docs::path(program), docs::quality::SLUG))}</p> }
        });
        let own: Vec<_> =
            surfaces.iter().filter(|surface| surface.program == program.id && surface.host.is_none()).collect();
        view! {
            <h2 lang="en">{program.name.clone()}</h2>
            <h3>{text::BASES.of(locale)}</h3>
            {bases(&own, working, locale)}
            <p>{recent(&outages, &program.id, locale)}</p>
            {quality}
            <h3>{text::DATA.of(locale)}</h3>
            {feeds(program, &loads, locale)}
        }
    };
    let programs = web.services.programs.iter().map(program).collect_view();
    let view = view! {
        <h1>{text::TITLE.of(locale)}</h1>
        <Alert tone><p>{sentence.of(locale)}" "{as_of}</p></Alert>
        {programs}
        <p class="usa-hint">{text::ABOUT_DATES.of(locale)}</p>
    };
    Ok(Page::new(Portal::Site, text::TITLE.of(locale), view).about(text::ABOUT.of(locale)).wide())
}

/// The large-scale outages of the last days; none where they cannot be read.
async fn outages(web: &Web) -> Vec<Outage> {
    let read = async {
        let mut ctx = web.services.store.read().await?;
        let since = ctx.now - RECENT;
        outages::since(&mut ctx, since).await
    };
    read.await.unwrap_or_else(|error: store::Error| {
        tracing::warn!(%error, "the status page could not read the outages");
        Vec::new()
    })
}

/// How many of them concern the program, in a sentence.
fn recent(outages: &[Outage], program: &ProgramId, locale: Locale) -> String {
    let concerns = |outage: &&Outage| outage.program.as_ref().is_none_or(|of| of == program);
    match outages.iter().filter(concerns).count() {
        0 => text::NO_OUTAGES.of(locale).to_owned(),
        1 => text::ONE_OUTAGE.of(locale).to_owned(),
        count => text::outages(locale, count),
    }
}

async fn loaded(web: &Web, partition: Partition) -> Result<Loaded, fhir::error::Error> {
    let mut ctx = web.services.store.read().await?.within(partition);
    feed::fresh(&mut ctx).await
}

fn bases(surfaces: &[&Surface], working: Working, locale: Locale) -> impl IntoView + use<> {
    let row = |surface: &&Surface| {
        let environments = surface.environments.iter().map(|it| text::environment(*it).of(locale)).collect::<Vec<_>>();
        let name = text::part(locale, text::surface(surface.kind).of(locale), environments.join(", "));
        let (tone, state) =
            if working.answers(surface.kind) { (Tone::Success, text::WORKS) } else { (Tone::Error, text::FAILS) };
        vec![
            name.into_any(),
            view! { <code class="breakable">{surface.base().to_owned()}</code> }.into_any(),
            view! { <Status tone text=state.of(locale) /> }.into_any(),
        ]
    };
    let columns = vec![text::PART.of(locale), text::ADDRESS.of(locale), text::STATE.of(locale)];
    view! { <Table caption=text::BASES.of(locale) columns rows=surfaces.iter().map(row).collect() /> }
}

/// Each feed of the program's table with the day of its last load in each environment.
fn feeds(program: &Program, loads: &Loads, locale: Locale) -> impl IntoView + use<> {
    let environments: Vec<Environment> = program.environments.iter().map(|info| info.environment).collect();
    let row = |feed: &DataFeed| {
        let days = environments.iter().map(|environment| {
            match last(feed, loads.get(&(program.id.clone(), environment.as_str()))) {
                Some(at) => view! { <Day at locale /> }.into_any(),
                None => text::NEVER.of(locale).into_any(),
            }
        });
        let name = view! { <span lang="en">{feed.name.clone()}</span> }.into_any();
        let promised = view! { <span lang="en">{feed.printed.clone()}</span> }.into_any();
        [name, promised].into_iter().chain(days).collect::<Vec<_>>()
    };
    // What the program does not offer is not loaded either.
    let rows = program.data_feeds.iter().filter(|feed| !feed.kinds.is_empty()).map(row).collect();
    let names = environments.iter().map(|environment| text::environment(*environment).of(locale));
    let columns = [text::KIND.of(locale), text::PROMISED.of(locale)].into_iter().chain(names).collect();
    view! { <Table caption=text::DATA.of(locale) columns rows /> }
}

/// When a load last brought any of the feed's types.
fn last(feed: &DataFeed, loaded: Option<&Loaded>) -> Option<Timestamp> {
    feed.kinds.iter().filter_map(|kind| loaded?.get(kind)).max().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authorization_server_needs_keys_and_all_need_the_database() {
        let check = |data, keys, expect: [bool; 3]| {
            let working = Working { data, keys };
            let kinds = [SurfaceKind::Authz, SurfaceKind::Fhir, SurfaceKind::Public];
            assert_eq!(kinds.map(|kind| working.answers(kind)), expect, "{working:?}");
        };
        check(true, true, [true, true, true]);
        check(true, false, [false, true, true]);
        check(false, true, [false, false, false]);
    }
}
