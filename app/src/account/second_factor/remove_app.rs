//! `/account/second-factor/remove-app`: removes the authenticator app; passkeys stay.

use identity::second_factor::change;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PATH as OVERVIEW,
    proof::{self, ProofForm, Question, proof_form, refuse, ways},
    ways::Passkey,
};
use crate::{
    failure::Failure,
    page::Page,
    texts::{account::second_factor as text, notices::Notice},
    web::Web,
};

pub const PATH: &str = "/account/second-factor/remove-app";
const FORM: &str = "remove-app";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (ways, locale) = (ways(&web).await?, web.locale());
    if !ways.app || ways.passkey == Passkey::None {
        return Err(Failure::redirect(OVERVIEW));
    }
    let form = proof::open(&web, FORM, &ways).await?;
    let (title, submit) = (text::REMOVE_APP_TITLE.of(locale), text::REMOVE_APP.of(locale));
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{text::REMOVES_APP.of(locale)}</p>
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
            web.redirect(Notice::AppRemoved.on(OVERVIEW));
            Ok(())
        }
        Err(error) => refuse(&web, FORM, PATH, &form, error).await,
    }
}
