//! `/account/second-factor/setup`: the key for the app, as a picture and as text, and the first code.

use crate::texts::notices::Notice;
use identity::{
    error::Error as Refused,
    second_factor::{
        self,
        enrol::{self, Enrolment},
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use serde::{Deserialize, Serialize};

use super::{
    PATH as OVERVIEW, next,
    proof::{ProofForm, refuse},
    qr::QrCode,
    recovery_codes, replace, start,
};
use crate::{
    account::{refusal::refusal, sign_in::with_next},
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{
        Form,
        input::{Input, Kind},
    },
    islands::copy::CopyButton,
    locale::Locale,
    page::Page,
    web::{Web, request::local_path},
};

pub const PATH: &str = "/account/second-factor/setup";
const FORM: &str = "confirm-second-factor";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ConfirmForm {
    #[serde(skip_serializing)]
    code: String,
    /// The page to go to afterwards.
    next: String,
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (account, session) = (web.healthcare_account().await?, web.session_id().ok_or(Failure::Forbidden)?);
    let (locale, next) = (web.locale(), next(&web));
    let mut ctx = web.services.store.read().await?;
    let Some(enrolment) = enrol::find(&mut ctx, &web.services.identity.sealing, account, session).await? else {
        return Err(Failure::redirect(with_next(OVERVIEW, &next)));
    };
    drop(ctx);
    let input = Input::code(Kind::Code, "code", locale.of("Six-digit code", "Código de seis cifras"));
    let form = Form::open(&web, FORM, vec![input, Input::hidden("next")]).await?;
    let form = form.fill(&ConfirmForm { next: next.clone(), ..ConfirmForm::default() });
    let title = locale.of("Add your authenticator app", "Agregue su aplicación de autenticación");
    let cancel_to = with_next(OVERVIEW, &next);
    let view = view! {
        <div class="card card--medium">
            <h1>{title}</h1>
            <ErrorSummary form=form.clone() />
            <ol class="setup">
                <li class="setup__step">
                    <h2>{locale.of("Give the key to the app", "Dé la clave a la aplicación")}</h2>
                    {key(&enrolment, account.healthcare_id.to_string(), locale)}
                </li>
                <li class="setup__step">
                    <h2>{locale.of("Enter the code that it shows", "Escriba el código que muestra")}</h2>
                    <PostForm to=ConfirmSecondFactor::PATH>
                        {form.fields()}
                        <Actions submit=locale.of("Turn on", "Activar") cancel=locale.of("Cancel", "Cancelar") cancel_to />
                    </PostForm>
                </li>
            </ol>
        </div>
    };
    Ok(super::page(&web, title, view))
}

/// For the camera, for an app on this very device, and for typing.
fn key(enrolment: &Enrolment, holder: String, locale: Locale) -> AnyView {
    let grouped = grouped(&enrolment.secret);
    let label =
        locale.of("QR code with the key for your authenticator app", "Código QR con la clave para su aplicación");
    view! {
        <p>{locale.of(
            "Open the app on your phone, choose to add an account, and scan this picture.",
            "Abra la aplicación en su teléfono, elija agregar una cuenta y escanee esta imagen.",
        )}</p>
        <QrCode text=enrolment.uri.clone() label />
        <p class="setup__here">
            <a href=enrolment.uri.clone()>{locale.of("Open the app on this device", "Abrir la aplicación en este dispositivo")}</a>
        </p>
        <p>{locale.of("No camera at hand? Enter the key by hand:", "¿No tiene cámara? Escriba la clave:")}</p>
        <div class="credential">
            <div>
                <span class="credential__name">{locale.of("Key", "Clave")}</span>
                <code id="totp-secret">{grouped}</code>
            </div>
            <CopyButton source="totp-secret".to_owned() label=locale.of("the key", "la clave").to_owned() locale />
        </div>
        <p class="usa-hint">{match locale {
            Locale::English => format!("Account {holder}. Where the app asks for a type, choose time-based."),
            Locale::Spanish => format!("Cuenta {holder}. Si la aplicación pide un tipo, elija basado en tiempo."),
        }}</p>
    }
    .into_any()
}

/// Four characters at a time: nobody types 32 in a row. Apps ignore the spaces.
fn grouped(secret: &str) -> String {
    let characters: Vec<char> = secret.chars().collect();
    characters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// Makes the key. Who has a factor already sends this from the page that asks for it.
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
            let (name, page) = if enrolled { (replace::FORM, replace::PATH) } else { (start::FORM, OVERVIEW) };
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
                Some(codes) => recovery_codes::lead(&web, &codes, next, "two-step-on").await,
                None => {
                    web.redirect(Notice::AppAdded.on(OVERVIEW));
                    Ok(())
                }
            }
        }
        Err(expired @ Refused::EnrolmentExpired) => {
            let again = ProofForm::leading_to(next.to_owned());
            refuse(&web, start::FORM, &with_next(OVERVIEW, next), &again, expired).await
        }
        Err(error) => web.refuse(FORM, with_next(PATH, next), &form, [refusal(error)?]).await,
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
