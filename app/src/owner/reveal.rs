//! A client secret between its creation and the one page that shows it.

use model::id::ApplicationId;
use registry::credentials::Secret;
use store::Ctx;

use crate::{
    failure::Failure,
    web::{Web, reveal},
};

/// Keeps the secret for the next page of this browser, in the caller's transaction.
pub async fn keep(web: &Web, ctx: &mut Ctx, app: &ApplicationId, secret: &Secret) -> Result<(), Failure> {
    reveal::keep(web, ctx, &page(app), secret.expose()).await
}

/// The secret, this once; nothing afterwards, or in another browser.
pub async fn take(web: &Web, app: &ApplicationId) -> Result<Option<String>, Failure> {
    reveal::take(web, &page(app)).await
}

fn page(app: &ApplicationId) -> String {
    format!("secret:{app}")
}
