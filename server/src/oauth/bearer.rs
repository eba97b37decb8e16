//! Tokens at the FHIR API (RFC 6750, RFC 9449 §7): from the `Authorization` header to what the bearer may see.
//!
//! | case | status | `WWW-Authenticate` |
//! |---|---|---|
//! | no token | 401 | plain |
//! | two tokens | 400 | `error="invalid_request"` |
//! | bad, expired, revoked, suspended, of another key, by the wrong scheme | 401 | `error="invalid_token"` |
//! | a proof that is missing, wrong or already used | 401 | `error="invalid_dpop_proof"` |
//! | too many calls | 429 | – |
//! | the scope is missing | 403 | `error="insufficient_scope", scope="…"` |
//! | the database does not answer | 503 | – |
//!
//! There is one challenge for `Bearer` and one for `DPoP`, each with the error; only the DPoP challenge carries a
//! proof's error. The body is an OperationOutcome whose `details` code distinguishes the cases.

use std::sync::Arc;

use axum::{
    Json,
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use fhir::authority::Authority;
use oauth::{
    access::{Access, Denied},
    dpop::{self, Invalid, Scheme},
    reason::Reason,
};
use programs::surface::Surface;
use serde_json::json;

use super::{error::NO_STORE, proof};
use crate::{
    limits::Exceeded,
    middleware::{cors::Readers, meter, rate},
    state::AppState,
};

/// The sender of the token, and what they may see. Checked against the database at every call.
pub struct Bearer {
    pub access: Access,
    pub authority: Authority,
}

/// Why this bearer gets no answer.
#[derive(Debug)]
pub enum Refused {
    Missing,
    Repeated,
    Denied(Denied),
    /// The scope that is missing.
    Scope(String),
    /// The app calls too often.
    Throttled(Exceeded),
}

impl FromRequestParts<AppState> for Bearer {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refused> {
        let surface = parts.extensions.get::<Arc<Surface>>().ok_or(Denied::Invalid)?;
        let services = &state.services;
        let program = services.programs.get(&surface.program).ok_or(Denied::Invalid)?;
        let (scheme, token) = presented(parts, surface)?;
        let issued = state.tokens.find(surface, token).await?;
        meter::client(issued.client(), Some(issued.environment()));
        if let Some(readers) = parts.extensions.get::<Readers>() {
            readers.admit(issued.redirect_uri());
        }
        let access = issued.check(services.store.now())?;
        state.limits.admit_client(&access.client).map_err(Refused::Throttled)?;
        dpop::check_use(&services.store, &access, token, scheme).await?;
        let environment = access.partition.environment;
        let authority = Authority::granted(program, environment, access.patient.clone(), access.scopes.resources())
            .allowing(program, access.sensitive.iter().map(String::as_str))
            .of_client(access.client.clone());
        Ok(Self { access, authority })
    }
}

/// The token of the one `Authorization` header, with its scheme; we look for tokens nowhere else.
pub fn presented<'a>(parts: &'a Parts, surface: &Surface) -> Result<(Scheme<'a>, &'a str), Refused> {
    let (scheme, token) = credentials(&parts.headers)?;
    if scheme.eq_ignore_ascii_case("Bearer") {
        return Ok((Scheme::Bearer, token));
    }
    if !scheme.eq_ignore_ascii_case("DPoP") {
        return Err(Refused::Missing);
    }
    let proof = proof::presented(&parts.headers, &parts.method, || proof::address(surface, parts));
    Ok((Scheme::Dpop(proof.and_then(|proof| proof.ok_or(Invalid::Missing))), token))
}

/// RFC 9110 §11.4.
fn credentials(headers: &HeaderMap) -> Result<(&str, &str), Refused> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (first, second) = (values.next(), values.next());
    if second.is_some() {
        return Err(Refused::Repeated);
    }
    let text = first.ok_or(Refused::Missing)?.to_str().map_err(|_| Denied::Invalid)?;
    let (scheme, token) = text.split_once(' ').ok_or(Refused::Missing)?;
    Ok((scheme, token.trim()))
}

