//! The parts of an app's call to the authorization server.

use std::{error::Error as _, net::IpAddr, ops::Deref, sync::Arc};

use audit::security::{Kind, Trace};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, Method, header, request::Parts},
};
use http_body_util::LengthLimitError;
use model::id::ClientId;
use oauth::{
    client::Client,
    client_auth::Attempt,
    dpop::{Invalid, Presented},
    endpoint::Endpoint,
    error::{Code, Error, OAuthError, Result},
    parameters::Parameters,
    tokens::Issuer,
};
use programs::{program::Program, surface::Surface};

use super::{error::Failed, proof};
use crate::{
    middleware::{address, cors::Readers, meter},
    state::AppState,
};

/// The authorization server to which a request came.
#[derive(Clone)]
pub struct Server {
    pub state: AppState,
    pub surface: Arc<Surface>,
    pub program: Arc<Program>,
}

impl Server {
    pub fn issuer(&self) -> Issuer<'_> {
        let services = &self.state.services;
        Issuer { program: &self.program, surface: &self.surface, bases: &services.bases, keys: &services.keys }
    }

    fn of(parts: &Parts, state: &AppState) -> Option<Self> {
        let surface = parts.extensions.get::<Arc<Surface>>()?.clone();
        let program = state.services.programs.get(&surface.program)?.clone();
        Some(Self { state: state.clone(), surface, program })
    }
}

impl FromRequestParts<AppState> for Server {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failed> {
        // Every route is below a base, so this is our defect.
        Self::of(parts, state).ok_or_else(|| Failed::from(Code::ServerError.because("this address has no base")))
    }
}

/// A form posted by an app.
pub struct Call {
    server: Server,
    pub headers: HeaderMap,
    pub parameters: Parameters,
    address: Option<IpAddr>,
    readers: Readers,
}

/// No app's form is larger.
const LARGEST_FORM: usize = 64 * 1024;

impl FromRequest<AppState> for Call {
    type Rejection = Failed;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Failed> {
        let (mut parts, body) = request.into_parts();
        let server = Server::from_request_parts(&mut parts, state).await?;
        if !is_form(&parts.headers) {
            return Err(Code::InvalidRequest.because("send application/x-www-form-urlencoded").into());
        }
        let parameters = Parameters::parse(&read(body).await?);
        let address = address::of(&parts.extensions);
        let readers = parts.extensions.get().cloned().unwrap_or_default();
        Ok(Self { server, headers: parts.headers, parameters, address, readers })
    }
}

async fn read(body: Body) -> Result<Bytes, Failed> {
    to_bytes(body, LARGEST_FORM).await.map_err(|error| match error.source() {
        Some(cause) if cause.is::<LengthLimitError>() => Failed::too_large("the form is larger than 64 KiB"),
        _ => Failed::too_slow(),
    })
}

fn is_form(headers: &HeaderMap) -> bool {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

impl Deref for Call {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

impl Call {
    /// Authenticates the client that calls this endpoint, and counts the call. From here on, only the client's own
    /// pages may read the answer; an error about an unknown client reveals nothing about anyone.
    pub async fn authenticate(&self, endpoint: Endpoint) -> Result<Client, Failed> {
        let client = self.client(endpoint).await.map_err(|error| Failed::new(&error, self.used_header()))?;
        meter::client(&client.client_id, Some(client.partition.environment));
        if let Some(credential) = &client.credential {
            let services = &self.state.services;
            services.meter.credential(&client.client_id, credential.clone(), services.store.now());
        }
        self.readers.admit(client.redirect_uri.as_str());
        self.state.limits.admit_client(&client.client_id)?;
        Ok(client)
    }

    async fn client(&self, endpoint: Endpoint) -> Result<Client> {
        let (authorization, parameters) = (self.authorization()?, &self.parameters);
        let attempt = Attempt { authz: &self.surface, endpoint, authorization, parameters };
        let client = self.state.clients.authenticate(&attempt).await;
        if let Err(Error::OAuth(OAuthError { code: Code::InvalidClient, .. })) = &client {
            let claimed = self.state.clients.claimed(&attempt).await?;
            self.note(Kind::ClientRefused, claimed.as_ref());
            if let Some(claimed) = &claimed {
                meter::client(claimed, None);
            }
        }
        client
    }

    /// Records a trace of an attempt in the name of this client, if the client exists.
    pub fn note(&self, kind: Kind, client: Option<&ClientId>) {
        // It looks whether what it revoked still works, which is not an attack.
        if client.is_some_and(ClientId::is_probe) {
            return;
        }
        let trace = Trace::of(kind, "client", client.map_or("", ClientId::as_str));
        self.state.services.identity.watch.note(trace.at(self.address));
    }

    /// The proof of a key that came with the call to this endpoint (RFC 9449 §5, §10.1), not yet verified.
    pub fn proof(&self, endpoint: Endpoint) -> Result<Option<Presented<'_>>, Invalid> {
        proof::presented(&self.headers, &Method::POST, || endpoint.address(&self.surface))
    }

    /// Whether the client tried the `Authorization` header.
    pub fn used_header(&self) -> bool {
        self.headers.contains_key(header::AUTHORIZATION)
    }

    fn authorization(&self) -> Result<Option<&str>> {
        let mut values = self.headers.get_all(header::AUTHORIZATION).iter();
        let (first, second) = (values.next(), values.next());
        if second.is_some() {
            return Err(Code::InvalidRequest.because("two Authorization headers").into());
        }
        let text = first.map(|value| value.to_str()).transpose();
        text.map_err(|_| Error::from(Code::InvalidRequest.because("the Authorization header is not text")))
    }
}
