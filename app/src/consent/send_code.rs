//! Between card and code: where the code goes, if the payer's data has several addresses of the member or if the code could not
//! be sent.

use fhir::members::Member;
use identity::{
    error::Error as Refused,
    member_cards,
    member_codes::{Asked, Waiting},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    channel::Channel,
    form,
    form::{
        Code, Form as _,
        input::{Choice, Input},
    },
};
use oauth::requests::{self, Request, Step, Visit};
use payers::codes::{self, Errand, Way};

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
    form::{Form, flash::Error},
    locale::Locale,
    page::{Page, Portal},
    texts::consent::code as text,
    web::Web,
};

const NOT_SENT: Code = Code::MemberCodeNotSent;

form! {
    /// Its choices are the addresses in the payer's data.
    pub struct WayForm("send-member-code") {
        channel: String = Input::radios(
            ["Where should we send the code?", "¿Adónde enviamos el código?"],
            ["Choose where we should send the code.", "Elija adónde debemos enviar el código."],
        );
        handle: String = Input::hidden();
    }
}

/// The member whose card was shown, as long as the card counts and their data has an address to send a code to.
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

/// `before` is a code that already waits.
pub async fn page(web: &Web, ways: &[Way], before: Option<Waiting>, frame: &Frame) -> Result<Page, Failure> {
    let locale = web.locale();
    let handle = web.request.param("handle")?.to_owned();
    let (here, card) = (path(&handle), format!("{}?{}=1", path(&handle), link_member::CARD));
    let choices = ways.iter().map(|way| choice(way, locale)).collect();
    // If there is only one, it is chosen.
    let only = ways.first().filter(|_| ways.len() == 1).map(|way| way.channel().to_string());
    let chosen = WayForm { channel: only.unwrap_or_default(), handle };
    let form = Form::of::<WayForm>(web).await?.offer("channel", choices).fill(&chosen);
    let failed = form.flash.errors.iter().any(|error| error.code == NOT_SENT);
    let (title, lead) =
        if failed { (text::NOT_SENT, text::ABOUT_NOT_SENT) } else { (text::GET_CODE, text::ABOUT_CODE) };
    let title = title.of(locale);
    let summary = (!failed).then(|| view! { <ErrorSummary form=form.clone() /> });
    let before = before.map(|_| view! { <a href=here>{text::ENTER_EARLIER.of(locale)}</a> });
    let view = view! {
        <div class="card card--narrow">
            <h1 id=failed.then_some("errors") tabindex=failed.then_some("-1")>{title}</h1>
            {frame.facts()}
            <p>{lead.of(locale)}</p>
            {summary}
            <PostForm to=SendMemberCode::PATH>{form.fields()} <Actions submit=text::SEND.of(locale) /></PostForm>
            <p class="usa-hint card__note">{text::WRONG_ADDRESSES.of(locale)}</p>
            <p class="links">
                {before}
                <a href=card>{text::ANOTHER_CARD.of(locale)}</a>
            </p>
            {frame.cancel()}
        </div>
    };
    Ok(Page::new(Portal::Consent, title, view).leaving())
}

fn choice(way: &Way, locale: Locale) -> Choice {
    let (channel, masked) = (way.channel(), way.masked());
    let label = match channel {
        Channel::Email => text::email_to(locale, masked),
        Channel::Phone => text::phone_ending(locale, masked),
        Channel::Letter => text::LETTER.of(locale).to_owned(),
    };
    Choice::new(channel.as_str(), label).about(text::about(channel))
}

#[server(endpoint = "send-member-code")]
pub async fn send_member_code(#[server(flatten)] form: WayForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let here = path(&form.handle);
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle: &form.handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.read().await?;
    let (request, step) = match requests::get(&mut ctx, &visit).await {
        // The page says calmly that the request no longer waits.
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
        // The page asks for the card, or for whatever is due.
        web.redirect(here);
        return Ok(());
    };
    let way = ways.into_iter().find(|way| way.channel().as_str() == form.channel);
    let Some(way) = way else {
        let code = if form.channel.is_empty() { Code::Required } else { Code::NotAChoice };
        return web.refuse(WayForm::NAME, again(&form.handle), &form, [Error::new("channel", code)]).await;
    };
    send(&web, &visit, &request, member, way).await
}

/// The page of this form, even if a code waits.
fn again(handle: &str) -> String {
    format!("{}?{AGAIN}=1", path(handle))
}

/// Leads to the page where members choose a way.
pub fn choose(web: &Web, handle: &str) {
    web.redirect(again(handle));
}

/// Sends a code to the member who has shown their card and leads to the page that takes it, or back to the ways with what is
/// wrong.
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
            tracing::warn!(%partition, %payer, %fault, "a payer's code hook did not accept a code");
            Error::general(NOT_SENT)
        }
        Err(codes::Error::Identity(Refused::TooManyAttempts { .. })) if channel == Channel::Letter => {
            Error::general(Code::MemberLetterWait)
        }
        Err(codes::Error::Identity(error)) => refusal(error)?,
        Err(codes::Error::Store(error)) => return Err(error.into()),
        Err(error @ codes::Error::Ended(_)) => return Err(Failure::internal(&error)),
    };
    web.refuse(WayForm::NAME, again(visit.handle), &typed, [error]).await
}
