//! The form in which people prove again who they are: the password, and a passkey or a code.

use identity::{
    error,
    second_factor::{Given, change::Proof},
};
use leptos::prelude::*;
use model::{
    form,
    form::{
        Form as _,
        input::{Input, Kind},
    },
};
use serde::Serialize;

use super::{
    next,
    ways::{Passkey, Ways, elsewhere, passkey_button},
};
use crate::{
    account::refusal::refusal,
    components::form::{ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error},
    texts::account::{CANCEL, inputs, second_factor as text},
    web::Web,
};

form! {
    /// Under the name of the page that starts two-step sign-in; other pages open it under names of their own.
    pub struct ProofForm("second-factor") {
        #[serde(skip_serializing)]
        current_password: String = inputs::current_password();
        /// Which codes, [`with_codes_of`] says.
        #[serde(skip_serializing)]
        code: String = Input::code(Kind::Text, ["Code", "Código"], ["Enter a code.", "Escriba un código."]);
        /// The browser's answer, where a passkey was used.
        #[serde(skip_serializing)]
        passkey: String = Input::hidden();
        /// The page to go to afterwards.
        next: String = Input::hidden();
    }
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

/// The whole form under this name, for a page of this account's factors.
pub async fn open(web: &Web, name: &str, ways: &Ways) -> Result<Form, Failure> {
    let form = with_codes_of(ways, Form::open(web, name, ProofForm::inputs()).await?);
    Ok(form.fill(&ProofForm::leading_to(next(web))))
}

/// The form with a hint that says which codes the account has.
pub fn with_codes_of(ways: &Ways, form: Form) -> Form {
    let hint = if ways.app { text::CODE_FROM_APP } else { text::CODE_FROM_LIST };
    form.change("code", |input| input.hint(hint))
}

/// What a page that asks for proof leads to.
pub struct Question {
    /// The address of the server function.
    pub to: &'static str,
    pub submit: &'static str,
    pub cancel_to: String,
}

/// The whole form: `form` has the inputs of [`ProofForm`], perhaps after others.
pub fn proof_form(web: &Web, form: &Form, ways: &Ways, question: Question) -> impl IntoView + use<> {
    let locale = form.locale;
    let (code, others): (Vec<_>, Vec<_>) = form.inputs.iter().map(|input| input.name).partition(|name| *name == "code");
    let others: Vec<AnyView> = others.into_iter().map(|name| form.field(name)).collect();
    let code: Vec<AnyView> = code.into_iter().map(|name| form.field(name)).collect();
    let label = text::CONFIRM_WITH_PASSKEY.of(locale);
    let button = passkey_button(&ways.passkey, label, locale);
    // Beside the passkey's button the form's own is the second choice.
    let class = if button.is_some() { "usa-button usa-button--outline" } else { "usa-button" };
    let second = match button {
        Some(button) => view! {
            <div class="either">
                {button}
                <p class="either__or"><span>{text::OR_CODE.of(locale)}</span></p>
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
                <a class="usa-button usa-button--outline" href=question.cancel_to>{CANCEL.of(locale)}</a>
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

/// The ways of the account that is signed in. An account without a factor is redirected to the page that sets one up.
pub async fn ways(web: &Web) -> Result<Ways, Failure> {
    let account = web.healthcare_account().await?;
    Ways::find(web, &account.id, web.session_id()).await?.ok_or_else(|| Failure::redirect(super::PATH))
}
