//! An authorization request on its way: from the app's redirect to the member's answer.
//!
//! What the app asked for stays here on the server. The browser holds two things: the handle, in the address of the consent pages,
//! and a cookie. Neither works without the other.

use identity::{
    guests,
    members::{self, Basis},
    payer_accounts,
};
use jiff::{SignedDuration, Timestamp};
use model::{
    id::{AccountId, ApplicationId, ClientId, PatientId, PayerId, SessionId},
    locale::Locale,
    partition::{Partition, ProgramId},
    scope::{Scope, Scopes},
};
use programs::{Programs, program::Program};
use store::{Ctx, Query, Row, digest::sha256, sql};

use crate::{
    authorize::{Mistake, Refusal},
    client::Client,
    column,
    dpop::Thumbprint,
    error::Code,
    pushed,
    redirect::RedirectTarget,
    whose::{self, Whose},
};

/// What ties a request to the browser that brought it: the value of a cookie, 256 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct Browser(String);

/// Who is signed in in this browser, and since when.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub account: AccountId,
    pub at: Timestamp,
    /// The browser's session. It is only compared.
    pub session: SessionId,
}

/// A browser at one of the consent pages.
#[derive(Clone, Copy)]
pub struct Visit<'a> {
    /// From the page's address.
    pub handle: &'a str,
    pub browser: Option<&'a Browser>,
    pub signed_in: Option<&'a SignedIn>,
}

/// What has to happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The member says which payer; see [`choose_payer`].
    Payer,
    /// No one is signed in, or not since [`Request::signed_in_since`]. The member has to sign in (again) and come back.
    SignIn,
    /// The same, at the payer's own identity provider.
    Provider,
    /// We do not know whose data this is about, because the account is not linked to a member of the payer yet. See
    /// [`identity::members`].
    Member,
    /// The account may act for other people, and has not said whose data this is about, or chose someone for whom it may not act
    /// now. See [`whose::choose`].
    Person,
    /// The member decides; see [`crate::consent`].
    Consent,
}

/// A request that waits for an answer.
#[derive(Clone, Debug)]
pub struct Request {
    pub(crate) hash: String,
    /// If the app pushed it before: the reference that is used up when the request is stored.
    pub(crate) pushed: Option<String>,
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
    /// The key that the code will be bound to (RFC 9449 §10).
    pub dpop_jkt: Option<Thumbprint>,
    /// Who the app believes will sign in. A suggestion for the sign-in form.
    pub login_hint: Option<String>,
    /// The visitor of the documentation who answers it, and not the person who is signed in.
    pub guest: Option<AccountId>,
    /// The language that the app suggests (`ui_locales`). Not stored: the pages keep it in a cookie.
    pub language: Option<Locale>,
    /// An older sign-in does not count (`prompt=login`, `max_age`).
    pub signed_in_since: Option<Timestamp>,
    pub payer: Option<PayerId>,
    /// Whether the payer's members sign in at its own identity provider, and not with Healthcare ID.
    pub at_provider: bool,
    /// `None` until the member has said it, and where there is no one to choose.
    pub whose: Option<Whose>,
    /// What was chosen before the member changed the language. See [`crate::consent::remember`].
    pub(crate) draft: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Unknown, expired, already answered, or of another browser: a calm page, 404.
    #[error("no such authorization request in this browser")]
    NotFound,
    #[error("the program has no such payer")]
    UnknownPayer,
    #[error("the account may not act for this person")]
    UnknownPerson,
    #[error(transparent)]
    Identity(#[from] identity::error::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The cookie's name. The prefix keeps other hosts of the domain from setting it, and needs https.
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-flex_flow" } else { "flex_flow" }
}

impl Browser {
    /// From the request's cookies, names and values. `None` for a value that we cannot have set.
    pub fn from_cookies(cookies: &[(String, String)], https: bool) -> Option<Self> {
        let (_, value) = cookies.iter().find(|(name, _)| name == cookie_name(https))?;
        let ours = value.len() == 43 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        ours.then(|| Self(value.clone()))
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
            pushed: None,
            partition: client.partition.clone(),
            issuer: String::new(),
            application: client.application.clone(),
            client: client.client_id.clone(),
            redirect_uri: redirect_uri.to_owned(),
            scopes: Scopes::default(),
            state: String::new(),
            nonce: None,
            code_challenge: None,
            dpop_jkt: None,
            login_hint: None,
            guest: None,
            language: None,
            signed_in_since: None,
            payer: None,
            at_provider: false,
            whose: None,
            draft: None,
            created_at: now,
            expires_at: now,
        }
    }

    /// Whether the answer is about one member's data, not only about the directory.
    pub fn needs_patient(&self) -> bool {
        self.scopes.iter().any(Scope::needs_patient)
    }

    /// Who answers it, if this visitor may: the guest that it names, else who is signed in, and not before the request wants.
    pub fn signed_in(&self, visit: &Visit<'_>) -> Option<SignedIn> {
        match &self.guest {
            Some(guest) => Some(SignedIn {
                account: guest.clone(),
                at: self.created_at,
                session: SessionId::new(self.hash.as_str()),
            }),
            None => visit.signed_in.cloned(),
        }
    }

