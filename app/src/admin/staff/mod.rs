//! `/admin/staff`: who has which role, for which programs.

mod desk_form;
mod give;
mod person;
mod take;

use audit::event::Actor;
use identity::staff::{self, Held, Person};
use leptos::prelude::*;
use mail::site::Site;
use model::{
    account::Role,
    id::{AccountId, PayerId},
    partition::ProgramId,
    text::Paragraph,
};
use registry::{
    desks::{self, Reach},
    reviews, tickets,
};
use store::Ctx;

use super::desk::Desk;
use crate::{
    components::{
        alert::Tone,
        status::Status,
        table::{Row, Table},
        time::{Time, show_in},
    },
    failure::Failure,
    page::Page,
    routes::{Route, route},
    texts::admin::staff as text,
    web::Web,
};

pub const PATH: &str = "/admin/staff";

/// Who may see the list.
const READERS: [Role; 2] = [Role::Administrator, Role::Auditor];

pub fn routes() -> [Route; 4] {
    [
        route(PATH, page),
        route("/admin/staff/give", give::page),
        route("/admin/staff/{id}", person::page),
        route("/admin/staff/{id}/take/{role}", take::page),
    ]
}

/// Takes a role away. A person who can no longer decide on reviews, or answer tickets, gives back those that they work on. The caller commits.
pub async fn take_role(
    ctx: &mut Ctx,
    site: &Site,
    actor: &Actor,
    account: &AccountId,
    role: Role,
    reason: &Paragraph,
) -> Result<(), identity::error::Error> {
    // Reviews and tickets first, as every change of one locks it before the log.
    let mut left = identity::roles::of(ctx, account).await?;
    left.remove(&role);
    if !left.iter().any(|role| decides(*role)) {
        released(reviews::release_all(ctx, account).await.map(drop))?;
    }
    if !left.iter().any(|role| answers(*role)) {
        released(tickets::release_all(ctx, account).await)?;
    }
    staff::take(ctx, site, actor, account, role, reason).await?;
    Ok(())
}

/// Whether the role decides on reviews.
fn decides(role: Role) -> bool {
    matches!(role, Role::Administrator | Role::Reviewer)
}

/// Whether the role answers tickets.
fn answers(role: Role) -> bool {
    matches!(role, Role::Administrator | Role::Support)
}

fn released(done: registry::error::Result<()>) -> Result<(), identity::error::Error> {
    match done {
        Ok(()) => Ok(()),
        Err(registry::error::Error::Store(error)) => Err(error.into()),
        // The statements have no other error.
        Err(_) => Err(identity::error::Error::NoSuchAccount),
    }
}

async fn reader(web: &Web) -> Result<Desk, Failure> {
    let desk = Desk::enter(web).await?;
    desk.allow(&READERS)?;
    Ok(desk)
}

async fn administrator(web: &Web) -> Result<Desk, Failure> {
    let desk = Desk::enter(web).await?;
    desk.allow(&[Role::Administrator])?;
    Ok(desk)
}

fn may_write(desk: &Desk) -> bool {
    desk.roles.contains(&Role::Administrator)
}

/// The address of one person's page.
fn path(account: &AccountId) -> String {
    format!("{PATH}/{account}")
}

async fn page(web: Web) -> Result<Page, Failure> {
    let desk = reader(&web).await?;
    show_in(&web.services.programs, []);
    let mut ctx = web.services.store.read().await?;
    let people = staff::list(&mut ctx).await?;
    let mut rows = Vec::new();
    for person in &people {
        let reach = reach_of(&mut ctx, person).await?;
        rows.push(row(&web, person, &reach));
    }
    drop(ctx);
    let columns = vec![text::PERSON, text::ROLES, text::PROGRAMS, text::TWO_STEP, text::LAST_SIGN_IN];
    let give = may_write(&desk).then(|| {
        view! { <p><a class="usa-button" href="/admin/staff/give">{text::GIVE}</a></p> }
    });
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p>{text::ABOUT}</p>
        {give}
        <Table caption=text::TITLE columns rows />
        <p class="usa-hint">{text::COUNT_NOTE}</p>
    };
    Ok(desk.page(text::TITLE, view).at(PATH))
}

/// What a person's desk reaches. Administrators reach everything.
async fn reach_of(ctx: &mut Ctx, person: &Person) -> Result<Reach, Failure> {
    if person.roles.iter().any(|held| held.role == Role::Administrator) {
        return Ok(Reach::All);
    }
    Ok(desks::of(ctx, &person.account).await?)
}

fn row(web: &Web, person: &Person, reach: &Reach) -> Row {
    let role = |held: &Held| {
        view! { <span class="line">{text::role(held.role)} " " <span class="usa-hint"><Time at=held.since /></span></span> }
    };
    vec![
        view! {
            <a class="usa-link" href=path(&person.account)>{person.name.clone()}</a>
            <span class="line usa-hint">{person.healthcare_id.clone()}</span>
        }
        .into_any(),
        person.roles.iter().map(role).collect_view().into_any(),
        programs(web, reach)
            .into_iter()
            .map(|line| view! { <span class="line">{line}</span> })
            .collect_view()
            .into_any(),
        factor(person),
        last_sign_in(person),
    ]
}

fn factor(person: &Person) -> AnyView {
    let (tone, text) = if person.has_factor { (Tone::Success, text::ON) } else { (Tone::Warning, text::NOT_SET_UP) };
    view! { <Status tone text /> }.into_any()
}

fn last_sign_in(person: &Person) -> AnyView {
    person.signed_in_at.map_or_else(|| text::NEVER.into_any(), |at| view! { <Time at /> }.into_any())
}

/// In words, a line for each program.
fn programs(web: &Web, reach: &Reach) -> Vec<String> {
    let Reach::Of(programs) = reach else { return vec![text::ALL_PROGRAMS.to_owned()] };
    let known = |id: &ProgramId| web.services.programs.get(id);
    let payer = |program: &ProgramId, payer: &PayerId| {
        let found = known(program).and_then(|program| program.payer(payer)).map(|payer| payer.name.clone());
        found.unwrap_or_else(|| payer.to_string())
    };
    let line = |(id, payers): (&ProgramId, &std::collections::BTreeSet<PayerId>)| {
        let names: Vec<String> = payers.iter().map(|one| payer(id, one)).collect();
        let names = if names.is_empty() { text::EVERY_PAYER.to_owned() } else { names.join(", ") };
        text::of_program(known(id).map_or_else(|| id.to_string(), |program| program.name.clone()), names)
    };
    programs.iter().map(line).collect()
}
