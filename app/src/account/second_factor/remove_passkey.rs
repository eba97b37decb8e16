//! `/account/second-factor/passkeys/{id}/remove`: giving a passkey up.

use identity::{
    error::Error as Refused,
    second_factor::{self, passkeys},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::id::PasskeyId;
use serde::{Deserialize, Serialize};

use super::{
    PATH as OVERVIEW,
    proof::{ProofForm, Question, inputs, proof_form, refuse, ways},
};
use crate::{
    failure::Failure,
    form::{Form, input::Input},
    locale::Locale,
    page::Page,
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
    let mut fields = inputs(&ways, locale);
    fields.push(Input::hidden("id"));
    let form = Form::open(&web, FORM, fields).await?;
    let form = form.fill(&RemovePasskeyForm { id: id.to_string(), ..RemovePasskeyForm::default() });
    let title = locale.of("Remove the passkey?", "¿Eliminar la llave de acceso?");
    let question =
        Question { to: RemovePasskey::PATH, submit: locale.of("Remove", "Eliminar"), cancel_to: OVERVIEW.to_owned() };
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{about(&passkey.name, is_last, locale)}</p>
            {proof_form(&web, &form, &ways, question)}
        </div>
    };
    Ok(super::page(&web, title, view))
}

fn about(name: &str, is_last: bool, locale: Locale) -> String {
    match (is_last, locale) {
        (false, Locale::English) => {
            format!("“{name}” will not sign in any more. Your other ways stay. Other devices are signed out.")
        }
        (false, Locale::Spanish) => format!(
            "«{name}» ya no servirá para iniciar sesión. Conserva sus otras formas. Se cerrará la sesión en otros dispositivos."
        ),
        (true, Locale::English) => format!(
            "“{name}” is your only second step. Without it your password alone signs in, and your recovery codes work no more. Other \
             devices are signed out."
        ),
        (true, Locale::Spanish) => format!(
            "«{name}» es su único segundo paso. Sin ella bastará su contraseña y sus códigos de recuperación ya no servirán. Se cerrará \
             la sesión en otros dispositivos."
        ),
    }
}

#[server(endpoint = "remove-passkey")]
pub async fn remove_passkey(#[server(flatten)] form: RemovePasskeyForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let (account, session) = (web.healthcare_account().await?, web.session_id().ok_or(Failure::Forbidden)?);
    let id = PasskeyId::new(form.id.clone());
    match passkeys::remove(&web.services.identity, account, session, &id, &form.proof.proof(&web)).await {
        Ok(removed) => {
            web.set_session(&removed.session);
            let off = "/account?done=two-step-off".to_owned();
            web.redirect(if removed.was_last { off } else { format!("{OVERVIEW}?done=passkey-removed") });
            Ok(())
        }
        Err(Refused::NoSuchPasskey) => Err(Failure::NotFound),
        Err(error) => refuse(&web, FORM, &path(&id), &form, error).await,
    }
}
