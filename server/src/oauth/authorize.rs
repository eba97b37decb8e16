//! `GET` or `POST {authz}/oauth/authorize` (RFC 6749 §3.1), also below a payer's launch URL.
//!
//! | case | answer |
//! |---|---|
//! | client or redirect URI missing, unknown, repeated | a page, 400 |
//! | the app may not ask now, or never | a page with the way back, 403 |
//! | the database does not answer | a page, 503 |
//! | anything else wrong | 303 to the app with `error`, `state`, `iss` |
//! | the same, of an app whose errors are shown first (RFC 9700 §4.11.2) | a page with the way back, 400 |
//! | well | 303 to the consent pages of this host |

use std::collections::HashMap;

use app::{
    consent::{ending::Back, mistake},
    locale::Locale,
    page::Page,
    web::{access::session_cookie, reply},
};
use axum::{
    extract::{Path, RawQuery},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use identity::sessions::{self, Session};
use model::id::PayerId;
use oauth::{
    authorize::{Entrance, Refusal, check},
    error::Code,
    parameters::Parameters,
    requests::{self, Browser, Request, SignedIn, cookie_name},
};
use store::Ctx;

use super::{
    call::{Call, Server},
    error::{Failed, NO_STORE},
};
use crate::{middleware::headers::OPENER, portals};

/// The payer of a launch URL.
type Payer = Path<HashMap<String, String>>;

pub async fn by_query(server: Server, payer: Payer, RawQuery(query): RawQuery, parts: Parts) -> Response {
    let parameters = Parameters::parse(query.unwrap_or_default().as_bytes());
    authorize(&server, payer, &parts, &parameters).await
}

pub async fn by_form(payer: Payer, parts: Parts, call: Call) -> Response {
    authorize(&call, payer, &parts, &call.parameters).await
}

/// HEAD, as what looks at links sends it: checked as ever, and nothing is kept or used up.
pub async fn look(server: Server, payer: Payer, RawQuery(query): RawQuery, parts: Parts) -> Response {
    let parameters = Parameters::parse(query.unwrap_or_default().as_bytes());
    let (Path(payer), cookies) = (payer, portals::cookies(&parts.headers));
    match checked(&server, payer.get("payer").map(PayerId::new).as_ref(), &cookies, &parameters).await {
        Ok(_) => (StatusCode::OK, NO_STORE).into_response(),
        Err(refusal) => refused(&server, &parts, refusal).await,
    }
}

async fn authorize(server: &Server, Path(payer): Payer, parts: &Parts, parameters: &Parameters) -> Response {
    let payer = payer.get("payer").map(PayerId::new);
    match keep(server, payer, &parts.headers, parameters).await {
        Ok((handle, browser)) => to_consent(server, &handle, &browser),
        Err(refusal) => refused(server, parts, refusal).await,
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

/// A page that repeats nothing of the request but, where it is known good, the way back: what stands in the address stays out
/// of the page's own forms too, so that it cannot come back here in another language.
async fn show(server: &Server, parts: &Parts, page: impl FnOnce(Locale) -> Page) -> Response {
    let mut parts = parts.clone();
    // One of the consent pages: in the reader's language.
    parts.uri = Uri::from_static("/consent");
    let page = page(portals::asked(&parts, Vec::new()).locale()).without_languages();
    portals::show(&server.state, &parts, Ok(page)).await
}

/// Checked first and kept then: a request that is refused takes no write lock.
async fn keep(
    server: &Server,
    payer: Option<PayerId>,
    headers: &HeaderMap,
    parameters: &Parameters,
) -> Result<(String, Browser), Refusal> {
    let cookies = portals::cookies(headers);
    let request = checked(server, payer.as_ref(), &cookies, parameters).await?;
    let mut ctx = server.state.services.store.write().await?;
    // Kept where there is one, so that two requests in one browser do not end each other.
    let browser = Browser::from_cookies(&cookies, is_https(server)).unwrap_or_else(|| Browser::fresh(&ctx));
    let handle = requests::keep(&mut ctx, &request, &browser).await?;
    ctx.commit().await?;
    Ok((handle, browser))
}

async fn checked(
    server: &Server,
    payer: Option<&PayerId>,
    cookies: &[(String, String)],
    parameters: &Parameters,
) -> Result<Request, Refusal> {
    let services = &server.state.services;
    let mut ctx = services.store.read().await?;
    let signed_in = signed_in(&mut ctx, server, cookies).await?;
    let entrance = Entrance {
        program: &server.program,
        surface: &server.surface,
        bases: &services.bases,
        payer,
        signed_in: signed_in.as_ref(),
    };
    check(&mut ctx, &entrance, parameters).await
}

async fn signed_in(
    ctx: &mut Ctx,
    server: &Server,
    cookies: &[(String, String)],
) -> Result<Option<SignedIn>, store::Error> {
    let name = session_cookie(is_https(server));
    let Some((_, token)) = cookies.iter().find(|(known, _)| known == name) else { return Ok(None) };
    let session = match sessions::load(ctx, token).await {
        Ok(session) => session,
        Err(identity::error::Error::Store(error)) => return Err(error),
        // Looking a session up fails for no other reason.
        Err(_) => None,
    };
    let signed_in = |session: Session| {
        Some(SignedIn { account: session.account?, at: session.authenticated_at?, session: session.id })
    };
    Ok(session.and_then(signed_in))
}

fn is_https(server: &Server) -> bool {
    server.state.services.public_url.scheme() == "https"
}

/// The same host, so that the cookie and the session come along.
fn to_consent(server: &Server, handle: &str, browser: &Browser) -> Response {
    let https = is_https(server);
    let max_age = server.program.lifetimes.authorization_request.as_secs();
    let cookie = reply::cookie(cookie_name(https), browser.as_str(), https, Some(max_age));
    let mut response = see_other(&format!("/consent/{handle}"));
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Never 307, which would send a posted form on to the app.
fn see_other(location: &str) -> Response {
    match HeaderValue::try_from(location) {
        Ok(location) => {
            // An app's window beside its own: a redirect that parts them would do so for good.
            let opener = HeaderValue::from_static("unsafe-none");
            (StatusCode::SEE_OTHER, NO_STORE, [(header::LOCATION, location), (OPENER, opener)]).into_response()
        }
        // Registered addresses are ASCII, and what we append is encoded.
        Err(_) => Failed::from(Code::ServerError.because("the address to return to cannot be written")).into_response(),
    }
}
