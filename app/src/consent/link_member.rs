//! How members prove once who they are, if the payer has no sign-in of its own: by what is on the member card, and by a code that
//! goes to where the payer reaches the member, if that is possible.

use audit::security::Kind;
use fhir::members::{Card, Member, find_by_member_id};
use identity::{error::Error as Refused, member_cards, member_codes::Asked, members};
use jiff::civil::Date;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{Code, Errors, FieldError, Form as _, input::Input},
    id::{PatientId, PayerId},
    partition::Environment,
};
use oauth::requests::{self, Request, Step, Visit};
use payers::codes::Way;
use programs::program::CardProof;

use crate::{
    account::refusal::refusal,
    components::form::{Actions, ErrorSummary, PostForm},
    consent::{
        frame::Frame,
        member::{Proof, find, proof},
        member_code, path, send_code,
    },
    failure::Failure,
    form::{Form, date::date_boxes, flash::Error},
    page::{Page, Portal},
    texts::consent::{CONTINUE, code as text},
    web::Web,
};

/// `?card=1`: the card, even if one was shown before.
pub const CARD: &str = "card";

form! {
    /// What members type here is health data. We keep none of it when the form is refused.
    pub struct LinkForm("link-member") {
        #[serde(skip_serializing)]
        member_id: String = Input::text(
                ["Member ID", "ID de miembro"],
                ["Enter your member ID.", "Escriba su ID de miembro."],
            )
            .max_length(64).autocomplete("off")
            .hint(["As it appears on your member card.", "Como aparece en su tarjeta de miembro."]);
        #[serde(flatten)]
        birth_date: BirthDate = Input::date(
                ["Date of birth", "Fecha de nacimiento"],
                ["Enter your date of birth.", "Escriba su fecha de nacimiento."],
            )
            .autocomplete("bday");
        #[serde(skip_serializing)]
        last_name: String = Input::text(["Last name", "Apellido"], ["Enter your last name.", "Escriba su apellido."])
            .max_length(100).autocomplete("family-name");
        handle: String = Input::hidden();
    }
}

date_boxes! {
    /// Health data, like what stands beside it.
    BirthDate { birth_date_month birth_date_day birth_date_year }
}

/// What is on the card.
struct Typed<'f> {
    member_id: &'f str,
    birth_date: Date,
    last_name: &'f str,
}

impl LinkForm {
    fn parse(&self) -> Result<Typed<'_>, Vec<FieldError>> {
        let mut errors = Errors::default();
        let member_id = errors.take("member_id", filled_in(&self.member_id));
        let birth_date = errors.take("birth_date", self.birth_date.read());
        let last_name = errors.take("last_name", filled_in(&self.last_name));
        let typed = || Some(Typed { member_id: member_id?, birth_date: birth_date?, last_name: last_name? });
        errors.finish(typed())
    }
}

fn filled_in(text: &str) -> Result<&str, Code> {
    Some(text.trim()).filter(|text| !text.is_empty()).ok_or(Code::Required)
}

pub async fn page(web: &Web, request: &Request, frame: &Frame) -> Result<Page, Failure> {
    if web.request.query(CARD).is_none() {
        let waiting = member_code::waiting(web, request).await?;
        if let Some(waiting) = waiting.as_ref().filter(|_| web.request.query(member_code::AGAIN).is_none()) {
            return member_code::page(web, waiting, frame).await;
        }
        if let Some((_, ways)) = send_code::shown(web, request).await? {
            return send_code::page(web, &ways, waiting, frame).await;
        }
    }
    let locale = web.locale();
    let handle = web.request.param("handle")?.to_owned();
    let form = Form::of::<LinkForm>(web).await?.fill(&LinkForm { handle, ..LinkForm::default() });
    let title = text::WHO_ARE_YOU.of(locale);
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {frame.facts()}
            <p>{text::ABOUT_CARD.of(locale)}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=LinkMember::PATH>{form.fields()} <Actions submit=CONTINUE.of(locale) /></PostForm>
            {frame.cancel()}
        </div>
    };
    Ok(Page::new(Portal::Consent, title, view).leaving())
}

#[server(endpoint = "link-member")]
pub async fn link_member(#[server(flatten)] form: LinkForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle: &form.handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    match link(&web, &visit, &form).await? {
        Outcome::Refused(errors) => {
            // This form, even if a code waits.
            let here = format!("{}?{CARD}=1", path(&form.handle));
            web.refuse(LinkForm::NAME, here, &form, errors).await?;
        }
        Outcome::Done => web.redirect(path(&form.handle)),
        Outcome::Code => {}
    }
    Ok(())
}

/// What came of a card.
enum Outcome {
    Refused(Vec<Error>),
    /// A code is needed too, and the answer leads to it.
    Code,
    /// The account is linked, or the page says what else is due.
    Done,
}

impl From<Error> for Outcome {
    fn from(error: Error) -> Self {
        Self::Refused(vec![error])
    }
}

