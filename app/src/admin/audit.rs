//! `/admin/audit`: who did what, newest first, each entry a sentence. Below it, the export and the last check of the log.

pub mod check;
pub mod export;
pub mod filter;
mod names;
pub mod sentence;

use ::audit::{
    action::Action,
    entry::Entry,
    event::Actor,
    log::{self, Page as Part},
    security,
};
use identity::accounts::Account;
use leptos::prelude::*;
use model::id::AuditId;

use super::desk::Desk;
use crate::{
    components::{
        empty::Empty,
        not_understood::NotUnderstood,
        pager::Pager,
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    page::Page,
    texts::admin::audit::{self as text, Group, group},
    web::Web,
};
use filter::{Asked, Understood};
use names::Names;

pub const PATH: &str = "/admin/audit";
const ROWS: usize = 50;

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = auditor(&web).await?;
    let asked = Asked::of(&web.request);
    let mut ctx = web.services.store.read().await?;
    let read = asked.understand(&mut ctx, &web.services.programs).await?;
    let limit = u32::try_from(ROWS).unwrap_or(u32::MAX) + 1;
    let part = Part { before: read.before, limit };
    let mut entries = if read.may_match() { log::list(&mut ctx, &read.filter, part).await? } else { Vec::new() };
    let more = ROWS < entries.len();
    entries.truncate(ROWS);
    let next = entries.last().filter(|_| more).map(|entry| address(&asked, Some(entry.sequence)));
    let first = read.before.map(|_| address(&asked, None));
    let names = Names::of(&mut ctx, &entries).await?;
    let ids: Vec<AuditId> = entries.iter().map(|entry| entry.id.clone()).collect();
    let addresses = security::addresses(&mut ctx, &ids).await?;
    let check = check::section(&mut ctx).await?;
    drop(ctx);
    let row = |entry: &Entry| row(entry, &names, addresses.get(&entry.id).cloned());
    let rows: Vec<Row> = entries.iter().map(row).collect();
    let list = if rows.is_empty() {
        view! { <Empty title=text::NO_ENTRIES><p>{text::NOTHING_MATCHES}</p></Empty> }.into_any()
    } else {
        let columns = vec![text::WHAT, text::WHEN, text::DETAILS];
        view! { <Table caption=text::TITLE columns rows /> }.into_any()
    };
    let filters = read.not.clone();
    let view = view! {
        <h1>{text::TITLE}</h1>
        {form(&asked)}
        <NotUnderstood filters />
        {choices(&asked, &read)}
        {list}
        <Pager previous=first next />
        {export::section(&asked)}
        {check}
    };
    Ok(desk.page(text::TITLE, view).at(PATH))
}

/// A desk that may read the log.
pub async fn auditor(web: &Web) -> Result<Desk, Failure> {
    let desk = Desk::enter(web).await?;
    if desk.may_audit() { Ok(desk) } else { Err(Failure::Forbidden) }
}

/// The page that shows what was asked, from the row before this one on.
fn address(asked: &Asked, before: Option<i64>) -> String {
    format!("{PATH}?{}", asked.query(before))
}

fn form(asked: &Asked) -> impl IntoView + use<> {
    let Asked { who, action, subject, from, to, .. } = asked.clone();
    let clear = asked.is_filtered().then(|| view! { <a class="usa-link" href=PATH>{text::CLEAR}</a> });
    view! {
        <form class="filters" method="get" action=PATH>
            <div class="usa-form-group filters__wide">
                <label class="usa-label" for="who">{text::WHO}</label>
                <span class="usa-hint" id="who-hint">{text::WHO_HINT}</span>
                <input class="usa-input" id="who" name="who" value=who maxlength="254" aria-describedby="who-hint" />
            </div>
            <div class="usa-form-group filters__wide">
                <label class="usa-label" for="subject">{text::TO_WHAT}</label>
                <span class="usa-hint" id="subject-hint">{text::SUBJECT_HINT}</span>
                <input class="usa-input" id="subject" name="subject" value=subject maxlength="254" aria-describedby="subject-hint" />
            </div>
            <div class="usa-form-group">
                <label class="usa-label" for="action">{text::KIND}</label>
                <select class="usa-select" id="action" name="action">{kinds(&action)}</select>
            </div>
            <div class="usa-form-group">
                <label class="usa-label" for="from">{text::FROM_DAY}</label>
                <input class="usa-input" id="from" name="from" type="date" value=from />
            </div>
            <div class="usa-form-group">
                <label class="usa-label" for="to">{text::TO_DAY}</label>
                <input class="usa-input" id="to" name="to" type="date" value=to />
            </div>
            <button class="usa-button usa-button--outline" type="submit">{text::FILTER}</button>
            {clear}
        </form>
    }
}

