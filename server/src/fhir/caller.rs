//! Who is calling, and through which base.

use std::{net::IpAddr, sync::Arc};

use audit::security::{Kind, Trace};
use axum::{
    extract::FromRequestParts,
    http::{Extensions, request::Parts},
};
use fhir::{
    authority::Authority,
    error::{self, Error},
    members,
};
use model::{
    id::{ClientId, GrantId},
    partition::{Environment, Partition},
};
use programs::{
    resource::Access,
    surface::{Surface, SurfaceKind},
};

use super::outcome::Problem;
use crate::{limits::Exceeded, middleware::address, oauth::bearer::Bearer, state::AppState};

/// Anyone on a public base, the bearer of a token on a FHIR base.
pub struct Caller {
    pub surface: Arc<Surface>,
    pub authority: Arc<Authority>,
    /// What the member allowed, if there is a member.
    grant: Option<GrantId>,
    /// The app, if there is one.
    client: Option<ClientId>,
    address: Option<IpAddr>,
}

impl Caller {
    /// Counts one more call of this caller.
    pub fn admit(&self, state: &AppState, extensions: &Extensions) -> Result<(), Exceeded> {
        match (&self.client, address::of(extensions)) {
            (Some(client), _) => state.limits.admit_client(client)?,
            (None, Some(address)) => state.limits.admit_address(address)?,
            (None, None) => None,
        };
        Ok(())
    }

    /// Records a trace if an app asks for an id that it may not see, whether or not such a resource exists.
    pub fn refused(&self, state: &AppState, kind: &str, error: Error) -> Problem {
        if let (Some(client), error::Kind::NotFound) = (&self.client, error.kind()) {
            let trace = Trace::of(Kind::IdNotTheirs, "resource_type", kind).by_client(client).at(self.address);
            state.services.identity.watch.note(trace);
        }
        error.into()
    }

    /// The grant by which a person's app calls; `None` also for the server's own probe, which calls for no one.
    fn grant_of_person(&self) -> Option<&GrantId> {
        self.grant.as_ref().filter(|_| !self.client.as_ref().is_some_and(ClientId::is_probe))
    }

    /// Records for the member which app read what kinds of data.
    pub fn record(&self, state: &AppState, kinds: &[String]) {
        if let Some(grant) = self.grant_of_person() {
            for kind in kinds {
                state.recorder.record(grant, &kind.as_str().into(), state.services.store.now());
            }
        }
    }

    /// Records a transfer of the member's data if the answer carries resources of one of these types and the type belongs to
    /// members. An answer is not held back because that failed: the next call of the day is recorded in its place.
    pub async fn transferred(&self, state: &AppState, kinds: &[String]) {
        let (Some(grant), Some(patient)) = (self.grant_of_person(), &self.authority.patient) else { return };
        let (services, partition) = (&state.services, &self.authority.partition);
        let Some(program) = services.programs.get(&partition.program) else { return };
        let is_members = |kind: &String| program.resource(kind).is_some_and(|of| of.access == Access::Member);
        if !kinds.iter().any(is_members) {
            return;
        }
        let day = services.meter.day(&partition.program, services.store.now());
        let person = async { members::person(&mut services.store.read().await?, partition, patient).await };
        if let Err(error) = state.transfers.note(&services.store, grant, day, person).await {
            tracing::warn!(%error, "a transfer could not be recorded");
        }
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let surface = parts.extensions.get::<Arc<Surface>>().ok_or(Problem::NOTHING)?.clone();
        if surface.kind != SurfaceKind::Public {
            let Bearer { access, authority } = Bearer::from_request_parts(parts, state).await?;
            let (client, address) = (Some(access.client), address::of(&parts.extensions));
            return Ok(Self { surface, authority: Arc::new(authority), grant: access.grant, client, address });
        }
        // A public base for both environments serves the real directory.
        let environment = surface.environment().unwrap_or(Environment::Production);
        let partition = Partition::new(&surface.program, environment);
        let authority = state.public.get(&partition).ok_or(Problem::NOTHING)?.clone();
        Ok(Self { surface, authority, grant: None, client: None, address: None })
    }
}
