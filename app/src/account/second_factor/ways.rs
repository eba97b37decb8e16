//! How an account can prove itself in this browser, at this address.

use identity::second_factor::{self, Status, passkeys::proof};
use leptos::{prelude::*, server_fn::ServerFn};
use model::id::{AccountId, SessionId};

use super::ask_passkey::AskPasskey;
use crate::{
    components::{
        alert::{Alert, Tone},
        marked::marked,
    },
    failure::Failure,
    islands::passkey::{Ceremony, PasskeyButton},
    locale::Locale,
    texts::account::second_factor as text,
    web::Web,
};

/// The account's factors that work here. A recovery code always does.
#[derive(Clone, Debug)]
pub struct Ways {
    pub app: bool,
    pub passkey: Passkey,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passkey {
    None,
    /// The account has some, which do not work at this address.
    Elsewhere,
    /// We did not ask the browser yet, or asked too long ago.
    Unasked,
    /// We ask the browser for this.
    Asked(String),
}

impl Ways {
    /// `None` where the account has no factor. `session`: where the challenge waits.
    pub async fn find(web: &Web, account: &AccountId, session: Option<&SessionId>) -> Result<Option<Self>, Failure> {
        let mut ctx = web.services.store.read().await?;
        let Some(Status { app, passkeys, .. }) = second_factor::find(&mut ctx, account).await? else { return Ok(None) };
        let passkey = match session {
            _ if passkeys.is_empty() => Passkey::None,
            Some(session) if web.has_passkeys_here() => {
                let relying_party = &web.services.identity.relying_party;
                let asked = proof::find(&mut ctx, relying_party, account, session).await?;
                asked.map_or(Passkey::Unasked, Passkey::Asked)
            }
            _ => Passkey::Elsewhere,
        };
        Ok(Some(Self { app: app.is_some(), passkey }))
    }

    pub fn has_passkey_here(&self) -> bool {
        matches!(self.passkey, Passkey::Unasked | Passkey::Asked(_))
    }
}

/// The button for a passkey, as part of a form: the island's, or one that lets the server make a challenge first.
pub fn passkey_button(passkey: &Passkey, label: &'static str, locale: Locale) -> Option<AnyView> {
    match passkey {
        Passkey::None | Passkey::Elsewhere => None,
        Passkey::Unasked => Some(
            view! {
                <button class="usa-button" type="submit" formaction=AskPasskey::PATH>{label}</button>
                {without_script(locale)}
            }
            .into_any(),
        ),
        Passkey::Asked(options) => Some(
            view! {
                <PasskeyButton ceremony=Ceremony::Get options=options.clone() label=label.to_owned() locale />
                {without_script(locale)}
            }
            .into_any(),
        ),
    }
}

/// For browsers that do not run scripts.
pub fn without_script(locale: Locale) -> impl IntoView {
    view! {
        <noscript>
            <p class="usa-hint">{text::WITHOUT_SCRIPT.of(locale)}</p>
        </noscript>
    }
}

/// For addresses at which passkeys do not work; leads to the address where they do, if they work anywhere.
pub fn elsewhere(web: &Web, page: &str) -> impl IntoView + use<> {
    let locale = web.locale();
    let main = web.services.identity.relying_party.main_origin().map(|origin| {
        let there = marked(text::THERE.of(locale), |_, _| {
            view! { <a href=format!("{origin}{page}")>{origin.to_owned()}</a> }.into_any()
        });
        view! { " " {there} }
    });
    view! { <Alert tone=Tone::Info>{text::NOT_HERE.of(locale)} {main}</Alert> }
}
