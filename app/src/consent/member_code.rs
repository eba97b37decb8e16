//! The second half of proving who one is by card: the code that was sent to where the payer reaches the member. It is typed in the
//! app's request, or in the member portal (`member/code.rs`) where the request has ended before the letter came.

use audit::security::Kind as Trace;
use identity::{
    error::Error as Refused,
    member_cards,
    member_codes::{self, Asked, Waiting},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{channel::Channel, form::Code};
use oauth::requests::{self, Request, Visit};
use serde::{Deserialize, Serialize};

use crate::{
    components::{
        form::{Actions, ErrorSummary, PostForm},
        time::date,
    },
    consent::{
        frame::Frame,
        link_member::{self, link_now},
        member::{Proof, find, proof_at},
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
/// `?again=1`: another code, or the card once more, in place of the code.
pub const AGAIN: &str = "again";
pub const WRONG: Code = Code::MemberCodeWrong;
pub const ENDED: Code = Code::MemberCodeEnded;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    #[serde(skip_serializing)]
    code: String,
    handle: String,
}

/// The code that waits for this account; `None` where the card is asked for.
pub async fn waiting(web: &Web, request: &Request) -> Result<Option<Waiting>, Failure> {
    let (Some(signed_in), Some(payer)) = (web.signed_in(), &request.payer) else { return Ok(None) };
    let asked = Asked { account: &signed_in.account, partition: &request.partition, payer };
    Ok(member_codes::waiting(&mut web.services.store.read().await?, asked).await?)
}

/// The field of every page that takes such a code.
pub fn input(locale: Locale) -> Input {
    Input::code(Kind::Code, "code", locale.of("Six-digit code", "Código de seis cifras"))
}

/// Where it was sent to, and for how long it works.
pub fn sent(waiting: &Waiting, locale: Locale) -> String {
    let Waiting { channel, sent_to, expires_at } = waiting;
    let end = date(*expires_at, locale);
    match (channel, locale) {
        (Channel::Email, Locale::English) => format!(
            "We sent a code to {sent_to}, the email address that your health plan has for you. It works for 15 minutes."
        ),
        (Channel::Email, Locale::Spanish) => format!(
            "Enviamos un código a {sent_to}, el correo electrónico que su plan de salud tiene de usted. Funciona durante 15 \
             minutos."
        ),
        (Channel::Phone, Locale::English) => format!(
            "Your health plan sends a code to the phone ending in {sent_to}, the number that it has for you. It works for 15 \
             minutes."
        ),
        (Channel::Phone, Locale::Spanish) => format!(
            "Su plan de salud envía un código al teléfono que termina en {sent_to}, el número que tiene de usted. Funciona durante \
             15 minutos."
        ),
        (Channel::Letter, Locale::English) => format!(
            "Your health plan sends you a letter with a code, to the address that it has for you. That takes some days. The code \
             works until {end}."
        ),
        (Channel::Letter, Locale::Spanish) => format!(
            "Su plan de salud le envía una carta con un código, a la dirección que tiene de usted. Eso tarda algunos días. El \
             código funciona hasta el {end}."
        ),
    }
}

/// What to do where it does not come.
fn advice(channel: Channel, locale: Locale) -> &'static str {
    match channel {
        Channel::Email => locale.of(
            "Is this not your address, or can you no longer open it? Ask your health plan to correct it.",
            "¿No es su dirección o ya no puede abrirla? Pida a su plan de salud que la corrija.",
        ),
        Channel::Phone => locale.of(
            "Is this not your phone? Ask your health plan to correct the number.",
            "¿No es su teléfono? Pida a su plan de salud que corrija el número.",
        ),
        Channel::Letter => locale.of(
            "You can close this page. When the letter is there, connect the app again, or open the member portal, and enter the \
             code.",
            "Puede cerrar esta página. Cuando llegue la carta, conecte la aplicación otra vez o abra el portal para miembros y \
             escriba el código.",
        ),
    }
}

pub async fn page(web: &Web, waiting: &Waiting, frame: &Frame) -> Result<Page, Failure> {
    let locale = web.locale();
    let handle = web.request.param("handle")?.to_owned();
    let again = format!("{}?{AGAIN}=1", path(&handle));
    let form = Form::open(web, FORM, vec![input(locale), Input::hidden("handle")]).await?;
    let form = form.fill(&CodeForm { handle, ..CodeForm::default() });
    let title = locale.of("Enter the code we sent you", "Escriba el código que le enviamos");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {frame.facts()}
            <p>{sent(waiting, locale)}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=ConfirmMember::PATH>{form.fields()} <Actions submit=locale.of("Continue", "Continuar") /></PostForm>
            <p class="usa-hint card__note">{advice(waiting.channel, locale)}</p>
            <p class="links">
                <a href=again>{locale.of("Send another code", "Enviar otro código")}</a>
            </p>
            {frame.cancel()}
        </div>
    };
    Ok(Page::new(Portal::Consent, title, view).leaving())
}

#[server(endpoint = "confirm-member")]
pub async fn confirm_member(#[server(flatten)] form: CodeForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let here = path(&form.handle);
    match confirm(&web, &form).await? {
        Confirmed::Linked(errors) if errors.is_empty() => web.redirect(here),
        // The card is asked for again, and says why.
        Confirmed::Linked(errors) => web.refuse(link_member::FORM, here, &form, errors).await?,
        Confirmed::Ended => web.refuse(link_member::FORM, here, &form, [Error::general(ENDED)]).await?,
        Confirmed::Wrong => web.refuse(FORM, here, &form, [Error::new("code", WRONG)]).await?,
    }
    Ok(())
}

/// What came of a code.
pub enum Confirmed {
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
    let mut ctx = web.services.store.read().await?;
    let (request, _) = match requests::get(&mut ctx, &visit).await {
        // The page says calmly that it is gone.
        Err(requests::Error::NotFound) => return Ok(Confirmed::Linked(Vec::new())),
        found => found?,
    };
    drop(ctx);
    let payer = request.payer.as_ref().ok_or(Failure::Invalid)?;
    redeem(web, Asked { account: &account.id, partition: &request.partition, payer }, &form.code).await
}

/// Links whom the code was sent to, if it is right and they are still a member.
pub async fn redeem(web: &Web, asked: Asked<'_>, code: &str) -> Result<Confirmed, Failure> {
    if !matches!(proof_at(web, asked.partition, asked.payer), Proof::Card(_)) {
        return Err(Failure::NotFound);
    }
    let mut ctx = web.services.store.write().await?;
    let redeemed = member_codes::redeem(&mut ctx, &web.services.identity.sealing, asked, code).await;
    if !matches!(redeemed, Err(Refused::WrongCode)) {
        member_cards::forget(&mut ctx, asked).await?;
    }
    match redeemed {
        Ok(patient) => {
            ctx.commit().await?;
            // A letter takes its time.
            if find(web, asked.partition, asked.payer, &patient).await?.is_none() {
                return Ok(Confirmed::Linked(vec![Error::general(Code::MemberGone)]));
            }
            Ok(Confirmed::Linked(link_now(web, asked, &patient).await?))
        }
        // Tries count.
        Err(Refused::WrongCode) => {
            ctx.commit().await?;
            web.note(Trace::CardWrong);
            Ok(Confirmed::Wrong)
        }
        Err(Refused::LinkInvalid) => {
            ctx.commit().await?;
            Ok(Confirmed::Ended)
        }
        Err(error) => Err(error.into()),
    }
}