    /// Back to the app with an error.
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

/// The request of this visit, if this browser brought it and it still waits, and what has to happen next.
pub async fn get(ctx: &mut Ctx, visit: &Visit<'_>) -> Result<(Request, Step), Error> {
    let request = find(ctx, visit).await?;
    let step = match member(ctx, &request, visit).await? {
        Ok(_) => Step::Consent,
        Err(step) => step,
    };
    Ok((request, step))
}

/// Who answers the request and about whose data, or else what has to happen first.
pub(crate) async fn member(ctx: &mut Ctx, request: &Request, visit: &Visit<'_>) -> Result<Result<Member, Step>, Error> {
    let Some(payer) = request.payer.clone() else { return Ok(Err(Step::Payer)) };
    let due = if request.at_provider { Step::Provider } else { Step::SignIn };
    let signed_in = request.signed_in(visit).filter(|signed_in| request.signed_in_since <= Some(signed_in.at));
    let Some(signed_in) = signed_in else { return Ok(Err(due)) };
    if !counts(ctx, request, &payer, &signed_in).await? {
        return Ok(Err(due));
    }
    if !request.needs_patient() {
        return Ok(Ok(Member { signed_in, payer, patient: None, basis: Basis::Own }));
    }
    let people = members::people(ctx, &signed_in.account, &request.partition, &payer).await?;
    Ok(whose::subject(request, &people).map(|(patient, basis)| Member {
        signed_in,
        payer,
        patient: Some(patient),
        basis,
    }))
}

/// Whether the account signs in where the payer's members do: at this payer's provider, or with Healthcare ID. An account that
/// another payer vouches for does not count here.
async fn counts(ctx: &mut Ctx, request: &Request, payer: &PayerId, signed_in: &SignedIn) -> Result<bool, Error> {
    Ok(match payer_accounts::home(ctx, &signed_in.account).await? {
        Some(home) => request.at_provider && home.partition == request.partition && home.payer == *payer,
        None => !request.at_provider,
    })
}

/// Who answers a request.
pub(crate) struct Member {
    pub signed_in: SignedIn,
    pub payer: PayerId,
    /// Whose data. Absent if the app asks only for the directory.
    pub patient: Option<PatientId>,
    pub basis: Basis,
}

/// The request of this visit, if this browser brought it and it still waits.
pub async fn find(ctx: &mut Ctx, visit: &Visit<'_>) -> Result<Request, Error> {
    let browser = visit.browser.ok_or(Error::NotFound)?;
    let mut select = select(visit.handle, browser, "");
    select.push(" AND decided_at IS NULL AND expires_at > ").push_bind(ctx.now);
    select.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// The base to which an app came with the request of this handle, while the request waits. Of any browser.
pub async fn issuer(ctx: &mut Ctx, handle: &str) -> store::Result<Option<String>> {
    let query = sql("SELECT issuer FROM authorization_request \
                     WHERE handle_hash = $1 AND decided_at IS NULL AND $2 < expires_at");
    let found = query.bind(sha256(handle)).bind(ctx.now).fetch_optional::<(String,)>(&mut ctx.tx).await?;
    Ok(found.map(|(issuer,)| issuer))
}

/// The request of this handle that this browser brought, with `more` columns after its own.
pub(crate) fn select(handle: &str, browser: &Browser, more: &str) -> Query {
    let mut select = sql("SELECT ");
    select.push(COLUMNS).push(more).push(" FROM authorization_request WHERE handle_hash = ").push_bind(sha256(handle));
    select.push(" AND browser_hash = ").push_bind(sha256(&browser.0));
    select
}

const COLUMNS: &str = "handle_hash, program, environment, issuer, application_id, client_id, redirect_uri, scope, \
    state, nonce, code_challenge, login_hint, signed_in_since, payer_id, created_at, expires_at, draft, \
    dpop_jkt, at_provider, guest_id, patient_id";

/// The first column after [`COLUMNS`].
pub(crate) const AFTER: usize = 21;

/// Stores a request that [`crate::authorize::check`] accepted. Returns its handle, for the address of the consent pages.
/// `request.hash` is not read. [`Mistake::ReferenceUnknown`] if the request was pushed and another browser was faster.
pub async fn keep(ctx: &mut Ctx, request: &Request, browser: &Browser) -> Result<String, Refusal> {
    if let Some(reference) = &request.pushed
        && !pushed::take(ctx, reference, &sha256(&browser.0)).await?
    {
        return Err(Mistake::ReferenceUnknown.into());
    }
    let guest = match &request.login_hint {
        Some(hint) => guests::admit(ctx, hint, &request.client).await?,
        None => None,
    };
    let handle = ctx.random_secret();
    sql("INSERT INTO authorization_request (handle_hash, browser_hash, program, environment, issuer, application_id, \
         client_id, redirect_uri, scope, state, nonce, code_challenge, login_hint, signed_in_since, payer_id, created_at, \
         expires_at, dpop_jkt, at_provider, guest_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)")
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
    .bind(request.dpop_jkt.as_ref().map(Thumbprint::as_str))
    .bind(request.at_provider)
    .bind(guest.map(|guest| guest.as_str().to_owned()))
    .execute(&mut ctx.tx)
    .await?;
    Ok(handle)
}

/// The payers to choose from.
pub fn payers<'p>(programs: &'p Programs, request: &Request) -> &'p [programs::program::Payer] {
    programs.get(&request.partition.program).map_or(&[], |program: &std::sync::Arc<Program>| &program.payers)
}

