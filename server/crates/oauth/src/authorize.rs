//! The authorization request (RFC 6749 §4.1.1), checked in the order that keeps the app's answer safe. Until the client and the
//! redirect URI are known to be good, every mistake is a page. From then on, mistakes go back to the app.

use jiff::SignedDuration;
use model::{
    application::Stopped,
    id::{ClientId, PayerId},
    locale::Locale,
    scope::{Scope, Scopes},
};
use programs::{
    program::{Payer, Program},
    surface::Surface,
};
use store::Ctx;

use crate::{
    bases::Bases,
    client::{self, Client},
    dpop::Thumbprint,
    error::{Code, OAuthError},
    parameters::{Parameters, Repeated},
    pkce::Challenge,
    pushed,
    reason::Reason,
    redirect::RedirectTarget,
    requests::{Request, SignedIn},
    scope,
};

/// Where a request came in.
pub struct Entrance<'a> {
    pub program: &'a Program,
    pub surface: &'a Surface,
    pub bases: &'a Bases,
    /// From a payer's launch URL.
    pub payer: Option<&'a PayerId>,
    pub signed_in: Option<&'a SignedIn>,
}

/// How a request fails.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A page, and never a redirect, because the address may belong to anyone.
    #[error(transparent)]
    Page(#[from] Mistake),
    /// Back to the app.
    #[error("the app gets the error")]
    Redirect(RedirectTarget),
    /// Also back to the app, but through a page on which the person decides (RFC 9700 §4.11.2).
    #[error("the person is asked, then the app gets the error")]
    Shown(Box<Shown>),
    /// A page that says so, with the way back to the app.
    #[error("the application may not ask for access at present")]
    Stopped(Stopped, RedirectTarget),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The way back to an app whose errors are shown first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub app: String,
    pub organization: String,
    pub target: RedirectTarget,
}

/// What the page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    #[error("the application did not say who it is")]
    ClientMissing,
    #[error("the application is not known here")]
    ClientUnknown,
    #[error("the application did not say where to return to")]
    RedirectMissing,
    #[error("the address to return to is not the one that the application registered")]
    RedirectUnregistered,
    #[error("the application sent `{0}` more than once")]
    Repeated(&'static str),
    #[error("the application sent its secret through the browser")]
    SecretInQuery,
    #[error("there is no such payer")]
    PayerUnknown,
    /// Of a pushed request.
    #[error("the `request_uri` has expired, was used before, or is not this application's")]
    ReferenceUnknown,
}

impl From<Repeated> for Mistake {
    fn from(Repeated(name): Repeated) -> Self {
        Self::Repeated(name)
    }
}

/// We refuse longer texts from the app, because we store and echo each of them.
const LONGEST: usize = 2048;

/// Checks a request. The result is for [`crate::requests::keep`].
///
/// If the app pushed its request before, all parameters come from there, and only the reference is read here (RFC 9126 §4).
pub async fn check(ctx: &mut Ctx, entrance: &Entrance<'_>, parameters: &Parameters) -> Result<Request, Refusal> {
    if parameters.has("client_secret") {
        return Err(Mistake::SecretInQuery.into());
    }
    let Some(stored) = pushed::find(ctx, entrance.surface, parameters).await? else {
        return check_parameters(ctx, entrance, parameters).await;
    };
    let request = check_parameters(ctx, entrance, &stored.parameters).await?;
    Ok(Request { pushed: Some(stored.reference_hash), ..request })
}

/// Checks what an authenticated client pushes: the same, except for what depends on the browser that will come. The client itself
/// gets every mistake as its answer (RFC 9126 §2.3).
pub(crate) fn check_pushed(
    ctx: &Ctx,
    entrance: &Entrance<'_>,
    client: &Client,
    parameters: &Parameters,
) -> Result<(), OAuthError> {
    let redirect_uri = text(parameters, "redirect_uri")?;
    let redirect_uri = redirect_uri.ok_or_else(|| Code::InvalidRequest.because("`redirect_uri` is required"))?;
    if !client.redirect_uri.matches(redirect_uri) {
        return Err(Code::InvalidRequest.because("`redirect_uri` is not the one that the application registered"));
    }
    let request = request(ctx, entrance, parameters, client, redirect_uri)?;
    stopped(client, &request.scopes).map_err(|_| {
        Code::UnauthorizedClient.with(Reason::AppSuspended, "the application may not ask for this at present")
    })
}

