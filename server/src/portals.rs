//! Mounts the portals on axum: the only file that knows both Leptos and HTTP.
//!
//! Pages and forms see a [`Web`], which is filled here from the request; their decisions are written into the answer
//! here. Pages are awaited before the first byte, so that status, cookies and redirects are plain HTTP. Forms are
//! answered with 303, or with the page of their failure; Leptos's own answers to forms (302, errors in the address) are
//! not used.

use std::convert::Infallible;

use app::{
    admin::audit::export,
    failure::Failure,
    page::Page,
    render::{Answer, render},
    routes::{Route, routes as pages},
    web::{
        Web,
        reply::File,
        request::{LANGUAGE_COOKIE, Request as Asked, Uploaded},
    },
};
use audit::security::Kind;
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{RawPathParams, Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{
            ACCEPT, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST,
            LOCATION, REFERER, RETRY_AFTER, SET_COOKIE, USER_AGENT,
        },
        request::Parts,
    },
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http_body_util::BodyExt;
use leptos::{
    prelude::provide_context,
    server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER},
};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use tower::{Layer, ServiceExt, service_fn};
use url::{Url, form_urlencoded};

use crate::{
    attachments, audit_export,
    cookies::{self, Sent},
    docs_index,
    limits::Exceeded,
    logos,
    middleware::{address, csrf, headers::OPENER, sessions},
    state::AppState,
    uploads,
};

/// What an address never contains unencoded (RFC 3986 §2), and everything that is not ASCII: a form may have supplied
/// part of the destination.
const NOT_IN_ADDRESSES: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');
/// No form of ours is larger; a key set is the longest input.
const LARGEST_FORM: usize = 256 * 1024;
/// For signing in and up, and related forms; a passkey's answer is the longest.
const LARGEST_ANONYMOUS_FORM: usize = 32 * 1024;
/// How much of a body that is too large we read before we close the connection.
const LARGEST_DROPPED: usize = 8 * 1024 * 1024;
/// A failure is one word; nothing longer is read back from Leptos.
const LARGEST_FAILURE: usize = 4096;

/// Every page, and the forms below `/api`.
pub fn routes(state: &AppState) -> Router<AppState> {
    let origins = csrf::Origins::new(state.surfaces.urls().chain([&state.settings.public_url]));
    let sessions = sessions::layer(state);
    // Forms of other sites are refused before anything else is known of them.
    let forms = Router::new().route("/api/{name}", post(form)).layer(sessions.clone());
    let forms = forms.layer(from_fn_with_state(origins, csrf::check));
    let pages = pages().into_iter().fold(Router::new(), |router, route| {
        let Route { path, page } = route;
        let handler = async move |State(state): State<AppState>, params: RawPathParams, request: Request| {
            let (parts, _) = request.into_parts();
            let params = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            match open(&state, &parts, asked(&parts, params)).await {
                Ok(web) => {
                    let answer = render(web.clone(), page(web.clone())).await;
                    if answer.status == 404 && path.contains('{') {
                        web.note(Kind::IdNotTheirs);
                    }
                    write(&parts, answer).await
                }
                Err(failure) => show(&state, &parts, Err(failure)).await,
            }
        };
        router.route(path, get(handler))
    });
    let pages = pages
        .route("/owner/attachments/{id}", get(attachments::of_vendor))
        .route("/admin/attachments/{id}", get(attachments::of_staff))
        .route(export::PATH, get(audit_export::answer));
    let pages = pages.layer(sessions).merge(forms);
    pages.route("/docs/{program}/index.json", get(docs_index::answer)).route("/logos/{digest}", get(logos::answer))
}

/// The page for an unknown address.
pub async fn not_found(State(state): State<AppState>, request: Request) -> Response {
    let sessions = sessions::layer(&state);
    let page = service_fn(move |request: Request| {
        let state = state.clone();
        async move {
            let (parts, _) = request.into_parts();
            Ok::<_, Infallible>(match open(&state, &parts, asked(&parts, Vec::new())).await {
                Ok(web) => fail(&parts, web, Failure::NotFound).await,
                Err(failure) => show(&state, &parts, Err(failure)).await,
            })
        }
    });
    sessions.layer(page).oneshot(request).await.into_response()
}

