//! Between card and code: where the code goes, where the payer's data has several addresses of the member, or where it could not
//! be sent.

use fhir::members::Member;
use identity::{
    error::Error as Refused,
    member_cards,
    member_codes::{Asked, Waiting},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{channel::Channel, form::Code};
use oauth::requests::{self, Request, Step, Visit};
use payers::codes::{self, Errand, Way};
use serde::{Deserialize, Serialize};

use crate::{
    account::refusal::refusal,
    components::form::{Actions, ErrorSummary, PostForm},
    consent::{
        frame::Frame,
        link_member,
        member::{Proof, find, proof},
        member_code::AGAIN,
        path,
    },
    failure::Failure,
    form::{
        Form,
        flash::Error,
        input::{Choice, Input},
    },
    locale::Locale,
    page::{Page, Portal},
    web::Web,
};

const FORM: &str = "send-member-code";
const NOT_SENT: Code = Code::MemberCodeNotSent;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WayForm {
    channel: String,
    handle: String,
}

/// Whose card was shown, as long as that counts and their data has somewhere to send a code to.
pub async fn shown(web: &Web, request: &Request) -> Result<Option<(Member, Vec<Way>)>, Failure> {
    let (Some(signed_in), Some(payer)) = (web.signed_in(), &request.payer) else { return Ok(None) };
    let asked = Asked { account: &signed_in.account, partition: &request.partition, payer };
    let Some(patient) = member_cards::find(&mut web.services.store.read().await?, asked).await? else {
        return Ok(None);
    };
    let Some(member) = find(web, &request.partition, payer, &patient).await? else { return Ok(None) };
    let ways = web.services.payers.ways(asked, &member);
    Ok((!ways.is_empty()).then_some((member, ways)))
}

/// `before` is a code that waits already.
pub async fn page(web: &Web, ways: &[Way], before: Option<Waiting>, frame: &Frame) -> Result<Page, Failure> {
    let locale = web.locale();
    let t = move |english, spanish| locale.of(english, spanish);
    let handle = web.request.param("handle")?.to_owned();
    let (here, card) = (path(&handle), format!("{}?{}=1", path(&handle), link_member::CARD));
    let choices = ways.iter().map(|way| choice(way, locale)).collect();
    let question = t("Where should we send the code?", "¿Adónde enviamos el código?");
    let form =
        Form::open(web, FORM, vec![Input::radios("channel", question, choices), Input::hidden("handle")]).await?;
    // Where there is only one, it is chosen.
    let only = ways.first().filter(|_| ways.len() == 1).map(|way| way.channel().to_string());
    let form = form.fill(&WayForm { channel: only.unwrap_or_default(), handle });
    let failed = form.flash.errors.iter().any(|error| error.code == NOT_SENT);
    let (title, lead) = if failed {
        (
            t("We could not send your code just now", "No pudimos enviar su código en este momento"),
            t(
                "This is not your fault, and it does not count as an attempt. Try again in a few minutes, or choose another way \
                 if there is one.",
                "No es culpa suya y no cuenta como intento. Inténtelo de nuevo en unos minutos o elija otra forma, si la hay.",
            ),
        )
    } else {
        (
            t("Get a code", "Reciba un código"),
            t(
                "We found you. To be sure that it is you, we send a code to an address that your health plan has for you.",
                "Le encontramos. Para comprobar que es usted, enviamos un código a una dirección que su plan de salud tiene de \
                 usted.",
            ),
        )
    };
    let summary = (!failed).then(|| view! { <ErrorSummary form=form.clone() /> });
    let before = before.map(|_| {
        view! { <a href=here>{t("Enter the code that we sent you before", "Escriba el código que le enviamos antes")}</a> }
    });
    let view = view! {
        <div class="card card--narrow">
            <h1 id=failed.then_some("errors") tabindex=failed.then_some("-1")>{title}</h1>
            {frame.facts()}
            <p>{lead}</p>
            {summary}
            <PostForm to=SendMemberCode::PATH>{form.fields()} <Actions submit=t("Send the code", "Enviar el código") /></PostForm>
            <p class="usa-hint card__note">{t(
                "None of these is right? Ask your health plan to correct what it has for you. A new code replaces an earlier one.",
                "¿Ninguna es correcta? Pida a su plan de salud que corrija sus datos. Un código nuevo reemplaza al anterior.",
            )}</p>
            <p class="links">
                {before}
                <a href=card>{t("Enter another card", "Escribir otra tarjeta")}</a>
            </p>
            {frame.cancel()}
        </div>
    };
    Ok(Page::new(Portal::Consent, title, view).leaving())
}

fn choice(way: &Way, locale: Locale) -> Choice {
    let masked = way.masked();
    let (label, about) = match (way.channel(), locale) {
        (Channel::Email, Locale::English) => {
            (format!("Email to {masked}"), "Arrives at once and works for 15 minutes.")
        }
        (Channel::Email, Locale::Spanish) => {
            (format!("Correo electrónico a {masked}"), "Llega enseguida y funciona durante 15 minutos.")
        }
        (Channel::Phone, Locale::English) => {
            (format!("Phone ending in {masked}"), "Arrives at once and works for 15 minutes.")
        }
        (Channel::Phone, Locale::Spanish) => {
            (format!("Teléfono que termina en {masked}"), "Llega enseguida y funciona durante 15 minutos.")
        }
        (Channel::Letter, Locale::English) => (
            "Letter to the address that your plan has for you".to_owned(),
            "Takes some days and works for 14 days. You can close this page and come back with the letter.",
        ),
        (Channel::Letter, Locale::Spanish) => (
            "Carta a la dirección que su plan tiene de usted".to_owned(),
            "Tarda algunos días y funciona durante 14 días. Puede cerrar esta página y volver con la carta.",
        ),
    };
    Choice::new(way.channel().as_str(), label).about(about)
}

#[server(endpoint = "send-member-code")]
pub async fn send_member_code(#[server(flatten)] form: WayForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let here = path(&form.handle);
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle: &form.handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.read().await?;
    let (request, step) = match requests::get(&mut ctx, &visit).await {
        // The page says calmly that it is gone.
        Err(requests::Error::NotFound) => {
            web.redirect(here);
            return Ok(());
        }
        found => found?,
    };
    drop(ctx);
    if !matches!(proof(&web, &request), Proof::Card(_)) {
        return Err(Failure::NotFound);
    }
    let shown = if step == Step::Member { shown(&web, &request).await? } else { None };
    let Some((member, ways)) = shown else {
        // The card is asked for, or whatever is due.
        web.redirect(here);
        return Ok(());
    };
    let way = ways.into_iter().find(|way| way.channel().as_str() == form.channel);
    let Some(way) = way else {
        let code = if form.channel.is_empty() { Code::Required } else { Code::NotAChoice };
        return web.refuse(FORM, again(&form.handle), &form, [Error::new("channel", code)]).await;
    };
    send(&web, &visit, &request, member, way).await
}

/// The page of this form, also where a code waits.
fn again(handle: &str) -> String {
    format!("{}?{AGAIN}=1", path(handle))
}

/// Leads to where the ways are chosen.
pub fn choose(web: &Web, handle: &str) {
    web.redirect(again(handle));
}

/// Sends a code to who has shown their card, and leads to where it is typed; or back to the ways, with what is wrong.
pub async fn send(web: &Web, visit: &Visit<'_>, request: &Request, member: Member, way: Way) -> Result<(), Failure> {
    let account = &web.account()?.id;
    let payer = request.payer.clone().ok_or(Failure::Invalid)?;
    let (partition, channel) = (&request.partition, way.channel());
    let typed = WayForm { channel: channel.to_string(), handle: visit.handle.to_owned() };
    let errand = Errand {
        account: account.clone(),
        partition: partition.clone(),
        payer: payer.clone(),
        member,
        way,
        locale: web.locale(),
    };
    let error = match codes::send(&web.services.payers, &web.services.identity, errand).await {
        Ok(()) => {
            web.redirect(path(visit.handle));
            return Ok(());
        }
        Err(codes::Error::Hook(fault)) => {
            tracing::warn!(%partition, %payer, %fault, "a payer's code hook took no code");
            Error::general(NOT_SENT)
        }
        Err(codes::Error::Identity(Refused::TooManyAttempts { .. })) if channel == Channel::Letter => {
            Error::general(Code::MemberLetterWait)
        }
        Err(codes::Error::Identity(error)) => refusal(error)?,
        Err(codes::Error::Store(error)) => return Err(error.into()),
        Err(error @ codes::Error::Ended(_)) => return Err(Failure::internal(&error)),
    };
    web.refuse(FORM, again(visit.handle), &typed, [error]).await
}
