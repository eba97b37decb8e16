//! `/owner/inbox`: every conversation about the organization, its apps and its tickets, those that wait for the vendor first.

use jiff::Timestamp;
use leptos::prelude::*;
use model::history::Side;
use registry::{
    conversations::{self, Conversation, Filter},
    subject::Subject,
};

use super::conversation::page as path;
use crate::{
    components::{
        empty::Empty,
        not_understood::NotUnderstood,
        pager::Pages,
        table::{Row, Table},
        time::Time,
        turn::TurnLine,
        versions::Reader,
    },
    failure::Failure,
    owner::vendor::Vendor,
    page::Page,
    texts::{conversation as text, registry::environment},
    web::Web,
};

pub const PATH: &str = "/owner/inbox";

/// What `?show=` narrows the list to, and its name.
const SHOWN: [(&str, &str); 3] =
    [("", text::ALL), ("yours", text::WAITING_FOR_YOU), ("ours", text::WAITING_FOR_US_VENDOR)];

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let organization = vendor.member()?.0;
    let asked = web.request.query("show").unwrap_or_default();
    let known = SHOWN.iter().any(|(value, _)| *value == asked);
    let show = if known { asked } else { "" };
    let turn = match show {
        "yours" => Some(Side::Vendor),
        "ours" => Some(Side::Administration),
        _ => None,
    };
    let filter = Filter { organization: Some(organization.id.clone()), turn, ..Filter::default() };
    let mut ctx = web.services.store.read().await?;
    let pages = Pages::of(&web, conversations::count(&mut ctx, &filter).await?);
    let found = conversations::list(&mut ctx, &filter, pages.part()).await?;
    let now = ctx.now;
    drop(ctx);
    let list = if found.is_empty() {
        view! { <Empty title=text::INBOX_EMPTY><p>{text::INBOX_ABOUT}</p></Empty> }.into_any()
    } else {
        let columns = vec![text::SUBJECT, text::KIND, text::TURN, text::LAST];
        let rows = found.iter().map(|one| row(one, path(&one.subject), now, Reader::Vendor)).collect();
        view! { <Table caption=text::INBOX columns rows /> {pages.links()} }.into_any()
    };
    let filters = if known { Vec::new() } else { vec!["show"] };
    let view = view! {
        <h1>{text::INBOX}</h1>
        {tabs(PATH, &SHOWN, show)}
        <NotUnderstood filters />
        {list}
    };
    Ok(vendor.page(text::INBOX, view).at(PATH).wide())
}

/// Links to the parts of a list.
pub fn tabs(path: &'static str, shown: &'static [(&'static str, &'static str)], show: &str) -> impl IntoView + use<> {
    let show = show.to_owned();
    let tab = move |(value, name): &(&'static str, &'static str)| {
        let (value, name) = (*value, *name);
        let href = if value.is_empty() { path.to_owned() } else { format!("{path}?show={value}") };
        view! { <li><a href=href aria-current=(show == value).then_some("true")>{name}</a></li> }
    };
    view! { <nav class="tabs" aria-label=text::WHICH><ul>{shown.iter().map(tab).collect_view()}</ul></nav> }
}

/// A conversation in a list.
pub fn row(one: &Conversation, href: String, now: Timestamp, reader: Reader) -> Row {
    let (name, kind) = match &one.subject {
        Subject::Organization(_) => (one.organization_name.clone(), text::KIND_ORGANIZATION.to_owned()),
        Subject::Application(..) => {
            (one.application_name.clone().unwrap_or_default(), text::KIND_APPLICATION.to_owned())
        }
        Subject::Ticket(..) => (one.title.clone().unwrap_or_default(), text::KIND_TICKET.to_owned()),
    };
    let place = one.environment.map(|of| view! { <span class="line usa-hint">{environment(of)}</span> });
    // Staff has many vendors, and an app or a ticket does not say whose it is.
    let whose = (reader == Reader::Staff && name != one.organization_name)
        .then(|| view! { <span class="line usa-hint">{one.organization_name.clone()}</span> });
    let (turn, at) = (one.turn, one.last_at);
    vec![
        view! { <a class="usa-link" href=href>{name}</a> {whose} }.into_any(),
        view! { {kind} {place} }.into_any(),
        view! { <TurnLine turn now reader /> }.into_any(),
        view! { <Time at /> }.into_any(),
    ]
}
