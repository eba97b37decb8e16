//! `/account/second-factor/remove`: afterwards the password alone is enough.

use identity::second_factor::change;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PATH as OVERVIEW,
    proof::{self, ProofForm, Question, proof_form, refuse, ways},
};
use crate::{
    failure::Failure,
    page::Page,
    texts::{account::second_factor as text, notices::Notice},
    web::Web,
};

pub const PATH: &str = "/account/second-factor/remove";
const FORM: &str = "remove-second-factor";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (ways, locale) = (ways(&web).await?, web.locale());
    let form = proof::open(&web, FORM, &ways).await?;
    let (title, submit) = (text::TURN_OFF_TITLE.of(locale), text::TURN_OFF.of(locale));
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{text::TURNS_OFF.of(locale)}</p>
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
