//! "Not you?": signs out and comes back to the same request.

use identity::sessions;
use leptos::prelude::*;

use crate::{account::sign_in::with_next, consent::path, failure::Failure, web::Web};

#[server(endpoint = "switch-account")]
pub async fn switch_account(handle: String) -> Result<(), Failure> {
    let web = Web::current()?;
    if let Some(session) = web.session_id() {
        let mut ctx = web.services.store.write().await?;
        sessions::sign_out(&mut ctx, session).await?;
        ctx.commit().await?;
    }
    web.clear_session();
    web.redirect(with_next("/signin", &path(&handle)));
    Ok(())
}
