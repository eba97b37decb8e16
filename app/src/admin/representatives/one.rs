//! `/admin/programs/{program}/{environment}/representatives/{id}`: both people, and what an administrator can do: confirm what they
//! have just proposed, or end it.

use ::audit::views::Subject as Seen;
use fhir::members::{self, Member};
use identity::{
    accounts::{self, Account},
    error::Error,
    representatives::{self, Representative, State, change},
};
use jiff::Timestamp;
use leptos::{prelude::*, server_fn::ServerFn};
use mail::moment;
use model::{
    form,
    form::{FieldError, Form as _, field::Field as _, input::Input},
    id::{AccountId, RepresentativeId},
    representative::Source,
    text::Paragraph,
};
use oauth::grants::representation;
use store::Ctx;

use super::{Place, administrator, may_write, reader, sign_in_name, status, until};
use crate::{
    account::refusal::refusal,
    admin::{desk::Desk, programs},
    components::{
        form::{Actions, ErrorSummary, PostForm},
        summary::{Fact, Summary},
        time::{Day, Time, show_in},
    },
    failure::Failure,
    form::Form,
    locale::Locale,
    member::representing::says_who,
    page::Page,
    texts::{
        admin::{CANCEL, CLOSED_ACCOUNT, programs::TITLE as PROGRAMS, representatives as text},
        notices::Notice,
    },
    web::Web,
};

form! {
    pub struct ConfirmForm("confirm-representative") {
        program: String = Input::hidden();
        environment: String = Input::hidden();
        id: String = Input::hidden();
    }
}

