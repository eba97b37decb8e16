//! The portals' sessions, held by `tower-sessions`: it finds the browser's session when somebody asks for it, and gives the
//! browser the token of one that began or was renewed. The rows are written by the services of [`identity`], each in the
//! transaction of what it is for; see ARCHITECTURE.md.

use std::{
    collections::HashMap,
    fmt::{self, Debug, Formatter},
};

use app::{
    failure::Failure,
    web::access::{Visitor, session_cookie},
};
use async_trait::async_trait;
use axum::{
    extract::Request,
    http::{HeaderValue, header::COOKIE, request::Parts},
};
use identity::{accounts, sessions};
use jiff::Timestamp;
use store::Store;
use tower::{layer::util::Stack, util::MapRequestLayer};
use tower_sessions::{
    Session, SessionManagerLayer, SessionStore,
    cookie::{SameSite, time::OffsetDateTime},
    session::{self, Id, Record},
    session_store::{self, Error},
};

use crate::{cookies::Sent, state::AppState};

/// Who asks, in the record of their session.
const VISITOR: &str = "visitor";
/// The token that a service gave the session.
const TOKEN: &str = "token";

/// For the routes that ask who is signed in. Who brings no session causes no work.
pub type Layer = Stack<SessionManagerLayer<Rows>, MapRequestLayer<fn(Request) -> Request>>;

pub fn layer(state: &AppState) -> Layer {
    let https = state.settings.public_url.scheme() == "https";
    let narrow: fn(Request) -> Request = if https { narrow::<true> } else { narrow::<false> };
    let sessions = SessionManagerLayer::new(Rows(state.services.store.clone()))
        .with_name(session_cookie(https))
        .with_secure(https)
        .with_same_site(SameSite::Lax);
    Stack::new(sessions, MapRequestLayer::new(narrow))
}

/// Leaves of the cookies the one that may be a session's; the pages have them all from [`Sent`]. For the library takes other
/// names for ours, once it has decoded them, and answers what is no token of its kind with a cookie of its own.
fn narrow<const HTTPS: bool>(mut request: Request) -> Request {
    if !request.headers().contains_key(COOKIE) {
        return request;
    }
    let (sent, name) = (Sent::of(request.headers()), session_cookie(HTTPS));
    let token = sent.find(name).filter(|token| token.parse::<Id>().is_ok());
    match token.and_then(|token| HeaderValue::try_from(format!("{name}={token}")).ok()) {
        Some(own) => drop(request.headers_mut().insert(COOKIE, own)),
        None => drop(request.headers_mut().remove(COOKIE)),
    }
    request.extensions_mut().insert(sent);
    request
}

/// Who asks. Reads only where a token was sent that may be one of ours.
pub async fn visitor(parts: &Parts) -> Result<Visitor, Failure> {
    let session = parts.extensions.get::<Session>().filter(|session| session.id().is_some());
    let Some(session) = session else { return Ok(Visitor::default()) };
    match session.get(VISITOR).await {
        Ok(visitor) => Ok(visitor.unwrap_or_default()),
        // The reason is in the log.
        Err(session::Error::Store(Error::Backend(failure))) if failure == Failure::Unavailable.to_string() => {
            Err(Failure::Unavailable)
        }
        Err(session::Error::Store(Error::Backend(_))) => Err(Failure::Internal),
        Err(error) => Err(Failure::internal(&error)),
    }
}

/// Lets the browser have the token of a session that is saved, with the answer to this request, unless that tells of an
/// error of the server.
pub async fn hand_over(parts: &Parts, token: &str) -> Result<(), session::Error> {
    let session = parts.extensions.get::<Session>().ok_or_else(|| Error::Backend("no layer of sessions".to_owned()))?;
    session.insert(TOKEN, token).await?;
    if session.id().is_some()
        && let Err(error) = session.cycle_id().await
    {
        // Ending the old id was in vain in any case: the row has had the new one since it was saved.
        tracing::warn!(error = &error as &dyn std::error::Error, "a session's old id could not be looked for");
    }
    Ok(())
}

/// The table of sessions as the library sees it.
#[derive(Clone)]
pub struct Rows(Store);

impl Debug for Rows {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Rows")
    }
}

#[async_trait]
impl SessionStore for Rows {
    /// Takes the token that a service gave the session, instead of one of the library's own.
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        let token = record.data.remove(TOKEN);
        let id = token.as_ref().and_then(|token| token.as_str()).and_then(|token| token.parse().ok());
        record.id = id.ok_or_else(|| Error::Backend("a session begins with a service".to_owned()))?;
        Ok(())
    }

    /// Nothing is kept in a session but by a service.
    async fn save(&self, _: &Record) -> session_store::Result<()> {
        Err(Error::Backend("a session is changed by a service".to_owned()))
    }

    /// Always a record, with a visitor where there is such a session. For to none the library answers by taking the cookie
    /// away, and that may by then be the one of a sign-in that overtook this request.
    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let found = find(&self.0, id).await.map_err(|failure| Error::Backend(failure.to_string()))?;
        let ends = found.session.as_ref().map_or(Timestamp::UNIX_EPOCH, |session| session.expires_at);
        let expiry_date = OffsetDateTime::from_unix_timestamp(ends.as_second());
        let expiry_date = expiry_date.unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let data = match found.session {
            Some(_) => {
                let visitor = serde_json::to_value(found).map_err(|error| Error::Encode(error.to_string()))?;
                HashMap::from([(VISITOR.to_owned(), visitor)])
            }
            None => HashMap::new(),
        };
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        end(&self.0, id).await.map_err(|failure| Error::Backend(failure.to_string()))
    }
}

async fn find(store: &Store, id: &Id) -> Result<Visitor, Failure> {
    let mut ctx = store.read().await?;
    let session = sessions::load(&mut ctx, &id.to_string()).await?;
    let account = match session.as_ref().and_then(|session| session.account.as_ref()) {
        Some(account) => accounts::find(&mut ctx, account).await?,
        None => None,
    };
    Ok(Visitor { session, account })
}

/// Looked for first, because it is gone wherever the library asks for it: reading is cheap.
async fn end(store: &Store, id: &Id) -> Result<(), Failure> {
    let session = sessions::load(&mut store.read().await?, &id.to_string()).await?;
    let Some(session) = session else { return Ok(()) };
    let mut ctx = store.write().await?;
    sessions::sign_out(&mut ctx, &session.id).await?;
    Ok(ctx.commit().await?)
}
