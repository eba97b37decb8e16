//! `/account/second-factor/setup`: the key for the app, as a picture and as text, and the first code.

use identity::{
    error::Error as Refused,
    second_factor::{
        self,
        enrol::{self, Enrolment},
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{Form as _, input::Input},
};

use super::{
    PATH as OVERVIEW, next,
    proof::{ProofForm, refuse},
    qr::QrCode,
    recovery_codes, replace,
};
use crate::{
    account::{refusal::refusal, sign_in::with_next},
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::Form,
    islands::copy::CopyButton,
    locale::Locale,
    page::Page,
    texts::{
        account::{CANCEL, inputs, second_factor as text},
        notices::Notice,
    },
    web::{Web, request::local_path},
};

pub const PATH: &str = "/account/second-factor/setup";

form! {
    pub struct ConfirmForm("confirm-second-factor") {
        #[serde(skip_serializing)]
        code: String = inputs::code_of_app();
        /// The page to go to afterwards.
        next: String = Input::hidden();
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (account, session) = (web.healthcare_account().await?, web.session_id().ok_or(Failure::Forbidden)?);
    let (locale, next) = (web.locale(), next(&web));
    let mut ctx = web.services.store.read().await?;
    let Some(enrolment) = enrol::find(&mut ctx, &web.services.identity.sealing, account, session).await? else {
        return Err(Failure::redirect(with_next(OVERVIEW, &next)));
    };
    drop(ctx);
    let form = Form::of::<ConfirmForm>(&web).await?;
    let form = form.fill(&ConfirmForm { next: next.clone(), ..ConfirmForm::default() });
    let title = text::SETUP.of(locale);
    let (submit, cancel, cancel_to) = (text::TURN_ON.of(locale), CANCEL.of(locale), with_next(OVERVIEW, &next));
    let view = view! {
        <div class="card card--medium">
            <h1>{title}</h1>
            <ErrorSummary form=form.clone() />
            <ol class="setup">
                <li class="setup__step">
                    <h2>{text::ADD_KEY.of(locale)}</h2>
                    {key(&enrolment, account.healthcare_id.to_string(), locale)}
                </li>
                <li class="setup__step">
                    <h2>{text::ENTER_FIRST_CODE.of(locale)}</h2>
                    <PostForm to=ConfirmSecondFactor::PATH>
                        {form.fields()}
                        <Actions submit cancel cancel_to />
                    </PostForm>
                </li>
            </ol>
        </div>
    };
    Ok(super::page(&web, title, view))
}

/// For the camera, for an app on this same device, and for typing.
fn key(enrolment: &Enrolment, holder: String, locale: Locale) -> AnyView {
    let grouped = grouped(&enrolment.secret);
    view! {
        <p>{text::SCAN.of(locale)}</p>
        <QrCode text=enrolment.uri.clone() label=text::QR_CODE.of(locale) />
        <p class="setup__here">
            <a href=enrolment.uri.clone()>{text::OPEN_HERE.of(locale)}</a>
        </p>
        <p>{text::BY_HAND.of(locale)}</p>
        <div class="credential">
            <div>
                <span class="credential__name">{text::KEY.of(locale)}</span>
                <code id="totp-secret">{grouped}</code>
            </div>
            <CopyButton source="totp-secret".to_owned() label=text::THE_KEY.of(locale).to_owned() locale />
        </div>
        <p class="usa-hint">{text::account(locale, holder)}</p>
    }
    .into_any()
}

/// Four characters at a time, because 32 in a row are hard to type. Apps ignore the spaces.
fn grouped(secret: &str) -> String {
    let characters: Vec<char> = secret.chars().collect();
    characters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// Makes the key. An account that already has a factor sends this from the page that asks for proof of it.
#[server(endpoint = "begin-second-factor")]
pub async fn begin_second_factor(#[server(flatten)] form: ProofForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let (account, session) = (web.healthcare_account().await?, web.session().ok_or(Failure::Forbidden)?);
    let next = local_path(&form.next).unwrap_or_default();
    match enrol::begin(&web.services.identity, account, session, &form.proof(&web)).await {
        Ok(()) => {
            web.redirect(with_next(PATH, next));
            Ok(())
        }
        Err(error) => {
            let enrolled = second_factor::is_enrolled(&mut web.services.store.read().await?, &account.id).await?;
            let (name, page) = if enrolled { (replace::FORM, replace::PATH) } else { (ProofForm::NAME, OVERVIEW) };
            refuse(&web, name, &with_next(page, next), &form, error).await
        }
    }
}

#[server(endpoint = "confirm-second-factor")]
pub async fn confirm_second_factor(#[server(flatten)] form: ConfirmForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let (account, session) = (web.healthcare_account().await?, web.session_id().ok_or(Failure::Forbidden)?);
    let next = local_path(&form.next).unwrap_or_default();
    match enrol::confirm(&web.services.identity, account, session, &form.code).await {
        Ok((renewed, codes)) => {
            web.set_session(&renewed);
            match codes {
                Some(codes) => recovery_codes::lead(&web, &codes, next, Some(Notice::TwoStepOn)).await,
                None => {
                    web.redirect(Notice::AppAdded.on(OVERVIEW));
                    Ok(())
                }
            }
        }
        Err(expired @ Refused::EnrolmentExpired) => {
            let again = ProofForm::leading_to(next.to_owned());
            refuse(&web, ProofForm::NAME, &with_next(OVERVIEW, next), &again, expired).await
        }
        Err(error) => web.refuse(ConfirmForm::NAME, with_next(PATH, next), &form, [refusal(error)?]).await,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_key_is_read_in_groups() {
        assert_eq!(super::grouped("GEZDGNBVGY3TQOJQ"), "GEZD GNBV GY3T QOJQ");
        assert_eq!(super::grouped("GEZDG"), "GEZD G");
        assert_eq!(super::grouped(""), "");
    }
}
