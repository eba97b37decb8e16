//! `/admin/programs/{program}/{environment}/representatives`: who may act for members, in one program and environment.

pub mod new;
pub mod one;

use std::sync::Arc;

use ::audit::views::Subject as Seen;
use ::programs::program::Program;
use identity::{
    accounts::{self, Account},
    payer_accounts,
    representatives::{self, Representative, State},
};
use leptos::prelude::*;
use model::{
    account::Role,
    partition::{Environment, Partition, ProgramId},
};
use store::Ctx;

use super::{desk::Desk, programs};
use crate::{
    components::{
        alert::Tone,
        empty::Empty,
        pager::Pages,
        status::Status,
        table::{Row, Table},
        time::{Day, show_in},
    },
    failure::Failure,
    locale::Locale,
    member::representing::{name, names, says_who},
    page::Page,
    routes::{Route, route},
    texts::{
        admin::{CLOSED_ACCOUNT, programs::TITLE as PROGRAMS, representatives as text},
        registry::environment,
    },
    web::Web,
};

pub fn routes() -> [Route; 3] {
    [
        route("/admin/programs/{program}/{environment}/representatives", page),
        route("/admin/programs/{program}/{environment}/representatives/new", new::page),
        route("/admin/programs/{program}/{environment}/representatives/{id}", one::page),
    ]
}

/// Who may see which member someone acts for. Reviewers do not need it.
const READERS: [Role; 3] = [Role::Administrator, Role::Support, Role::Auditor];

/// A program and one of its environments.
pub struct Place {
    pub partition: Partition,
    pub program: Arc<Program>,
}

impl Place {
    /// What the page's address names.
    fn of_page(web: &Web) -> Result<Self, Failure> {
        Self::find(web, web.request.param("program")?, web.request.param("environment")?)
    }

    fn find(web: &Web, program: &str, environment: &str) -> Result<Self, Failure> {
        let environment: Environment = environment.parse().map_err(|_| Failure::NotFound)?;
        let program = web.services.programs.get(&ProgramId::new(program)).ok_or(Failure::NotFound)?.clone();
        if !program.serves(environment) {
            return Err(Failure::NotFound);
        }
        Ok(Self { partition: Partition::new(&program.id, environment), program })
    }

    /// The address of the list.
    pub fn path(&self) -> String {
        path(&self.partition)
    }

    fn payer(&self, of: &Representative) -> String {
        self.program.payer(&of.payer).map_or_else(|| of.payer.to_string(), |payer| payer.name.clone())
    }

    fn title(&self) -> String {
        text::of(&self.program.name, environment(self.partition.environment))
    }
}

/// The address of the list.
pub fn path(partition: &Partition) -> String {
    format!("/admin/programs/{}/{}/representatives", partition.program, partition.environment)
}

pub fn may_read(desk: &Desk) -> bool {
    READERS.iter().any(|role| desk.roles.contains(role))
}

/// A desk that may see these pages, of a program that it works for.
async fn reader(web: &Web) -> Result<Desk, Failure> {
    let desk = Desk::enter(web).await?;
    desk.allow(&READERS)?;
    let program = ProgramId::new(web.request.param("program")?);
    if desk.reach.covers(&program) { Ok(desk) } else { Err(Failure::NotFound) }
}

/// A desk that may add and end.
async fn administrator(web: &Web) -> Result<Desk, Failure> {
    let desk = Desk::enter(web).await?;
    if may_write(&desk) { Ok(desk) } else { Err(Failure::Forbidden) }
}

fn may_write(desk: &Desk) -> bool {
    desk.roles.contains(&Role::Administrator)
}

async fn page(web: Web) -> Result<Page, Failure> {
    let desk = reader(&web).await?;
    let place = Place::of_page(&web)?;
    show_in(&web.services.programs, [&place.partition.program]);
    let mut ctx = web.services.store.read().await?;
    let pages = Pages::of(&web, representatives::count(&mut ctx, &place.partition).await?);
    let found = representatives::list(&mut ctx, &place.partition, pages.part()).await?;
    let names = names(&mut ctx, &found).await?;
    let mut rows: Vec<Row> = Vec::new();
    for one in &found {
        let account = accounts::find(&mut ctx, &one.account).await?;
        let account = account.map_or_else(|| CLOSED_ACCOUNT.to_owned(), |account| account.name.to_string());
        rows.push(row(&place, one, account, name(&names, one), one.state(ctx.now)));
    }
    drop(ctx);
    let seen: Vec<Seen> = found.iter().map(|one| Seen::Representative(one.id.to_string())).collect();
    web.saw(&desk.account, &seen, Some(&place.partition)).await?;
    let list = if rows.is_empty() {
        view! { <Empty title=text::NO_ONE><p>{text::ABOUT_NO_ONE}</p></Empty> }.into_any()
    } else {
        let columns = vec![
            text::REPRESENTATIVE,
            text::MEMBER,
            text::PAYER,
            text::SAYS_WHO,
            text::FROM,
            text::UNTIL,
            text::STATUS,
        ];
        view! { <Table caption=text::TITLE columns rows /> {pages.links()} }.into_any()
    };
    let add = may_write(&desk).then(|| {
        view! { <p><a class="usa-button" href=format!("{}/new", place.path())>{text::ADD}</a></p> }
    });
    let title = place.title();
    let view = view! {
        <h1>{title.clone()}</h1>
        <p>{text::ABOUT}</p>
        {add}
        {list}
    };
    Ok(desk.page(title, view).at(programs::PATH).under(programs::PATH, PROGRAMS))
}

fn row(place: &Place, one: &Representative, account: String, member: String, state: State) -> Row {
    let to = format!("{}/{}", place.path(), one.id);
    vec![
        view! { <a class="usa-link" href=to>{account}</a> }.into_any(),
        member.into_any(),
        place.payer(one).into_any(),
        says_who(one, Locale::English).into_any(),
        view! { <Day at=one.starts_at /> }.into_any(),
        until(one),
        status(state),
    ]
}

fn until(one: &Representative) -> AnyView {
    match one.ends_at {
        Some(until) => view! { <Day at=until /> }.into_any(),
        None => text::NO_END.into_any(),
    }
}

fn status(state: State) -> AnyView {
    let tone = match state {
        State::InForce => Tone::Success,
        State::Proposed => Tone::Warning,
        State::Later | State::Ended => Tone::Info,
    };
    view! { <Status tone text=text::state(state) /> }.into_any()
}

/// How an account signs in. One that a payer vouches for has no Healthcare ID.
async fn sign_in_name(ctx: &mut Ctx, account: &Account) -> Result<String, Failure> {
    let at_payer = payer_accounts::home(ctx, &account.id).await?.is_some();
    Ok(if at_payer { text::SIGNS_IN_AT_PAYER.to_owned() } else { account.healthcare_id.to_string() })
}
