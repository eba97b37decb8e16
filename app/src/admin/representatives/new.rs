//! `/admin/programs/{program}/{environment}/representatives/new`: who, for whom, by which evidence, and until when. The answer leads to
//! a page that shows both people before anything changes.

use ::programs::program::Payer;
use audit::security::Kind;
use fhir::members::{self, Found, Member};
use identity::{
    accounts::{self, Account},
    representatives::change::{self, Proposal},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{
        Code, Errors, FieldError, Form as _,
        input::{Choice, Input},
    },
    id::PayerId,
    representative::Evidence,
    text::Paragraph,
};

use super::{Place, administrator};
use crate::{
    account::refusal::refusal,
    admin::programs,
    components::{
        empty::Empty,
        form::{Actions, ErrorSummary, PostForm},
        time::show_in,
    },
    failure::Failure,
    form::{Form, date::date_boxes, flash::Error},
    page::Page,
    texts::admin::{CANCEL, programs::TITLE as PROGRAMS, representatives as text},
    web::Web,
};

/// No one is a representative for longer without being looked at again.
const MOST_YEARS: i32 = 20;

form! {
    /// What names the member is health data. We keep none of it when the form is refused.
    pub struct ProposeForm("propose-representative") {
        account: String = Input::text("Healthcare ID or email address of the representative", "Enter a Healthcare ID or email address.")
            .max_length(254).autocomplete("off").hint("Exactly as the person signed up. We do not search for people.");
        payer: String = Input::radios("Payer of the member", "Choose a payer.");
        #[serde(skip_serializing)]
        member_id: String = Input::text("Member ID", "Enter the member ID.")
            .max_length(64).autocomplete("off").hint("As it appears on the member card.");
        #[serde(flatten)]
        birth_date: BirthDate = Input::date("Date of birth of the member", "Enter the member's date of birth.");
        evidence: String = Input::radios("Evidence", "Choose what you have seen.")
            .choices(Evidence::ALL.iter().map(|kind| Choice::new(kind.as_str(), text::evidence(*kind))));
        note: String = Input::area(3, "Note", "Enter a note.")
            .optional().max_length(2000).hint("What you saw, such as the number of the order. Only staff can read it.");
        #[serde(flatten)]
        starts_on: StartsOn = Input::date("First day", "Enter the first day.").optional().hint("Leave this empty to start today.");
        #[serde(flatten)]
        ends_on: EndsOn = Input::date("Last day", "Enter the last day.");
        program: String = Input::hidden();
        environment: String = Input::hidden();
    }
}

date_boxes! {
    BirthDate { birth_date_month birth_date_day birth_date_year }
}

date_boxes! {
    kept StartsOn { starts_on_month starts_on_day starts_on_year }
}

date_boxes! {
    kept EndsOn { ends_on_month ends_on_day ends_on_year }
}

/// What was typed, as far as it can be read without looking anything up.
struct Typed<'f> {
    account: &'f str,
    payer: PayerId,
    member_id: &'f str,
    birth_date: Date,
    evidence: Evidence,
    note: Option<Paragraph>,
    days: Days,
}

/// From the first second of the first day to the last second of the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Days {
    starts_at: Timestamp,
    ends_at: Timestamp,
}

impl ProposeForm {
    fn parse(&self, place: &Place, now: Timestamp) -> Result<Typed<'_>, Vec<FieldError>> {
        let mut errors = Errors::default();
        let payer = || match self.payer.as_str() {
            "" => Err(Code::Required),
            payer => payers(place).find(|known| known.id.as_str() == payer).ok_or(Code::NotAChoice),
        };
        let account = errors.take("account", filled_in(&self.account));
        let payer = errors.take("payer", payer());
        let member_id = errors.take("member_id", filled_in(&self.member_id));
        let birth_date = errors.take("birth_date", self.birth_date.read());
        let evidence = errors.read("evidence", &self.evidence);
        let note = errors.read::<Option<Paragraph>>("note", &self.note);
        let starts_on = match self.starts_on.read() {
            Err(Code::Required) => Ok(None),
            read => read.map(Some),
        };
        let (starts_on, ends_on) = (errors.take("starts_on", starts_on), errors.take("ends_on", self.ends_on.read()));
        let days = starts_on.zip(ends_on).and_then(|(first, last)| {
            let days = days(place, now, first, last).map_err(|(field, code)| errors.add(field, code));
            days.ok()
        });
        let typed = || {
            Some(Typed {
                account: account?,
                payer: payer?.id.clone(),
                member_id: member_id?,
                birth_date: birth_date?,
                evidence: evidence?,
                note: note?,
                days: days?,
            })
        };
        let typed = typed();
        errors.finish(typed)
    }
}

