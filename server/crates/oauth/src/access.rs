//! What a bearer token gives right now (RFC 6750). Every call asks the database in one query, so that revoking and blocking
//! take effect at once. Calls that come at the same time share the query.

use std::{collections::BTreeSet, sync::Arc};

use jiff::Timestamp;
use model::{
    application::{Liveness, Stopped},
    id::{AccountId, ApplicationId, ClientId, GrantId, PatientId},
    partition::{Environment, Partition, ProgramId},
    scope::{Level, Scopes},
};
use programs::surface::Surface;
use registry::clients;
use store::{Lookups, Row, Store, sql};

use crate::{
    bases::Bases,
    client, column,
    dpop::{self, Thumbprint},
    keys::{AccessClaims, Keys},
    reason::Reason,
};

/// What the bearer may do.
#[derive(Clone, Debug)]
pub struct Access {
    pub partition: Partition,
    pub client: ClientId,
    pub application: ApplicationId,
    /// Absent for client credentials, as are the next two.
    pub grant: Option<GrantId>,
    pub account: Option<AccountId>,
    /// Whose compartment `patient/…` scopes open.
    pub patient: Option<PatientId>,
    /// The account is not the patient, but may act for them.
    pub as_representative: bool,
    pub scopes: Scopes,
    /// The ids of the sensitive categories that the member allows.
    pub sensitive: BTreeSet<String>,
    pub expires_at: Timestamp,
    /// The key that the token is bound to; see [`dpop::check_use`].
    pub key: Option<Thumbprint>,
}

/// Why a token gives nothing: 401, `invalid_token` or, for a proof, `invalid_dpop_proof`.
#[derive(Debug, thiserror::Error)]
pub enum Denied {
    #[error("the access token is not valid here")]
    Invalid,
    #[error("the access token has expired")]
    Expired,
    #[error("the access was revoked")]
    Revoked,
    #[error("the time that the member allowed is over")]
    GrantExpired,
    #[error("the member no longer allows any of what the token was issued for")]
    Narrowed,
    #[error("the application may not work at present")]
    Suspended(Stopped),
    #[error("the access token is bound to a key: send it as DPoP, with a proof")]
    Bound,
    #[error("the access token is bound to no key: send it as Bearer")]
    NotBound,
    #[error("the access token is bound to another key than the proof's")]
    OtherKey,
    #[error("{0}")]
    Unproved(#[from] dpop::Invalid),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Denied {
    /// A stable word for programs. `None` if the fault is ours.
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Self::Invalid => Some(Reason::TokenInvalid),
            Self::Expired => Some(Reason::TokenExpired),
            Self::Revoked => Some(Reason::GrantRevoked),
            Self::GrantExpired => Some(Reason::GrantExpired),
            Self::Narrowed => Some(Reason::GrantNarrowed),
            Self::Suspended(_) => Some(Reason::AppSuspended),
            Self::Bound => Some(Reason::TokenBound),
            Self::NotBound => Some(Reason::TokenNotBound),
            Self::OtherKey => Some(Reason::TokenKeyMismatch),
            Self::Unproved(_) => Some(Reason::DpopProofInvalid),
            Self::Store(_) => None,
        }
    }
}

impl From<dpop::Error> for Denied {
    fn from(error: dpop::Error) -> Self {
        match error {
            dpop::Error::Invalid(invalid) => Self::Unproved(invalid),
            dpop::Error::Store(error) => Self::Store(error),
        }
    }
}

/// A token that we issued, at a place where it is valid.
pub struct Issued {
    claims: Arc<AccessClaims>,
    row: Arc<Stored>,
}

impl Issued {
    /// The app that it was issued to.
    pub fn redirect_uri(&self) -> &str {
        &self.row.redirect_uri
    }

    pub fn client(&self) -> &ClientId {
        &self.row.client
    }

    pub fn environment(&self) -> Environment {
        self.row.partition.environment
    }

    /// What it gives, if it still gives anything. [`dpop::check_use`] says whether it may be used the way it came.
    pub fn check(&self, now: Timestamp) -> Result<Access, Denied> {
        self.row.check(now, &self.claims)?;
        Ok(self.row.access())
    }
}

/// Checks tokens. Cheap to clone.
#[derive(Clone)]
pub struct Checker {
    store: Store,
    keys: Arc<Keys>,
    bases: Arc<Bases>,
    rows: Lookups<Stored>,
}

impl Checker {
    pub fn new(store: &Store, keys: Arc<Keys>, bases: Arc<Bases>) -> Self {
        Self { store: store.clone(), keys, bases, rows: Lookups::new(store, sql(SELECT)) }
    }

    /// Finds a token that came to a FHIR base or to an authorization server, even one that no longer gives anything.
    /// [`Denied::Invalid`] if we did not issue it or if it came to another base.
    pub async fn find(&self, at: &Surface, token: &str) -> Result<Issued, Denied> {
        let claims = self.keys.verify_access_token(&self.store, token).await?.ok_or(Denied::Invalid)?;
        let row = self.rows.find(&claims.jti).await?.into_iter().next().ok_or(Denied::Invalid)?;
        let here = at.program == row.partition.program && at.environments.contains(&row.partition.environment);
        if here && fits(&claims, &row, &self.bases) { Ok(Issued { claims, row }) } else { Err(Denied::Invalid) }
    }

    /// [`Checker::find`] and [`Issued::check`] in one.
    pub async fn check(&self, at: &Surface, token: &str) -> Result<Access, Denied> {
        self.find(at, token).await?.check(self.store.now())
    }
}

