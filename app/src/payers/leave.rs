//! Signing out of the portal of somebody who signed in at a payer's provider: whether to sign out there as well (OpenID
//! Connect RP-Initiated Logout 1.0). It is asked, because that session may also be the one of their mail.

use leptos::prelude::*;
use payers::provider::Provider;

use crate::{
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    payers::{find, path},
    web::Web,
};

/// The page for those who signed in there.
pub fn signed_out_path(provider: &Provider) -> String {
    format!("{}/signed-out", path(provider))
}

/// `/signin/payer/{program}/{environment}/{payer}/signed-out`
pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let provider = find(&web)?;
    let return_to = format!("{}/?done=signed-out", web.services.payers.origin());
    let title = locale.of("You are signed out here", "Cerró su sesión aquí");
    let (may_be, also) = match locale {
        Locale::English => (
            format!(
                "{} may still know you in this browser. On a computer that others use, sign out there as well.",
                provider.name
            ),
            format!("Sign out of {}", provider.name),
        ),
        Locale::Spanish => (
            format!(
                "Es posible que {} aún le reconozca en este navegador. En una computadora que usan otras personas, cierre \
                 también la sesión allí.",
                provider.name
            ),
            format!("Cerrar sesión en {}", provider.name),
        ),
    };
    let there =
        provider.end_session_url(&return_to).map(|address| view! { <a class="usa-button" href=address>{also}</a> });
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{may_be}</p>
            <div class="actions">
                {there}
                <a class="usa-button usa-button--outline" href="/">{locale.of("Go to the start page", "Ir a la página de inicio")}</a>
            </div>
        </div>
    };
    Ok(Page::new(Portal::Member, title, view))
}
