//! `/account/second-factor/passkeys/{id}/remove`: removes a passkey.

use identity::{
    error::Error as Refused,
    second_factor::{self, passkeys},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form::{Form as _, input::Input},
    id::PasskeyId,
};
use serde::{Deserialize, Serialize};

use super::{
    PATH as OVERVIEW,
    proof::{ProofForm, Question, proof_form, refuse, ways, with_codes_of},
};
use crate::{
    failure::Failure,
    form::Form,
    page::Page,
    texts::{account::second_factor as text, notices::Notice},
    web::Web,
};

pub const PATH: &str = "/account/second-factor/passkeys/{id}/remove";
const FORM: &str = "remove-passkey";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RemovePasskeyForm {
    id: String,
    #[serde(flatten)]
    proof: ProofForm,
}

pub fn path(id: &PasskeyId) -> String {
    PATH.replace("{id}", id.as_str())
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (account, locale) = (web.healthcare_account().await?, web.locale());
    let id = PasskeyId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let passkey = passkeys::get(&mut ctx, &account.id, &id).await?;
    let factors = second_factor::find(&mut ctx, &account.id).await?;
    drop(ctx);
    let is_last = factors.is_some_and(|factors| factors.app.is_none() && factors.passkeys.len() == 1);
    let ways = ways(&web).await?;
    let inputs = [ProofForm::inputs(), vec![Input::hidden().named("id")]].concat();
    let form = with_codes_of(&ways, Form::open(&web, FORM, inputs).await?);
    let form = form.fill(&RemovePasskeyForm { id: id.to_string(), ..RemovePasskeyForm::default() });
    let about = if is_last { text::removes_last } else { text::removes };
    let title = text::REMOVE_PASSKEY.of(locale);
    let (submit, cancel_to) = (text::REMOVE.of(locale), OVERVIEW.to_owned());
    let question = Question { to: RemovePasskey::PATH, submit, cancel_to };
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{about(locale, &passkey.name)}</p>
            {proof_form(&web, &form, &ways, question)}
        </div>
    };
    Ok(super::page(&web, title, view))
}

#[server(endpoint = "remove-passkey")]
pub async fn remove_passkey(#[server(flatten)] form: RemovePasskeyForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let (account, session) = (web.healthcare_account().await?, web.session_id().ok_or(Failure::Forbidden)?);
    let id = PasskeyId::new(form.id.clone());
    match passkeys::remove(&web.services.identity, account, session, &id, &form.proof.proof(&web)).await {
        Ok(removed) => {
            web.set_session(&removed.session);
            let (done, page) =
                if removed.was_last { (Notice::TwoStepOff, "/account") } else { (Notice::PasskeyRemoved, OVERVIEW) };
            web.redirect(done.on(page));
            Ok(())
        }
        Err(Refused::NoSuchPasskey) => Err(Failure::NotFound),
        Err(error) => refuse(&web, FORM, &path(&id), &form, error).await,
    }
}
