//! Requests that no longer wait: what became of them, for the person who answered, and the way back to the app.

use jiff::Timestamp;
use model::{
    application::Stopped,
    id::{AccountId, GrantId, SessionId},
    scope::Scopes,
};
use programs::Programs;
use store::{Ctx, Row, sql};

use crate::{
    client::{self, Client},
    codes, column,
    consent::{Error, denied},
    grants::{self, Chosen, Grant, member},
    redirect::RedirectTarget,
    requests::{self, AFTER, Request, SignedIn, Visit},
};

/// A request that was answered or that expired.
pub(crate) struct Answered {
    pub request: Request,
    decided_at: Option<Timestamp>,
    decided_by: Option<AccountId>,
    decided_in: Option<SessionId>,
    allowed: Option<Allowed>,
}

/// What was allowed then. The grant may have changed since.
struct Allowed {
    grant: GrantId,
    scopes: Scopes,
    days: Option<i64>,
}

/// What became of a request, as far as the account that is signed in may know.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub client: Client,
    pub what: What,
    /// What the app may do now: by this consent if it was allowed, else by any other consent of the account that is signed in.
    pub live: Option<Grant>,
    /// Why the app cannot use that at the moment.
    pub stopped: Option<Stopped>,
}

#[derive(Clone, Debug)]
pub enum What {
    /// When it was allowed, and what.
    Allowed(Timestamp, Scopes),
    /// The member said no, or nothing came of it.
    Refused(Timestamp),
    /// It expired without an answer.
    RanOut(Timestamp),
}

/// What became of the request of this visit. [`Error::NotFound`] if this browser never brought it or another account answered it,
/// [`Error::Stopped`] if the app has been deleted.
pub async fn outcome(ctx: &mut Ctx, visit: &Visit<'_>) -> Result<Outcome, Error> {
    let answered = find(ctx, visit).await?;
    let signed_in = answered.request.signed_in(visit);
    let account = signed_in.as_ref().map(|signed_in| &signed_in.account);
    // A request that was refused before anyone signed in is not private.
    let is_private = answered.decided_by.is_some() || answered.allowed.is_some();
    if is_private && answered.decided_by.as_ref() != account {
        return Err(Error::NotFound);
    }
    let request = &answered.request;
    let client = client::find_in_program(ctx, &request.partition.program, &request.client).await?;
    let client = client.ok_or(Error::Stopped(Stopped::Deleted))?;
    let live = match (&answered.allowed, account) {
        (Some(allowed), _) => Some(grants::get(ctx, &allowed.grant).await?).filter(|grant| grant.is_live(ctx.now)),
        (None, Some(account)) => grants::live(ctx, request, account).await?.into_iter().next(),
        (None, None) => None,
    };
    let what = match (answered.decided_at, answered.allowed) {
        (Some(at), Some(allowed)) => What::Allowed(at, allowed.scopes),
        (Some(at), None) => What::Refused(at),
        (None, _) => What::RanOut(request.expires_at),
    };
    let stopped = live.as_ref().and_then(|live| member::stopped(live, client.live));
    Ok(Outcome { client, what, live, stopped })
}

/// Back to the app from a request that no longer waits: with the same answer again, so that the app gets nothing new.
pub async fn back(ctx: &mut Ctx, programs: &Programs, visit: &Visit<'_>) -> Result<RedirectTarget, Error> {
    let answered = find(ctx, visit).await?;
    if answered.allowed.is_none() {
        return Ok(denied(&answered.request));
    }
    match again(ctx, programs, &answered, visit).await? {
        Some(target) => Ok(target),
        // The app has its tokens, so there is nothing to tell it.
        None => Ok(RedirectTarget::home(&answered.request.redirect_uri)),
    }
}

/// The second of two submits with the same choice. The first answer never reached the app, so its code is replaced. No other
/// caller gets a code.
pub(crate) async fn answer_again(
    ctx: &mut Ctx,
    programs: &Programs,
    visit: &Visit<'_>,
    chosen: impl FnOnce(&Request) -> Option<Chosen>,
) -> Result<RedirectTarget, Error> {
    let answered = find(ctx, visit).await?;
    let (Some(allowed), Some(chosen)) = (&answered.allowed, chosen(&answered.request)) else {
        return Err(Error::NotFound);
    };
    let same = allowed.scopes == chosen.scopes && allowed.days == Some(i64::from(chosen.days));
    let target = again(ctx, programs, &answered, visit).await?;
    target.filter(|_| same).ok_or(Error::NotFound)
}

/// A fresh code in place of one that was never used, for the session and the account of the first answer.
async fn again(
    ctx: &mut Ctx,
    programs: &Programs,
    answered: &Answered,
    visit: &Visit<'_>,
) -> Result<Option<RedirectTarget>, Error> {
    if !answered.is_by(answered.request.signed_in(visit).as_ref()) {
        return Err(Error::AnothersAnswer);
    }
    let request = &answered.request;
    if request.expires_at <= ctx.now {
        return Ok(None);
    }
    let program = programs.get(&request.partition.program).ok_or(Error::NotFound)?;
    let code = codes::replace(ctx, request, program.lifetimes.authorization_code).await?;
    Ok(code.map(|code| request.answer(&[("code", &code)])))
}

/// Records what was allowed, in the transaction that closed the request.
pub(crate) async fn note(ctx: &mut Ctx, request: &Request, grant: &Grant) -> store::Result<()> {
    sql("UPDATE authorization_request SET grant_id = $1, allowed_scope = $2, allowed_days = $3 WHERE handle_hash = $4")
        .bind(&grant.id)
        .bind(grant.scopes.to_string())
        .bind(grant.days.map(i64::from))
        .bind(&request.hash)
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

impl Answered {
    fn is_by(&self, signed_in: Option<&SignedIn>) -> bool {
        signed_in.is_some_and(|signed_in| {
            self.decided_by.as_ref() == Some(&signed_in.account) && self.decided_in.as_ref() == Some(&signed_in.session)
        })
    }
}

/// The request of this handle that this browser brought, if it was answered or has expired.
async fn find(ctx: &mut Ctx, visit: &Visit<'_>) -> Result<Answered, Error> {
    let browser = visit.browser.ok_or(Error::NotFound)?;
    let mut select = requests::select(visit.handle, browser, COLUMNS);
    select.push(" AND (decided_at IS NOT NULL OR expires_at <= ").push_bind(ctx.now).push(")");
    select.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// They follow the columns of a [`Request`].
const COLUMNS: &str = ", decided_at, decided_by, decided_in, grant_id, allowed_scope, allowed_days";

impl store::FromRow for Answered {
    fn from_row(row: &Row) -> store::Result<Self> {
        let request = Request::from_row(row)?;
        let (grant, scopes): (Option<GrantId>, Option<Scopes>) =
            (row.get(AFTER + 3)?, column::scopes_optional(row, AFTER + 4)?);
        let days = row.get(AFTER + 5)?;
        Ok(Self {
            decided_at: row.get(AFTER)?,
            decided_by: row.get(AFTER + 1)?,
            decided_in: row.get(AFTER + 2)?,
            allowed: grant.map(|grant| Allowed { grant, scopes: scopes.unwrap_or_default(), days }),
            request,
        })
    }
}
