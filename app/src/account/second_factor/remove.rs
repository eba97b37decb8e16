//! `/account/second-factor/remove`: the password alone signs in again.

use identity::second_factor::{self, change};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PATH as OVERVIEW, next,
    proof::{ProofForm, inputs, refuse},
};
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::Form,
    page::Page,
    web::Web,
};

pub const PATH: &str = "/account/second-factor/remove";
const FORM: &str = "remove-second-factor";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let account = web.healthcare_account().await?;
    if !second_factor::is_enrolled(&mut web.services.store.read().await?, &account.id).await? {
        return Err(Failure::redirect(OVERVIEW));
    }
    let locale = web.locale();
    let form = Form::open(&web, FORM, inputs(locale)).await?.fill(&ProofForm::leading_to(next(&web)));
    let title = locale.of("Switch off two-step sign-in?", "¿Desactivar el inicio de sesión en dos pasos?");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{locale.of(
                "Your password alone will sign in, and your recovery codes work no more. Other devices are signed out.",
                "Bastará su contraseña para iniciar sesión y sus códigos de recuperación ya no servirán. Se cerrará la sesión en otros \
                 dispositivos.",
            )}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=RemoveSecondFactor::PATH>
                {form.fields()}
                <Actions submit=locale.of("Switch off", "Desactivar") cancel=locale.of("Cancel", "Cancelar") cancel_to=OVERVIEW />
            </PostForm>
        </div>
    };
    Ok(super::page(&web, title, view))
}

#[server(endpoint = "remove-second-factor")]
pub async fn remove_second_factor(#[server(flatten)] form: ProofForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let (account, session) = (web.healthcare_account().await?, web.session_id().ok_or(Failure::Forbidden)?);
    match change::remove(&web.services.identity, account, session, &form.proof()).await {
        Ok(renewed) => {
            web.set_session(&renewed);
            web.redirect("/account?done=two-step-off");
            Ok(())
        }
        Err(error) => refuse(&web, FORM, PATH, &form, error).await,
    }
}