fn filled_in(text: &str) -> Result<&str, Code> {
    Some(text.trim()).filter(|text| !text.is_empty()).ok_or(Code::Required)
}

/// The payers whose members sign in with a Healthcare ID. The others' own sign-in says who may act for whom.
fn payers(place: &Place) -> impl Iterator<Item = &Payer> {
    let environment = place.partition.environment;
    place
        .program
        .payers
        .iter()
        .filter(move |payer| !payer.has_provider(environment) && !payer.lacks_provider(environment))
}

/// The days in the program's zone. A first day of today begins now.
fn days(place: &Place, now: Timestamp, first: Option<Date>, last: Date) -> Result<Days, (&'static str, Code)> {
    let zone = place.program.zone();
    let today = now.to_zoned(zone.clone()).date();
    let first = first.unwrap_or(today);
    let latest = today.saturating_add(MOST_YEARS.years());
    match () {
        () if first < today => return Err(("starts_on", Code::DayTooEarly)),
        () if latest < first => return Err(("starts_on", Code::DayTooLate)),
        () if last < first => return Err(("ends_on", Code::DayTooEarly)),
        () if latest < last => return Err(("ends_on", Code::DayTooLate)),
        () => {}
    }
    let start_of = |date: Date| date.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp());
    let invalid = |field| (field, Code::DateInvalid);
    let starts_at = if first == today { Some(now) } else { start_of(first) };
    let ends_at = last.tomorrow().ok().and_then(start_of).map(|next| next - jiff::SignedDuration::from_secs(1));
    Ok(Days { starts_at: starts_at.ok_or(invalid("starts_on"))?, ends_at: ends_at.ok_or(invalid("ends_on"))? })
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = administrator(&web).await?;
    let place = Place::of_page(&web)?;
    show_in(&web.services.programs, [&place.partition.program]);
    let choices: Vec<Choice> =
        payers(&place).map(|payer| Choice::new(payer.id.to_string(), payer.name.clone())).collect();
    let body = if choices.is_empty() {
        view! { <Empty title=text::NO_ONE><p>{text::PROVIDERS_ONLY}</p></Empty> }.into_any()
    } else {
        let form = Form::of::<ProposeForm>(&web).await?.offer("payer", choices);
        let form = form.own("program", place.partition.program.to_string());
        let form = form.own("environment", place.partition.environment.to_string());
        let (fields, list) = (form.fields(), place.path());
        view! {
            <p>{text::ABOUT_ADDING}</p>
            <ErrorSummary form />
            <PostForm to=ProposeRepresentative::PATH>
                {fields}
                <Actions submit=text::CONTINUE cancel=CANCEL cancel_to=list />
            </PostForm>
        }
        .into_any()
    };
    let view = view! { <h1>{text::ADD}</h1> <p class="usa-hint">{place.title()}</p> {body} };
    let page = desk.page(text::ADD, view).at(programs::PATH).under(programs::PATH, PROGRAMS);
    Ok(page.under(place.path(), text::TITLE))
}

