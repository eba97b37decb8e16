//! `GET` or `POST {authz}/oauth/authorize` (RFC 6749 §3.1), also below a payer's launch URL.
//!
//! | case | answer |
//! |---|---|
//! | client or redirect URI missing, unknown, repeated | a page, 400 |
//! | the app may not ask now, or never | a page with the way back, 403 |
//! | the database does not answer | a page, 503 |
//! | anything else wrong | 303 to the app with `error`, `state`, `iss` |
//! | the same, of an app whose errors are shown first (RFC 9700 §4.11.2) | a page with the way back, 400 |
//! | success | 303 to the consent pages of this host |

use std::collections::HashMap;

use app::{
    consent::{ending::Back, mistake},
    locale::Locale,
    page::Page,
    web::{access::Visitor, reply::Cookie, request::LANGUAGE_COOKIE},
};
use axum::{
    extract::{Path, RawQuery},
    http::{HeaderValue, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use model::{
    id::{ClientId, PayerId},
    partition::Environment,
};
use oauth::{
    authorize::{Entrance, Refusal, check},
    error::Code,
    parameters::Parameters,
    requests::{self, Browser, Request, SignedIn, cookie_name},
};
use usage::endpoint::Named;

use super::{
    call::{Call, Server},
    error::{Failed, NO_STORE},
};
use crate::{
    cookies,
    middleware::{headers::OPENER, meter, sessions},
    portals,
};

/// The payer of a launch URL.
type Payer = Path<HashMap<String, String>>;

pub async fn by_query(server: Server, payer: Payer, RawQuery(query): RawQuery, parts: Parts) -> Response {
    let parameters = Parameters::parse(query.unwrap_or_default().as_bytes());
    authorize(&server, payer, &parts, &parameters).await
}

pub async fn by_form(payer: Payer, parts: Parts, call: Call) -> Response {
    authorize(&call, payer, &parts, &call.parameters).await
}

/// HEAD, as link scanners send it: the same checks, but nothing is stored or used up.
pub async fn look(server: Server, payer: Payer, RawQuery(query): RawQuery, parts: Parts) -> Response {
    let parameters = Parameters::parse(query.unwrap_or_default().as_bytes());
    let Path(payer) = payer;
    let visitor = match sessions::visitor(&parts).await {
        Ok(visitor) => visitor,
        Err(failure) => return portals::show(&server.state, &parts, Err(failure)).await,
    };
    match checked(&server, payer.get("payer").map(PayerId::new).as_ref(), visitor, &parameters).await {
        Ok(_) => (StatusCode::OK, NO_STORE).into_response(),
        Err(refusal) => refused(&server, &parts, refusal).await,
    }
}

async fn authorize(server: &Server, Path(payer): Payer, parts: &Parts, parameters: &Parameters) -> Response {
    let payer = payer.get("payer").map(PayerId::new);
    let visitor = match sessions::visitor(parts).await {
        Ok(visitor) => visitor,
        Err(failure) => return portals::show(&server.state, parts, Err(failure)).await,
    };
    match keep(server, payer, parts, visitor, parameters).await {
        Ok(kept) => {
            meter::client(&kept.client, Some(kept.environment));
            meter::endpoint(Named::AuthorizeStarted);
            to_consent(server, parts, &kept)
        }
        Err(refusal) => {
            meter_refusal(&refusal, parameters);
            refused(server, parts, refusal).await
        }
    }
}

/// What the refusal counts as, and whose it is: it leads to an app only after the app was found to be good.
fn meter_refusal(refusal: &Refusal, parameters: &Parameters) {
    match refusal {
        Refusal::Redirect(_) | Refusal::Shown(_) | Refusal::Stopped(..) => {
            if let Ok(Some(client)) = parameters.get("client_id") {
                meter::client(&ClientId::new(client), None);
            }
            meter::endpoint(Named::AuthorizeRefused);
        }
        Refusal::Page(_) => meter::endpoint(Named::AuthorizeMistake),
        Refusal::Store(_) => {}
    }
}

async fn refused(server: &Server, parts: &Parts, refusal: Refusal) -> Response {
    match refusal {
        Refusal::Page(mistake) => show(server, parts, |locale| mistake::page(&mistake, locale)).await,
        Refusal::Shown(shown) => show(server, parts, |locale| mistake::onward(*shown, locale)).await,
        Refusal::Stopped(stopped, back) => {
            let back = Back::Address(back.as_str().to_owned());
            show(server, parts, |locale| mistake::stopped(stopped, back, locale)).await
        }
        Refusal::Redirect(target) => see_other(target.as_str()),
        // A browser asked, so a person reads the answer.
        Refusal::Store(error) => portals::show(&server.state, parts, Err(error.into())).await,
    }
}

/// A page that repeats nothing of the request except the way back, if it is known to be good. Its own forms leave out the
/// address too, so that changing the language cannot bring it back here.
async fn show(server: &Server, parts: &Parts, page: impl FnOnce(Locale) -> Page) -> Response {
    let mut parts = parts.clone();
    // One of the consent pages: in the reader's language.
    parts.uri = Uri::from_static("/consent");
    let page = page(portals::asked(&parts, Vec::new()).locale()).without_languages();
    portals::show(&server.state, &parts, Ok(page)).await
}

/// A request that waits for its member.
struct Kept {
    handle: String,
    browser: Browser,
    client: ClientId,
    environment: Environment,
    language: Option<Locale>,
}

/// Checks before it stores: a refused request takes no write lock.
async fn keep(
    server: &Server,
    payer: Option<PayerId>,
    parts: &Parts,
    visitor: Visitor,
    parameters: &Parameters,
) -> Result<Kept, Refusal> {
    let request = checked(server, payer.as_ref(), visitor, parameters).await?;
    let mut ctx = server.state.services.store.write().await?;
    // Kept where there is one, so that two requests in one browser do not end each other.
    let browser =
        Browser::from_cookies(portals::cookies(parts), is_https(server)).unwrap_or_else(|| Browser::fresh(&ctx));
    let handle = requests::keep(&mut ctx, &request, &browser).await?;
    ctx.commit().await?;
    let Request { client, partition, language, .. } = request;
    Ok(Kept { handle, browser, client, environment: partition.environment, language })
}

async fn checked(
    server: &Server,
    payer: Option<&PayerId>,
    visitor: Visitor,
    parameters: &Parameters,
) -> Result<Request, Refusal> {
    let (services, signed_in) = (&server.state.services, signed_in(visitor));
    let mut ctx = services.store.read().await?;
    let entrance = Entrance {
        program: &server.program,
        surface: &server.surface,
        bases: &services.bases,
        payer,
        signed_in: signed_in.as_ref(),
    };
    check(&mut ctx, &entrance, parameters).await
}

fn signed_in(visitor: Visitor) -> Option<SignedIn> {
    let session = visitor.session?;
    Some(SignedIn { account: session.account?, at: session.authenticated_at?, session: session.id })
}

fn is_https(server: &Server) -> bool {
    server.state.services.public_url.scheme() == "https"
}

/// On the same host, so that the cookie and the session come along.
fn to_consent(server: &Server, parts: &Parts, Kept { handle, browser, language, .. }: &Kept) -> Response {
    let https = is_https(server);
    let max_age = server.program.lifetimes.authorization_request.as_secs();
    let value = browser.as_str().to_owned();
    let cookie = Cookie { name: cookie_name(https), value, secure: https, max_age: Some(max_age) };
    // A language that the reader or their account chose before comes first.
    let is_new = portals::cookies(parts).iter().all(|(name, _)| name != LANGUAGE_COOKIE);
    let language = language.filter(|_| is_new).map(|language| {
        let value = language.suggestion().to_owned();
        Cookie { name: LANGUAGE_COOKIE, value, secure: https, max_age: None }
    });
    let mut response = see_other(&format!("/consent/{handle}"));
    for cookie in [Some(cookie), language].iter().flatten().filter_map(cookies::set) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Never 307, which would send a posted form on to the app.
fn see_other(location: &str) -> Response {
    match HeaderValue::try_from(location) {
        Ok(location) => {
            // The app may have opened a popup: a redirect that isolates it from its opener would do so for good.
            let opener = HeaderValue::from_static("unsafe-none");
            (StatusCode::SEE_OTHER, NO_STORE, [(header::LOCATION, location), (OPENER, opener)]).into_response()
        }
        // Registered addresses are ASCII, and what we append is encoded.
        Err(_) => Failed::from(Code::ServerError.because("the address to return to cannot be written")).into_response(),
    }
}
