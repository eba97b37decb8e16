//! `/account/second-factor/remove`: the password alone signs in again.

use crate::texts::notices::Notice;
use identity::second_factor::change;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PATH as OVERVIEW, next,
    proof::{ProofForm, Question, inputs, proof_form, refuse, ways},
};
use crate::{failure::Failure, form::Form, page::Page, web::Web};

pub const PATH: &str = "/account/second-factor/remove";
const FORM: &str = "remove-second-factor";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (ways, locale) = (ways(&web).await?, web.locale());
    let form = Form::open(&web, FORM, inputs(&ways, locale)).await?.fill(&ProofForm::leading_to(next(&web)));
    let title = locale.of("Switch off two-step sign-in?", "¿Desactivar el inicio de sesión en dos pasos?");
    let submit = locale.of("Switch off", "Desactivar");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{locale.of(
                "Your password alone will sign in. Your authenticator app, passkeys and recovery codes work no more, and other devices \
                 are signed out.",
                "Bastará su contraseña para iniciar sesión. Su aplicación de autenticación, sus llaves de acceso y sus códigos de \
                 recuperación ya no servirán, y se cerrará la sesión en otros dispositivos.",
            )}</p>
            {proof_form(&web, &form, &ways, Question { to: RemoveSecondFactor::PATH, submit, cancel_to: OVERVIEW.to_owned() })}
        </div>
    };
    Ok(super::page(&web, title, view))
}

#[server(endpoint = "remove-second-factor")]
pub async fn remove_second_factor(#[server(flatten)] form: ProofForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let (account, session) = (web.healthcare_account().await?, web.session_id().ok_or(Failure::Forbidden)?);
    match change::remove(&web.services.identity, account, session, &form.proof(&web)).await {
        Ok(renewed) => {
            web.set_session(&renewed);
            web.redirect(Notice::TwoStepOff.on("/account"));
            Ok(())
        }
        Err(error) => refuse(&web, FORM, PATH, &form, error).await,
    }
}
