//! The member portal: which apps have access, since when and to what; taking it back. In English and Spanish.

pub mod access;
pub mod advice;
pub mod app;
pub mod code;
pub mod connected;
pub mod length;
pub mod past;
pub mod revoke;
pub mod scopes;
pub mod whose;

use leptos::prelude::*;
use model::{application::Stopped, id::GrantId};
use oauth::grants::{
    EndedBy,
    member::{self, Connection, Error},
};
use store::Ctx;

use crate::{
    components::alert::{Alert, Tone},
    failure::Failure,
    locale::Locale,
    routes::{Route, route},
    web::Web,
};

pub fn routes() -> Vec<Route> {
    vec![
        route("/member", connected::page),
        route("/member/past", past::page),
        route("/member/advice", advice::page),
        route("/member/code", code::page),
        route("/member/apps/{id}", app::page),
        route("/member/apps/{id}/revoke", revoke::page),
    ]
}

/// The page of an app's access.
pub fn path(id: &GrantId) -> String {
    format!("/member/apps/{id}")
}

/// Why an app has no access any more.
fn ended_by(by: EndedBy, locale: Locale) -> &'static str {
    match by {
        EndedBy::Member => locale.of("Revoked by you", "Revocado por usted"),
        EndedBy::Administrator => locale.of("Revoked by support", "Revocado por soporte"),
        EndedBy::Payer => locale.of("Ended: you left the plan", "Terminado: usted dejó el plan"),
        EndedBy::Vendor => locale.of("Ended: the app was deleted", "Terminado: se eliminó la aplicación"),
        EndedBy::App => locale.of("Ended by the app", "Terminado por la aplicación"),
        EndedBy::Time => locale.of("Ran out", "Venció"),
        EndedBy::Superseded => locale.of("Replaced by a later choice", "Reemplazado por una decisión posterior"),
        EndedBy::Unknown => locale.of("Ended", "Terminado"),
    }
}

/// That an app reads nothing at present, though the member allowed it, and why.
fn stopped(connection: &Connection, locale: Locale) -> Option<impl IntoView + use<>> {
    let why = no_access_now(connection.stopped?, locale);
    Some(view! { <Alert tone=Tone::Warning>{why}</Alert> })
}

/// The same in words alone.
pub fn no_access_now(stopped: Stopped, locale: Locale) -> &'static str {
    match stopped {
        Stopped::Blocked | Stopped::Organization => locale.of(
            "This app has no access now: your health plan has blocked it. It cannot read anything unless the plan allows it \
             again.",
            "Esta aplicación no tiene acceso ahora: su plan de salud la bloqueó. No podrá leer nada, a menos que el plan la \
             permita de nuevo.",
        ),
        Stopped::Deactivated => locale.of(
            "This app has no access now: its makers have switched it off. It can read your data again if they switch it on.",
            "Esta aplicación no tiene acceso ahora: sus autores la desactivaron. Podrá leer sus datos de nuevo si la activan.",
        ),
        Stopped::Deleted => locale.of(
            "This app has no access now: its makers have deleted it.",
            "Esta aplicación no tiene acceso ahora: sus autores la eliminaron.",
        ),
        Stopped::UnknownState => {
            locale.of("This app has no access now.", "Esta aplicación no tiene acceso ahora.")
        }
        Stopped::PendingReview | Stopped::Denied | Stopped::NotRegistered => locale.of(
            "This app has no access now: it is not approved to read members' data.",
            "Esta aplicación no tiene acceso ahora: no está aprobada para leer datos de los miembros.",
        ),
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
