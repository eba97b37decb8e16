//! The portals' sessions, held by `tower-sessions`: it finds the browser's session when a handler asks for it, and
//! gives the browser the token of a session that began or was renewed. The services of [`identity`] write the rows,
//! each in the transaction that the session belongs to; see ARCHITECTURE.md.

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

/// The visitor, in the record of their session: as one text, which costs half as much as a tree of values.
const VISITOR: &str = "visitor";
/// The token that a service gave the session.
const TOKEN: &str = "token";

/// For the routes that ask who is signed in. A request without a session causes no work.
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

/// Removes all cookies except the one that may be a session's; the pages have all of them from [`Sent`]. The library
/// decodes names, so it would take a neighboring host's cookie for ours, and it would answer a malformed token with its
/// own cookie.
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

/// The visitor. Reads the database only if the request has a token that may be ours.
pub async fn visitor(parts: &Parts) -> Result<Visitor, Failure> {
    let session = parts.extensions.get::<Session>().filter(|session| session.id().is_some());
    let Some(session) = session else { return Ok(Visitor::default()) };
    match session.get::<String>(VISITOR).await {
        Ok(Some(visitor)) => serde_json::from_str(&visitor).map_err(|error| Failure::internal(&error)),
        Ok(None) => Ok(Visitor::default()),
        // The library passes on only the text of a failure. The reason is in the log.
        Err(session::Error::Store(Error::Backend(failure))) if failure == Failure::Unavailable.to_string() => {
            Err(Failure::Unavailable)
        }
        Err(session::Error::Store(Error::Backend(_))) => Err(Failure::Internal),
        Err(error) => Err(Failure::internal(&error)),
    }
}

/// Gives the browser the token of a saved session, with the answer to this request, unless the answer is a server
/// error.
pub async fn hand_over(parts: &Parts, token: &str) -> Result<(), session::Error> {
    let session = parts.extensions.get::<Session>().ok_or_else(|| Error::Backend("no layer of sessions".to_owned()))?;
    session.insert(TOKEN, token).await?;
    if session.id().is_some()
        && let Err(error) = session.cycle_id().await
    {
        // Nothing is lost: the row has had the new token since it was saved, so the old one ended then.
        tracing::warn!(error = &error as &dyn std::error::Error, "could not look for a session's old token");
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
    /// Takes the token that a service gave the session, instead of the library's own.
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        let token = record.data.remove(TOKEN);
        let id = token.as_ref().and_then(|token| token.as_str()).and_then(|token| token.parse().ok());
        record.id = id.ok_or_else(|| Error::Backend("a session begins with a service".to_owned()))?;
        Ok(())
    }

    /// Only services change a session.
    async fn save(&self, _: &Record) -> session_store::Result<()> {
        Err(Error::Backend("a session is changed by a service".to_owned()))
    }

    /// Always a record, with a visitor if there is such a session. Without a record the library deletes the cookie,
    /// which may by then be the one of a sign-in that overtook this request.
    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let found = find(&self.0, id).await.map_err(|failure| Error::Backend(failure.to_string()))?;
        let ends = found.session.as_ref().map_or(Timestamp::UNIX_EPOCH, |session| session.expires_at);
        let expiry_date = OffsetDateTime::from_unix_timestamp(ends.as_second());
        let expiry_date = expiry_date.unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let data = match found.session {
            Some(_) => {
                let visitor = serde_json::to_string(&found).map_err(|error| Error::Encode(error.to_string()))?;
                HashMap::from([(VISITOR.to_owned(), visitor.into())])
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

/// Ends the session that the token still opens. Looks for it first, because the library also asks after a renewal, when
/// nothing is left.
async fn end(store: &Store, id: &Id) -> Result<(), Failure> {
    let session = sessions::load(&mut store.read().await?, &id.to_string()).await?;
    let Some(session) = session else { return Ok(()) };
    let mut ctx = store.write().await?;
    sessions::sign_out(&mut ctx, &session.id).await?;
    Ok(ctx.commit().await?)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use store::{sql, testing::on_each_database};

    use super::*;

    async fn rows_of(store: &Store) -> i64 {
        let mut ctx = store.read().await.unwrap();
        let (rows,): (i64,) = sql("SELECT COUNT(*) FROM session").fetch_one(&mut ctx.tx).await.unwrap();
        rows
    }

    #[tokio::test]
    async fn the_library_finds_and_ends_what_a_service_began() {
        on_each_database(async |test| {
            let (store, rows) = (&test.store, Rows(test.store.clone()));
            let mut ctx = store.write().await.unwrap();
            let (started, other) = (
                sessions::start_anonymous(&mut ctx).await.unwrap(),
                sessions::start_anonymous(&mut ctx).await.unwrap(),
            );
            ctx.commit().await.unwrap();
            let id: Id = started.token.parse().unwrap();
            let visitor = async || {
                let record = rows.load(&id).await.unwrap().unwrap();
                assert_eq!(record.id, id);
                record.data.get(VISITOR).map(|json| serde_json::from_str::<Visitor>(json.as_str().unwrap()).unwrap())
            };
            let found = visitor().await.unwrap().session.unwrap();
            assert_eq!((found.id, found.account), (started.id, None));

            rows.delete(&id).await.unwrap();

            assert!(visitor().await.is_none());
            rows.delete(&id).await.unwrap();
            assert_eq!(rows_of(store).await, 1, "the other one goes on");
            rows.delete(&other.token.parse().unwrap()).await.unwrap();
            assert_eq!(rows_of(store).await, 0);
        })
        .await;
    }

    #[tokio::test]
    async fn the_library_begins_and_changes_nothing_by_itself() {
        on_each_database(async |test| {
            let (store, rows) = (&test.store, Arc::new(Rows(test.store.clone())));
            let session = Session::new(None, rows.clone(), None);
            session.insert("planted", 1).await.unwrap();
            assert!(session.save().await.is_err(), "none begins");
            session.insert(TOKEN, "no token").await.unwrap();
            assert!(session.save().await.is_err(), "with this token neither");
            assert_eq!(rows_of(store).await, 0);

            let mut ctx = store.write().await.unwrap();
            let started = sessions::start_anonymous(&mut ctx).await.unwrap();
            ctx.commit().await.unwrap();
            let session = Session::new(started.token.parse().ok(), rows, None);
            session.insert("planted", 1).await.unwrap();
            assert!(session.save().await.is_err(), "none is changed");
            assert_eq!(session.id().map(|id| id.to_string()), Some(started.token));
        })
        .await;
    }
}
