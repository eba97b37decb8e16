//! `/account/second-factor/replace`: adds an authenticator app, or replaces the current one, after proof by the account's
//! factors.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PATH as OVERVIEW,
    proof::{self, Question, proof_form, ways},
    setup::BeginSecondFactor,
};
use crate::{
    failure::Failure,
    page::Page,
    texts::account::{CONTINUE, second_factor as text},
    web::Web,
};

pub const PATH: &str = "/account/second-factor/replace";
pub const FORM: &str = "replace-second-factor";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (ways, locale) = (ways(&web).await?, web.locale());
    let form = proof::open(&web, FORM, &ways).await?;
    let (title, about) =
        if ways.app { (text::CHANGE_APP, text::BEFORE_CHANGING) } else { (text::ADD_APP_TITLE, text::BEFORE_ADDING) };
    let (title, submit) = (title.of(locale), CONTINUE.of(locale));
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{about.of(locale)}</p>
            {proof_form(&web, &form, &ways, Question { to: BeginSecondFactor::PATH, submit, cancel_to: OVERVIEW.to_owned() })}
        </div>
    };
    Ok(super::page(&web, title, view))
}
