//! `/admin/members`: a member's connected apps, looked up by support for the member.

mod end;
mod found;

use std::sync::Arc;

use ::programs::program::Program;
use fhir::members::{self, Found};
use identity::{accounts, representatives::change};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    account::Role,
    form,
    form::{
        Code, Errors, FieldError, Form as _,
        input::{Choice, Input},
    },
    id::{PatientId, PayerId},
    partition::{Environment, Partition},
};
use oauth::on_behalf::{self, Subject};

use super::desk::Desk;
use crate::{
    account::refusal::refusal,
    components::{
        empty::Empty,
        form::{Actions, ErrorSummary, PostForm},
    },
    failure::Failure,
    form::Form,
    page::Page,
    routes::{Route, route},
    texts::{admin::members as text, registry::environment},
    web::Web,
};

pub const PATH: &str = "/admin/members";

/// Who may look up.
const ROLES: [Role; 2] = [Role::Administrator, Role::Support];

pub fn routes() -> [Route; 3] {
    [route(PATH, page), route("/admin/members/{id}", found::page), route("/admin/members/{id}/end/{grant}", end::page)]
}

form! {
    /// What names the member is health data. We keep none of it when the form is refused.
    pub struct LookUpForm("look-up-member") {
        place: String = Input::select("Program, environment, and payer", "Choose a program, environment, and payer.");
        by: String = Input::radios("You know the member's", "Choose what you know.")
            .choice("member_id", "Member ID").choice("patient", "Patient ID").choice("account", "Healthcare ID or email address");
        #[serde(skip_serializing)]
        named: String = Input::text("Member ID, Patient ID, Healthcare ID, or email address", "Enter what you know.")
            .max_length(254).autocomplete("off").hint("Exactly, as on the member card or as the person signed up.");
    }
}

/// A payer in a program and environment.
struct Place {
    program: Arc<Program>,
    partition: Partition,
    payer: PayerId,
}

impl Place {
    /// All that the desk reaches.
    fn all(web: &Web, desk: &Desk) -> Vec<Self> {
        let mut places = Vec::new();
        for program in web.services.programs.iter() {
            for environment in [Environment::Production, Environment::Sandbox] {
                let payers = program.payers.iter().filter(|payer| desk.reach.covers_payer(&program.id, &payer.id));
                for payer in payers.filter(|_| program.serves(environment)) {
                    let partition = Partition::new(&program.id, environment);
                    places.push(Self { program: program.clone(), partition, payer: payer.id.clone() });
                }
            }
        }
        places
    }

    fn word(&self) -> String {
        format!("{} {} {}", self.partition.program, self.partition.environment, self.payer)
    }

    fn payer_name(&self) -> String {
        self.program.payer(&self.payer).map_or_else(|| self.payer.to_string(), |payer| payer.name.clone())
    }

    fn name(&self) -> String {
        text::place(&self.program.name, environment(self.partition.environment), self.payer_name())
    }

    /// What a look-up is about; [`Failure::NotFound`] if the desk does not reach it.
    fn of(web: &Web, desk: &Desk, partition: &Partition, payer: &PayerId) -> Result<Self, Failure> {
        let places = Self::all(web, desk).into_iter();
        let mut here = places.filter(|place| place.partition == *partition && place.payer == *payer);
        here.next().ok_or(Failure::NotFound)
    }
}

async fn supporter(web: &Web) -> Result<Desk, Failure> {
    let desk = Desk::enter(web).await?;
    desk.allow(&ROLES)?;
    Ok(desk)
}

/// The address of a look-up.
fn path(id: &str) -> String {
    format!("{PATH}/{id}")
}

