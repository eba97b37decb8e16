//! An authorization request on its way: from the app's redirect until the member's answer.
//!
//! What the app asked for stays here on the server. The browser holds two things: the handle, in the address of the
//! consent pages, and a cookie; neither is worth anything without the other.

use jiff::Timestamp;
use model::{
    id::{AccountId, ApplicationId, ClientId, GrantId, PatientId, PayerId},
    partition::{Partition, ProgramId},
    scope::{Scope, Scopes},
};
use programs::{Programs, program::Program};
use store::{Ctx, Row, sql};

use crate::{client::Client, column, digest::sha256, error::Code, redirect::RedirectTarget};

/// What ties a request to the browser that brought it: the value of a cookie, 256 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct Browser(String);

/// Who is signed in in this browser, and since when.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub account: AccountId,
    pub at: Timestamp,
}

/// What has to happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The member says which payer; see [`choose_payer`].
    Payer,
    /// Nobody is signed in, or not recently enough for this request: sign in (again) and come back.
    SignIn,
    /// It is not known yet whose data this is about; see [`choose_member`].
    Member,
    /// The member decides; see [`crate::consent`].
    Consent,
}

/// A request that waits for an answer.
#[derive(Clone, Debug)]
pub struct Request {
    pub(crate) hash: String,
    pub partition: Partition,
    /// The base the app came to: the `iss` of the answer.
    pub issuer: String,
    pub application: ApplicationId,
    pub client: ClientId,
    pub redirect_uri: String,
    pub scopes: Scopes,
    pub state: String,
    pub nonce: Option<String>,
    pub code_challenge: Option<String>,
    /// Who the app believes will sign in: a suggestion for the sign-in form.
    pub login_hint: Option<String>,
    pub signed_in_since: Option<Timestamp>,
    pub payer: Option<PayerId>,
    pub(crate) member: Option<(AccountId, PatientId)>,
    pub(crate) grant: Option<GrantId>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Unknown, expired, answered already, or another browser's: a calm page, 404.
    #[error("no such authorization request in this browser")]
    NotFound,
    /// Not what has to happen now: show the page of [`Request::step`].
    #[error("this step is not due")]
    NotDue,
    #[error("the program has no such payer")]
    UnknownPayer,
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The cookie's name: the prefix keeps other hosts of the domain from setting it, which needs https.
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-flex_flow" } else { "flex_flow" }
}

impl Browser {
    /// The value in a `Cookie` header; a value that we cannot have set is none.
    pub fn from_cookies(cookies: &str, https: bool) -> Option<Self> {
        let name = cookie_name(https);
        let value =
            cookies.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(known, _)| *known == name)?.1;
        let ours = value.len() == 43 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        ours.then(|| Self(value.to_owned()))
    }

    /// For a browser that has none.
    pub fn fresh(ctx: &Ctx) -> Self {
        Self(ctx.random_secret())
    }

    /// For the cookie.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Request {
    /// An empty request of this client.
    pub(crate) fn of(client: &Client, redirect_uri: &str, now: Timestamp) -> Self {
        Self {
            hash: String::new(),
            partition: client.partition.clone(),
            issuer: String::new(),
            application: client.application.clone(),
            client: client.id.clone(),
            redirect_uri: redirect_uri.to_owned(),
            scopes: Scopes::default(),
            state: String::new(),
            nonce: None,
            code_challenge: None,
            login_hint: None,
            signed_in_since: None,
            payer: None,
            member: None,
            grant: None,
            created_at: now,
            expires_at: now,
        }
    }

    /// What has to happen next, for whoever is signed in.
    pub fn step(&self, signed_in: Option<&SignedIn>) -> Step {
        if self.payer.is_none() {
            return Step::Payer;
        }
        let Some(signed_in) = signed_in.filter(|signed_in| Some(signed_in.at) >= self.signed_in_since) else {
            return Step::SignIn;
        };
        if self.needs_patient() && self.patient(signed_in).is_none() {
            return Step::Member;
        }
        Step::Consent
    }

    /// Whether the answer is about one member's data, not only about the directory.
    pub fn needs_patient(&self) -> bool {
        self.scopes.iter().any(Scope::needs_patient)
    }

    /// Whose data, as this account chose.
    pub fn patient(&self, signed_in: &SignedIn) -> Option<&PatientId> {
        self.member.as_ref().filter(|(account, _)| *account == signed_in.account).map(|(_, patient)| patient)
    }

    /// Back to the app, empty-handed.
    pub(crate) fn refused(&self, code: Code, reason: &str) -> RedirectTarget {
        let parameters = [("error", code.as_str()), ("error_description", reason)];
        self.answer(&parameters)
    }

    /// Back to the app, with its state and our issuer (RFC 9207).
    pub(crate) fn answer(&self, parameters: &[(&str, &str)]) -> RedirectTarget {
        let own = [("state", self.state.as_str()), ("iss", self.issuer.as_str())];
        RedirectTarget::new(&self.redirect_uri, &[parameters, &own].concat())
    }
}

