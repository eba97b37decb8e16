//! Who asks, and through which base.

use std::sync::Arc;

use axum::{extract::FromRequestParts, http::request::Parts};
use fhir::authority::Authority;
use model::partition::Environment;
use programs::surface::{Surface, SurfaceKind};

use super::outcome::Problem;
use crate::{oauth::bearer::Bearer, state::AppState};

/// Anybody on a public base, the bearer of a token on a FHIR base.
pub struct Caller {
    pub surface: Arc<Surface>,
    pub authority: Authority,
    bearer: Option<Bearer>,
}

impl Caller {
    /// Takes note, for the member, of which app read what kind of data.
    pub fn record(&self, state: &AppState, kind: &str) {
        if let Some(bearer) = &self.bearer {
            bearer.record(&state.recorder, &kind.into(), state.services.store.now());
        }
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let surface = parts.extensions.get::<Arc<Surface>>().ok_or(Problem::NOTHING)?.clone();
        if surface.kind != SurfaceKind::Public {
            let bearer = Bearer::from_request_parts(parts, state).await?;
            return Ok(Self { surface, authority: bearer.authority.clone(), bearer: Some(bearer) });
        }
        let program = state.services.programs.get(&surface.program).ok_or(Problem::NOTHING)?;
        // A public base of both environments serves the real directory.
        let environment = surface.environment().unwrap_or(Environment::Production);
        Ok(Self { authority: Authority::public(program, environment), surface, bearer: None })
    }
}
