//! What is measured: reads and searches of the directory, each compared with a floor that accesses the same resources.

use serde_json::Value;

use crate::{
    Run,
    client::{self, Connection},
    database::Database,
    error::{Error, Result},
    flex::Server,
    load::{self, Figures, Requests},
};

/// Matches per page, in every search.
pub const PAGE: usize = 20;
/// How many different requests a search case cycles through.
const MOST_TERMS: usize = 200;

/// A request to the server, and its floor.
pub struct Case {
    pub name: &'static str,
    pub floor_name: &'static str,
    pub floor: Requests,
    pub flex: Requests,
}

/// The median of several measurements, by requests per second.
pub struct Measured {
    pub floor: Figures,
    pub flex: Figures,
}

impl Case {
    /// Alternates between floor and server, so that a busy moment of the computer affects both.
    pub async fn measure(&self, run: &Run) -> Result<Measured> {
        let (mut floor, mut flex) = (Vec::new(), Vec::new());
        for requests in [&self.floor, &self.flex] {
            // Fills pools and warms caches before anything counts.
            load::run(requests, run.connections, run.requests / 5).await?;
        }
        for _ in 0..run.rounds.max(1) {
            floor.push(load::run(&self.floor, run.connections, run.requests).await?);
            flex.push(load::run(&self.flex, run.connections, run.requests).await?);
        }
        Ok(Measured { floor: median(floor), flex: median(flex) })
    }
}

pub fn median(mut figures: Vec<Figures>) -> Figures {
    figures.sort_by(|one, other| one.per_second.total_cmp(&other.per_second));
    figures[figures.len() / 2]
}

/// The cases of the provider directory.
pub async fn all(database: &Database, flex: &Server, floor: &Server) -> Result<Vec<Case>> {
    let directory = database.directory()?;
    let practitioner = database.kind(directory, "Practitioner").await?;
    let ids = database.ids(practitioner).await?;
    let path = |id: &&String| format!("{}/Practitioner/{id}", directory.public);
    let read = |ids: &[&String], name, floor_name, floor_paths| Case {
        name,
        floor_name,
        floor: Requests::new(floor.address, floor_paths),
        flex: Requests::new(flex.address, ids.iter().map(path).collect()),
    };
    let by_key = |ids: &[&String]| ids.iter().map(|id| format!("/read/{practitioner}/{id}")).collect();
    let popular: Vec<&String> = ids.iter().step_by((ids.len() / 1000).max(1)).collect();
    let lengths = lengths(flex, popular.iter().map(path)).await?;
    let fixed = lengths.iter().map(|length| format!("/fixed?{length}")).collect();
    let scattered = scattered(&ids);
    let mut cases = vec![
        read(&scattered, "read, any of all", "sqlx by primary key", by_key(&scattered)),
        read(&popular, "read, one of 1,000 popular", "sqlx by primary key", by_key(&popular)),
        read(&popular, "read, one of 1,000 popular", "axum alone, as many bytes", fixed),
    ];
    let families = families(flex, database, &ids).await?;
    let hospitals = hospitals(&ids);
    for (name, kind, queries) in [
        (
            "search by name",
            "Practitioner",
            families.iter().map(|family| format!("family={family}")).collect::<Vec<_>>(),
        ),
        ("search by reference", "PractitionerRole", hospitals),
        (
            "chained search",
            "PractitionerRole",
            families.iter().map(|family| format!("practitioner.name={family}")).collect(),
        ),
    ] {
        cases.push(search(name, kind, &queries, database, flex, floor).await?);
    }
    Ok(cases)
}

/// The lengths of the answers' bodies.
async fn lengths(flex: &Server, paths: impl Iterator<Item = String>) -> Result<Vec<usize>> {
    let (mut connection, mut lengths) = (Connection::open(flex.address).await?, Vec::new());
    for path in paths {
        answer(&mut connection, &path).await?;
        lengths.push(connection.body().len());
    }
    Ok(lengths)
}

/// Every id once, with neighbors far apart, so that no database page serves two in a row.
fn scattered(ids: &[String]) -> Vec<&String> {
    // A step that shares no factor with the length visits every position.
    let step = [7_919, 7_907, 7_901].into_iter().find(|step| !ids.len().is_multiple_of(*step)).unwrap_or(1);
    (0..ids.len()).map(|place| &ids[place * step % ids.len()]).collect()
}

/// Distinct family names of some practitioners.
async fn families(flex: &Server, database: &Database, ids: &[String]) -> Result<Vec<String>> {
    let (mut connection, mut families) = (Connection::open(flex.address).await?, Vec::new());
    for id in ids.iter().step_by((ids.len() / 1000).max(1)) {
        let practitioner = ask(&mut connection, &format!("{}/Practitioner/{id}", database.directory()?.public)).await?;
        let family = practitioner["name"][0]["family"].as_str().unwrap_or_default();
        if family.chars().all(|character| character.is_ascii_alphabetic())
            && !families.iter().any(|known| known == family)
        {
            families.push(family.to_owned());
        }
    }
    Ok(families)
}

/// Organizations with many roles: every tenth that the synthesizer makes is a hospital.
fn hospitals(practitioners: &[String]) -> Vec<String> {
    (0..practitioners.len() / 80).map(|hospital| format!("organization=organization-{}", hospital * 10)).collect()
}

/// Keeps the queries that fill a page; the floor fetches the same resources by primary key.
async fn search(
    name: &'static str,
    kind: &str,
    queries: &[String],
    database: &Database,
    flex: &Server,
    floor: &Server,
) -> Result<Case> {
    let number = database.kind(database.directory()?, kind).await?;
    let (mut connection, mut ours, mut theirs) = (Connection::open(flex.address).await?, Vec::new(), Vec::new());
    for query in queries {
        let path = format!("{}/{kind}?{query}&_count={PAGE}", database.directory()?.public);
        let bundle = ask(&mut connection, &path).await?;
        let ids = ids(&bundle);
        if ids.len() == PAGE && ours.len() < MOST_TERMS {
            theirs.push(format!("/bundle/{number}?{}", ids.join(",")));
            ours.push(path);
        }
    }
    if ours.is_empty() {
        return Err(Error::Answer(format!("no query of “{name}” has {PAGE} matches; request more practitioners")));
    }
    let (floor, flex) = (Requests::new(floor.address, theirs), Requests::new(flex.address, ours));
    Ok(Case { name, floor_name: "sqlx, 20 bodies by primary key, joined", floor, flex })
}

/// The ids of the resources in a Bundle.
pub fn ids(bundle: &Value) -> Vec<&str> {
    let entries = bundle["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
    entries.iter().filter_map(|entry| entry["resource"]["id"].as_str()).collect()
}

async fn answer(connection: &mut Connection, path: &str) -> Result<()> {
    let status = connection.send(&client::get(path)).await?;
    if status == 200 { Ok(()) } else { Err(Error::Status { path: path.to_owned(), status }) }
}

pub async fn ask(connection: &mut Connection, path: &str) -> Result<Value> {
    answer(connection, path).await?;
    serde_json::from_slice(connection.body()).map_err(|error| Error::Answer(format!("{path}: {error}")))
}