/// The member says which payer. They may change it until they answer.
pub async fn choose_payer(ctx: &mut Ctx, programs: &Programs, visit: &Visit<'_>, payer: &PayerId) -> Result<(), Error> {
    let request = find(ctx, visit).await?;
    // A guest is a member of one plan.
    if request.guest.is_some() {
        return Err(Error::NotFound);
    }
    let known = payers(programs, &request).iter().find(|known| known.id == *payer).ok_or(Error::UnknownPayer)?;
    let done = sql("UPDATE authorization_request SET payer_id = $1, at_provider = $2, patient_id = NULL \
                    WHERE handle_hash = $3 AND decided_at IS NULL")
    .bind(payer)
    .bind(known.has_provider(request.partition.environment))
    .bind(request.hash)
    .execute(&mut ctx.tx)
    .await?;
    if done == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// How long a request stays open for a member who waits for mail: counted from each mail …
const HELD_OPEN: SignedDuration = SignedDuration::from_hours(1);
/// … and from the beginning of the request.
const LONGEST_OPEN: SignedDuration = SignedDuration::from_hours(3);

/// Keeps a request of this browser open, because its member is getting an account or a new password and waits for mail.
pub async fn hold_open(ctx: &mut Ctx, visit: &Visit<'_>) -> Result<(), Error> {
    let request = match find(ctx, visit).await {
        Err(Error::NotFound) => return Ok(()),
        found => found?,
    };
    let until = (ctx.now + HELD_OPEN).min(request.created_at + LONGEST_OPEN);
    sql("UPDATE authorization_request SET expires_at = $1 WHERE handle_hash = $2 AND expires_at < $1")
        .bind(until)
        .bind(&request.hash)
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

/// "Not you?": from now on, only a later sign-in counts.
pub async fn sign_in_again(ctx: &mut Ctx, visit: &Visit<'_>) -> Result<Request, Error> {
    let request = find(ctx, visit).await?;
    // Who is signed in does not matter to a guest's request.
    if request.guest.is_some() {
        return Err(Error::NotFound);
    }
    sql("UPDATE authorization_request SET signed_in_since = $1, patient_id = NULL WHERE handle_hash = $2 AND decided_at IS NULL")
        .bind(ctx.now)
        .bind(&request.hash)
        .execute(&mut ctx.tx)
        .await?;
    Ok(request)
}

/// Closes a request, once. Of two answers, the second finds nothing.
pub(crate) async fn close(ctx: &mut Ctx, request: &Request, by: Option<&SignedIn>) -> Result<(), Error> {
    let done = sql("UPDATE authorization_request SET decided_at = $1, decided_by = $2, decided_in = $3 \
                    WHERE handle_hash = $4 AND decided_at IS NULL")
    .bind(ctx.now)
    .bind(by.map(|by| by.account.as_str().to_owned()))
    .bind(by.map(|by| by.session.as_str().to_owned()))
    .bind(&request.hash)
    .execute(&mut ctx.tx)
    .await?;
    if done == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Records what was chosen so far, as long as the request waits.
pub(crate) async fn keep_draft(ctx: &mut Ctx, request: &Request, draft: String) -> store::Result<()> {
    sql("UPDATE authorization_request SET draft = $1 WHERE handle_hash = $2 AND decided_at IS NULL")
        .bind(draft)
        .bind(&request.hash)
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

impl store::FromRow for Request {
    fn from_row(row: &Row) -> store::Result<Self> {
        let program: ProgramId = row.get(1)?;
        Ok(Self {
            hash: row.get(0)?,
            pushed: None,
            partition: Partition { program, environment: row.get(2)? },
            issuer: row.get(3)?,
            application: row.get(4)?,
            client: row.get(5)?,
            redirect_uri: row.get(6)?,
            scopes: column::scopes(row, 7)?,
            state: row.get(8)?,
            nonce: row.get(9)?,
            code_challenge: row.get(10)?,
            login_hint: row.get(11)?,
            language: None,
            signed_in_since: row.get(12)?,
            payer: row.get(13)?,
            created_at: row.get(14)?,
            expires_at: row.get(15)?,
            draft: row.get(16)?,
            dpop_jkt: row.get::<Option<String>>(17)?.map(Thumbprint::from_stored),
            at_provider: row.get(18)?,
            guest: row.get(19)?,
            whose: row.get::<Option<String>>(20)?.map(Whose::of_column),
        })
    }
}
