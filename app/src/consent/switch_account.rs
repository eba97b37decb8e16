//! "Not you?": signs the member out and comes back to the same request.

use identity::sessions;
use leptos::prelude::*;
use oauth::requests::{self, Error, Visit};

use crate::{account::sign_in::with_next, consent::path, failure::Failure, web::Web};

#[server(endpoint = "switch-account")]
pub async fn switch_account(handle: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle: &handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.write().await?;
    // A payer's provider would sign the same person in again, unless we ask it to prompt.
    let at_provider = match requests::sign_in_again(&mut ctx, &visit).await {
        Ok(request) => request.at_provider,
        // The page says calmly that the request no longer waits.
        Err(Error::NotFound) => false,
        Err(error) => return Err(error.into()),
    };
    if let Some(session) = web.session_id() {
        sessions::sign_out(&mut ctx, session).await?;
    }
    ctx.commit().await?;
    web.clear_session();
    let here = path(&handle);
    web.redirect(if at_provider { here } else { with_next("/signin", &here) });
    Ok(())
}
