//! Whose data, if the account may act for other people: its own, or that of one of them.

use identity::members::{People, Represented};
use leptos::{prelude::*, server_fn::ServerFn};
use mail::moment;
use model::{
    form,
    form::{
        Code, Form as _,
        input::{Choice, Input},
    },
    id::{PatientId, PayerId},
    partition::Environment,
};
use oauth::{
    requests::{self, Error, Request, Visit},
    whose::{self, Whose},
};
use store::Ctx;

use crate::{
    components::{
        alert::{Alert, Tone},
        form::{Actions, ErrorSummary, PostForm},
        time::{date, show_in},
    },
    consent::{
        answered,
        frame::Frame,
        member::{self, Proof, proof},
        path,
    },
    failure::Failure,
    form::{Form, flash},
    page::{Page, Portal},
    texts::consent::{CONTINUE, person as text},
    web::Web,
};

/// The answer for the account's own data. The others are `for-` and the person's id.
const OWN: &str = "own";

form! {
    /// Its choices are the people whose data the account may share.
    pub struct PersonForm("person") {
        handle: String = Input::hidden();
        person: String = Input::radios(
            ["Whose data do you want to share?", "¿Los datos de quién quiere compartir?"],
            ["Choose a person.", "Elija a una persona."],
        );
    }
}

/// `/consent/{handle}/person`: to choose another person than before.
pub async fn another(web: Web) -> Result<Page, Failure> {
    let handle = web.request.param("handle")?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.read().await?;
    let request = match requests::find(&mut ctx, &visit).await {
        Err(Error::NotFound) => return answered::page(&web, &mut ctx, &visit).await,
        found => found?,
    };
    let people = whose::people(&mut ctx, &request, &visit).await?;
    if people.is_none_or(|people| people.represented.is_empty()) {
        return Err(Failure::redirect(path(handle)));
    }
    let frame = Frame::of(&web, &mut ctx, &request, handle).await?.ok_or_else(|| Failure::redirect(path(handle)))?;
    drop(ctx);
    page(&web, &request, &frame, &visit).await
}

pub async fn page(web: &Web, request: &Request, frame: &Frame, visit: &Visit<'_>) -> Result<Page, Failure> {
    let locale = web.locale();
    show_in(&web.services.programs, [&request.partition.program]);
    let payer = request.payer.as_ref().ok_or_else(|| Failure::redirect(path(visit.handle)))?;
    let mut ctx = web.services.store.read().await?;
    let people = whose::people(&mut ctx, request, visit).await?;
    let people = people.ok_or_else(|| Failure::redirect(path(visit.handle)))?;
    let choices = choices(web, &mut ctx, request, payer, &people).await?;
    drop(ctx);
    let lost = matches!(&request.whose, Some(Whose::Patient(chosen)) if people.basis(chosen).is_none());
    let lost = lost.then(|| view! { <Alert tone=Tone::Warning>{text::NO_LONGER.of(locale)}</Alert> });
    let chosen = PersonForm { handle: visit.handle.to_owned(), person: chosen(request, &people, choices.len()) };
    let form = Form::of::<PersonForm>(web).await?;
    let title = text::TITLE.of(locale);
    let ask = if choices.is_empty() {
        view! { <p>{text::NO_ONE.of(locale)}</p> }.into_any()
    } else {
        let form = form.offer("person", choices).fill(&chosen);
        view! {
            <p>{text::about(locale, frame.app())}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=ChoosePerson::PATH>{form.fields()} <Actions submit=CONTINUE.of(locale) /></PostForm>
        }
        .into_any()
    };
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            {frame.facts()}
            {lost}
            {ask}
            {frame.cancel()}
        </div>
    };
    Ok(Page::new(Portal::Consent, title, view).leaving())
}

/// What is selected: what the member chose before, or the only person there is.
fn chosen(request: &Request, people: &People, choices: usize) -> String {
    let of = |patient: &PatientId| if people.own.as_ref() == Some(patient) { OWN.to_owned() } else { value(patient) };
    match (&request.whose, &people.represented[..]) {
        (Some(Whose::Own), _) => OWN.to_owned(),
        (Some(Whose::Patient(patient)), _) => of(patient),
        (None, [only]) if choices == 1 => value(&only.patient),
        (None, _) => String::new(),
    }
}

fn value(patient: &PatientId) -> String {
    format!("for-{patient}")
}

/// The account's own data first. A person whom the payer's data does not include cannot be chosen.
async fn choices(
    web: &Web,
    ctx: &mut Ctx,
    request: &Request,
    payer: &PayerId,
    people: &People,
) -> Result<Vec<Choice>, Failure> {
    let mut choices: Vec<Choice> = own(web, ctx, request, payer, people).await?.into_iter().collect();
    for one in &people.represented {
        let member = member::find_in(ctx, &request.partition, payer, &one.patient).await?;
        choices.extend(member.map(|member| {
            let born = member.birth_date.map(|day| text::born(web.locale(), moment::day(day, web.locale())));
            let about = [Some(acts(web, one)), born].into_iter().flatten().collect::<Vec<_>>().join(". ");
            Choice::new(value(&one.patient), member.name).about(about)
        }));
    }
    Ok(choices)
}

/// `None` where the payer's provider does not know the account as a member, or no one can be linked here.
async fn own(
    web: &Web,
    ctx: &mut Ctx,
    request: &Request,
    payer: &PayerId,
    people: &People,
) -> Result<Option<Choice>, Failure> {
    let locale = web.locale();
    if let Some(own) = &people.own {
        let member = member::find_in(ctx, &request.partition, payer, own).await?;
        let name = member.map(|member| member.name).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| text::YOURSELF.of(locale).to_owned());
        return Ok(Some(Choice::new(OWN, name).about(text::OWN)));
    }
    if request.at_provider || proof(web, request) == Proof::None {
        return Ok(None);
    }
    let sandbox = request.partition.environment == Environment::Sandbox;
    let about = if sandbox && proof(web, request) == Proof::Choice { text::CHOOSE_FIRST } else { text::LINK_FIRST };
    Ok(Some(Choice::new(OWN, text::YOURSELF).about(about)))
}

fn acts(web: &Web, one: &Represented) -> String {
    let locale = web.locale();
    match one.until {
        Some(until) => text::acts_until(locale, date(until, locale)),
        None => text::ACTS.of(locale).to_owned(),
    }
}

#[server(endpoint = "choose-person")]
pub async fn choose_person(handle: String, #[server(default)] person: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle: &handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let chosen = match person.strip_prefix("for-") {
        Some(patient) => Ok(Whose::Patient(PatientId::new(patient))),
        None if person == OWN => Ok(Whose::Own),
        None if person.is_empty() => Err(Code::Required),
        None => Err(Code::NotAChoice),
    };
    let here = path(&handle);
    let code = match chosen {
        Ok(chosen) => {
            let mut ctx = web.services.store.write().await?;
            match whose::choose(&mut ctx, &visit, &chosen).await {
                Err(Error::UnknownPerson) => Code::NotAChoice,
                // The page says calmly that the request no longer waits.
                Err(Error::NotFound) => {
                    web.redirect(here);
                    return Ok(());
                }
                done => {
                    done?;
                    ctx.commit().await?;
                    web.redirect(here);
                    return Ok(());
                }
            }
        }
        Err(code) => code,
    };
    let page = web.request.came_from.clone().filter(|page| *page == format!("{here}/person"));
    web.refuse(PersonForm::NAME, page.unwrap_or(here), &(), [flash::Error::new("person", code)]).await
}
