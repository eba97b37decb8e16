//! The member portal: which apps have access, since when and to what; taking it back. In English and Spanish.

pub mod access;
pub mod advice;
pub mod app;
pub mod connected;
pub mod length;
pub mod past;
pub mod revoke;
pub mod scopes;

use model::id::GrantId;
use oauth::grants::{
    EndedBy,
    member::{self, Connection, Error},
};
use store::Ctx;

use crate::{
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
