//! `/account/second-factor/passkeys/new`: what the passkey is called, and proof by what one has.

use identity::{error::Error as Refused, second_factor::passkeys::enrol};
use leptos::{prelude::*, server_fn::ServerFn};
use model::text::Name;
use serde::{Deserialize, Serialize};

use super::{
    PATH as OVERVIEW, add_passkey, next,
    proof::{self, ProofForm, Question, proof_form, refuse},
    start::is_fresh,
    ways::{Passkey, Ways},
};
use crate::{
    account::sign_in::with_next,
    failure::Failure,
    form::{Form, flash::Error, input::Input},
    locale::Locale,
    page::Page,
    web::{Web, request::local_path},
};

pub const PATH: &str = "/account/second-factor/passkeys/new";
pub const FORM: &str = "new-passkey";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NewPasskeyForm {
    pub name: String,
    #[serde(flatten)]
    pub proof: ProofForm,
}

pub fn title(locale: Locale) -> &'static str {
    locale.of("Add a passkey", "Agregar una llave de acceso")
}

/// How its holder tells it from others.
pub fn name(locale: Locale) -> Input {
    Input::text("name", locale.of("Name of the passkey", "Nombre de la llave de acceso")).max_length(80).hint(
        locale.of(
            "For you to tell it from others: My phone, Blue security key.",
            "Para distinguirla de otras: Mi teléfono, Llave azul.",
        ),
    )
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (account, locale, next) = (web.healthcare_account().await?, web.locale(), next(&web));
    if !web.has_passkeys_here() {
        return Err(Failure::redirect(with_next(OVERVIEW, &next)));
    }
    let ways = Ways::find(&web, &account.id, web.session_id()).await?;
    let mut inputs = vec![name(locale)];
    match &ways {
        Some(ways) => inputs.extend(proof::inputs(ways, locale)),
        None if is_fresh(&web) => inputs.push(Input::hidden("next")),
        None => inputs.extend([proof::password(locale), Input::hidden("next")]),
    }
    let form = Form::open(&web, FORM, inputs).await?;
    let form = form.fill(&NewPasskeyForm { proof: ProofForm::leading_to(next.clone()), ..NewPasskeyForm::default() });
    let title = title(locale);
    let ways = ways.unwrap_or(Ways { app: false, passkey: Passkey::None });
    let question = Question {
        to: BeginPasskey::PATH,
        submit: locale.of("Continue", "Continuar"),
        cancel_to: with_next(OVERVIEW, &next),
    };
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {proof_form(&web, &form, &ways, question)}
        </div>
    };
    Ok(super::page(&web, title, view))
}

/// Makes the challenge for a new passkey.
#[server(endpoint = "begin-passkey")]
pub async fn begin_passkey(#[server(flatten)] form: NewPasskeyForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let (account, session) = (web.healthcare_account().await?, web.session().ok_or(Failure::Forbidden)?);
    let next = local_path(&form.proof.next).unwrap_or_default();
    let page = with_next(PATH, next);
    if !web.has_passkeys_here() {
        return refuse(&web, FORM, &page, &form, Refused::NoPasskeysHere).await;
    }
    let name = match Name::parse(&form.name) {
        Ok(name) => name,
        Err(code) => return web.refuse(FORM, page, &form, [Error::new("name", code)]).await,
    };
    match enrol::begin(&web.services.identity, account, session, &name, &form.proof.proof(&web)).await {
        Ok(()) => {
            web.redirect(with_next(add_passkey::PATH, next));
            Ok(())
        }
        Err(error) => refuse(&web, FORM, &page, &form, error).await,
    }
}
