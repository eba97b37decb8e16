//! Signing out.

use identity::{payer_accounts::home, sessions};
use leptos::prelude::*;

use crate::{failure::Failure, payers::leave::signed_out_path, texts::notices::Notice, web::Web};

/// Ends the session. A browser without one is already signed out.
#[server(endpoint = "sign-out")]
pub async fn sign_out() -> Result<(), Failure> {
    let web = Web::current()?;
    let next = next(&web).await?;
    if let Some(session) = web.session_id() {
        let mut ctx = web.services.store.write().await?;
        sessions::sign_out(&mut ctx, session).await?;
        ctx.commit().await?;
    }
    web.clear_session();
    web.redirect(next);
    Ok(())
}

/// The page to go to: where a payer's provider may still have a session with this browser, one that says so.
async fn next(web: &Web) -> Result<String, Failure> {
    let home = match web.session().and_then(|session| session.account.as_ref()) {
        Some(account) => home(&mut web.services.store.read().await?, account).await?,
        None => None,
    };
    let provider = home.and_then(|home| web.services.payers.find(&home.partition, &home.payer));
    Ok(provider.map_or_else(|| Notice::SignedOut.on("/"), signed_out_path))
}
