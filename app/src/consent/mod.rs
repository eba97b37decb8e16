//! Inside an app's authorization request: which payer, who, whose data, and the member's answer. Everything that the app
//! asked for stays with the server; the pages know a handle, which is worth nothing in another browser.

pub mod ask;
pub mod decide;
pub mod link_member;
pub mod member;
pub mod member_code;
pub mod mistake;
pub mod payer;
pub mod practice;
pub mod scopes;
pub mod switch_account;
pub mod test_member;

use leptos::prelude::*;
use oauth::requests::{self, Error, Step, Visit};

use crate::{
    account::sign_in::with_next,
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    payers,
    routes::{Route, route},
    web::Web,
};

pub fn routes() -> Vec<Route> {
    vec![route("/consent/{handle}", page), route("/consent/{handle}/member", test_member::another)]
}

/// The address of a request's pages.
pub fn path(handle: &str) -> String {
    format!("/consent/{handle}")
}

/// Whatever has to happen next.
async fn page(web: Web) -> Result<Page, Failure> {
    let handle = web.request.param("handle")?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let found = requests::get(&mut web.services.store.read().await?, &visit).await;
    let (request, step) = match found {
        Err(Error::NotFound) => return Ok(gone(web.locale())),
        found => found?,
    };
    if let Some(payer) = member::payer(&web, &request)
        && payer.lacks_provider(request.partition.environment)
    {
        return Ok(payers::problem::not_connected(&payer.name, handle, web.locale()));
    }
    match step {
        Step::Payer => payer::page(&web, &request).await,
        Step::SignIn => Err(Failure::redirect(with_next("/signin", &path(handle)))),
        Step::Provider => payers::start::from_consent(&web, &request).await,
        Step::Member => member::page(&web, &request).await,
        Step::Consent => ask::page(&web, &visit).await,
    }
}

/// A request that was answered, has run out, or belongs to another browser.
pub fn gone(locale: Locale) -> Page {
    let title = locale.of("This request is not open any more", "Esta solicitud ya no está abierta");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{locale.of(
                "It was answered already, has run out, or was begun in another browser. Go back to the app and start again \
                 from there. Nothing was shared.",
                "Ya se respondió, se venció o comenzó en otro navegador. Vuelva a la aplicación y empiece de nuevo. No se \
                 compartió nada.",
            )}</p>
        </div>
    };
    Page::new(Portal::Consent, title, view).status(404)
}
