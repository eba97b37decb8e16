//! Back from a provider. Each payer's provider knows one address, on the main host. What arrives there goes on to the host where
//! the sign-in began, because only there the browser has the cookie that the sign-in is bound to.

use identity::payer_accounts::Home;
use model::partition::Partition;
use oauth::requests::Browser;
use payers::{
    fault::Fault,
    finish::{self, Answer, Error, Finished, Outcome, Visitor},
};
use url::{Url, form_urlencoded::Serializer};

use crate::{
    failure::Failure,
    home::language,
    page::Page,
    payers::{
        home,
        problem::{self, Problem},
    },
    web::Web,
};

/// The route that takes an answer, on each host.
pub const RETURN: &str = "/signin/payer/{program}/{environment}/{payer}/return";

/// `/signin/payer/{program}/{environment}/{payer}/callback`
pub async fn arrive(web: Web) -> Result<Page, Failure> {
    let state = web.request.query("state").unwrap_or_default();
    match finish::origin(&web.services.store, state).await? {
        Some(origin) if origin == web.services.payers.origin() => page(web).await,
        Some(origin) => Err(Failure::redirect(elsewhere(&web, &origin)?)),
        None => Err(Failure::redirect(problem::ENDED)),
    }
}

/// The same answer on one of our own hosts.
fn elsewhere(web: &Web, origin: &str) -> Result<String, Failure> {
    let Home { partition: Partition { program, environment }, payer } = home(web)?;
    let address = format!("{origin}/signin/payer/{program}/{environment}/{payer}/return");
    let mut url = Url::parse(&address).map_err(|error| Failure::internal(&error))?;
    let query = Serializer::new(String::new()).extend_pairs(&web.request.query).finish();
    url.set_query(Some(&query));
    Ok(url.into())
}

/// `/signin/payer/{program}/{environment}/{payer}/return`. Always redirects, so that no code stays in an address.
pub async fn page(web: Web) -> Result<Page, Failure> {
    if web.request.only_looks {
        return problem::ended(web).await;
    }
    let browser = web.browser();
    let visitor = Visitor {
        browser: browser.as_ref().map(Browser::as_str),
        session: web.session_id(),
        user_agent: web.request.user_agent.as_deref(),
        language: web.locale(),
        has_chosen_language: web.request.chosen_language().is_some(),
    };
    let query = |name| web.request.query(name);
    let home = home(&web)?;
    let answer = Answer {
        home: Some(&home),
        state: query("state"),
        code: query("code"),
        error: query("error"),
        iss: query("iss"),
    };
    let finished = match finish::finish(&web.services.payers, &web.services.store, answer, visitor).await {
        Err(Error::NotFound) => return Err(Failure::redirect(problem::ENDED)),
        finished => finished?,
    };
    Err(Failure::redirect(on(&web, finished)))
}

/// Where to go on.
fn on(web: &Web, finished: Finished) -> String {
    let Finished { next, partition, payer, outcome } = finished;
    let problem = match outcome {
        Outcome::SignedIn(signed_in) => {
            web.set_session(&signed_in.session);
            language::suggest(web, signed_in.language);
            // The consent pages say it themselves.
            let unknown = !signed_in.is_member && !problem::is_consent(&next);
            return if unknown { "/member/unknown".to_owned() } else { next };
        }
        Outcome::Refused => Problem::Refused,
        Outcome::Failed(fault) => {
            tracing::warn!(%partition, %payer, %fault, "a payer's identity provider could not sign a member in");
            if matches!(fault, Fault::MemberId(..)) { Problem::Unclear } else { Problem::Failed }
        }
    };
    match web.services.payers.find(&partition, &payer) {
        Some(_) if problem::is_consent(&next) => format!("{next}/provider?problem={}", problem.code()),
        Some(provider) => problem::portal_path(provider, problem),
        None => problem::ENDED.to_owned(),
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::Identity(error) => error.into(),
            Error::Fhir(error) => error.into(),
            Error::Store(error) => error.into(),
        }
    }
}
