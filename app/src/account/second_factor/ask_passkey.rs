//! Asking for a passkey: a form makes the challenge, because showing a page changes nothing.

use identity::second_factor::passkeys::proof;
use leptos::{prelude::*, server_fn::ServerFn};

use super::ways::Ways;
use crate::{
    failure::Failure,
    web::{Web, request::local_path},
};

/// Makes a challenge that waits for the page, and leads there; back to the form's own page if the form names none.
#[server(endpoint = "ask-passkey")]
pub async fn ask_passkey(#[server(default)] page: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let (account, session) = (web.healthcare_account().await?, web.session_id().ok_or(Failure::Forbidden)?);
    let mut ctx = web.services.store.write().await?;
    proof::ask(&mut ctx, &account.id, session).await?;
    ctx.commit().await?;
    let page = local_path(&page).map_or_else(|| web.request.page_and_query(), str::to_owned);
    web.redirect(page);
    Ok(())
}

/// Leads to a page that asks for proof: a link, or a form that asks for a passkey if one may be that proof.
pub fn lead(ways: &Ways, page: String, text: &'static str) -> AnyView {
    if !ways.has_passkey_here() {
        return view! { <a class="usa-button usa-button--outline" href=page>{text}</a> }.into_any();
    }
    view! {
        <form method="post" action=AskPasskey::PATH>
            <input type="hidden" name="page" value=page />
            <button class="usa-button usa-button--outline" type="submit">{text}</button>
        </form>
    }
    .into_any()
}

/// The same inside a table.
pub fn quiet_lead(ways: &Ways, page: String, text: impl IntoView + 'static) -> AnyView {
    if !ways.has_passkey_here() {
        return view! { <a href=page>{text}</a> }.into_any();
    }
    view! {
        <form method="post" action=AskPasskey::PATH>
            <input type="hidden" name="page" value=page />
            <button class="usa-button usa-button--unstyled" type="submit">{text}</button>
        </form>
    }
    .into_any()
}
