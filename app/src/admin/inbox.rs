//! `/admin/inbox`: every conversation in which someone waits for us, the one due first first.

use leptos::prelude::*;
use model::history::Side;
use registry::conversations::{self, Filter};

use super::{comment::path, desk::Desk};
use crate::{
    components::{empty::Empty, not_understood::NotUnderstood, pager::Pages, table::Table, versions::Reader},
    failure::Failure,
    owner::inbox::{row, tabs},
    page::Page,
    texts::conversation as text,
    web::Web,
};

pub const PATH: &str = "/admin/inbox";

/// What `?show=` narrows the list to, and its name.
const SHOWN: [(&str, &str); 5] = [
    ("", text::WAITING_FOR_US),
    ("overdue", text::OVERDUE),
    ("vendors", text::WAITING_FOR_VENDORS),
    ("silent", text::NO_ANSWER_IN_TIME),
    ("all", text::ALL),
];

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let asked = web.request.query("show").unwrap_or_default();
    let known = SHOWN.iter().any(|(value, _)| *value == asked);
    let show = if known { asked } else { "" };
    let turn = match show {
        "vendors" | "silent" => Some(Side::Vendor),
        "all" => None,
        _ => Some(Side::Administration),
    };
    let overdue = matches!(show, "overdue" | "silent");
    let filter = Filter { reach: desk.reach.clone(), turn, overdue, ..Filter::default() };
    let mut ctx = web.services.store.read().await?;
    let pages = Pages::of(&web, conversations::count(&mut ctx, &filter).await?);
    let found = conversations::list(&mut ctx, &filter, pages.part()).await?;
    let now = ctx.now;
    drop(ctx);
    let list = if found.is_empty() {
        view! { <Empty title=text::INBOX_CLEAR><p>{text::INBOX_CLEAR_ABOUT}</p></Empty> }.into_any()
    } else {
        let columns = vec![text::SUBJECT, text::KIND, text::TURN, text::LAST];
        let rows = found.iter().map(|one| row(one, path(&one.subject), now, Reader::Staff)).collect();
        view! { <Table caption=text::INBOX columns rows /> {pages.links()} }.into_any()
    };
    let filters = if known { Vec::new() } else { vec!["show"] };
    let view = view! {
        <h1>{text::INBOX}</h1>
        {tabs(PATH, &SHOWN, show)}
        <NotUnderstood filters />
        {list}
    };
    Ok(desk.page(text::INBOX, view).at(PATH))
}
