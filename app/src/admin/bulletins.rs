//! `/admin/bulletins`: everything that was announced, the newest first.

pub mod one;
pub mod write;

use ::programs::Programs;
use leptos::prelude::*;
use model::{account::Role, partition::ProgramId};
use registry::bulletins::{self, Bulletin, State};

use super::{desk::Desk, outages};
use crate::{
    components::{
        alert::Tone,
        empty::Empty,
        marked::linked,
        pager::Pages,
        status::Status,
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    page::Page,
    routes::{Route, route},
    texts::admin::bulletins as text,
    web::Web,
};

pub const PATH: &str = "/admin/bulletins";

pub fn routes() -> [Route; 4] {
    [
        route(PATH, page),
        route("/admin/bulletins/new", write::new_page),
        route("/admin/bulletins/{id}", one::page),
        route("/admin/bulletins/{id}/edit", write::edit_page),
    ]
}

/// The address of one.
fn path(id: &str) -> String {
    format!("{PATH}/{id}")
}

/// A desk that may write, post and end bulletins, and use the outage switch.
pub async fn administrator(web: &Web) -> Result<Desk, Failure> {
    let desk = Desk::enter(web).await?;
    if may_write(&desk) { Ok(desk) } else { Err(Failure::Forbidden) }
}

pub fn may_write(desk: &Desk) -> bool {
    desk.roles.contains(&Role::Administrator)
}

/// The program's name, or that of all.
pub fn scope(programs: &Programs, program: Option<&ProgramId>) -> String {
    let name = |id: &ProgramId| programs.get(id).map_or_else(|| id.to_string(), |program| program.name.clone());
    program.map_or_else(|| text::ALL_PROGRAMS.to_owned(), name)
}

async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let pages = Pages::of(&web, bulletins::count(&mut ctx).await?);
    let found = bulletins::list(&mut ctx, pages.part()).await?;
    let now = ctx.now;
    drop(ctx);
    let rows: Vec<Row> = found.iter().map(|bulletin| row(&web, bulletin, bulletin.state(now))).collect();
    let list = if rows.is_empty() {
        view! { <Empty title=text::NONE_YET><p>{text::ABOUT_NONE}</p></Empty> }.into_any()
    } else {
        let columns = vec![text::BULLETIN, text::STATUS, text::PROGRAM, text::READERS, text::STARTS, text::ENDS];
        view! { <Table caption=text::TITLE columns rows /> {pages.links()} }.into_any()
    };
    let new = may_write(&desk).then(|| {
        view! { <p><a class="usa-button" href="/admin/bulletins/new">{text::NEW}</a></p> }
    });
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p>{linked(text::ABOUT, outages::PATH)}</p>
        {new}
        {list}
    };
    Ok(desk.page(text::TITLE, view).at(PATH))
}

fn row(web: &Web, bulletin: &Bulletin, state: State) -> Row {
    let content = &bulletin.content;
    let starts = content.starts_at;
    vec![
        view! { <a class="usa-link" href=path(&bulletin.id)>{content.title.clone()}</a> }.into_any(),
        status(state).into_any(),
        scope(&web.services.programs, content.program.as_ref()).into_any(),
        readers(bulletin).into_any(),
        view! { <Time at=starts /> }.into_any(),
        ends(bulletin),
    ]
}

fn readers(bulletin: &Bulletin) -> String {
    let readers = bulletin.content.audiences.iter().map(|audience| text::audience(*audience));
    readers.collect::<Vec<_>>().join("; ")
}

fn ends(bulletin: &Bulletin) -> AnyView {
    match bulletin.content.ends_at {
        Some(at) => view! { <Time at /> }.into_any(),
        None => text::NO_END.into_any(),
    }
}

fn status(state: State) -> impl IntoView {
    let tone = match state {
        State::Showing => Tone::Success,
        State::Draft => Tone::Warning,
        State::Scheduled | State::Ended => Tone::Info,
    };
    view! { <Status tone text=text::state(state) /> }
}