/// Whether the claims are those that we wrote into the token of this row.
fn fits(claims: &AccessClaims, row: &Stored, bases: &Bases) -> bool {
    bases.is_issuer(&row.partition, &claims.iss)
        && bases.fhir(&row.partition).any(|base| claims.aud.contains(base))
        && claims.client_id == row.client.as_str()
        && claims.cnf.as_ref().map(|confirmation| &confirmation.jkt) == row.key.as_ref()
}

struct Stored {
    partition: Partition,
    client: ClientId,
    application: ApplicationId,
    redirect_uri: String,
    scopes: Scopes,
    expires_at: Timestamp,
    revoked_at: Option<Timestamp>,
    liveness: Liveness,
    grant: Option<Hung>,
    key: Option<Thumbprint>,
}

/// The grant that a token hangs from.
struct Hung {
    id: GrantId,
    account: AccountId,
    patient: Option<PatientId>,
    as_representative: bool,
    sensitive: BTreeSet<String>,
    expires_at: Timestamp,
    ended_at: Option<Timestamp>,
}

impl Hung {
    /// Ended before its time.
    fn was_ended(&self) -> bool {
        self.ended_at.is_some_and(|at| at < self.expires_at)
    }
}

impl Stored {
    fn check(&self, now: Timestamp, claims: &AccessClaims) -> Result<(), Denied> {
        // Why it ended matters more to the app than that it would have expired by now.
        if self.revoked_at.is_some() || self.grant.as_ref().is_some_and(Hung::was_ended) {
            return Err(Denied::Revoked);
        }
        self.check_app().map_err(Denied::Suspended)?;
        if self.grant.as_ref().is_some_and(|grant| grant.expires_at <= now) {
            return Err(Denied::GrantExpired);
        }
        if self.expires_at <= now || claims.exp <= now.as_second() {
            return Err(Denied::Expired);
        }
        if self.scopes.is_empty() {
            return Err(Denied::Narrowed);
        }
        // `iat` is not compared: another node's clock may be a little ahead.
        if claims.nbf.is_some_and(|begins| now.as_second() < begins) { Err(Denied::Invalid) } else { Ok(()) }
    }

    /// Whether the app may still use what the token was issued for.
    fn check_app(&self) -> Result<(), Stopped> {
        self.liveness.any()?;
        if self.grant.is_some() {
            client::may_ask_members(self.partition.environment, self.liveness)?;
        }
        let has = |level| self.scopes.resources().any(|scope| scope.level == level);
        if has(Level::Patient) {
            self.liveness.patient()?;
        }
        if has(Level::Public) {
            self.liveness.public()?;
        }
        Ok(())
    }

    fn access(&self) -> Access {
        let grant = self.grant.as_ref();
        Access {
            partition: self.partition.clone(),
            client: self.client.clone(),
            application: self.application.clone(),
            grant: grant.map(|grant| grant.id.clone()),
            account: grant.map(|grant| grant.account.clone()),
            patient: grant.and_then(|grant| grant.patient.clone()),
            as_representative: grant.is_some_and(|grant| grant.as_representative),
            scopes: self.scopes.clone(),
            sensitive: grant.map(|grant| grant.sensitive.clone()).unwrap_or_default(),
            expires_at: self.expires_at,
            key: self.key.clone(),
        }
    }
}

/// The one query: by primary keys only.
const SELECT: &str = "SELECT t.id, t.program, t.environment, t.client_id, t.application_id, t.scope, t.expires_at, t.revoked_at, \
     a.access, a.approval, a.standing, a.blocked_at, o.status, g.id, g.account_id, g.patient_id, g.expires_at, g.ended_at, t.dpop_jkt, \
     a.redirect_uri, g.scope, g.sensitive, g.as_representative, a.unlisted \
     FROM access_token t \
     JOIN application a ON a.id = t.application_id \
     JOIN organization o ON o.id = a.organization_id \
     LEFT JOIN access_grant g ON g.id = t.grant_id \
     WHERE t.id IN ";

impl store::FromRow for Stored {
    fn from_row(row: &Row) -> store::Result<Self> {
        let program: ProgramId = row.get(1)?;
        Ok(Self {
            liveness: clients::liveness_in(row, 8, 23, &program)?,
            partition: Partition { program, environment: row.get(2)? },
            client: row.get(3)?,
            application: row.get(4)?,
            redirect_uri: row.get(19)?,
            scopes: scopes(row)?,
            expires_at: row.get(6)?,
            revoked_at: row.get(7)?,
            grant: hung(row)?,
            key: row.get::<Option<String>>(18)?.map(Thumbprint::from_stored),
        })
    }
}

/// What the token was issued for, as far as the newest consent still gives it (oauth.md D10). Mostly the same text.
fn scopes(row: &Row) -> store::Result<Scopes> {
    let (own, granted): (String, Option<String>) = (row.get(5)?, row.get(20)?);
    let scopes = column::parse(&own);
    match granted {
        Some(granted) if granted != own => Ok(scopes.within(&column::parse(&granted))),
        _ => Ok(scopes),
    }
}

fn hung(row: &Row) -> store::Result<Option<Hung>> {
    let Some(id) = row.get(13)? else { return Ok(None) };
    Ok(Some(Hung {
        id,
        account: row.get(14)?,
        patient: row.get(15)?,
        as_representative: row.get(22)?,
        sensitive: column::words(row, 21)?,
        expires_at: row.get(16)?,
        ended_at: row.get(17)?,
    }))
}
