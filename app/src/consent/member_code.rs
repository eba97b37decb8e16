//! The second half of the proof by card: the code that was sent to where the payer reaches the member. Members type it in the
//! app's request, or in the member portal (`member/code.rs`) if the request ended before the letter came.

use audit::security::Kind as Trace;
use identity::{
    error::Error as Refused,
    member_cards,
    member_codes::{self, Asked, Waiting},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    channel::Channel,
    form,
    form::{
        Code, Form as _,
        input::{Input, Kind},
    },
};
use oauth::requests::{self, Request, Visit};

use crate::{
    components::{
        form::{Actions, ErrorSummary, PostForm},
        time::date,
    },
    consent::{
        frame::Frame,
        link_member::{LinkForm, link_now},
        member::{Proof, find, proof_at},
        path,
    },
    failure::Failure,
    form::{Form, flash::Error},
    locale::Locale,
    page::{Page, Portal},
    texts::consent::{CONTINUE, code as text},
    web::Web,
};

/// `?again=1`: another code, or the card once more, in place of the code.
pub const AGAIN: &str = "again";
pub const WRONG: Code = Code::MemberCodeWrong;
pub const ENDED: Code = Code::MemberCodeEnded;

form! {
    /// On the page of the app's request.
    pub struct CodeForm("member-code") {
        #[serde(skip_serializing)]
        code: String = input();
        handle: String = Input::hidden();
    }
}

/// The code that waits for this account; `None` if the page has to ask for the card.
pub async fn waiting(web: &Web, request: &Request) -> Result<Option<Waiting>, Failure> {
    let (Some(signed_in), Some(payer)) = (web.signed_in(), &request.payer) else { return Ok(None) };
    let asked = Asked { account: &signed_in.account, partition: &request.partition, payer };
    Ok(member_codes::waiting(&mut web.services.store.read().await?, asked).await?)
}

/// The field of every page that takes such a code.
pub fn input() -> Input {
    Input::code(
        Kind::Code,
        ["Six-digit code", "Código de seis cifras"],
        ["Enter the six-digit code.", "Escriba el código de seis cifras."],
    )
}

/// Where the code was sent, and for how long it works.
pub fn sent(waiting: &Waiting, locale: Locale) -> String {
    let Waiting { channel, sent_to, expires_at } = waiting;
    match channel {
        Channel::Email => text::emailed(locale, sent_to),
        Channel::Phone => text::phoned(locale, sent_to),
        Channel::Letter => text::written(locale, date(*expires_at, locale)),
    }
}

pub async fn page(web: &Web, waiting: &Waiting, frame: &Frame) -> Result<Page, Failure> {
    let locale = web.locale();
    let handle = web.request.param("handle")?.to_owned();
    let again = format!("{}?{AGAIN}=1", path(&handle));
    let form = Form::of::<CodeForm>(web).await?.fill(&CodeForm { handle, ..CodeForm::default() });
    let title = text::ENTER.of(locale);
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {frame.facts()}
            <p>{sent(waiting, locale)}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=ConfirmMember::PATH>{form.fields()} <Actions submit=CONTINUE.of(locale) /></PostForm>
            <p class="usa-hint card__note">{text::advice(waiting.channel).of(locale)}</p>
            <p class="links">
                <a href=again>{text::SEND_ANOTHER.of(locale)}</a>
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
        // The page asks for the card again, and says why.
        Confirmed::Linked(errors) => web.refuse(LinkForm::NAME, here, &form, errors).await?,
        Confirmed::Ended => web.refuse(LinkForm::NAME, here, &form, [Error::general(ENDED)]).await?,
        Confirmed::Wrong => web.refuse(CodeForm::NAME, here, &form, [Error::new("code", WRONG)]).await?,
    }
    Ok(())
}

/// What came of a code.
pub enum Confirmed {
    /// The code was right. The errors say what is wrong nevertheless.
    Linked(Vec<Error>),
    /// The member may try again.
    Wrong,
    /// No code waits, or the code no longer works.
    Ended,
}

async fn confirm(web: &Web, form: &CodeForm) -> Result<Confirmed, Failure> {
    let account = web.account()?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle: &form.handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.read().await?;
    let (request, _) = match requests::get(&mut ctx, &visit).await {
        // The page says calmly that the request no longer waits.
        Err(requests::Error::NotFound) => return Ok(Confirmed::Linked(Vec::new())),
        found => found?,
    };
    drop(ctx);
    let payer = request.payer.as_ref().ok_or(Failure::Invalid)?;
    redeem(web, Asked { account: &account.id, partition: &request.partition, payer }, &form.code).await
}

/// Links the member whom the code was sent to, if the code is right and they are still a member.
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
            // The letter took days, and the member may have left the plan since.
            if find(web, asked.partition, asked.payer, &patient).await?.is_none() {
                return Ok(Confirmed::Linked(vec![Error::general(Code::MemberGone)]));
            }
            Ok(Confirmed::Linked(link_now(web, asked, &patient).await?))
        }
        // Saves the count of attempts.
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
