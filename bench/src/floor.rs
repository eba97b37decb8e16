//! The floors: what axum does alone, and what sqlx does below it, with the bytes that the server serves.

mod signing;

use std::{net::SocketAddr, str::FromStr, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Path, RawQuery, State},
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use sqlx::{
    AssertSqlSafe, PgPool, SqlitePool,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteSynchronous},
};

use crate::error::Result;

/// The server's default number of connections.
const CONNECTIONS: u32 = 8;

use signing::Signer;

#[derive(Clone)]
pub enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Pool {
    /// With the settings with which sqlx is fastest, which are also the server's.
    pub async fn open(url: &str) -> Result<Self> {
        if url.starts_with("sqlite:") {
            let connect = sqlite(url)?.pragma("query_only", "on");
            let options = SqlitePoolOptions::new().max_connections(CONNECTIONS).test_before_acquire(false);
            return Ok(Self::Sqlite(options.connect_with(connect).await?));
        }
        let options = PgPoolOptions::new().max_connections(CONNECTIONS).test_before_acquire(false);
        Ok(Self::Postgres(options.connect(url).await?))
    }

    /// For writing: SQLite has one writer, and what it acknowledges is on the disk, as in the server.
    async fn open_writing(url: &str) -> Result<Self> {
        if url.starts_with("sqlite:") {
            let connect = sqlite(url)?.synchronous(SqliteSynchronous::Full).busy_timeout(Duration::from_secs(10));
            let options = SqlitePoolOptions::new().max_connections(1).test_before_acquire(false);
            return Ok(Self::Sqlite(options.connect_with(connect).await?));
        }
        Self::open(url).await
    }

    /// One resource by its type's number and id.
    async fn body(&self, kind: i64, id: &str) -> sqlx::Result<Option<String>> {
        const TEXT: &str = "SELECT body FROM fhir_resource WHERE kind = $1 AND id = $2";
        let found: Option<(String,)> = match self {
            Self::Sqlite(pool) => sqlx::query_as(TEXT).bind(kind).bind(id).fetch_optional(pool).await?,
            Self::Postgres(pool) => sqlx::query_as(TEXT).bind(kind).bind(id).fetch_optional(pool).await?,
        };
        Ok(found.map(|(body,)| body))
    }

    /// Whose access token it is, what it is for, and when it expires.
    async fn token(&self, id: &str) -> sqlx::Result<Option<(String, String, i64)>> {
        const TEXT: &str = "SELECT client_id, scope, expires_at FROM access_token WHERE id = $1";
        match self {
            Self::Sqlite(pool) => sqlx::query_as(TEXT).bind(id).fetch_optional(pool).await,
            Self::Postgres(pool) => sqlx::query_as(TEXT).bind(id).fetch_optional(pool).await,
        }
    }

    /// Several resources of one type.
    async fn bodies(&self, kind: i64, ids: &[&str]) -> sqlx::Result<Vec<(String, String)>> {
        let places: Vec<String> = (0..ids.len()).map(|place| format!("${}", place + 2)).collect();
        let text = format!("SELECT id, body FROM fhir_resource WHERE kind = $1 AND id IN ({})", places.join(","));
        macro_rules! fetch {
            ($pool:expr) => {{
                let mut query = sqlx::query_as(AssertSqlSafe(text)).bind(kind);
                for id in ids {
                    query = query.bind(*id);
                }
                query.fetch_all($pool).await
            }};
        }
        match self {
            Self::Sqlite(pool) => fetch!(pool),
            Self::Postgres(pool) => fetch!(pool),
        }
    }
}

fn sqlite(url: &str) -> sqlx::Result<SqliteConnectOptions> {
    Ok(SqliteConnectOptions::from_str(url)?.pragma("cache_size", "-65536").pragma("mmap_size", "1073741824"))
}

/// Serves until it is killed.
pub async fn serve(url: &str, listen: SocketAddr) -> Result<()> {
    let pool = Pool::open(url).await?;
    let longest: Arc<str> = "x".repeat(64 * 1024).into();
    let routes = Router::new()
        .route("/readyz", get(async || "ready"))
        .route("/fixed", get(move |RawQuery(length)| async move { fixed(&longest, length.as_deref()) }))
        .route("/read/{kind}/{id}", get(read))
        .route("/row/{id}", get(row))
        .route("/bundle/{kind}", get(bundle))
        .with_state(pool)
        .merge(Router::new().route("/sign", post(signing::sign)).with_state(Arc::new(Signer::open(url).await?)));
    let listener = tokio::net::TcpListener::bind(listen).await?;
    axum::serve(listener, routes).await?;
    Ok(())
}

/// An answer of this many bytes.
fn fixed(longest: &str, length: Option<&str>) -> Response {
    let length = length.and_then(|length| length.parse().ok());
    let text: Option<&str> = length.and_then(|length: usize| longest.get(..length));
    text.map_or_else(|| StatusCode::BAD_REQUEST.into_response(), |text| json(text.to_owned()))
}

async fn read(State(pool): State<Pool>, Path((kind, id)): Path<(i64, String)>) -> Response {
    match pool.body(kind, &id).await {
        Ok(Some(body)) => json(body),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The contents of a token's row, by its id.
async fn row(State(pool): State<Pool>, Path(id): Path<String>) -> Response {
    match pool.token(&id).await {
        Ok(Some((client, scope, expires_at))) => {
            json(format!(r#"{{"active":true,"client_id":"{client}","scope":"{scope}","exp":{expires_at}}}"#))
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The resources with these ids, separated by commas, as a searchset.
async fn bundle(State(pool): State<Pool>, Path(kind): Path<i64>, RawQuery(ids): RawQuery) -> Response {
    let ids = ids.unwrap_or_default();
    let ids: Vec<&str> = ids.split(',').collect();
    let Ok(found) = pool.bodies(kind, &ids).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut text = String::with_capacity(64 * 1024);
    text.push_str(r#"{"resourceType":"Bundle","type":"searchset","entry":["#);
    for (index, (id, body)) in found.iter().enumerate() {
        if 0 < index {
            text.push(',');
        }
        for part in [r#"{"fullUrl":"http://127.0.0.1/"#, id, r#"","resource":"#, body, r#","search":{"mode":"match"}}"#]
        {
            text.push_str(part);
        }
    }
    text.push_str("]}");
    json(text)
}

fn json(body: String) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/fhir+json; charset=utf-8"))], body).into_response()
}
