//! The way to a provider.

use oauth::requests::Request;
use payers::{
    begin::{self, Error, Prompt, Start},
    provider::Provider,
};
use url::Url;

use crate::{
    account::way,
    consent,
    failure::Failure,
    page::Page,
    payers::{find, problem, problem::Problem},
    web::{Web, request::local_path},
};

/// From an app's authorization request. We pass on what the app wants to know about the sign-in.
pub async fn from_consent(web: &Web, request: &Request) -> Result<Page, Failure> {
    let handle = web.request.param("handle")?;
    let payer = request.payer.as_ref().ok_or(Failure::NotFound)?;
    let Some(provider) = web.services.payers.find(&request.partition, payer) else {
        // The configuration of the deployment changed while the request waited.
        let program = web.services.programs.get(&request.partition.program);
        let payer = program.and_then(|program| program.payer(payer)).ok_or(Failure::NotFound)?;
        return Ok(problem::page(web, &payer.name, handle, Problem::Failed));
    };
    let browser = web.browser().ok_or(Failure::NotFound)?;
    // We have to ask for a sign-in that is later than the request itself, because the provider may still have a session.
    let must_ask = request.signed_in_since.is_some_and(|since| request.created_at <= since);
    let start = Start {
        browser: browser.as_str(),
        origin: &origin(&request.issuer)?,
        next: &consent::path(handle),
        signed_in_since: request.signed_in_since,
        // A later time than the request's comes from the member ("Not you?") and not from the app.
        for_app: request.signed_in_since.is_some_and(|since| since <= request.created_at),
        prompt: if must_ask { Prompt::Login } else { Prompt::Usual },
        login_hint: request.login_hint.as_deref(),
        language: web.locale().tag(),
    };
    match go(web, provider, start).await? {
        Some(address) => Err(Failure::redirect(address)),
        None => Ok(problem::page(web, &provider.name, handle, Problem::Failed)),
    }
}

/// `/signin/payer/{program}/{environment}/{payer}?next=/member`: from the member portal, on the main host.
pub async fn from_portal(web: Web) -> Result<Page, Failure> {
    let provider = find(&web)?;
    let next = web.request.query("next").and_then(local_path).unwrap_or("/member").to_owned();
    let browser = way::browser(&web).await?;
    let start = Start {
        browser: browser.as_str(),
        origin: web.services.payers.origin(),
        next: &next,
        signed_in_since: None,
        for_app: false,
        prompt: Prompt::Usual,
        login_hint: None,
        language: web.locale().tag(),
    };
    Err(Failure::redirect(match go(&web, provider, start).await? {
        Some(address) => address,
        None => problem::portal_path(provider, Problem::Failed),
    }))
}

/// The provider's address, or `None` if the provider does not answer.
async fn go(web: &Web, provider: &Provider, start: Start<'_>) -> Result<Option<String>, Failure> {
    match begin::begin(&web.services.payers, &web.services.store, provider, start).await {
        Ok(address) => Ok(Some(address)),
        Err(Error::Store(error)) => Err(error.into()),
        Err(Error::Provider(fault)) => {
            let (partition, payer) = (&provider.home.partition, &provider.home.payer);
            tracing::warn!(%partition, %payer, %fault, "a payer's identity provider cannot be reached");
            Ok(None)
        }
    }
}

/// The origin of a configured base: the host on which the browser has its cookies.
pub fn origin(issuer: &str) -> Result<String, Failure> {
    let url = Url::parse(issuer).map_err(|error| Failure::internal(&error))?;
    Ok(url.origin().ascii_serialization())
}
