//! The member portal: which apps have access, since when and to what, and how to take it back. In English and Spanish.

pub mod access;
pub mod advice;
pub mod app;
pub mod code;
pub mod connected;
pub mod history;
pub mod length;
pub mod past;
pub mod receipt;
pub mod renew;
pub mod report;
pub mod representing;
pub mod revoke;
pub mod scopes;
pub mod welcome;
pub mod whose;

use leptos::prelude::*;
use model::{application::Stopped, id::GrantId, texts::Text};
use oauth::grants::member::{self, Connection, Error};
use store::Ctx;

use crate::{
    components::alert::{Alert, Tone},
    failure::Failure,
    locale::Locale,
    routes::{Route, route},
    texts::member as text,
    web::Web,
};

pub fn routes() -> Vec<Route> {
    vec![
        route("/member", connected::page),
        route("/member/past", past::page),
        route(history::PATH, history::page),
        route("/member/advice", advice::page),
        route("/member/code", code::page),
        route("/member/apps/{id}", app::page),
        route("/member/apps/{id}/receipt", receipt::page),
        route("/member/apps/{id}/renew", renew::page),
        route("/member/apps/{id}/revoke", revoke::page),
        route("/member/apps/{id}/report", report::page),
        route("/member/apps/{id}/reported", report::sent),
    ]
}

/// The page of an app's access.
pub fn path(id: &GrantId) -> String {
    format!("/member/apps/{id}")
}

/// Says that an app can read nothing at the moment, although the member allowed it, and why.
fn stopped(connection: &Connection, locale: Locale) -> Option<impl IntoView + use<>> {
    let why = no_access_now(connection.stopped?).of(locale);
    Some(view! { <Alert tone=Tone::Warning>{why}</Alert> })
}

/// The same as a sentence.
pub fn no_access_now(stopped: Stopped) -> Text {
    match stopped {
        Stopped::Blocked | Stopped::Unlisted | Stopped::Organization => text::BLOCKED,
        Stopped::Deactivated => text::DEACTIVATED,
        Stopped::Deleted => text::DELETED,
        Stopped::PendingReview | Stopped::Denied | Stopped::NotRegistered => text::NOT_APPROVED,
        Stopped::UnknownState => text::NO_ACCESS,
    }
}

/// The connection that the page's address names, if it is this member's.
async fn find(web: &Web, ctx: &mut Ctx) -> Result<Connection, Failure> {
    let account = web.account()?;
    let id = GrantId::new(web.request.param("id")?);
    Ok(member::get(ctx, &account.id, &id).await?)
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::NotAChoice => Self::Invalid,
            Error::Identity(error) => error.into(),
            Error::Store(error) => error.into(),
        }
    }
}
