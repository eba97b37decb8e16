//! Proving once who one is, where the payer has no sign-in of its own: what is on the member card, and a code at the address
//! that the payer knows, where there is one.

use audit::security::Kind;
use fhir::members::{Card, Member, find_by_member_id};
use identity::{
    error::Error as Refused,
    member_codes::{self, Asked},
    members,
};
use jiff::civil::Date;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    id::{PatientId, PayerId},
    partition::Environment,
};
use oauth::requests::{self, Request, Step, Visit};
use programs::program::CardProof;
use serde::{Deserialize, Serialize};

use crate::{
    account::refusal::refusal,
    components::form::{Actions, ErrorSummary, PostForm},
    consent::{
        member::{Proof, find, proof},
        member_code, path,
    },
    failure::Failure,
    form::{Form, flash::Error, input::Input},
    page::{Page, Portal},
    web::Web,
};

pub const FORM: &str = "link-member";

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
                errors.push(Error::new(field, "required"));
            }
        }
        if self.birth_date().is_none() {
            errors.push(Error::new("birth_date", "date_invalid"));
        }
        errors
    }
}

pub async fn page(web: &Web, request: &Request) -> Result<Page, Failure> {
    if let Some(sent_to) = member_code::waiting(web, request).await? {
        return member_code::page(web, &sent_to).await;
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
            <p>{t(
                "Your health plan knows you by your member ID. You enter it once; from then on, signing in is enough.",
                "Su plan de salud le conoce por su ID de miembro. Escríbalo una vez; después bastará con iniciar sesión.",
            )}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=LinkMember::PATH>{form.fields()} <Actions submit=t("Continue", "Continuar") /></PostForm>
        </div>
    };
    Ok(Page::new(Portal::Consent, title, view))
}

#[server(endpoint = "link-member")]
pub async fn link_member(#[server(flatten)] form: LinkForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let here = path(&form.handle);
    match link(&web, &form).await? {
        errors if errors.is_empty() => web.redirect(here),
        // This page, also where a code waits.
        errors => web.refuse(FORM, format!("{here}?{}=1", member_code::AGAIN), &form, errors).await?,
    }
    Ok(())
}

/// Counts the try, looks for the member, links; what is wrong otherwise.
async fn link(web: &Web, form: &LinkForm) -> Result<Vec<Error>, Failure> {
    let errors = form.errors();
    let (account, Some(birth_date), true) = (web.account()?, form.birth_date(), errors.is_empty()) else {
        return Ok(errors);
    };
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle: &form.handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.write().await?;
    let (request, step) = match requests::get(&mut ctx, &visit).await {
        // The page says calmly that it is gone.
        Err(requests::Error::NotFound) => return Ok(Vec::new()),
        found => found?,
    };
    // A test member is chosen, not proved.
    let Proof::Card(by) = proof(web, &request) else { return Err(Failure::NotFound) };
    // Whoever is signed in is nobody here, or not any more: the page says what is due.
    if matches!(step, Step::Payer | Step::SignIn | Step::Provider) {
        return Ok(Vec::new());
    }
    if let Err(error) = members::admit_attempt(&mut ctx, &account.id, web.request.address).await {
        return Ok(vec![refusal(error)?]);
    }
    ctx.commit().await?;
    let payer = request.payer.as_ref().ok_or(Failure::Invalid)?;
    let member = match find_member(web, &request, payer, form, birth_date).await? {
        Ok(member) => member,
        Err(Miss::Near) => {
            web.note(Kind::CardWrong);
            let mut ctx = web.services.store.write().await?;
            let counted = members::near_miss(&mut ctx, &account.id, web.request.address).await;
            let error = counted.map_or_else(refusal, |()| Ok(Error::general("member_not_found")))?;
            ctx.commit().await?;
            return Ok(vec![error]);
        }
        Err(Miss::Wide) => {
            web.note(Kind::CardWrong);
            return Ok(vec![Error::general("member_not_found")]);
        }
    };
    let asked = Asked { account: &account.id, partition: &request.partition, payer };
    match (by, &member.email) {
        (Some(CardProof::Card), _) | (None, None) => link_now(web, asked, &member.patient).await,
        (_, None) => Ok(vec![Error::general("member_no_address")]),
        (_, Some(to)) => {
            let identity = &web.services.identity;
            let mut ctx = web.services.store.write().await?;
            if members::find_link(&mut ctx, asked.account, asked.partition, payer).await?.is_some() {
                return Ok(vec![refusal(Refused::LinkedToAnother)?]);
            }
            let locale = web.locale();
            let patient = &member.patient;
            match member_codes::send(&mut ctx, &identity.sealing, &identity.site, asked, patient, to, locale).await {
                Err(error @ Refused::TooManyAttempts { .. }) => return Ok(vec![refusal(error)?]),
                sent => sent?,
            }
            // For whoever waits for mail.
            requests::hold_open(&mut ctx, &visit).await?;
            ctx.commit().await?;
            Ok(Vec::new())
        }
    }
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
