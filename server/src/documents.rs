//! The files of the public documentation: the feed of a program's changes, how well its endpoints worked, and the code samples.

use app::{
    docs::{changes, path, samples},
    quality,
};
use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use axum::{
    Router,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::civil::Date;
use model::partition::ProgramId;
use programs::program::Program;
use store::digest::sha256;
use url::Url;

use crate::{etag, middleware::cors, portals, state::AppState};

const ATOM: HeaderValue = HeaderValue::from_static("application/atom+xml; charset=utf-8");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
/// Files change with the server, feeds with its program files, figures after as long.
const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=300");

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/docs/{program}/changes.atom", get(feed))
        .route("/docs/{program}/quality.json", get(figures).options(preflight))
        .route(samples::PATH, get(sample))
}

/// `GET /docs/{program}/quality.json`, which any page may read; 404 if the program does not publish it.
async fn figures(State(state): State<AppState>, Path(program): Path<String>, request: Request) -> Response {
    let program = state.services.programs.get(&ProgramId::new(program)).filter(|program| quality::is_public(program));
    let Some(program) = program else { return portals::not_found(State(state), request).await };
    let measured = match state.services.quality.get(&state.services.store, program).await {
        Ok(measured) => measured,
        Err(failure) => {
            let (parts, _) = request.into_parts();
            return portals::show(&state, &parts, Err(failure)).await;
        }
    };
    let Ok(json) = serde_json::to_string(&*measured) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let tag = format!("\"{}\"", sha256(&json));
    let known = etag::is_known(request.headers(), &tag) == Some(true);
    let headers = [(header::CACHE_CONTROL, KEEP), (header::CONTENT_TYPE, JSON)];
    let tag = HeaderValue::try_from(tag).ok().map(|tag| [(header::ETAG, tag)]);
    let answer = if known {
        (StatusCode::NOT_MODIFIED, tag, headers).into_response()
    } else {
        (tag, headers, json).into_response()
    };
    cors::open(answer)
}

/// For pages that name a version which they have already.
async fn preflight(headers: HeaderMap) -> Response {
    cors::preflight(&headers)
}

/// `GET /docs/{program}/changes.atom` (RFC 4287).
async fn feed(State(state): State<AppState>, Path(program): Path<String>, request: Request) -> Response {
    match state.services.programs.get(&ProgramId::new(program)) {
        Some(program) => {
            let feed = changes_of(program, &state.services.public_url).to_string();
            ([(header::CONTENT_TYPE, ATOM), (header::CACHE_CONTROL, KEEP)], feed).into_response()
        }
        None => portals::not_found(State(state), request).await,
    }
}

/// `GET /docs/samples/{language}/{file}`
async fn sample(
    State(state): State<AppState>,
    Path((language, file)): Path<(String, String)>,
    request: Request,
) -> Response {
    match samples::find(&language, &file) {
        Some(file) => ([(header::CONTENT_TYPE, TEXT), (header::CACHE_CONTROL, KEEP)], file.text).into_response(),
        None => portals::not_found(State(state), request).await,
    }
}

/// The feed of a program. Its ids are the addresses of what it is about, which stay.
fn changes_of(program: &Program, public_url: &Url) -> Feed {
    let origin = public_url.as_str().trim_end_matches('/');
    let page = format!("{origin}{}/changes", path(program));
    let own = format!("{origin}{}", changes::feed(program));
    let link = |relation: &str, href: &str, kind: &str| Link {
        rel: relation.to_owned(),
        href: href.to_owned(),
        mime_type: Some(kind.to_owned()),
        ..Link::default()
    };
    let entry = |change: &programs::text::Change| {
        let at = format!("{page}#{}", changes::anchor(&change.id));
        let content =
            Content { value: Some(change.text.clone()), content_type: Some("text".to_owned()), ..Content::default() };
        Entry {
            id: at.clone(),
            title: Text::plain(change.title.clone()),
            updated: midnight(change.date),
            published: Some(midnight(change.date)),
            links: vec![link("alternate", &at, "text/html")],
            content: Some(content),
            ..Entry::default()
        }
    };
    Feed {
        id: own.clone(),
        title: Text::plain(program.title.clone()),
        updated: program.changes.first().map(|change| midnight(change.date)).unwrap_or_default(),
        authors: vec![Person { name: program.name.clone(), ..Person::default() }],
        links: vec![link("self", &own, "application/atom+xml"), link("alternate", &page, "text/html")],
        generator: Some(Generator { value: "FLEX".to_owned(), ..Generator::default() }),
        rights: Some(Text::plain(program.copyright.clone())),
        entries: program.changes.iter().map(entry).collect(),
        ..Feed::default()
    }
}

/// The program file names days. A day begins at midnight UTC, whatever the zone of its readers.
fn midnight(day: Date) -> FixedDateTime {
    format!("{day}T00:00:00Z").parse().unwrap_or_default()
}
