//! `/account/second-factor/passkeys/new`: the passkey's name, and proof by the factors that the account has.

use identity::{error::Error as Refused, second_factor::passkeys::enrol};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form::{Form as _, field::Field, input::Input},
    text::Name,
};
use serde::{Deserialize, Serialize};

use super::{
    PATH as OVERVIEW, add_passkey, next,
    proof::{ProofForm, Question, proof_form, refuse, with_codes_of},
    start::is_fresh,
    ways::{Passkey, Ways},
};
use crate::{
    account::sign_in::with_next,
    failure::Failure,
    form::{Form, flash::Error},
    islands::passkey::INPUT,
    page::Page,
    texts::account::{CONTINUE, inputs, second_factor as text},
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

impl NewPasskeyForm {
    fn inputs() -> Vec<Input> {
        [vec![inputs::passkey_name().named("name")], ProofForm::inputs()].concat()
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (account, locale, next) = (web.healthcare_account().await?, web.locale(), next(&web));
    if !web.has_passkeys_here() {
        return Err(Failure::redirect(with_next(OVERVIEW, &next)));
    }
    let ways = Ways::find(&web, &account.id, web.session_id()).await?;
    let form = Form::open(&web, FORM, NewPasskeyForm::inputs()).await?;
    let form = match &ways {
        Some(ways) => with_codes_of(ways, form),
        None if is_fresh(&web) => form.without(&["current_password", "code", INPUT]),
        None => form.without(&["code", INPUT]),
    };
    let form = form.fill(&NewPasskeyForm { proof: ProofForm::leading_to(next.clone()), ..NewPasskeyForm::default() });
    let ways = ways.unwrap_or(Ways { app: false, passkey: Passkey::None });
    let question =
        Question { to: BeginPasskey::PATH, submit: CONTINUE.of(locale), cancel_to: with_next(OVERVIEW, &next) };
    let view = view! {
        <div class="card card--narrow">
            <h1>{text::ADD_PASSKEY.of(locale)}</h1>
            {proof_form(&web, &form, &ways, question)}
        </div>
    };
    Ok(super::page(&web, text::ADD_PASSKEY.of(locale), view))
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
    let name = match Name::read(&form.name) {
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
