//! By what an account can prove itself in this browser, at this address.

use identity::second_factor::{self, Status, passkeys::proof};
use leptos::{prelude::*, server_fn::ServerFn};
use model::id::{AccountId, SessionId};

use super::ask_passkey::AskPasskey;
use crate::{
    components::alert::{Alert, Tone},
    failure::Failure,
    islands::passkey::{Ceremony, PasskeyButton},
    locale::Locale,
    web::Web,
};

/// The account's factors, as far as they are of use here. A recovery code always is.
#[derive(Clone, Debug)]
pub struct Ways {
    pub app: bool,
    pub passkey: Passkey,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passkey {
    None,
    /// There are some, which do not work at this address.
    Elsewhere,
    /// The browser was not asked yet, or too long ago.
    Unasked,
    /// The browser is asked for this.
    Asked(String),
}

impl Ways {
    /// None where the account has no factor. `session`: where the challenge waits.
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

/// What asks for the passkey, as part of a form: the island's button, or one that lets the server ask first.
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

/// Said where scripts do not run.
pub fn without_script(locale: Locale) -> impl IntoView {
    view! {
        <noscript>
            <p class="usa-hint">{locale.of(
                "Passkeys need JavaScript, which is switched off in this browser. The other ways work without it.",
                "Las llaves de acceso necesitan JavaScript, que está desactivado en este navegador. Las otras formas funcionan sin él.",
            )}</p>
        </noscript>
    }
}

/// Said where passkeys do not work at this address; leads to where they do, if anywhere.
pub fn elsewhere(web: &Web, page: &str) -> impl IntoView + use<> {
    let locale = web.locale();
    let main = web.services.identity.relying_party.main_origin().map(|origin| {
        let address = format!("{origin}{page}");
        view! {
            " " {locale.of("They do at ", "Funcionan en ")} <a href=address>{origin.to_owned()}</a> "."
        }
    });
    view! {
        <Alert tone=Tone::Info>
            {locale.of("Passkeys do not work at this address.", "Las llaves de acceso no funcionan en esta dirección.")}
            {main}
        </Alert>
    }
}