/// Counts the attempt, looks for the member, and links the account or sends a code.
async fn link(web: &Web, visit: &Visit<'_>, form: &LinkForm) -> Result<Outcome, Failure> {
    let account = web.account()?;
    let typed = match form.parse() {
        Ok(typed) => typed,
        Err(errors) => return Ok(Outcome::Refused(errors.into_iter().map(Into::into).collect())),
    };
    let mut ctx = web.services.store.write().await?;
    let (request, step) = match requests::get(&mut ctx, visit).await {
        // The page says calmly that the request no longer waits.
        Err(requests::Error::NotFound) => return Ok(Outcome::Done),
        found => found?,
    };
    // Test members are chosen, not proved.
    let Proof::Card(by) = proof(web, &request) else { return Err(Failure::NotFound) };
    // The account that is signed in means nothing here, or no longer does. The page says what is due.
    if matches!(step, Step::Payer | Step::SignIn | Step::Provider) {
        return Ok(Outcome::Done);
    }
    if let Err(error) = members::admit_attempt(&mut ctx, &account.id, web.request.address).await {
        return Ok(refusal(error)?.into());
    }
    ctx.commit().await?;
    let payer = request.payer.as_ref().ok_or(Failure::Invalid)?;
    let member = match find_member(web, &request, payer, &typed).await? {
        Ok(member) => member,
        Err(Miss::Near) => {
            web.note(Kind::CardWrong);
            let mut ctx = web.services.store.write().await?;
            let counted = members::near_miss(&mut ctx, &account.id, web.request.address).await;
            let error = counted.map_or_else(refusal, |()| Ok(Error::general(Code::MemberNotFound)))?;
            ctx.commit().await?;
            return Ok(error.into());
        }
        Err(Miss::Wide) => {
            web.note(Kind::CardWrong);
            return Ok(Error::general(Code::MemberNotFound).into());
        }
    };
    let asked = Asked { account: &account.id, partition: &request.partition, payer };
    let ways = web.services.payers.ways(asked, &member);
    if ways.is_empty() && by == Some(CardProof::Code) {
        let has_hook = web.services.payers.code_hook(asked.partition, payer).is_some();
        return Ok(Error::general(if has_hook { Code::MemberNoWay } else { Code::MemberNoAddress }).into());
    }
    if !ways.is_empty() && by != Some(CardProof::Card) {
        return ask_for_code(web, visit, &request, asked, member, ways).await;
    }
    Ok(match link_now(web, asked, &member.patient).await? {
        errors if errors.is_empty() => Outcome::Done,
        errors => Outcome::Refused(errors),
    })
}

/// Sends a code if there is one way, and lets the member choose if there are several. The card was right and links nothing by
/// itself, so it does not count as an attempt.
async fn ask_for_code(
    web: &Web,
    visit: &Visit<'_>,
    request: &Request,
    asked: Asked<'_>,
    member: Member,
    ways: Vec<Way>,
) -> Result<Outcome, Failure> {
    let mut ctx = web.services.store.write().await?;
    if members::find_link(&mut ctx, asked.account, asked.partition, asked.payer).await?.is_some() {
        return Ok(refusal(Refused::LinkedToAnother)?.into());
    }
    members::take_back_attempt(&mut ctx, asked.account, web.request.address).await?;
    member_cards::keep(&mut ctx, asked, &member.patient).await?;
    // The member may wait a while for the code.
    requests::hold_open(&mut ctx, visit).await?;
    ctx.commit().await?;
    match <[Way; 1]>::try_from(ways) {
        Ok([only]) => send_code::send(web, visit, request, member, only).await?,
        Err(_) => send_code::choose(web, visit.handle),
    }
    Ok(Outcome::Code)
}

/// Links the account, once everything has been proved. Returns what is wrong.
pub async fn link_now(web: &Web, asked: Asked<'_>, patient: &PatientId) -> Result<Vec<Error>, Failure> {
    let Asked { account, partition, payer } = asked;
    let mut ctx = web.services.store.write().await?;
    let linked = match partition.environment {
        Environment::Sandbox => members::link_sandbox(&mut ctx, account, partition, payer, patient).await,
        Environment::Production => {
            let site = &web.services.identity.site;
            members::link_production(&mut ctx, site, account, partition, payer, patient).await
        }
    };
    match linked {
        Err(error @ Refused::LinkedToAnother) => return Ok(vec![refusal(error)?]),
        linked => linked?,
    }
    ctx.commit().await?;
    Ok(Vec::new())
}

/// Why a card does not find a member.
enum Miss {
    /// The number and the birth date were right. The name is spelled differently, so this is not a guess.
    Near,
    Wide,
}

/// The member whom all three values name, if the chosen payer insures them.
async fn find_member(
    web: &Web,
    request: &Request,
    payer: &PayerId,
    typed: &Typed<'_>,
) -> Result<Result<Member, Miss>, Failure> {
    let mut ctx = web.services.store.read().await?.within(request.partition.clone());
    let card = find_by_member_id(&mut ctx, typed.member_id, typed.birth_date, typed.last_name).await?;
    drop(ctx);
    Ok(match card {
        Card::Fits(patient) => find(web, &request.partition, payer, &patient).await?.ok_or(Miss::Wide),
        Card::OtherName => Err(Miss::Near),
        Card::Nobody => Err(Miss::Wide),
    })
}
