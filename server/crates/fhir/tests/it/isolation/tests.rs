//! The runs: many requests on SQLite, a tenth of them on PostgreSQL.

use std::{collections::VecDeque, env};

use fhir::{
    error::{Error, Kind},
    search::request::Request,
};
use serde_json::Value;
use store::testing::{TestStore, postgres, sqlite};

use super::{
    answers::{about_nobody, has_any, told},
    data,
    outsiders::Outsider,
    requests::{Asked, Requests},
};
use crate::world::{BASE, World, link, parameters};

const DEFAULT: u32 = 12_000;
/// How many links of other members are tried.
const LINKS: usize = 50;

fn number(name: &str, default: u64) -> u64 {
    env::var(name).ok().map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[tokio::test]
async fn no_answer_on_sqlite_has_a_byte_of_anothers_data() {
    let asked = u32::try_from(number("TEST_ISOLATION", DEFAULT.into())).expect("fewer than four billion");
    let test = sqlite().await;
    isolated(&test, "idaho", asked / 4 * 3).await;
    isolated(&test, "oph-ca", asked / 4).await;
}

#[tokio::test]
async fn no_answer_on_postgresql_has_a_byte_of_anothers_data() {
    let asked = u32::try_from(number("TEST_ISOLATION", DEFAULT.into())).expect("fewer than four billion");
    let test = postgres().await;
    isolated(&test, "idaho", asked / 10).await;
}

#[derive(Debug, Default)]
struct Tally {
    asked: u32,
    refused: u32,
    /// Answers that contain something.
    found: u32,
    /// Requests that named another member's data and were repeated with ids that belong to no one.
    repeated: u32,
    handed_on: u32,
}

async fn isolated(test: &TestStore, program: &str, most: u32) {
    let world = World::new(test, program).await;
    let resources = data::resources();
    let (report, rejects) = world.load(&resources).await;
    assert_eq!(report.rejected, 0, "{rejects:?}");
    let seed = number("TEST_ISOLATION_SEED", 1);
    let mut requests = Requests::new(world.program(), BASE, seed, &resources);
    let mut tally = Tally::default();
    let mut links: VecDeque<Asked> = VecDeque::new();
    while tally.asked < most {
        let outsider = Outsider::any(&world, &mut requests.random);
        let is_handed_on = requests.random.percent(10) && !links.is_empty();
        let asked = if is_handed_on {
            links[requests.random.below(links.len())].clone()
        } else {
            requests.next(outsider.is_member)
        };
        tally.handed_on += u32::from(is_handed_on);
        let place = format!("{program}, seed {seed}, request {}: {asked:?} by {:?}", tally.asked, outsider.foreign);
        if let Some(next) = answered(&world, &outsider, &asked, &mut tally, &place).await {
            links.push_front(next);
            links.truncate(LINKS);
        }
    }
    eprintln!("{program}: {tally:?}");
    assert!(most / 4 < tally.found && most / 20 < tally.refused, "too little was tried: {tally:?}");
}

/// Sends a request and checks the answer; returns the next page's link, if there is one.
async fn answered(
    world: &World<'_>,
    outsider: &Outsider,
    asked: &Asked,
    tally: &mut Tally,
    place: &str,
) -> Option<Asked> {
    tally.asked += 1;
    let answer = ask(world, outsider, asked).await;
    check(outsider, &answer, place, asked);
    let nobody = asked.map(|text| about_nobody(&outsider.foreign, text));
    // A link is bound to the text of its search, so another search would only get a refusal.
    if nobody != *asked && !asked.is_link() {
        tally.repeated += 1;
        let same = ask(world, outsider, &nobody).await;
        let text = |answer: &Result<String, Error>| match answer {
            Ok(text) => told(&about_nobody(&outsider.foreign, text)),
            Err(error) => about_nobody(&outsider.foreign, &error.to_string()),
        };
        assert_eq!(text(&answer), text(&same), "{place}: the answer differs from the one for an id of no one");
    }
    let bundle: Value = match &answer {
        Err(_) => {
            tally.refused += 1;
            return None;
        }
        Ok(text) => serde_json::from_str(text).expect("an answer is JSON"),
    };
    tally.found += u32::from(bundle["entry"].is_array() || bundle["id"].is_string());
    let next = link(&bundle, "next")?;
    let (kind, query) = next.split_once('?')?;
    Some(Asked::Search { kind: kind.to_owned(), parameters: parameters(query), lenient: false })
}

async fn ask(world: &World<'_>, outsider: &Outsider, asked: &Asked) -> Result<String, Error> {
    let (engine, authority) = (&world.engine, &outsider.authority);
    match asked {
        Asked::Search { kind, parameters, lenient } => {
            engine.search(authority, &Request { base: BASE, kind, parameters, is_lenient: *lenient }).await
        }
        Asked::Read { kind, id } => engine.read(authority, kind, id).await.map(|stored| stored.body.clone()),
        Asked::Vread { kind, id, version } => {
            engine.vread(authority, kind, id, version).await.map(|stored| stored.body.clone())
        }
    }
}

/// The whole answer except what repeats the request: links, and the names and values in messages.
fn check(outsider: &Outsider, answer: &Result<String, Error>, place: &str, asked: &Asked) {
    let (text, repeats) = match answer {
        Ok(text) => (told(text), false),
        Err(error) => {
            let ours = matches!(error.kind(), Kind::Internal | Kind::Unavailable);
            assert!(!ours, "{place}: {error}");
            (error.to_string(), has_any(&outsider.foreign, &format!("{asked:?}")))
        }
    };
    assert!(repeats || !has_any(&outsider.foreign, &text), "{place}: {text}");
}