/// Answers a request of another part of the server with a page of the portals.
pub async fn show(state: &AppState, parts: &Parts, page: Result<Page, Failure>) -> Response {
    let web = Web::new(state.services.clone(), asked(parts, Vec::new()));
    write(parts, render(web, async { page }).await).await
}

/// Runs the server function of this path.
async fn form(State(state): State<AppState>, mut request: Request) -> Response {
    // The caller always wants the page that follows; without the header Leptos leaves the answer to us.
    request.headers_mut().remove(ACCEPT);
    let (parts, body) = request.into_parts();
    let asked = Asked { came_from: referring_page(&parts.headers), ..asked(&parts, Vec::new()) };
    let web = match open(&state, &parts, asked.clone()).await {
        Ok(web) => web,
        Err(failure) => return fail(&parts, Web::new(state.services.clone(), asked), failure).await,
    };
    let is_nobody = web.account().is_err();
    if is_nobody && let Err(exceeded) = admit(&state, &parts) {
        let mut response = fail(&parts, web, Failure::TooMany).await;
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(exceeded.0.seconds()));
        return response;
    }
    let (body, files) = match receive(&parts, body, is_nobody).await {
        Ok(received) => received,
        Err(failure) => return fail(&parts, web, failure).await,
    };
    let web = web.with_files(files);
    let context = web.clone();
    let mut request = Request::from_parts(parts.clone(), Body::from(body));
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    let response = leptos_axum::handle_server_fns_with_context(move || provide_context(context.clone()), request).await;
    follow(&parts, web, response.into_response()).await
}

/// The text of the form, and its files. Only who is signed in can send files.
async fn receive(parts: &Parts, body: Body, is_nobody: bool) -> Result<(Bytes, Vec<Uploaded>), Failure> {
    if is_nobody {
        return Ok((read(body, LARGEST_ANONYMOUS_FORM).await?, Vec::new()));
    }
    match uploads::boundary(&parts.headers) {
        None => Ok((read(body, LARGEST_FORM).await?, Vec::new())),
        Some(boundary) => {
            let (text, files) = uploads::read(body, boundary).await?;
            Ok((read(Body::from(text), LARGEST_FORM).await?, files))
        }
    }
}

/// Counts a form without sign-in.
fn admit(state: &AppState, parts: &Parts) -> Result<(), Exceeded> {
    let Some(address) = address::of(&parts.extensions) else { return Ok(()) };
    state.limits.admit_anonymous_form(address).map(|_| ())
}

/// The form, unless it is too large or contains a null character, which PostgreSQL accepts in no text. A body that is too
/// large is read to its end and dropped, because browsers show the answer only after they have sent all of it.
async fn read(mut body: Body, largest: usize) -> Result<Bytes, Failure> {
    let (mut kept, mut length) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Failure::Invalid)?.into_data() else { continue };
        length += data.len();
        if length <= largest {
            kept.extend_from_slice(&data);
        } else if LARGEST_DROPPED < length {
            break;
        }
    }
    if largest < length {
        return Err(Failure::TooLarge);
    }
    let holds_null = form_urlencoded::parse(&kept).any(|(name, value)| name.contains('\0') || value.contains('\0'));
    if holds_null { Err(Failure::Invalid) } else { Ok(kept.into()) }
}

/// The answer to a form: a redirect to the next page, or the page of the failure.
async fn follow(parts: &Parts, web: Web, response: Response) -> Response {
    if response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        let body = to_bytes(response.into_body(), LARGEST_FAILURE).await.unwrap_or_default();
        let failure = Failure::de(body);
        if failure == Failure::NotFound {
            web.note(Kind::IdNotTheirs);
        }
        return fail(parts, web, failure).await;
    }
    if !response.status().is_success() {
        return fail(parts, web, Failure::NotFound).await;
    }
    let mut reply = web.take_reply();
    if let Some(file) = reply.file.take() {
        return save(file);
    }
    let location = reply.location.clone().unwrap_or_else(|| "/".to_owned());
    if web.forget_refused(&location).await.is_err() {
        // The form did its work; what was typed expires soon.
        tracing::warn!("a refused form could not be deleted");
    }
    write(parts, Answer::redirect(location, reply)).await
}

