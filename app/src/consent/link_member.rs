//! Proving once who one is, where the payer has no sign-in of its own: what is on the member card, and a code that goes to where
//! the payer reaches the member, where that can be done.

use audit::security::Kind;
use fhir::members::{Card, Member, find_by_member_id};
use identity::{error::Error as Refused, member_cards, member_codes::Asked, members};
use jiff::civil::Date;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form::Code,
    id::{PatientId, PayerId},
    partition::Environment,
};
use oauth::requests::{self, Request, Step, Visit};
use payers::codes::Way;
use programs::program::CardProof;
use serde::{Deserialize, Serialize};

use crate::{
    account::refusal::refusal,
    components::form::{Actions, ErrorSummary, PostForm},
    consent::{
        frame::Frame,
        member::{Proof, find, proof},
        member_code, path, send_code,
    },
    failure::Failure,
    form::{Form, flash::Error, input::Input},
    page::{Page, Portal},
    web::Web,
};

pub const FORM: &str = "link-member";
/// `?card=1`: the card, also where one was shown already.
pub const CARD: &str = "card";

/// What is typed here is health information: nothing of it is kept when it is refused.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    #[serde(skip_serializing)]
    member_id: String,
    #[serde(skip_serializing)]
    last_name: String,
    #[serde(skip_serializing)]
    birth_date_month: String,
    #[serde(skip_serializing)]
    birth_date_day: String,
    #[serde(skip_serializing)]
    birth_date_year: String,
    handle: String,
}

impl LinkForm {
    fn birth_date(&self) -> Option<Date> {
        let part = |text: &str| text.trim().parse::<i8>().ok();
        let year = Some(self.birth_date_year.trim()).filter(|year| year.len() == 4)?;
        Date::new(year.parse().ok()?, part(&self.birth_date_month)?, part(&self.birth_date_day)?).ok()
    }

    fn errors(&self) -> Vec<Error> {
        let mut errors = Vec::new();
        for (field, text) in [("member_id", &self.member_id), ("last_name", &self.last_name)] {
            if text.trim().is_empty() {
                errors.push(Error::new(field, Code::Required));
            }
        }
        if self.birth_date().is_none() {
            errors.push(Error::new("birth_date", Code::DateInvalid));
        }
        errors
    }
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
    let t = move |english, spanish| locale.of(english, spanish);
    let handle = web.request.param("handle")?.to_owned();
    let inputs = vec![
        Input::text("member_id", t("Member ID", "ID de miembro"))
            .max_length(64)
            .autocomplete("off")
            .hint(t("As it stands on your member card.", "Como aparece en su tarjeta de miembro.")),
        Input::date("birth_date", t("Date of birth", "Fecha de nacimiento")).autocomplete("bday"),
        Input::text("last_name", t("Last name", "Apellido")).max_length(100).autocomplete("family-name"),
        Input::hidden("handle"),
    ];
    let form = Form::open(web, FORM, inputs).await?.fill(&LinkForm { handle, ..LinkForm::default() });
    let title = t("Tell us who you are", "Díganos quién es usted");
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {frame.facts()}
            <p>{t(
                "Your health plan knows you by your member ID. You enter it once; from then on, signing in is enough.",
                "Su plan de salud le conoce por su ID de miembro. Escríbalo una vez; después bastará con iniciar sesión.",
            )}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=LinkMember::PATH>{form.fields()} <Actions submit=t("Continue", "Continuar") /></PostForm>
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
            // This form, also where a code waits.
            let here = format!("{}?{CARD}=1", path(&form.handle));
            web.refuse(FORM, here, &form, errors).await?;
        }
        Outcome::Done => web.redirect(path(&form.handle)),
        Outcome::Code => {}
    }
    Ok(())
}

/// What came of a card.
enum Outcome {
    Refused(Vec<Error>),
    /// A code is asked for besides, and the answer leads to it.
    Code,
    /// It is linked; or something else is due, as the page says.
    Done,
}

impl From<Error> for Outcome {
    fn from(error: Error) -> Self {
        Self::Refused(vec![error])
    }
}

/// Counts the try, looks for the member, links or sends a code.
async fn link(web: &Web, visit: &Visit<'_>, form: &LinkForm) -> Result<Outcome, Failure> {
    let errors = form.errors();
    let (account, Some(birth_date), true) = (web.account()?, form.birth_date(), errors.is_empty()) else {
        return Ok(Outcome::Refused(errors));
    };
    let mut ctx = web.services.store.write().await?;
    let (request, step) = match requests::get(&mut ctx, visit).await {
        // The page says calmly that it is gone.
        Err(requests::Error::NotFound) => return Ok(Outcome::Done),
        found => found?,
    };
    // A test member is chosen, not proved.
    let Proof::Card(by) = proof(web, &request) else { return Err(Failure::NotFound) };
    // Whoever is signed in is nobody here, or not any more: the page says what is due.
    if matches!(step, Step::Payer | Step::SignIn | Step::Provider) {
        return Ok(Outcome::Done);
    }
    if let Err(error) = members::admit_attempt(&mut ctx, &account.id, web.request.address).await {
        return Ok(refusal(error)?.into());
    }
    ctx.commit().await?;
    let payer = request.payer.as_ref().ok_or(Failure::Invalid)?;
    let member = match find_member(web, &request, payer, form, birth_date).await? {
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

/// Sends a code where there is one way, lets the member choose where there are several. The card was right and nothing is linked
/// by it, so it was no try.
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
    // For whoever waits for the code.
    requests::hold_open(&mut ctx, visit).await?;
    ctx.commit().await?;
    match <[Way; 1]>::try_from(ways) {
        Ok([only]) => send_code::send(web, visit, request, member, only).await?,
        Err(_) => send_code::choose(web, visit.handle),
    }
    Ok(Outcome::Code)
}

/// Everything has been proved.
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

/// Why a card finds nobody.
enum Miss {
    /// Number and birth date were right: a name spelled otherwise, and no guess.
    Near,
    Wide,
}

/// The member whom all three values name, if the chosen payer insures them.
async fn find_member(
    web: &Web,
    request: &Request,
    payer: &PayerId,
    form: &LinkForm,
    birth_date: Date,
) -> Result<Result<Member, Miss>, Failure> {
    let mut ctx = web.services.store.read().await?.within(request.partition.clone());
    let card = find_by_member_id(&mut ctx, &form.member_id, birth_date, form.last_name.trim()).await?;
    drop(ctx);
    Ok(match card {
        Card::Fits(patient) => find(web, &request.partition, payer, &patient).await?.ok_or(Miss::Wide),
        Card::OtherName => Err(Miss::Near),
        Card::Nobody => Err(Miss::Wide),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_date_has_a_month_a_day_and_four_digits_of_year() {
        fn check(month: &str, day: &str, year: &str, expect: bool) {
            let [birth_date_month, birth_date_day, birth_date_year] = [month, day, year].map(str::to_owned);
            let form = LinkForm { birth_date_month, birth_date_day, birth_date_year, ..LinkForm::default() };
            assert_eq!(form.birth_date().is_some(), expect, "{month}/{day}/{year}");
        }
        check("2", "29", "2000", true);
        check(" 07 ", "04", "1976", true);
        check("2", "29", "2001", false);
        check("13", "1", "1990", false);
        check("1", "1", "90", false);
        check("", "", "", false);
    }
}
