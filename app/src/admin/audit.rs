//! `/admin/audit`: who did what, newest first.

use std::collections::BTreeMap;

use ::audit::{
    entry::Entry,
    event::Actor,
    log::{self, Filter},
    security,
};
use identity::accounts;
use leptos::prelude::*;
use model::id::{AccountId, AuditId};
use store::Ctx;
use url::form_urlencoded::Serializer;

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
    texts::admin::audit as text,
    web::Web,
};

pub const PATH: &str = "/admin/audit";
const ROWS: usize = 50;
/// This many characters distinguish an id from the others on the page.
const SHORT: usize = 8;

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    if !desk.may_audit() {
        return Err(Failure::Forbidden);
    }
    let (action, subject) = (query(&web, "action"), query(&web, "subject"));
    let before = web.request.query("before").map(|text| text.parse().ok());
    let no_subject = !subject.is_empty() && subject.split_once(':').is_none();
    let filters = [(before == Some(None)).then_some("before"), no_subject.then_some(text::TO_WHAT)];
    let filters: Vec<&str> = filters.into_iter().flatten().collect();
    let before: Option<i64> = before.flatten();
    let mut ctx = web.services.store.read().await?;
    let filter = Filter { action: (!action.is_empty()).then(|| action.clone()), ..Filter::default() };
    let filter =
        Filter { subject: subject.split_once(':').map(|(kind, id)| (kind.to_owned(), id.to_owned())), ..filter };
    let limit = u32::try_from(ROWS).unwrap_or(u32::MAX) + 1;
    let mut entries = log::list(&mut ctx, &filter, log::Page { before, limit }).await?;
    let more = ROWS < entries.len();
    entries.truncate(ROWS);
    let next = entries.last().filter(|_| more).map(|entry| address(&action, &subject, Some(entry.sequence)));
    let first = before.map(|_| address(&action, &subject, None));
    let names = names(&mut ctx, &entries).await?;
    let ids: Vec<AuditId> = entries.iter().map(|entry| entry.id.clone()).collect();
    let addresses = security::addresses(&mut ctx, &ids).await?;
    let rows: Vec<Row> =
        entries.iter().map(|entry| row(entry, &names, addresses.get(&entry.id).map(String::as_str))).collect();
    let list = if rows.is_empty() {
        view! { <Empty title=text::NO_ENTRIES><p>{text::NOTHING_MATCHES}</p></Empty> }.into_any()
    } else {
        let columns = vec![text::WHAT, text::WHO, text::TO_WHAT, text::WHEN, text::DETAILS];
        view! { <Table caption=text::TITLE columns rows /> }.into_any()
    };
    let view = view! {
        <h1>{text::TITLE}</h1>
        {form(action, subject)}
        <NotUnderstood filters />
        {list}
        <Pager previous=first next />
    };
    Ok(desk.page(text::TITLE, view).at(PATH))
}

fn query(web: &Web, name: &str) -> String {
    web.request.query(name).unwrap_or_default().trim().to_owned()
}

fn address(action: &str, subject: &str, before: Option<i64>) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("action", action).append_pair("subject", subject);
    if let Some(before) = before {
        query.append_pair("before", &before.to_string());
    }
    format!("{PATH}?{}", query.finish())
}

fn form(action: String, subject: String) -> impl IntoView {
    view! {
        <form class="filters" method="get" action=PATH>
                <div class="usa-form-group">
                    <label class="usa-label" for="action">{text::ACTION}</label>
                    <span class="usa-hint" id="action-hint">{text::ACTION_HINT}</span>
                    <input class="usa-input" id="action" name="action" value=action aria-describedby="action-hint" />
                </div>
                <div class="usa-form-group">
                    <label class="usa-label" for="subject">{text::TO_WHAT}</label>
                    <span class="usa-hint" id="subject-hint">{text::SUBJECT_HINT}</span>
                    <input class="usa-input" id="subject" name="subject" value=subject aria-describedby="subject-hint" />
                </div>
            <button class="usa-button usa-button--outline" type="submit">{text::FILTER}</button>
        </form>
    }
}

/// The names of the accounts that acted.
async fn names(ctx: &mut Ctx, entries: &[Entry]) -> Result<BTreeMap<AccountId, String>, Failure> {
    let mut names = BTreeMap::new();
    for entry in entries {
        if let Some(Actor::Account(id)) = &entry.actor
            && !names.contains_key(id)
            && let Some(account) = accounts::find(ctx, id).await?
        {
            names.insert(id.clone(), account.name.to_string());
        }
    }
    Ok(names)
}

fn row(entry: &Entry, names: &BTreeMap<AccountId, String>, from: Option<&str>) -> Row {
    let who = match &entry.actor {
        Some(Actor::Account(id)) => names.get(id).cloned().unwrap_or_else(|| id.to_string()),
        Some(Actor::Client(id)) => text::app(id),
        Some(Actor::Operator) => text::OPERATOR.to_owned(),
        Some(Actor::System) => text::SYSTEM.to_owned(),
        None => text::UNKNOWN.to_owned(),
    };
    let subject = format!("{}:{}", entry.subject_kind, entry.subject_id);
    let short: String = entry.subject_id.chars().take(SHORT).collect();
    let partition = entry.partition.as_ref().map(ToString::to_string);
    let details = entry.detail.iter().map(|(key, value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("{key}: {value}")
    });
    let from = from.map(text::from);
    let details: Vec<String> = partition.into_iter().chain(details).chain(from).collect();
    vec![
        view! { <code class="breakable">{entry.action.clone()}</code> }.into_any(),
        who.into_any(),
        view! {
            <a class="usa-link" href=address("", &subject, None) title=subject.clone()>
                {entry.subject_kind.clone()}" "{short}"…"
            </a>
        }
        .into_any(),
        view! { <Time at=entry.at /> }.into_any(),
        details.join(", ").into_any(),
    ]
}
