//! `/account/second-factor/replace`: an authenticator app, or another one in place of the one in use; what one has is proved
//! first.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PATH as OVERVIEW, next,
    proof::{ProofForm, Question, inputs, proof_form, ways},
    setup::BeginSecondFactor,
};
use crate::{failure::Failure, form::Form, page::Page, web::Web};

pub const PATH: &str = "/account/second-factor/replace";
pub const FORM: &str = "replace-second-factor";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (ways, locale) = (ways(&web).await?, web.locale());
    let form = Form::open(&web, FORM, inputs(&ways, locale)).await?.fill(&ProofForm::leading_to(next(&web)));
    let (title, about) = if ways.app {
        (
            locale.of("Change the app", "Cambiar la aplicación"),
            locale.of(
                "On the next page you give the key to the new app. The one in use stays until the new one has given its first code.",
                "En la página siguiente dará la clave a la nueva aplicación. La actual sigue hasta que la nueva dé su primer código.",
            ),
        )
    } else {
        (
            locale.of("Add an authenticator app", "Agregar una aplicación de autenticación"),
            locale.of(
                "On the next page you give a key to the app, and enter the first code.",
                "En la página siguiente dará una clave a la aplicación y escribirá el primer código.",
            ),
        )
    };
    let submit = locale.of("Continue", "Continuar");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{about}</p>
            {proof_form(&web, &form, &ways, Question { to: BeginSecondFactor::PATH, submit, cancel_to: OVERVIEW.to_owned() })}
        </div>
    };
    Ok(super::page(&web, title, view))
}
