//! The form that asks who is signed in to prove it again: the password, and a passkey or a code.

use identity::{
    error,
    second_factor::{Given, change::Proof},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ways::{Passkey, Ways, elsewhere, passkey_button};
use crate::{
    account::refusal::refusal,
    components::form::{ErrorSummary, PostForm},
    failure::Failure,
    form::{
        Form,
        flash::Error,
        input::{Input, Kind},
    },
    islands::passkey::INPUT,
    locale::Locale,
    web::Web,
};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProofForm {
    #[serde(skip_serializing)]
    current_password: String,
    #[serde(skip_serializing)]
    code: String,
    /// The browser's answer, where a passkey was used.
    #[serde(skip_serializing)]
    passkey: String,
    /// The page to go to afterwards.
    pub next: String,
}

impl ProofForm {
    pub fn proof<'a>(&'a self, web: &'a Web) -> Proof<'a> {
        Proof { password: &self.current_password, given: given(web, &self.passkey, &self.code) }
    }

    pub fn leading_to(next: String) -> Self {
        Self { next, ..Self::default() }
    }
}

/// The passkey's answer, if there is one, else the code.
pub fn given<'a>(web: &'a Web, passkey: &'a str, code: &'a str) -> Given<'a> {
    match web.session_id() {
        Some(session) if !passkey.is_empty() => Given::Passkey { session, answer: passkey },
        _ => Given::Code(code),
    }
}

/// Password, code, the passkey's answer, and where to go afterwards.
pub fn inputs(ways: &Ways, locale: Locale) -> Vec<Input> {
    vec![password(locale), code(ways, locale), Input::hidden(INPUT), Input::hidden("next")]
}

pub fn password(locale: Locale) -> Input {
    Input::password("current_password", locale.of("Current password", "Contraseña actual"), "current-password")
}

fn code(ways: &Ways, locale: Locale) -> Input {
    let hint = match (ways.app, locale) {
        (true, Locale::English) => "Of your authenticator app, or one of your recovery codes.",
        (true, Locale::Spanish) => "De su aplicación de autenticación, o uno de sus códigos de recuperación.",
        (false, Locale::English) => "One of your recovery codes.",
        (false, Locale::Spanish) => "Uno de sus códigos de recuperación.",
    };
    Input::code(Kind::Text, "code", locale.of("Code", "Código")).hint(hint)
}

/// What a page that asks for proof leads to.
pub struct Question {
    /// The address of the server function.
    pub to: &'static str,
    pub submit: &'static str,
    pub cancel_to: String,
}

/// The whole form: `form` has [`inputs`] and perhaps others, which come first.
pub fn proof_form(web: &Web, form: &Form, ways: &Ways, question: Question) -> impl IntoView + use<> {
    let locale = form.locale;
    let (code, others): (Vec<_>, Vec<_>) = form.inputs.iter().map(|input| input.name).partition(|name| *name == "code");
    let others: Vec<AnyView> = others.into_iter().map(|name| form.field(name)).collect();
    let code: Vec<AnyView> = code.into_iter().map(|name| form.field(name)).collect();
    let label = locale.of("Confirm with your passkey", "Confirmar con su llave de acceso");
    let button = passkey_button(&ways.passkey, label, locale);
    // Beside the passkey's button the form's own is the second choice.
    let class = if button.is_some() { "usa-button usa-button--outline" } else { "usa-button" };
    let second = match button {
        Some(button) => view! {
            <div class="either">
                {button}
                <p class="either__or"><span>{locale.of("or with a code", "o con un código")}</span></p>
                {code}
            </div>
        }
        .into_any(),
        None => code.into_any(),
    };
    let here = &web.request.path;
    let elsewhere = (ways.passkey == Passkey::Elsewhere).then(|| elsewhere(web, here));
    view! {
        <ErrorSummary form=form.clone() />
        {elsewhere}
        <PostForm to=question.to>
            {others}
            {second}
            <div class="actions">
                <button class=class type="submit">{question.submit}</button>
                <a class="usa-button usa-button--outline" href=question.cancel_to>{locale.of("Cancel", "Cancelar")}</a>
            </div>
        </PostForm>
    }
}

/// Sends the form back to its page.
pub async fn refuse(
    web: &Web,
    form: &str,
    page: &str,
    typed: &impl Serialize,
    error: error::Error,
) -> Result<(), Failure> {
    let error: Error = refusal(error)?;
    web.refuse(form, page, typed, [error]).await
}

/// The ways of who is signed in. Who has no factor is led to where one is set up.
pub async fn ways(web: &Web) -> Result<Ways, Failure> {
    let account = web.healthcare_account().await?;
    Ways::find(web, &account.id, web.session_id()).await?.ok_or_else(|| Failure::redirect(super::PATH))
}
