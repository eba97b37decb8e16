//! For members who signed in at a payer's provider and have signed out of the portal: whether to sign out there too (OpenID
//! Connect RP-Initiated Logout 1.0). We ask, because the session there may also be the one of their mail.

use leptos::prelude::*;
use payers::provider::Provider;

use crate::{
    failure::Failure,
    page::{Page, Portal},
    payers::{find, path},
    texts::{notices::Notice, payers as text},
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
    let return_to = Notice::SignedOut.on(&format!("{}/", web.services.payers.origin()));
    let title = text::SIGNED_OUT.of(locale);
    let there = provider.end_session_url(&return_to).map(|address| {
        view! { <a class="usa-button" href=address>{text::sign_out_of(locale, &provider.name)}</a> }
    });
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{text::sign_out_there(locale, &provider.name)}</p>
            <div class="actions">
                {there}
                <a class="usa-button usa-button--outline" href="/">{text::TO_START.of(locale)}</a>
            </div>
        </div>
    };
    Ok(Page::new(Portal::Member, title, view))
}