async fn check_parameters(ctx: &mut Ctx, entrance: &Entrance<'_>, parameters: &Parameters) -> Result<Request, Refusal> {
    let (client, redirect_uri) = known_good(ctx, entrance, parameters).await?;
    let request = request(ctx, entrance, parameters, &client, redirect_uri);
    match request.and_then(|request| answerable(entrance, parameters).map(|()| request)) {
        Ok(request) => match stopped(&client, &request.scopes) {
            Ok(()) => Ok(request),
            Err(stopped) => Err(halted(entrance, parameters, redirect_uri, stopped)),
        },
        Err(error) => {
            let target = told(entrance, parameters, redirect_uri, &error);
            if !client.error_page {
                return Err(Refusal::Redirect(target));
            }
            let (app, organization) = (client.name.clone(), client.organization_name.clone());
            Err(Refusal::Shown(Box::new(Shown { app, organization, target })))
        }
    }
}

/// The client and one of its own redirect URIs.
async fn known_good<'p>(
    ctx: &mut Ctx,
    entrance: &Entrance<'_>,
    parameters: &'p Parameters,
) -> Result<(Client, &'p str), Refusal> {
    if entrance.payer.is_some_and(|payer| entrance.program.payer(payer).is_none()) {
        return Err(Mistake::PayerUnknown.into());
    }
    let id = parameters.get("client_id").map_err(Mistake::from)?.ok_or(Mistake::ClientMissing)?;
    let redirect_uri = parameters.get("redirect_uri").map_err(Mistake::from)?.ok_or(Mistake::RedirectMissing)?;
    let client = client::find(ctx, entrance.surface, &ClientId::new(id)).await?.ok_or(Mistake::ClientUnknown)?;
    if !client.redirect_uri.matches(redirect_uri) {
        return Err(Mistake::RedirectUnregistered.into());
    }
    let stopped = client.may_ask_members();
    stopped.map_err(|stopped| halted(entrance, parameters, redirect_uri, stopped))?;
    Ok((client, redirect_uri))
}

/// Stops an app that may not ask members at all, or whose patient access waits for review or was refused. An app that never
/// registered for patient access asks for a scope that it cannot have, and [`scope::for_member`] has refused that before.
fn stopped(client: &Client, scopes: &Scopes) -> Result<(), Stopped> {
    client.may_ask_members()?;
    if scopes.iter().any(Scope::needs_patient) { client.live.patient() } else { Ok(()) }
}

fn halted(entrance: &Entrance<'_>, parameters: &Parameters, redirect_uri: &str, stopped: Stopped) -> Refusal {
    let error = Code::AccessDenied.because("the application may not ask for access at present");
    Refusal::Stopped(stopped, told(entrance, parameters, redirect_uri, &error))
}

fn request(
    ctx: &Ctx,
    entrance: &Entrance<'_>,
    parameters: &Parameters,
    client: &Client,
    redirect_uri: &str,
) -> Result<Request, OAuthError> {
    if parameters.repeat() {
        return Err(Code::InvalidRequest.because("a parameter was sent more than once"));
    }
    refuse_request_objects(parameters)?;
    check_response(parameters)?;
    let state = text(parameters, "state")?.ok_or_else(|| Code::InvalidRequest.because("`state` is required"))?;
    let challenge = challenge(parameters, client)?;
    if let Some(audience) = text(parameters, "aud")?
        && !entrance.bases.is_fhir(&client.partition, audience)
    {
        return Err(Code::InvalidRequest.because("`aud` is not this program's FHIR base"));
    }
    let scopes = scope::for_member(entrance.program, client, text(parameters, "scope")?)?;
    let prompt = Prompt::read(text(parameters, "prompt")?)?;
    let max_age = max_age(text(parameters, "max_age")?)?;
    let signed_in_since = match (prompt, max_age) {
        (Prompt::Login, _) => Some(ctx.now),
        (_, max_age) => max_age.map(|age| ctx.now - age),
    };
    let lifetimes = &entrance.program.lifetimes;
    let payer = payer(entrance);
    let environment = client.partition.environment;
    Ok(Request {
        issuer: entrance.surface.base().to_owned(),
        scopes,
        state: state.to_owned(),
        nonce: text(parameters, "nonce")?.map(str::to_owned),
        code_challenge: challenge.map(|challenge| challenge.as_str().to_owned()),
        dpop_jkt: dpop_jkt(text(parameters, "dpop_jkt")?)?,
        login_hint: text(parameters, "login_hint")?.map(str::to_owned),
        language: text(parameters, "ui_locales")?.and_then(Locale::of_ui_locales),
        signed_in_since,
        at_provider: payer.is_some_and(|payer| payer.has_provider(environment)),
        payer: payer.map(|payer| payer.id.clone()),
        expires_at: ctx.now + lifetimes.authorization_request,
        ..Request::of(client, redirect_uri, ctx.now)
    })
}

/// Whether the request can be answered. Consent always needs the member, so `prompt=none` cannot succeed.
fn answerable(entrance: &Entrance<'_>, parameters: &Parameters) -> Result<(), OAuthError> {
    match (Prompt::read(text(parameters, "prompt")?)?, entrance.signed_in) {
        (Prompt::None, None) => Err(Code::LoginRequired.because("no one is signed in")),
        (Prompt::None, Some(_)) => Err(Code::ConsentRequired.because("the member has to decide")),
        (Prompt::Usual | Prompt::Login, _) => Ok(()),
    }
}