/// Every action in its group, with one choice for all of the group.
fn kinds(chosen: &str) -> impl IntoView + use<> {
    let mut kinds: Vec<&str> = Action::ALL.iter().map(|action| action.kind()).collect();
    kinds.dedup();
    let option = |value: String, name: String| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{name}</option> }
    };
    let of_kind = |kind: &str| {
        let name = group(Group::of(kind));
        let own = Action::ALL.iter().filter(|action| action.kind() == kind);
        let own = own.map(|action| option(action.to_string(), action.to_string())).collect_view();
        view! { <optgroup label=name>{option(format!("{kind}."), text::all_of(name))} {own}</optgroup> }
    };
    // A word that only another version knows stays chosen.
    let is_known = chosen.is_empty() || chosen.ends_with('.') || Action::find(chosen).is_some();
    let other = (!is_known).then(|| option(chosen.to_owned(), chosen.to_owned()));
    view! {
        {option(String::new(), text::EVERY_KIND.to_owned())}
        {other}
        {kinds.iter().map(|kind| of_kind(kind)).collect_view()}
    }
}

/// Whom the name may mean, where several people have it or no one does.
fn choices(asked: &Asked, read: &Understood) -> Option<AnyView> {
    if read.no_actor {
        return Some(view! { <p>{text::NO_SUCH_ACTOR}</p> }.into_any());
    }
    let person = |account: &Account| {
        let to = address(&Asked { who: format!("account:{}", account.id), ..asked.clone() }, None);
        let id = account.healthcare_id.to_string();
        view! { <li><a class="usa-link" href=to>{account.name.to_string()}</a>" "<code>{id}</code></li> }
    };
    let people = read.several.iter().map(person).collect_view();
    let list = view! { <p>{text::SEVERAL}</p> <ul class="usa-list">{people}</ul> };
    (!read.several.is_empty()).then(|| list.into_any())
}

fn row(entry: &Entry, names: &Names, from: Option<String>) -> Row {
    // Where the sentence links to a page of its own, or not at all.
    let by = entry.actor.as_ref().filter(|actor| matches!(actor, Actor::Operator | Actor::System)).map(|actor| {
        let to = address(&Asked { who: filter::word(actor), ..Asked::default() }, None);
        view! { <div class="line"><a class="usa-link" href=to>{text::ALL_BY}</a></div> }
    });
    let all = sentence::about(entry);
    let about = (sentence::subject_page(entry).as_ref() != Some(&all)).then(|| {
        view! { <div class="line"><a class="usa-link" href=all>{text::all_about(sentence::kind(entry))}</a></div> }
    });
    let from = from.map(|address| (text::FROM.to_owned(), address));
    let details = sentence::rest(entry, names).into_iter().chain(from);
    let detail = |(name, value): (String, String)| view! { <div class="line">{name}": "<span class="breakable">{value}</span></div> };
    vec![
        view! {
            <span>{sentence::linked(entry, names)}</span>
            <span class="line usa-hint"><code>{entry.action.clone()}</code></span>
        }
        .into_any(),
        view! { <Time at=entry.at /> }.into_any(),
        view! {
            {details.map(detail).collect_view()}
            {about}
            {by}
        }
        .into_any(),
    ]
}
