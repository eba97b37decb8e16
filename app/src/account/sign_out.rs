//! Signing out.

use identity::sessions;
use leptos::prelude::*;

use crate::{failure::Failure, web::Web};

/// Ends the session; who has none is signed out already.
#[server(endpoint = "sign-out")]
pub async fn sign_out() -> Result<(), Failure> {
    let web = Web::current()?;
    if let Some(session) = web.session_id() {
        let mut ctx = web.services.store.write().await?;
        sessions::sign_out(&mut ctx, session).await?;
        ctx.commit().await?;
    }
    web.clear_session();
    web.redirect("/?done=signed-out");
    Ok(())
}