/// The request of this handle, if this browser brought it and it still waits.
pub async fn get(ctx: &mut Ctx, handle: &str, browser: Option<&Browser>) -> Result<Request, Error> {
    let browser = browser.ok_or(Error::NotFound)?;
    let mut select = sql(SELECT);
    select.push(" WHERE handle_hash = $1 AND browser_hash = $2 AND decided_at IS NULL AND expires_at > $3");
    let request = select.bind(sha256(handle)).bind(sha256(&browser.0)).bind(ctx.now);
    request.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

const SELECT: &str = "SELECT handle_hash, program, environment, issuer, application_id, client_id, redirect_uri, scope, \
    state, nonce, code_challenge, login_hint, signed_in_since, payer_id, account_id, patient_id, created_at, expires_at, \
    grant_id FROM authorization_request";

/// Keeps a request; returns its handle. `request.hash` is ignored.
pub(crate) async fn keep(ctx: &mut Ctx, request: &Request, browser: &Browser) -> store::Result<String> {
    let handle = ctx.random_secret();
    sql("INSERT INTO authorization_request (handle_hash, browser_hash, program, environment, issuer, application_id, \
         client_id, redirect_uri, scope, state, nonce, code_challenge, login_hint, signed_in_since, payer_id, created_at, \
         expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)")
    .bind(sha256(&handle))
    .bind(sha256(&browser.0))
    .bind(&request.partition.program)
    .bind(request.partition.environment)
    .bind(&request.issuer)
    .bind(&request.application)
    .bind(&request.client)
    .bind(&request.redirect_uri)
    .bind(request.scopes.to_string())
    .bind(&request.state)
    .bind(request.nonce.clone())
    .bind(request.code_challenge.clone())
    .bind(request.login_hint.clone())
    .bind(request.signed_in_since)
    .bind(request.payer.as_ref().map(|payer| payer.as_str().to_owned()))
    .bind(request.created_at)
    .bind(request.expires_at)
    .execute(&mut ctx.tx)
    .await?;
    Ok(handle)
}

/// The payers to choose from.
pub fn payers<'p>(programs: &'p Programs, request: &Request) -> &'p [programs::program::Payer] {
    programs.get(&request.partition.program).map_or(&[], |program: &std::sync::Arc<Program>| &program.payers)
}

/// The member says which payer; may be changed until the answer. The member chosen under another payer is forgotten.
pub async fn choose_payer(
    ctx: &mut Ctx,
    programs: &Programs,
    handle: &str,
    browser: Option<&Browser>,
    payer: &PayerId,
) -> Result<(), Error> {
    let request = get(ctx, handle, browser).await?;
    if !payers(programs, &request).iter().any(|known| known.id == *payer) {
        return Err(Error::UnknownPayer);
    }
    let done = sql("UPDATE authorization_request SET payer_id = $1, account_id = NULL, patient_id = NULL \
                    WHERE handle_hash = $2 AND decided_at IS NULL")
    .bind(payer)
    .bind(request.hash)
    .execute(&mut ctx.tx)
    .await?;
    if done == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Says whose data the request is about. The caller has checked that this account is (or, in the sandbox, may act as)
/// that member of the request's partition and payer.
pub async fn choose_member(
    ctx: &mut Ctx,
    handle: &str,
    browser: Option<&Browser>,
    signed_in: &SignedIn,
    patient: &PatientId,
) -> Result<(), Error> {
    let request = get(ctx, handle, browser).await?;
    if matches!(request.step(Some(signed_in)), Step::Payer | Step::SignIn) {
        return Err(Error::NotDue);
    }
    let done = sql("UPDATE authorization_request SET account_id = $1, patient_id = $2 \
                    WHERE handle_hash = $3 AND decided_at IS NULL")
    .bind(&signed_in.account)
    .bind(patient)
    .bind(request.hash)
    .execute(&mut ctx.tx)
    .await?;
    if done == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Closes a request, once: of two answers, the second finds nothing. `grant` is what the member allowed.
pub(crate) async fn close(ctx: &mut Ctx, request: &Request, grant: Option<&GrantId>) -> Result<(), Error> {
    let done = sql("UPDATE authorization_request SET decided_at = $1, grant_id = $2 \
                    WHERE handle_hash = $3 AND decided_at IS NULL")
    .bind(ctx.now)
    .bind(grant.map(|grant| grant.as_str().to_owned()))
    .bind(&request.hash)
    .execute(&mut ctx.tx)
    .await?;
    if done == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// The request of this handle where this browser allowed it a moment ago, and the grant that came of it.
pub(crate) async fn find_allowed(
    ctx: &mut Ctx,
    handle: &str,
    browser: Option<&Browser>,
) -> Result<Option<(Request, GrantId)>, Error> {
    let browser = browser.ok_or(Error::NotFound)?;
    let mut select = sql(SELECT);
    select.push(" WHERE handle_hash = $1 AND browser_hash = $2 AND grant_id IS NOT NULL AND expires_at > $3");
    let request = select.bind(sha256(handle)).bind(sha256(&browser.0)).bind(ctx.now);
    let Some(request) = request.fetch_optional::<Request>(&mut ctx.tx).await? else { return Ok(None) };
    Ok(request.grant.clone().map(|grant| (request, grant)))
}

impl store::FromRow for Request {
    fn from_row(row: &Row) -> store::Result<Self> {
        let program: ProgramId = row.get(1)?;
        let account: Option<AccountId> = row.get(14)?;
        let patient: Option<PatientId> = row.get(15)?;
        Ok(Self {
            hash: row.get(0)?,
            partition: Partition { program, environment: row.get(2)? },
            issuer: row.get(3)?,
            application: row.get(4)?,
            client: row.get(5)?,
            redirect_uri: row.get(6)?,
            scopes: column::text(row, 7)?,
            state: row.get(8)?,
            nonce: row.get(9)?,
            code_challenge: row.get(10)?,
            login_hint: row.get(11)?,
            signed_in_since: row.get(12)?,
            payer: row.get(13)?,
            member: account.zip(patient),
            created_at: row.get(16)?,
            expires_at: row.get(17)?,
            grant: row.get(18)?,
        })
    }
}