form! {
    pub struct EndForm("end-representative") {
        reason: String = Input::area(3, "Reason", "Enter a reason.").max_length(2000).hint("Only staff can read it.");
        program: String = Input::hidden();
        environment: String = Input::hidden();
        id: String = Input::hidden();
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = reader(&web).await?;
    let place = Place::of_page(&web)?;
    show_in(&web.services.programs, [&place.partition.program]);
    let id = RepresentativeId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let found = representatives::get(&mut ctx, &desk.account.id, &place.partition, &id).await?;
    let (state, proposed) = (found.state(ctx.now), found.confirmed_at.is_none());
    let facts = facts(&mut ctx, &place, &found, state).await?;
    drop(ctx);
    web.saw(&desk.account, &[Seen::Representative(id.to_string())], Some(&place.partition)).await?;
    let action = match state {
        State::Proposed => confirm_form(&web, &place, &found).await?.into_any(),
        State::Later | State::InForce if found.source != Source::Administrator => {
            view! { <p>{text::FEED_ONLY}</p> }.into_any()
        }
        State::Later | State::InForce if may_write(&desk) => end_form(&web, &place, &found).await?.into_any(),
        State::Later | State::InForce | State::Ended => ().into_any(),
    };
    let title = if proposed { text::CHECK } else { text::REPRESENTATIVE };
    let about = proposed.then(|| view! { <p>{text::ABOUT_CHECK}</p> });
    let view = view! {
        <h1>{title}</h1>
        <p class="usa-hint">{place.title()}</p>
        {about}
        <Summary facts />
        {action}
    };
    let page = desk.page(title, view).at(programs::PATH).under(programs::PATH, PROGRAMS);
    Ok(page.under(place.path(), text::TITLE))
}

async fn confirm_form(web: &Web, place: &Place, of: &Representative) -> Result<impl IntoView + use<>, Failure> {
    let form = about(Form::of::<ConfirmForm>(web).await?, place, of);
    let (fields, list) = (form.fields(), place.path());
    Ok(view! {
        <ErrorSummary form />
        <PostForm to=ConfirmRepresentative::PATH>
            {fields}
            <Actions submit=text::CONFIRM cancel=CANCEL cancel_to=list />
        </PostForm>
    })
}

async fn end_form(web: &Web, place: &Place, of: &Representative) -> Result<impl IntoView + use<>, Failure> {
    let form = about(Form::of::<EndForm>(web).await?, place, of);
    let (fields, list) = (form.fields(), place.path());
    Ok(view! {
        <h2>{text::END_TITLE}</h2>
        <p>{text::END_EFFECT}</p>
        <ErrorSummary form />
        <PostForm to=EndRepresentative::PATH>
            {fields}
            <Actions submit=text::END cancel=CANCEL cancel_to=list />
        </PostForm>
    })
}

fn about(form: Form, place: &Place, of: &Representative) -> Form {
    let form = form.own("program", place.partition.program.to_string());
    form.own("environment", place.partition.environment.to_string()).own("id", of.id.to_string())
}

async fn facts(ctx: &mut Ctx, place: &Place, of: &Representative, state: State) -> Result<Vec<Fact>, Failure> {
    let account = accounts::find(ctx, &of.account).await?;
    let member = members::find_in(ctx, &of.partition, &of.patient).await?;
    let mut facts = Vec::new();
    if of.confirmed_at.is_some() {
        facts.push(Fact::new(text::STATUS, status(state)));
    }
    facts.extend(representative(ctx, account.as_ref()).await?);
    facts.extend(of_member(of, member));
    facts.push(Fact::new(text::PAYER, place.payer(of)));
    facts.push(Fact::new(text::SAYS_WHO, says_who(of, Locale::English)));
    if let Some(note) = &of.note {
        facts.push(Fact::new(text::NOTE, note.clone()));
    }
    facts.push(Fact::new(text::FROM, view! { <Day at=of.starts_at /> }));
    facts.push(Fact::new(text::UNTIL, until(of)));
    if let Some(by) = &of.granted_by {
        let (by, at) = (name_of(ctx, by).await?, of.confirmed_at.unwrap_or(of.created_at));
        facts.push(Fact::new(text::ADDED_BY, who_and_when(by, at)));
    }
    if let Some(ended) = &of.ended {
        let by = match &ended.account {
            Some(account) => name_of(ctx, account).await?,
            None => text::ending(ended.by).to_owned(),
        };
        facts.push(Fact::new(text::ENDED_BY, who_and_when(by, ended.at)));
        facts.extend(ended.reason.clone().map(|reason| Fact::new(text::REASON, reason)));
    }
    Ok(facts)
}

async fn representative(ctx: &mut Ctx, account: Option<&Account>) -> Result<Vec<Fact>, Failure> {
    let Some(account) = account else { return Ok(vec![Fact::new(text::REPRESENTATIVE, CLOSED_ACCOUNT)]) };
    let mailbox = account.mailbox().map(ToString::to_string).unwrap_or_default();
    Ok(vec![
        Fact::new(text::REPRESENTATIVE, account.name.to_string()),
        Fact::new(text::HEALTHCARE_ID, sign_in_name(ctx, account).await?),
        Fact::new(text::EMAIL, mailbox),
    ])
}

fn of_member(of: &Representative, member: Option<Member>) -> Vec<Fact> {
    let Some(member) = member else {
        let gone = format!("{} ({})", of.first_name, text::NOT_IN_DATA);
        return vec![Fact::new(text::MEMBER, gone)];
    };
    let born = member.birth_date.map(|day| moment::day(day, Locale::English)).unwrap_or_default();
    vec![
        Fact::new(text::MEMBER, member.name),
        Fact::new(text::BORN, born),
        Fact::new(text::MEMBER_ID, member.member_id.unwrap_or_default()),
    ]
}

async fn name_of(ctx: &mut Ctx, account: &AccountId) -> Result<String, Failure> {
    let account = accounts::find(ctx, account).await?;
    Ok(account.map_or_else(|| CLOSED_ACCOUNT.to_owned(), |account| account.name.to_string()))
}

fn who_and_when(name: String, at: Timestamp) -> impl IntoView {
    view! { {name} ", " <Time at /> }
}

#[server(endpoint = "confirm-representative")]
pub async fn confirm_representative(#[server(flatten)] form: ConfirmForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    let place = Place::find(&web, &form.program, &form.environment)?;
    let id = RepresentativeId::new(form.id.as_str());
    let here = format!("{}/{id}", place.path());
    let mut ctx = web.services.store.write().await?;
    let site = &web.services.identity.site;
    match change::confirm(&mut ctx, site, &desk.account.id, &place.partition, &id).await {
        Ok(_) => {
            ctx.commit().await?;
            web.redirect(Notice::ActsNow.on(&here));
            Ok(())
        }
        // The page shows what it has become, or that it is not there.
        Err(Error::NoSuchRepresentative) => {
            web.redirect(here);
            Ok(())
        }
        Err(error) => {
            drop(ctx);
            let error = crate::form::flash::Error::general(refusal(error)?.code);
            web.refuse(ConfirmForm::NAME, here, &form, [error]).await
        }
    }
}

#[server(endpoint = "end-representative")]
pub async fn end_representative(#[server(flatten)] form: EndForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk: Desk = administrator(&web).await?;
    let place = Place::find(&web, &form.program, &form.environment)?;
    let id = RepresentativeId::new(form.id.as_str());
    let here = format!("{}/{id}", place.path());
    let reason = match Paragraph::read(&form.reason) {
        Ok(reason) => reason,
        Err(code) => return web.refuse(EndForm::NAME, here, &form, [FieldError::new("reason", code)]).await,
    };
    let mut ctx = web.services.store.write().await?;
    let site = &web.services.identity.site;
    match representation::revoke(&mut ctx, site, &desk.account.id, &place.partition, &id, &reason).await {
        // The page shows that it has ended, or that it is not there.
        Err(Error::NoSuchRepresentative) => web.redirect(here),
        revoked => {
            revoked?;
            ctx.commit().await?;
            web.redirect(Notice::ActsNoLonger.on(&here));
        }
    }
    Ok(())
}
