//! `/account/second-factor/passkeys/add`: the browser makes the passkey.

use identity::{
    error::Error as Refused,
    second_factor::passkeys::enrol::{self, Added},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{Form as _, input::Input},
};

use super::{
    PATH as OVERVIEW,
    new_passkey::{self, NewPasskeyForm},
    next,
    proof::{ProofForm, refuse},
    recovery_codes,
    ways::without_script,
};
use crate::{
    account::sign_in::with_next,
    components::form::{ErrorSummary, PostForm},
    failure::Failure,
    form::Form,
    islands::passkey::{Ceremony, PasskeyButton},
    page::Page,
    texts::{
        account::{CANCEL, second_factor as text},
        notices::Notice,
    },
    web::{Web, request::local_path},
};

pub const PATH: &str = "/account/second-factor/passkeys/add";

form! {
    pub struct AddPasskeyForm("add-passkey") {
        /// The browser's answer.
        #[serde(skip_serializing)]
        passkey: String = Input::hidden();
        /// The page to go to afterwards.
        next: String = Input::hidden();
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (account, session) = (web.healthcare_account().await?, web.session_id().ok_or(Failure::Forbidden)?);
    let (locale, next) = (web.locale(), next(&web));
    let mut ctx = web.services.store.read().await?;
    let waiting = enrol::find(&mut ctx, &web.services.identity.relying_party, account, session).await?;
    drop(ctx);
    let Some(waiting) = waiting else { return Err(Failure::redirect(with_next(new_passkey::PATH, &next))) };
    let form = Form::of::<AddPasskeyForm>(&web).await?;
    let form = form.fill(&AddPasskeyForm { next: next.clone(), ..AddPasskeyForm::default() });
    let label = text::CREATE_PASSKEY.of(locale).to_owned();
    let view = view! {
        <div class="card card--narrow">
            <h1>{text::ADD_PASSKEY.of(locale)}</h1>
            <p>{text::where_to_keep(locale, &waiting.name)}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=AddPasskey::PATH>
                {form.fields()}
                <div class="actions">
                    <PasskeyButton ceremony=Ceremony::Create options=waiting.options label locale />
                    <a class="usa-button usa-button--outline" href=with_next(OVERVIEW, &next)>{CANCEL.of(locale)}</a>
                </div>
                {without_script(locale)}
            </PostForm>
        </div>
    };
    Ok(super::page(&web, text::ADD_PASSKEY.of(locale), view))
}

#[server(endpoint = "add-passkey")]
pub async fn add_passkey(#[server(flatten)] form: AddPasskeyForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let (account, session) = (web.healthcare_account().await?, web.session_id().ok_or(Failure::Forbidden)?);
    let next = local_path(&form.next).unwrap_or_default();
    match enrol::confirm(&web.services.identity, account, session, &form.passkey).await {
        Ok(Added::First(renewed, codes)) => {
            web.set_session(&renewed);
            recovery_codes::lead(&web, &codes, next, Some(Notice::TwoStepOn)).await
        }
        Ok(Added::Another) => {
            web.redirect(Notice::PasskeyAdded.on(OVERVIEW));
            Ok(())
        }
        Err(again @ (Refused::EnrolmentExpired | Refused::TooManyPasskeys)) => {
            let form = NewPasskeyForm { proof: ProofForm::leading_to(next.to_owned()), ..NewPasskeyForm::default() };
            refuse(&web, new_passkey::FORM, &with_next(new_passkey::PATH, next), &form, again).await
        }
        Err(error) => refuse(&web, AddPasskeyForm::NAME, &with_next(PATH, next), &form, error).await,
    }
}