impl From<Denied> for Refused {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl Refused {
    fn status(&self) -> StatusCode {
        match self {
            Self::Missing => StatusCode::UNAUTHORIZED,
            Self::Repeated => StatusCode::BAD_REQUEST,
            Self::Scope(_) => StatusCode::FORBIDDEN,
            Self::Throttled(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Denied(Denied::Store(error)) => match error.kind() {
                store::Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
                store::Kind::Conflict | store::Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::Denied(_) => StatusCode::UNAUTHORIZED,
        }
    }

    /// A stable code for programs.
    fn reason(&self) -> Reason {
        match self {
            Self::Missing => Reason::TokenMissing,
            Self::Repeated => Reason::TokenRepeated,
            Self::Scope(_) => Reason::InsufficientScope,
            Self::Throttled(_) => Reason::RateLimited,
            Self::Denied(denied) => denied.reason().unwrap_or(Reason::Internal),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Missing => "send an access token: `Authorization: Bearer …`".to_owned(),
            Self::Repeated => "send one Authorization header".to_owned(),
            Self::Scope(scope) => format!("the access token does not have the scope `{scope}`"),
            Self::Throttled(exceeded) => exceeded.to_string(),
            Self::Denied(Denied::Store(_)) => "internal error; try again in a moment".to_owned(),
            Self::Denied(denied) => denied.to_string(),
        }
    }

    /// RFC 6750 §3 and RFC 9449 §7.1: a challenge for each scheme.
    fn challenges(&self) -> Vec<String> {
        let described = |error: &str, denied: &Denied| {
            format!(" error=\"{error}\", error_description=\"{}: {denied}\"", self.reason())
        };
        let (bearer, dpop) = match self {
            Self::Throttled(_) | Self::Denied(Denied::Store(_)) => return Vec::new(),
            Self::Missing => (String::new(), String::new()),
            Self::Denied(denied @ Denied::Unproved(_)) => (String::new(), described("invalid_dpop_proof", denied)),
            Self::Denied(denied) => both(described("invalid_token", denied)),
            Self::Repeated => both(" error=\"invalid_request\"".to_owned()),
            Self::Scope(scope) => both(format!(" error=\"insufficient_scope\", scope=\"{scope}\"")),
        };
        let comma = if dpop.is_empty() { "" } else { "," };
        vec![format!("Bearer{bearer}"), format!("DPoP{dpop}{comma} algs=\"{}\"", dpop::ALGORITHMS.join(" "))]
    }

    /// FHIR's own code for the kind of problem.
    fn issue(&self) -> &'static str {
        match self {
            Self::Missing => "login",
            Self::Repeated => "invalid",
            Self::Scope(_) => "forbidden",
            Self::Throttled(_) => "throttled",
            Self::Denied(Denied::Expired | Denied::GrantExpired) => "expired",
            Self::Denied(Denied::Suspended(_)) => "suppressed",
            Self::Denied(Denied::Store(_)) => "transient",
            Self::Denied(_) => "security",
        }
    }

    /// For endpoints that are not FHIR: the same without an OperationOutcome.
    pub fn into_plain_response(self) -> Response {
        let error = match &self {
            Self::Scope(_) => "insufficient_scope",
            Self::Repeated => "invalid_request",
            Self::Throttled(_) | Self::Denied(Denied::Store(_)) => "temporarily_unavailable",
            Self::Denied(Denied::Unproved(_)) => "invalid_dpop_proof",
            Self::Missing | Self::Denied(_) => "invalid_token",
        };
        let body = Json(json!({ "error": error, "error_description": format!("{}: {}", self.reason(), self.text()) }));
        self.with(body)
    }

    fn with(self, body: impl IntoResponse) -> Response {
        if let Self::Denied(Denied::Store(error)) = &self {
            tracing::error!(%error, "a bearer token could not be checked");
        }
        let mut response = (self.status(), NO_STORE, body).into_response();
        for challenge in self.challenges().into_iter().filter_map(|challenge| HeaderValue::try_from(challenge).ok()) {
            response.headers_mut().append(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// The same parameters for each scheme.
fn both(parameters: String) -> (String, String) {
    (parameters.clone(), parameters)
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        if let Self::Throttled(exceeded) = &self {
            return rate::fhir(exceeded);
        }
        let outcome = json!({
            "resourceType": "OperationOutcome",
            "issue": [{
                "severity": "error",
                "code": self.issue(),
                "details": { "coding": [{ "code": self.reason().as_str() }], "text": self.text() },
            }],
        });
        let fhir = [(header::CONTENT_TYPE, HeaderValue::from_static("application/fhir+json; charset=utf-8"))];
        self.with((fhir, outcome.to_string()))
    }
}
