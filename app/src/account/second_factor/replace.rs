//! `/account/second-factor/replace`: another authenticator app in place of the one in use, which is proved first.

use identity::second_factor;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PATH as OVERVIEW, next,
    proof::{ProofForm, inputs},
    setup::BeginSecondFactor,
};
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::Form,
    page::Page,
    web::Web,
};

pub const PATH: &str = "/account/second-factor/replace";
pub const FORM: &str = "replace-second-factor";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let account = web.healthcare_account().await?;
    if !second_factor::is_enrolled(&mut web.services.store.read().await?, &account.id).await? {
        return Err(Failure::redirect(OVERVIEW));
    }
    let locale = web.locale();
    let form = Form::open(&web, FORM, inputs(locale)).await?.fill(&ProofForm::leading_to(next(&web)));
    let title = locale.of("Change the app", "Cambiar la aplicación");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{locale.of(
                "On the next page you give the key to the new app. The one in use stays until the new one has given its first code.",
                "En la página siguiente dará la clave a la nueva aplicación. La actual sigue hasta que la nueva dé su primer código.",
            )}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=BeginSecondFactor::PATH>
                {form.fields()}
                <Actions submit=locale.of("Continue", "Continuar") cancel=locale.of("Cancel", "Cancelar") cancel_to=OVERVIEW />
            </PostForm>
        </div>
    };
    Ok(super::page(&web, title, view))
}
