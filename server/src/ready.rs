//! `/livez` and `/readyz`: whether the process is running, and whether it can do its work. Reads alone would not detect
//! a full disk, a standby or a lock, so `/readyz` writes a row.

use std::time::Duration;

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp};
use store::{Store, sql};
use tokio::{sync::Mutex, time::timeout};

use crate::state::AppState;

/// We never write more often, no matter how many requests there are: the addresses are public.
const EVERY: SignedDuration = SignedDuration::from_secs(1);
/// A load balancer does not wait longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// When the database was last written to. One per process.
#[derive(Default)]
pub struct Readiness(Mutex<Option<Timestamp>>);

impl Readiness {
    /// Concurrent requests wait for a single attempt.
    async fn look(&self, store: &Store) -> Result<(), store::Error> {
        let mut tried_at = self.0.lock().await;
        let now = store.now();
        if tried_at.is_some_and(|at| at <= now && now < at + EVERY) {
            return Ok(());
        }
        *tried_at = None;
        let mut ctx = store.write().await?;
        sql("UPDATE readiness SET tried_at = $1 WHERE id = 1").bind(ctx.now).execute(&mut ctx.tx).await?;
        ctx.commit().await?;
        *tried_at = Some(now);
        Ok(())
    }
}

pub async fn live() -> Response {
    answer(StatusCode::OK, "alive\n")
}

pub async fn ready(State(state): State<AppState>) -> Response {
    let reason = match timeout(PATIENCE, state.readiness.look(&state.services.store)).await {
        Ok(Ok(())) => return answer(StatusCode::OK, "ready\n"),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "no answer in time".to_owned(),
    };
    tracing::warn!(reason, "not ready");
    answer(StatusCode::SERVICE_UNAVAILABLE, "the database cannot be written to\n")
}

fn answer(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], text).into_response()
}