/// A file that browsers save and never show: it has data of others in it.
fn save(file: File) -> Response {
    let mut response = Response::new(Body::from(file.text));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let is_plain = |char: char| char.is_ascii_alphanumeric() || char == '-' || char == '.';
    let name: String = file.name.chars().filter(|char| is_plain(*char)).collect();
    insert(headers, CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
    response
}

pub(crate) async fn fail(parts: &Parts, web: Web, failure: Failure) -> Response {
    write(parts, render(web, async { Err(failure) }).await).await
}

/// Finds out who asks, for an address that may be one of ours.
pub(crate) async fn open(state: &AppState, parts: &Parts, asked: Asked) -> Result<Web, Failure> {
    if asked.holds_null() {
        return Err(Failure::NotFound);
    }
    Web::open(state.services.clone(), asked, sessions::visitor(parts).await?).await
}

/// The request as the portals know it.
pub(crate) fn asked(parts: &Parts, params: Vec<(String, String)>) -> Asked {
    let query = parts.uri.query().unwrap_or_default();
    Asked {
        path: parts.uri.path().to_owned(),
        params,
        query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        cookies: cookies(parts).to_vec(),
        host: text(&parts.headers, &HOST),
        accept_language: text(&parts.headers, &ACCEPT_LANGUAGE),
        address: address::of(&parts.extensions),
        user_agent: text(&parts.headers, &USER_AGENT),
        came_from: None,
        files: Vec::new(),
        only_looks: parts.method == Method::HEAD,
    }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// The cookies that the browser sent, from the sessions' layer, which removes the header.
pub fn cookies(parts: &Parts) -> &[(String, String)] {
    parts.extensions.get::<Sent>().map_or(&[], Sent::pairs)
}

/// The page that a form was sent from. Our `Referrer-Policy` sends the full address only to our own site.
pub(crate) fn referring_page(headers: &HeaderMap) -> Option<String> {
    let url = Url::parse(headers.get(REFERER)?.to_str().ok()?).ok()?;
    Some(url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path())))
}

async fn write(parts: &Parts, mut answer: Answer) -> Response {
    // Any cookie of ours but the language ties a page to a person: a session, or an app's request.
    let is_known = cookies(parts).iter().any(|(name, _)| name != LANGUAGE_COOKIE);
    // A page for one person is cached nowhere, neither by proxies nor behind the back button.
    let is_told = answer.session.is_some() || !answer.cookies.is_empty();
    let caching = if is_known || is_told { "no-store" } else { "no-cache" };
    let mut response = Response::new(Body::from(answer.html));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    let media_type = answer.file.as_ref().map_or("text/html; charset=utf-8", |(_, media_type)| *media_type);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    if let Some((name, _)) = &answer.file {
        insert(headers, CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    insert(headers, CONTENT_SECURITY_POLICY, &answer.policy);
    if answer.keeps_opener {
        headers.insert(OPENER, HeaderValue::from_static("unsafe-none"));
    }
    if let Some(location) = &answer.location {
        insert(headers, LOCATION, &utf8_percent_encode(location, NOT_IN_ADDRESSES).to_string());
    }
    if let Some(session) = answer.session {
        // The layer sets no cookie with a server error, but what was saved counts: the old token is no longer valid.
        let failed = response.status().is_server_error() || sessions::hand_over(parts, &session.value).await.is_err();
        answer.cookies.extend(failed.then_some(session));
    }
    for cookie in answer.cookies.iter().filter_map(cookies::set) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Values are ours or were checked; one that is still not a header value is left out.
fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}
