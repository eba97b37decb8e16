//! Answers "not now" in the format that the caller reads, with the time to come back: an OperationOutcome on the FHIR
//! bases, JSON on the authorization server's endpoints (RFC 6749 §5.2), a page for browsers, a line of text for load
//! balancers. An inner layer may have written a body in the right format already; only empty ones are filled here.
//!
//! | status | `Retry-After`, if none is set |
//! |---|---|
//! | 429 | 60 |
//! | 503 | 5 |
//! | 500 without a body | none: waiting does not fix a defect |

use std::{ops::ControlFlow, sync::Arc};

use app::{failure::Failure, failure_page, locale::Locale, web::request::Request as Asked};
use axum::{
    Json,
    body::{Body, HttpBody},
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use fhir::outcome::Issue;
use programs::surface::{Surface, SurfaceKind};
use serde_json::json;

use crate::{cookies::Sent, fhir::outcome, portals};

/// The format in which the caller reads answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    Fhir,
    OAuth,
    Text,
    Page,
}

impl Form {
    /// Call it once the request's surface is known.
    pub fn of(request: &Request) -> Self {
        let path = request.uri().path();
        match request.extensions().get::<Arc<Surface>>().map(|surface| surface.kind) {
            Some(SurfaceKind::Fhir | SurfaceKind::Public) => Self::Fhir,
            // Browsers open this address.
            Some(SurfaceKind::Authz) if path.ends_with("/oauth/authorize") => Self::Page,
            Some(SurfaceKind::Authz) => Self::OAuth,
            None if matches!(path, "/livez" | "/readyz") || path.starts_with("/pkg/") => Self::Text,
            None => Self::Page,
        }
    }
}

/// What a page needs to know about the request.
struct Reader {
    uri: Uri,
    headers: HeaderMap,
}

/// `style` is the address of the style sheet.
pub fn dress(
    style: &Arc<str>,
    request: Request,
) -> ControlFlow<Response, (Request, impl FnOnce(Response) -> Response + use<>)> {
    let form = Form::of(&request);
    let reader = (form == Form::Page).then(|| Reader::of(&request));
    let style = style.clone();
    ControlFlow::Continue((request, move |response: Response| match response.status() {
        StatusCode::TOO_MANY_REQUESTS => refused(response, &form, reader, &style, Some("60")),
        StatusCode::SERVICE_UNAVAILABLE => refused(response, &form, reader, &style, Some("5")),
        StatusCode::INTERNAL_SERVER_ERROR => refused(response, &form, reader, &style, None),
        _ => response,
    }))
}

fn refused(
    mut response: Response,
    form: &Form,
    reader: Option<Reader>,
    style: &str,
    retry_after: Option<&'static str>,
) -> Response {
    if let Some(seconds) = retry_after {
        let headers = response.headers_mut();
        headers.entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static(seconds));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if response.body().is_end_stream() {
        let filled = fill(response.status(), form, reader, style);
        response.headers_mut().remove(header::CONTENT_LENGTH);
        let (parts, body) = filled.into_parts();
        for (name, value) in &parts.headers {
            response.headers_mut().entry(name).or_insert(value.clone());
        }
        *response.body_mut() = body;
    }
    response
}

fn fill(status: StatusCode, form: &Form, reader: Option<Reader>, style: &str) -> Response {
    let (issue, error, text) = match status {
        StatusCode::TOO_MANY_REQUESTS => {
            (Issue::Throttled, "temporarily_unavailable", "too many calls; try again later")
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            (Issue::Unavailable, "temporarily_unavailable", "FLEX cannot answer right now; try again in a moment")
        }
        _ => (Issue::Internal, "server_error", "internal error; it has been logged"),
    };
    match form {
        Form::Fhir => outcome::respond(issue, text),
        Form::OAuth => Json(json!({ "error": error, "error_description": text })).into_response(),
        Form::Text => format!("{text}\n").into_response(),
        Form::Page => page(status, reader.map(|reader| reader.locale()).unwrap_or_default(), style),
    }
}

/// Plain, because the code that makes pages may be what failed.
fn page(status: StatusCode, locale: Locale, style: &str) -> Response {
    let failure = match status {
        StatusCode::TOO_MANY_REQUESTS => Failure::TooMany,
        StatusCode::SERVICE_UNAVAILABLE => Failure::Unavailable,
        _ => Failure::Internal,
    };
    let (title, advice) = failure_page::texts(&failure, locale);
    let (language, home) = (locale.tag(), failure_page::home(locale));
    let html = format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title} – FLEX</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"stylesheet\" href=\"{style}\"></head>\
         <body><main class=\"grid-container\" id=\"main\"><h1>{title}</h1><p class=\"usa-intro\">{advice}</p>\
         <p><a class=\"usa-button\" href=\"/\">{home}</a></p></main></body></html>"
    );
    let policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; \
                  form-action 'none'; frame-ancestors 'none'";
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
    ];
    (headers, Body::from(html)).into_response()
}

impl Reader {
    fn of(request: &Request) -> Self {
        let kept = [header::ACCEPT_LANGUAGE, header::COOKIE, header::REFERER];
        let headers = kept.iter().filter_map(|name| Some((name.clone(), request.headers().get(name)?.clone())));
        Self { uri: request.uri().clone(), headers: headers.collect() }
    }

    fn locale(&self) -> Locale {
        let language = self.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let asked = Asked {
            path: self.uri.path().to_owned(),
            cookies: Sent::of(&self.headers).pairs().to_vec(),
            accept_language: language.map(str::to_owned),
            came_from: portals::referring_page(&self.headers),
            ..Asked::default()
        };
        asked.locale()
    }
}
