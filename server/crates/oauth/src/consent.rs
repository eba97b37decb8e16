//! The member's answer: which scopes, for how long, or no.

use jiff::{SignedDuration, Timestamp};
use mail::site::Site;
use model::{
    application::Stopped,
    id::PatientId,
    partition::Partition,
    scope::{Scope, Scopes},
};
use programs::{
    Programs,
    program::{Payer, Program},
    scope::ScopeKind,
    text::Text,
};
use store::Ctx;

use crate::{
    client::{self, Client},
    codes,
    error::Code,
    grants, notices,
    redirect::RedirectTarget,
    requests::{self, Member, Request, Step, Visit},
    scope::offer,
};

/// Everything the consent page shows.
#[derive(Clone, Debug)]
pub struct ConsentView {
    pub partition: Partition,
    /// The app, its vendor, and what the vendor attested.
    pub client: Client,
    pub payer: Payer,
    /// Whose data; absent where only the directory is asked for.
    pub patient: Option<PatientId>,
    /// In the order asked for; the page has all of them selected.
    pub scopes: Vec<ScopeChoice>,
    /// How many days the access may last, ascending.
    pub days: Vec<u16>,
    /// What is selected among them.
    pub default_days: u16,
    /// Where the answer goes, for the page's `form-action`.
    pub redirect_uri: String,
    pub expires_at: Timestamp,
}

/// One checkbox.
#[derive(Clone, Debug)]
pub struct ScopeChoice {
    /// As asked for, and as the form posts it: `patient/Coverage.read`.
    pub name: String,
    pub kind: ScopeKind,
    pub title: Text,
    pub description: Text,
}

/// What the form posts: nothing but the choice. Everything else comes from the request.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Names of [`ScopeChoice`]; others are ignored.
    pub scopes: Vec<String>,
    /// One of [`ConsentView::days`]; anything else is the default.
    pub days: Option<u16>,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A calm page, 404.
    #[error("no such authorization request in this browser")]
    NotFound,
    /// Something else has to happen first: go to the page of this step.
    #[error("another step is due")]
    Due(Step),
    /// The app or its vendor was suspended meanwhile: a page that says so.
    #[error("the application may not ask for access")]
    Stopped(Stopped),
    #[error(transparent)]
    Identity(#[from] identity::error::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<requests::Error> for Error {
    fn from(error: requests::Error) -> Self {
        match error {
            requests::Error::Store(error) => Self::Store(error),
            requests::Error::Identity(error) => Self::Identity(error),
            requests::Error::NotFound | requests::Error::UnknownPayer => Self::NotFound,
        }
    }
}

/// What to show on the consent page.
pub async fn view(ctx: &mut Ctx, programs: &Programs, visit: &Visit<'_>) -> Result<ConsentView, Error> {
    let (request, member) = due(ctx, visit).await?;
    let program = programs.get(&request.partition.program).ok_or(Error::NotFound)?;
    let client = active_client(ctx, &request).await?;
    Ok(ConsentView {
        payer: program.payer(&member.payer).cloned().ok_or(Error::Due(Step::Payer))?,
        patient: member.patient,
        scopes: request.scopes.iter().filter_map(|scope| choice(program, scope)).collect(),
        days: program.lifetimes.grant_days_choices.clone(),
        default_days: program.lifetimes.grant_days,
        redirect_uri: request.redirect_uri,
        expires_at: request.expires_at,
        partition: request.partition,
        client,
    })
}

