//! The page that stands in for a redirect where none is safe. Nothing of the request is repeated.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use model::application::Stopped;
use oauth::authorize::Mistake;

use super::error::NO_STORE;
use crate::state::AppState;

/// 400, and 403 where the app is known and may not ask.
pub fn page(state: &AppState, mistake: Mistake) -> Response {
    let status = match mistake {
        Mistake::Stopped(_) => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    };
    let title = match mistake {
        Mistake::Stopped(_) => "This application cannot ask for access now",
        _ => "We cannot continue",
    };
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"{style}\"></head><body><main class=\"site-main\"><h1>{title}</h1>\
         <p class=\"usa-intro\">The application that sent you here made a mistake: {mistake}.</p>\
         <p>{advice}</p></main></body></html>",
        style = state.services.assets.style,
        advice = advice(mistake),
    );
    let policy = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'";
    let policy = [(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy))];
    (status, NO_STORE, policy, Html(html)).into_response()
}

fn advice(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::Stopped(Stopped::PendingReview) => {
            "It is still being reviewed. Nothing was shared. Try again once it has been approved."
        }
        Mistake::Stopped(_) => "Nothing was shared. Ask the maker of the application.",
        Mistake::SecretInQuery => {
            "Nothing was shared. The application's secret must be replaced: tell the maker of the application."
        }
        _ => "Nothing was shared. Go back to the application and try again, or tell its maker what you read here.",
    }
}
