//! Compares ways to access two databases with one SQL text: sqlx's own drivers, our store's dispatch over them, or sqlx
//! `Any`. Measured on a read by id and a search by name, in this process and over HTTP.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use sqlx::{AnyPool, any::AnyPoolOptions};
use store::{Db, Options, sql};
use tokio::task::JoinSet;

use crate::{
    Run,
    database::Database,
    error::{Error, Result},
    floor::Pool,
    load::{self, Requests},
    machine,
    report::{milliseconds, thousands},
};

const READ: &str = "SELECT body FROM fhir_resource WHERE kind = $1 AND id = $2";
const SEARCH: &str = "SELECT r.id, r.body FROM fhir_string s JOIN fhir_resource r ON r.key = s.key \
                      WHERE s.param = $1 AND $2 <= s.value AND s.value < $3 ORDER BY s.value, s.key LIMIT 20";

#[derive(Clone)]
enum Way {
    Native(Pool),
    Store(Db),
    Any(AnyPool),
}

/// What is queried: a Practitioner, or the practitioners with a name.
#[derive(Clone)]
enum Question {
    Read(i64, String),
    Search(i64, String),
}

impl Way {
    async fn all(url: &str) -> Result<[(&'static str, Self); 3]> {
        sqlx::any::install_default_drivers();
        let db = Db::connect(&Options { url: url.to_owned(), connections: 8 }).await?;
        let any = AnyPoolOptions::new().max_connections(8).test_before_acquire(false).connect(url).await?;
        Ok([
            ("sqlx's own driver", Self::Native(Pool::open(url).await?)),
            ("store (dispatch)", Self::Store(db)),
            ("sqlx `Any`", Self::Any(any)),
        ])
    }

    /// The size of what was found, which also shows that something was.
    async fn ask(&self, question: &Question) -> Result<usize> {
        match question {
            Question::Read(kind, id) => self.read(*kind, id).await,
            Question::Search(param, name) => self.search(*param, name).await,
        }
    }

    async fn read(&self, kind: i64, id: &str) -> Result<usize> {
        let found: Option<(String,)> = match self {
            Self::Native(Pool::Sqlite(pool)) => sqlx::query_as(READ).bind(kind).bind(id).fetch_optional(pool).await?,
            Self::Native(Pool::Postgres(pool)) => sqlx::query_as(READ).bind(kind).bind(id).fetch_optional(pool).await?,
            Self::Any(pool) => sqlx::query_as(READ).bind(kind).bind(id).fetch_optional(pool).await?,
            Self::Store(db) => {
                let mut tx = db.read().await?;
                sql(READ).bind(kind).bind(id).fetch_optional(&mut tx).await?
            }
        };
        Ok(found.map_or(0, |(body,)| body.len()))
    }

    async fn search(&self, param: i64, name: &str) -> Result<usize> {
        let end = format!("{name}~");
        macro_rules! fetch {
            ($pool:expr) => {
                sqlx::query_as(SEARCH).bind(param).bind(name).bind(&end).fetch_all($pool).await?
            };
        }
        let found: Vec<(String, String)> = match self {
            Self::Native(Pool::Sqlite(pool)) => fetch!(pool),
            Self::Native(Pool::Postgres(pool)) => fetch!(pool),
            Self::Any(pool) => fetch!(pool),
            Self::Store(db) => {
                let mut tx = db.read().await?;
                sql(SEARCH).bind(param).bind(name).bind(&*end).fetch_all(&mut tx).await?
            }
        };
        Ok(found.iter().map(|(id, body)| id.len() + body.len()).sum())
    }
}

/// Prints a table.
pub async fn compare(run: &Run) -> Result<()> {
    println!("{}\n{} tasks or connections\n", machine::line(), run.connections);
    println!("| database | question | way | in process /s | over HTTP /s | p50 | p99 |\n|---|---|---|--:|--:|--:|--:|");
    for kind in &run.database {
        let database = Database::fill(*kind, run).await?;
        let [reads, searches] = questions(&database).await?;
        for (name, questions) in [("read by id", reads), ("search, 20 results", searches)] {
            let questions: Arc<[Question]> = questions.into();
            for (way_name, way) in Way::all(&database.url).await? {
                let (mut inside, mut outside) = (Vec::new(), Vec::new());
                for _ in 0..run.rounds.max(1) {
                    inside.push(in_process(&way, &questions, run).await?);
                    outside.push(over_http(&way, &questions, run).await?);
                }
                inside.sort_by(f64::total_cmp);
                outside.sort_by(|one, other| one.per_second.total_cmp(&other.per_second));
                let (inside, outside) = (inside[inside.len() / 2], outside[outside.len() / 2]);
                let times = [outside.p50, outside.p99].map(milliseconds);
                let rates = [inside, outside.per_second].map(thousands);
                println!(
                    "| {kind} | {name} | {way_name} | {} | {} | {} | {} |",
                    rates[0], rates[1], times[0], times[1]
                );
            }
        }
    }
    Ok(())
}

async fn questions(database: &Database) -> Result<[Vec<Question>; 2]> {
    let ids: Vec<(i64, String)> = database
        .all("SELECT r.kind, r.id FROM fhir_resource r JOIN fhir_kind k ON k.kind = r.kind WHERE k.type = 'Practitioner' AND 0 < r.version")
        .await?;
    let names: Vec<(i64, String)> = database
        .all(
            "SELECT DISTINCT s.param, s.value FROM fhir_string s JOIN fhir_parameter p ON p.param = s.param \
             JOIN fhir_kind k ON k.kind = p.kind WHERE k.type = 'Practitioner' AND p.code = 'family'",
        )
        .await?;
    let reads = ids.into_iter().map(|(kind, id)| Question::Read(kind, id)).collect();
    Ok([reads, names.into_iter().map(|(param, name)| Question::Search(param, name)).collect()])
}

/// Answers per second.
async fn in_process(way: &Way, questions: &Arc<[Question]>, run: &Run) -> Result<f64> {
    let (next, mut tasks, begun) = (Arc::new(AtomicUsize::new(0)), JoinSet::new(), Instant::now());
    for _ in 0..run.connections {
        let (way, questions, next, count) = (way.clone(), questions.clone(), next.clone(), run.requests);
        tasks.spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if count <= number {
                    return Ok(());
                }
                if way.ask(&questions[number * 7_919 % questions.len()]).await? == 0 {
                    return Err(Error::Answer("nothing was found".to_owned()));
                }
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))?;
    }
    Ok(run.requests as f64 / begun.elapsed().as_secs_f64())
}

/// The same behind axum, in this process.
async fn over_http(way: &Way, questions: &Arc<[Question]>, run: &Run) -> Result<load::Figures> {
    let answer = async |State((way, questions)): State<(Way, Arc<[Question]>)>, Path(number): Path<usize>| match way
        .ask(&questions[number % questions.len()])
        .await
    {
        Ok(length) if 0 < length => (StatusCode::OK, " ".repeat(length)),
        _ => (StatusCode::INTERNAL_SERVER_ERROR, String::new()),
    };
    let routes = Router::new().route("/{number}", get(answer)).with_state((way.clone(), questions.clone()));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(async move { axum::serve(listener, routes).await });
    let paths =
        (0..questions.len().min(5_000)).map(|number| format!("/{}", number * 7_919 % questions.len())).collect();
    let figures = load::run(&Requests::new(address, paths), run.connections, run.requests).await;
    server.abort();
    figures
}
