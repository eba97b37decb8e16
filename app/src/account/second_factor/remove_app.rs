//! `/account/second-factor/remove-app`: the authenticator app goes, passkeys stay.

use crate::texts::notices::Notice;
use identity::second_factor::change;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PATH as OVERVIEW, next,
    proof::{ProofForm, Question, inputs, proof_form, refuse, ways},
    ways::Passkey,
};
use crate::{failure::Failure, form::Form, page::Page, web::Web};

pub const PATH: &str = "/account/second-factor/remove-app";
const FORM: &str = "remove-app";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (ways, locale) = (ways(&web).await?, web.locale());
    if !ways.app || ways.passkey == Passkey::None {
        return Err(Failure::redirect(OVERVIEW));
    }
    let form = Form::open(&web, FORM, inputs(&ways, locale)).await?.fill(&ProofForm::leading_to(next(&web)));
    let title = locale.of("Remove the authenticator app?", "¿Eliminar la aplicación de autenticación?");
    let submit = locale.of("Remove the app", "Eliminar la aplicación");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{locale.of(
                "Its codes work no more. Your passkeys and recovery codes stay. Other devices are signed out.",
                "Sus códigos ya no servirán. Conserva sus llaves de acceso y sus códigos de recuperación. Se cerrará la sesión en otros \
                 dispositivos.",
            )}</p>
            {proof_form(&web, &form, &ways, Question { to: RemoveApp::PATH, submit, cancel_to: OVERVIEW.to_owned() })}
        </div>
    };
    Ok(super::page(&web, title, view))
}

#[server(endpoint = "remove-app")]
pub async fn remove_app(#[server(flatten)] form: ProofForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let (account, session) = (web.healthcare_account().await?, web.session_id().ok_or(Failure::Forbidden)?);
    match change::remove_app(&web.services.identity, account, session, &form.proof(&web)).await {
        Ok(renewed) => {
            web.set_session(&renewed);
            web.redirect(Notice::AppRemoved.on("/account/second-factor"));
            Ok(())
        }
        Err(error) => refuse(&web, FORM, PATH, &form, error).await,
    }
}