#[server(endpoint = "propose-representative")]
pub async fn propose_representative(#[server(flatten)] form: ProposeForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    let place = Place::find(&web, &form.program, &form.environment)?;
    let here = format!("{}/new", place.path());
    let typed = match form.parse(&place, web.services.store.now()) {
        Ok(typed) => typed,
        Err(errors) => return web.refuse(ProposeForm::NAME, here, &form, errors).await,
    };
    let mut ctx = web.services.store.write().await?;
    let admitted = change::admit_attempt(&mut ctx, &desk.account.id).await;
    if let Err(error) = admitted {
        drop(ctx);
        return web.refuse(ProposeForm::NAME, here, &form, [refusal(error)?]).await;
    }
    ctx.commit().await?;
    let (account, member) = match look_up(&web, &place, &typed).await? {
        Ok(found) => found,
        Err(errors) => return web.refuse(ProposeForm::NAME, here, &form, errors).await,
    };
    let proposal = Proposal {
        account: account.id,
        payer: typed.payer,
        first_name: member.first_name,
        patient: member.patient,
        evidence: typed.evidence,
        note: typed.note,
        starts_at: typed.days.starts_at,
        ends_at: typed.days.ends_at,
    };
    let mut ctx = web.services.store.write().await?;
    change::take_back_attempt(&mut ctx, &desk.account.id).await?;
    match change::propose(&mut ctx, &desk.account.id, &place.partition, &proposal).await {
        Ok(id) => {
            ctx.commit().await?;
            web.redirect(format!("{}/{id}", place.path()));
            Ok(())
        }
        Err(error) => {
            drop(ctx);
            web.refuse(ProposeForm::NAME, here, &form, [refusal(error)?]).await
        }
    }
}

/// The account and the member that the form names, or what names no one. Whether number or birth date is wrong, no one learns.
async fn look_up(
    web: &Web,
    place: &Place,
    typed: &Typed<'_>,
) -> Result<Result<(Account, Member), Vec<Error>>, Failure> {
    let mut ctx = web.services.store.read().await?.within(place.partition.clone());
    let account = accounts::find_by_login(&mut ctx, typed.account).await?;
    let account = account.filter(|account| account.email_verified_at.is_some());
    let found = members::find_by_number(&mut ctx, &typed.payer, typed.member_id, typed.birth_date).await?;
    let member = match found {
        Found::One(patient) => members::find(&mut ctx, &patient).await?,
        Found::Nobody | Found::Several => None,
    };
    if member.is_none() {
        web.note(Kind::CardWrong);
    }
    let wrong = [
        account.is_none().then(|| Error::new("account", Code::NoSuchAccount)),
        member.is_none().then(|| Error::new("member_id", Code::NoSuchMember)),
    ];
    Ok(account.zip(member).ok_or_else(|| wrong.into_iter().flatten().collect()))
}

#[cfg(test)]
mod tests {
    use model::partition::{Environment, Partition, ProgramId};

    use super::*;

    fn place() -> Place {
        let programs = ::programs::Programs::embedded().unwrap();
        let program = programs.get(&ProgramId::new("idaho")).unwrap().clone();
        Place { partition: Partition::new(&program.id, Environment::Production), program }
    }

    #[test]
    fn days_are_those_of_the_program_and_the_last_counts_in_full() {
        // Still November 30 in Boise.
        let now: Timestamp = "2026-12-01T06:30:00Z".parse().unwrap();
        let check = |first: Option<&str>, last: &str, expect: Result<(&str, &str), (&'static str, Code)>| {
            let (first, last) = (first.map(|day| day.parse().unwrap()), last.parse().unwrap());
            let found = days(&place(), now, first, last);
            let expect = expect.map(|(starts_at, ends_at)| Days {
                starts_at: starts_at.parse().unwrap(),
                ends_at: ends_at.parse().unwrap(),
            });
            assert_eq!(found, expect, "{first:?} {last}");
        };
        check(None, "2026-11-30", Ok(("2026-12-01T06:30:00Z", "2026-12-01T06:59:59Z")));
        check(Some("2026-11-30"), "2027-06-30", Ok(("2026-12-01T06:30:00Z", "2027-07-01T05:59:59Z")));
        check(Some("2026-12-01"), "2026-12-01", Ok(("2026-12-01T07:00:00Z", "2026-12-02T06:59:59Z")));
        check(None, "2046-11-30", Ok(("2026-12-01T06:30:00Z", "2046-12-01T06:59:59Z")));
        check(Some("2026-11-29"), "2027-01-01", Err(("starts_on", Code::DayTooEarly)));
        check(Some("2027-01-02"), "2027-01-01", Err(("ends_on", Code::DayTooEarly)));
        check(None, "2026-11-29", Err(("ends_on", Code::DayTooEarly)));
        check(None, "2046-12-01", Err(("ends_on", Code::DayTooLate)));
        check(Some("9999-12-31"), "9999-12-31", Err(("starts_on", Code::DayTooLate)));
    }
}
