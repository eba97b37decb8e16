//! The member's answer: which scopes, for how long, or no.

use jiff::{SignedDuration, Timestamp};
use model::{
    application::Stopped,
    id::{GrantId, PatientId},
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
    grants,
    redirect::RedirectTarget,
    requests::{self, Browser, Request, SignedIn, Step},
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
    Store(#[from] store::Error),
}

impl From<requests::Error> for Error {
    fn from(error: requests::Error) -> Self {
        match error {
            requests::Error::Store(error) => Self::Store(error),
            _ => Self::NotFound,
        }
    }
}

/// What to show on the consent page.
pub async fn view(
    ctx: &mut Ctx,
    programs: &Programs,
    handle: &str,
    browser: Option<&Browser>,
    signed_in: Option<&SignedIn>,
) -> Result<ConsentView, Error> {
    let request = requests::get(ctx, handle, browser).await?;
    let signed_in = due(&request, signed_in)?;
    let program = programs.get(&request.partition.program).ok_or(Error::NotFound)?;
    let client = active_client(ctx, &request).await?;
    Ok(ConsentView {
        payer: request.payer.as_ref().and_then(|payer| program.payer(payer)).cloned().ok_or(Error::Due(Step::Payer))?,
        patient: request.patient(signed_in).filter(|_| request.needs_patient()).cloned(),
        scopes: request.scopes.iter().filter_map(|scope| choice(program, scope)).collect(),
        days: program.lifetimes.grant_days_choices.clone(),
        default_days: program.lifetimes.grant_days,
        redirect_uri: request.redirect_uri.clone(),
        expires_at: request.expires_at,
        partition: request.partition,
        client,
    })
}

/// The member allows: a grant and a code, both in this transaction. Choosing no data at all is a refusal. Submitted
/// twice, one grant comes of it, and the second answer works.
pub async fn allow(
    ctx: &mut Ctx,
    programs: &Programs,
    handle: &str,
    browser: Option<&Browser>,
    signed_in: Option<&SignedIn>,
    choice: &Choice,
) -> Result<RedirectTarget, Error> {
    let request = match requests::get(ctx, handle, browser).await {
        Err(requests::Error::NotFound) => return answer_again(ctx, programs, handle, browser).await,
        request => request?,
    };
    let signed_in = due(&request, signed_in)?;
    let program = programs.get(&request.partition.program).ok_or(Error::NotFound)?;
    let client = active_client(ctx, &request).await?;
    // What was refused to the app meanwhile is not asked on.
    let scopes: Scopes =
        chosen(&request, choice).iter().filter(|scope| client.may_use(scope).is_ok()).cloned().collect();
    if is_nothing(&request, &scopes) {
        requests::close(ctx, &request, None).await?;
        return Ok(denied(&request));
    }
    let days = choice.days.filter(|days| program.lifetimes.grant_days_choices.contains(days));
    let days = days.unwrap_or(program.lifetimes.grant_days);
    let grant = GrantId::new(ctx.random_id());
    requests::close(ctx, &request, Some(&grant)).await?;
    let ends_at = ctx.now + SignedDuration::from_hours(24 * i64::from(days));
    grants::begin(ctx, &grant, &request, signed_in, &scopes, ends_at).await?;
    let code = codes::issue(ctx, &grant, &request, signed_in, program.lifetimes.authorization_code).await?;
    Ok(request.answer(&[("code", &code)]))
}

/// The member refuses.
pub async fn deny(ctx: &mut Ctx, handle: &str, browser: Option<&Browser>) -> Result<RedirectTarget, Error> {
    let request = requests::get(ctx, handle, browser).await?;
    requests::close(ctx, &request, None).await?;
    Ok(denied(&request))
}

/// The second of two submits: the first answer never reached the app, so its code is replaced.
async fn answer_again(
    ctx: &mut Ctx,
    programs: &Programs,
    handle: &str,
    browser: Option<&Browser>,
) -> Result<RedirectTarget, Error> {
    let (request, grant) = requests::find_allowed(ctx, handle, browser).await?.ok_or(Error::NotFound)?;
    let program = programs.get(&request.partition.program).ok_or(Error::NotFound)?;
    let code = codes::replace(ctx, &grant, program.lifetimes.authorization_code).await?.ok_or(Error::NotFound)?;
    Ok(request.answer(&[("code", &code)]))
}

fn denied(request: &Request) -> RedirectTarget {
    request.refused(Code::AccessDenied, "the member did not allow it")
}

fn due<'s>(request: &Request, signed_in: Option<&'s SignedIn>) -> Result<&'s SignedIn, Error> {
    match request.step(signed_in) {
        Step::Consent => signed_in.ok_or(Error::Due(Step::SignIn)),
        step => Err(Error::Due(step)),
    }
}

async fn active_client(ctx: &mut Ctx, request: &Request) -> Result<Client, Error> {
    let client =
        client::find_in_program(ctx, &request.partition.program, &request.client).await?.ok_or(Error::NotFound)?;
    client.liveness.any().map_err(Error::Stopped)?;
    if request.needs_patient() {
        client.liveness.patient().map_err(Error::Stopped)?;
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