/// The member allows: a grant, a code, the record of it and a mail, all in this transaction. Choosing no data at all is
/// a refusal. Submitted twice, one grant comes of it, and the second answer works.
pub async fn allow(
    ctx: &mut Ctx,
    programs: &Programs,
    site: &Site,
    visit: &Visit<'_>,
    choice: &Choice,
) -> Result<RedirectTarget, Error> {
    let (request, member) = match due(ctx, visit).await {
        Err(Error::NotFound) => return answer_again(ctx, programs, visit).await,
        due => due?,
    };
    let program = programs.get(&request.partition.program).ok_or(Error::NotFound)?;
    let client = active_client(ctx, &request).await?;
    // What was refused to the app meanwhile is not asked on.
    let chosen = chosen(&request, choice);
    let scopes: Scopes = chosen.iter().filter(|scope| client.may_use(scope).is_ok()).cloned().collect();
    if is_nothing(&request, &scopes) {
        requests::close(ctx, &request, None).await?;
        return Ok(denied(&request));
    }
    let grant = grants::new(ctx, &request, member, scopes, ends_at(ctx, program, choice));
    match requests::close(ctx, &request, Some(&grant.id)).await {
        // The other submit was a moment faster.
        Err(requests::Error::NotFound) => return answer_again(ctx, programs, visit).await,
        closed => closed?,
    }
    grants::keep(ctx, &grant).await?;
    let code = codes::issue(ctx, &grant, &request, program.lifetimes.authorization_code).await?;
    notices::granted(ctx, site, &grant).await?;
    Ok(request.answer(&[("code", &code)]))
}

/// The member refuses.
pub async fn deny(ctx: &mut Ctx, visit: &Visit<'_>) -> Result<RedirectTarget, Error> {
    let (request, _) = requests::get(ctx, visit).await?;
    requests::close(ctx, &request, None).await?;
    Ok(denied(&request))
}

/// The member cannot sign in, because the payer's provider does not answer: the app may try again later.
pub async fn give_up(ctx: &mut Ctx, visit: &Visit<'_>) -> Result<RedirectTarget, Error> {
    let (request, _) = requests::get(ctx, visit).await?;
    requests::close(ctx, &request, None).await?;
    Ok(request.refused(Code::TemporarilyUnavailable, "the health plan's sign-in does not answer"))
}

/// The second of two submits: the first answer never reached the app, so its code is replaced.
async fn answer_again(ctx: &mut Ctx, programs: &Programs, visit: &Visit<'_>) -> Result<RedirectTarget, Error> {
    let (request, grant) = requests::find_allowed(ctx, visit).await?.ok_or(Error::NotFound)?;
    let program = programs.get(&request.partition.program).ok_or(Error::NotFound)?;
    let code = codes::replace(ctx, &grant, program.lifetimes.authorization_code).await?.ok_or(Error::NotFound)?;
    Ok(request.answer(&[("code", &code)]))
}

fn ends_at(ctx: &Ctx, program: &Program, choice: &Choice) -> Timestamp {
    let days = choice.days.filter(|days| program.lifetimes.grant_days_choices.contains(days));
    let days = days.unwrap_or(program.lifetimes.grant_days);
    ctx.now + SignedDuration::from_hours(24 * i64::from(days))
}

fn denied(request: &Request) -> RedirectTarget {
    request.refused(Code::AccessDenied, "the member did not allow it")
}

/// The request, if the answer is what has to happen now.
async fn due<'s>(ctx: &mut Ctx, visit: &Visit<'s>) -> Result<(Request, Member<'s>), Error> {
    let (request, _) = requests::get(ctx, visit).await?;
    let member = requests::member(ctx, &request, visit).await?.map_err(Error::Due)?;
    Ok((request, member))
}

async fn active_client(ctx: &mut Ctx, request: &Request) -> Result<Client, Error> {
    let client =
        client::find_in_program(ctx, &request.partition.program, &request.client).await?.ok_or(Error::NotFound)?;
    client.live.any().map_err(Error::Stopped)?;
    if request.needs_patient() {
        client.live.patient().map_err(Error::Stopped)?;
    }
    Ok(client)
}

fn chosen(request: &Request, choice: &Choice) -> Scopes {
    let is_chosen = |scope: &&Scope| choice.scopes.iter().any(|name| *name == scope.to_string());
    request.scopes.iter().filter(is_chosen).cloned().collect()
}

/// Whether nothing is left of what the app wanted: of the data, if it wanted any.
fn is_nothing(request: &Request, chosen: &Scopes) -> bool {
    let wanted_data = request.scopes.resources().next().is_some();
    chosen.is_empty() || (wanted_data && chosen.resources().next().is_none())
}

fn choice(program: &Program, scope: &Scope) -> Option<ScopeChoice> {
    let offer = offer(program, scope)?;
    Some(ScopeChoice {
        name: scope.to_string(),
        kind: offer.kind(),
        title: offer.title.clone(),
        description: offer.description.clone(),
    })
}