async fn page(web: Web) -> Result<Page, Failure> {
    let desk = supporter(&web).await?;
    let choices: Vec<Choice> =
        Place::all(&web, &desk).into_iter().map(|place| Choice::new(place.word(), place.name())).collect();
    let body = if choices.is_empty() {
        view! { <Empty title=text::TITLE><p>{text::NO_PLACES}</p></Empty> }.into_any()
    } else {
        let form = Form::of::<LookUpForm>(&web).await?.offer("place", choices);
        let fields = form.fields();
        view! {
            <ErrorSummary form />
            <PostForm to=LookUpMember::PATH>
                {fields}
                <Actions submit=text::LOOK_UP />
            </PostForm>
        }
        .into_any()
    };
    let view = view! { <h1>{text::HEADING}</h1> <p>{text::ABOUT}</p> {body} };
    Ok(desk.page(text::TITLE, view).at(PATH))
}

/// How a member is named.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    MemberId,
    Patient,
    Account,
}

impl LookUpForm {
    fn parse(&self, places: Vec<Place>) -> Result<(Place, By, String), Vec<FieldError>> {
        let mut errors = Errors::default();
        let place = match self.place.as_str() {
            "" => Err(Code::Required),
            word => places.into_iter().find(|place| place.word() == word).ok_or(Code::NotAChoice),
        };
        let by = match self.by.as_str() {
            "member_id" => Ok(By::MemberId),
            "patient" => Ok(By::Patient),
            "account" => Ok(By::Account),
            "" => Err(Code::Required),
            _ => Err(Code::NotAChoice),
        };
        let named = match self.named.trim() {
            "" => Err(Code::Required),
            named if 254 < named.chars().count() => Err(Code::TooLong),
            named => Ok(named.to_owned()),
        };
        let (place, by, named) = (errors.take("place", place), errors.take("by", by), errors.take("named", named));
        errors.finish(place.zip(by).zip(named).map(|((place, by), named)| (place, by, named)))
    }
}

#[server(endpoint = "look-up-member")]
pub async fn look_up_member(#[server(flatten)] form: LookUpForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = supporter(&web).await?;
    let (place, by, named) = match form.parse(Place::all(&web, &desk)) {
        Ok(typed) => typed,
        Err(errors) => return web.refuse(LookUpForm::NAME, PATH, &form, errors).await,
    };
    // A person who guesses numbers waits longer and longer; each try counts before anything is looked up.
    let mut ctx = web.services.store.write().await?;
    let admitted = change::admit_attempt(&mut ctx, &desk.account.id).await;
    if let Err(error) = admitted {
        drop(ctx);
        return web.refuse(LookUpForm::NAME, PATH, &form, [refusal(error)?]).await;
    }
    ctx.commit().await?;
    let Some(subject) = find(&web, &place, by, &named).await? else {
        let code = if by == By::Account { Code::NoSuchPerson } else { Code::NoSuchPatient };
        return web.refuse(LookUpForm::NAME, PATH, &form, [FieldError::new("named", code)]).await;
    };
    let mut ctx = web.services.store.write().await?;
    change::take_back_attempt(&mut ctx, &desk.account.id).await?;
    let id = on_behalf::begin(&mut ctx, &desk.account.id, &place.partition, &place.payer, &subject).await?;
    ctx.commit().await?;
    web.redirect(path(&id));
    Ok(())
}

/// Whom the entry names, if exactly one.
async fn find(web: &Web, place: &Place, by: By, named: &str) -> Result<Option<Subject>, Failure> {
    let mut ctx = web.services.store.read().await?;
    Ok(match by {
        By::MemberId => {
            let mut ctx = ctx.within(place.partition.clone());
            match members::find_by_card_number(&mut ctx, &place.payer, named).await? {
                Found::One(patient) => Some(Subject::Patient(patient)),
                Found::Nobody | Found::Several => None,
            }
        }
        By::Patient => {
            let patient = PatientId::new(named);
            let found = members::find_in(&mut ctx, &place.partition, &patient).await?;
            let here = |member: &members::Member| member.payer.as_ref().is_none_or(|own| *own == place.payer);
            found.filter(here).map(|member| Subject::Patient(member.patient))
        }
        By::Account => {
            let found = accounts::find_by_login(&mut ctx, named).await?;
            found.filter(|account| account.email_verified_at.is_some()).map(|account| Subject::Account(account.id))
        }
    })
}