/// From the launch URL, else the program's only payer.
fn payer<'p>(entrance: &Entrance<'p>) -> Option<&'p Payer> {
    match (entrance.payer, &entrance.program.payers[..]) {
        (Some(payer), _) => entrance.program.payer(payer),
        (None, [only]) => Some(only),
        (None, _) => None,
    }
}

/// OpenID Connect Core §3.1.2.6. Neither is fetched nor read.
fn refuse_request_objects(parameters: &Parameters) -> Result<(), OAuthError> {
    if parameters.has("request") {
        return Err(Code::RequestNotSupported.because("`request` is not supported"));
    }
    if parameters.has("request_uri") {
        return Err(Code::RequestUriNotSupported.because("`request_uri` is not supported"));
    }
    Ok(())
}

fn check_response(parameters: &Parameters) -> Result<(), OAuthError> {
    match text(parameters, "response_type")? {
        Some("code") => {}
        None => return Err(Code::InvalidRequest.because("`response_type` is required")),
        Some(_) => return Err(Code::UnsupportedResponseType.because("`response_type` must be `code`")),
    }
    match text(parameters, "response_mode")? {
        None | Some("query") => Ok(()),
        Some(_) => Err(Code::InvalidRequest.because("`response_mode` must be `query`")),
    }
}

/// Required of public clients (oauth.md D5).
fn challenge(parameters: &Parameters, client: &Client) -> Result<Option<Challenge>, OAuthError> {
    let (challenge, method) = (text(parameters, "code_challenge")?, text(parameters, "code_challenge_method")?);
    let challenge =
        Challenge::read(challenge, method).map_err(|error| Code::InvalidRequest.because(error.to_string()))?;
    if challenge.is_none() && !client.is_confidential() {
        return Err(Code::InvalidRequest.because("a public client must send code_challenge (RFC 7636)"));
    }
    Ok(challenge)
}

/// RFC 9449 §10.
fn dpop_jkt(text: Option<&str>) -> Result<Option<Thumbprint>, OAuthError> {
    let malformed = || Code::InvalidRequest.because("`dpop_jkt` is the base64url form of a SHA-256: 43 characters");
    text.map(|text| Thumbprint::parse(text).ok_or_else(malformed)).transpose()
}

fn max_age(text: Option<&str>) -> Result<Option<SignedDuration>, OAuthError> {
    let seconds = text.map(str::parse::<u32>).transpose();
    let seconds = seconds.map_err(|_| Code::InvalidRequest.because("`max_age` is a number of seconds"))?;
    Ok(seconds.map(|seconds| SignedDuration::from_secs(seconds.into())))
}

/// A parameter whose text we keep or compare.
fn text<'p>(parameters: &'p Parameters, name: &'static str) -> Result<Option<&'p str>, OAuthError> {
    let value = parameters.get(name).map_err(|error| Code::InvalidRequest.because(error.to_string()))?;
    match value {
        Some(value) if LONGEST < value.len() || value.contains('\0') => {
            Err(Code::InvalidRequest.because(format!("`{name}` is too long or holds a null character")))
        }
        value => Ok(value),
    }
}

/// RFC 6749 §4.1.2.1, with our issuer (RFC 9207). A repeated state is not echoed.
fn told(entrance: &Entrance<'_>, parameters: &Parameters, redirect_uri: &str, error: &OAuthError) -> RedirectTarget {
    let mut answer = vec![("error", error.code.as_str()), ("error_description", &*error.reason)];
    if let Ok(Some(state)) = parameters.get("state") {
        answer.push(("state", state));
    }
    answer.push(("iss", entrance.surface.base()));
    RedirectTarget::new(redirect_uri, &answer)
}

/// OpenID Connect Core §3.1.2.1. Consent is asked for every time, so `consent` and `select_account` add nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prompt {
    Usual,
    Login,
    None,
}

impl Prompt {
    fn read(text: Option<&str>) -> Result<Self, OAuthError> {
        let mut prompt = Self::Usual;
        let words: Vec<&str> = text.unwrap_or_default().split(' ').filter(|word| !word.is_empty()).collect();
        for word in &words {
            match *word {
                "login" => prompt = Self::Login,
                "consent" | "select_account" => {}
                "none" if words.len() == 1 => prompt = Self::None,
                "none" => return Err(Code::InvalidRequest.because("`prompt=none` stands alone")),
                _ => return Err(Code::InvalidRequest.because("`prompt` is none, login, consent or select_account")),
            }
        }
        Ok(prompt)
    }
}
