//! The second half of proving who one is by card: the code that was sent to the address that the payer knows.

use identity::{
    error::Error as Refused,
    member_codes::{self, Asked},
};
use leptos::{prelude::*, server_fn::ServerFn};
use oauth::requests::{self, Request, Visit};
use serde::{Deserialize, Serialize};

use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    consent::{
        link_member::{self, link_now},
        member::{Proof, proof},
        path,
    },
    failure::Failure,
    form::{
        Form,
        flash::Error,
        input::{Input, Kind},
    },
    locale::Locale,
    page::{Page, Portal},
    web::Web,
};

const FORM: &str = "member-code";
/// `?again=1`: the card once more, in place of the code.
pub const AGAIN: &str = "again";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    #[serde(skip_serializing)]
    code: String,
    handle: String,
}

/// Where a code that waits for this account was sent to; `None` where the card is asked for.
pub async fn waiting(web: &Web, request: &Request) -> Result<Option<String>, Failure> {
    let (Some(signed_in), Some(payer)) = (web.signed_in(), &request.payer) else { return Ok(None) };
    if web.request.query(AGAIN).is_some() {
        return Ok(None);
    }
    let asked = Asked { account: &signed_in.account, partition: &request.partition, payer };
    Ok(member_codes::waiting(&mut web.services.store.read().await?, asked).await?)
}

pub async fn page(web: &Web, sent_to: &str) -> Result<Page, Failure> {
    let locale = web.locale();
    let handle = web.request.param("handle")?.to_owned();
    let again = format!("{}?{AGAIN}=1", path(&handle));
    let code = Input::code(Kind::Code, "code", locale.of("Six-digit code", "Código de seis cifras"));
    let form = Form::open(web, FORM, vec![code, Input::hidden("handle")]).await?;
    let form = form.fill(&CodeForm { handle, ..CodeForm::default() });
    let title = locale.of("Enter the code we sent you", "Escriba el código que le enviamos");
    let sent = match locale {
        Locale::English => format!(
            "We sent a code to {sent_to}, the email address that your health plan has for you. It works for 15 minutes."
        ),
        Locale::Spanish => format!(
            "Enviamos un código a {sent_to}, el correo electrónico que su plan de salud tiene de usted. Funciona durante 15 \
             minutos."
        ),
    };
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{sent}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=ConfirmMember::PATH>{form.fields()} <Actions submit=locale.of("Continue", "Continuar") /></PostForm>
            <p class="usa-hint card__note">{locale.of(
                "Is this not your address, or can you no longer open it? Ask your health plan to correct it.",
                "¿No es su dirección o ya no puede abrirla? Pida a su plan de salud que la corrija.",
            )}</p>
            <p class="links">
                <a href=again>{locale.of("Send another code", "Enviar otro código")}</a>
            </p>
        </div>
    };
    Ok(Page::new(Portal::Consent, title, view))
}

#[server(endpoint = "confirm-member")]
pub async fn confirm_member(#[server(flatten)] form: CodeForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let here = path(&form.handle);
    match confirm(&web, &form).await? {
        Confirmed::Linked(errors) if errors.is_empty() => web.redirect(here),
        // The card is asked for again, and says why.
        Confirmed::Linked(errors) => web.refuse(link_member::FORM, here, &form, errors).await?,
        Confirmed::Ended => web.refuse(link_member::FORM, here, &form, [Error::general("member_code_ended")]).await?,
        Confirmed::Wrong => web.refuse(FORM, here, &form, [Error::new("code", "member_code_wrong")]).await?,
    }
    Ok(())
}

/// What came of a code.
enum Confirmed {
    /// It was right; what is wrong all the same.
    Linked(Vec<Error>),
    /// It may be tried again.
    Wrong,
    /// None waits, or not any more.
    Ended,
}

async fn confirm(web: &Web, form: &CodeForm) -> Result<Confirmed, Failure> {
    let account = web.account()?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle: &form.handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.write().await?;
    let (request, _) = match requests::get(&mut ctx, &visit).await {
        // The page says calmly that it is gone.
        Err(requests::Error::NotFound) => return Ok(Confirmed::Linked(Vec::new())),
        found => found?,
    };
    if !matches!(proof(web, &request), Proof::Card(_)) {
        return Err(Failure::NotFound);
    }
    let payer = request.payer.as_ref().ok_or(Failure::Invalid)?;
    let asked = Asked { account: &account.id, partition: &request.partition, payer };
    match member_codes::redeem(&mut ctx, &web.services.identity.sealing, asked, &form.code).await {
        Ok(patient) => {
            ctx.commit().await?;
            Ok(Confirmed::Linked(link_now(web, asked, &patient).await?))
        }
        // Tries count.
        Err(wrong @ (Refused::WrongCode | Refused::LinkInvalid)) => {
            ctx.commit().await?;
            Ok(if matches!(wrong, Refused::WrongCode) { Confirmed::Wrong } else { Confirmed::Ended })
        }
        Err(error) => Err(error.into()),
    }
}
