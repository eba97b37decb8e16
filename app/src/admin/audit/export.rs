//! The export of the log: all entries that the filters show, as CSV or as one JSON object a line. It is read and sent in parts,
//! so its size does not matter.

use std::collections::HashMap;

use ::audit::{
    action::Action,
    entry::Entry,
    event::{Actor, Event},
    log::{self, Filter, Page as Part},
    security,
};
use leptos::prelude::*;
use model::id::AuditId;
use serde_json::{Value, json};
use store::Store;

use super::{
    auditor,
    filter::{self, Asked},
    names::Names,
    sentence,
};
use crate::{csv, failure::Failure, texts::admin::audit as text, web::Web};

pub const PATH: &str = "/admin/audit/export";
/// Entries of one part.
const ROWS: u32 = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Ndjson,
}

impl Format {
    fn of(word: &str) -> Option<Self> {
        [Self::Csv, Self::Ndjson].into_iter().find(|format| format.as_str() == word)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Ndjson => "application/x-ndjson",
        }
    }
}

/// The links of the page.
pub fn section(asked: &Asked) -> impl IntoView + use<> {
    let query = asked.query(None);
    let link = |format: Format, name: &'static str| {
        let and = if query.is_empty() { "" } else { "&" };
        let to = format!("{PATH}?{query}{and}format={}", format.as_str());
        view! { <a class="usa-button usa-button--outline" href=to download="">{name}</a> }
    };
    view! {
        <h2>{text::EXPORT}</h2>
        <p>{text::EXPORT_ABOUT}</p>
        <p class="actions">{link(Format::Csv, text::CSV)} {link(Format::Ndjson, text::NDJSON)}</p>
    }
}

/// An export that has begun: the log says so already.
pub struct Export {
    pub format: Format,
    /// `audit-to-1234.csv`, after the newest entry that it may contain.
    pub file: String,
    store: Store,
    /// `None` once everything is sent, or where nothing can match.
    filter: Option<Filter>,
    before: Option<i64>,
    is_first: bool,
}

impl Export {
    /// What the address asks for, of a person who may read the log.
    pub async fn begin(web: &Web) -> Result<Self, Failure> {
        let desk = auditor(web).await?;
        let format = Format::of(web.request.query("format").unwrap_or_default()).ok_or(Failure::NotFound)?;
        let asked = Asked { before: None, ..Asked::of(&web.request) };
        let mut ctx = web.services.store.read().await?;
        let read = asked.understand(&mut ctx, &web.services.programs).await?;
        if !read.not.is_empty() {
            return Err(Failure::NotFound);
        }
        let (head, hash) = log::head(&mut ctx).await?;
        drop(ctx);
        let export = Self {
            format,
            file: format!("audit-to-{head}.{}", format.as_str()),
            store: web.services.store.clone(),
            filter: Some(read.filter.clone()).filter(|_| read.may_match()),
            before: None,
            is_first: true,
        };
        if !web.request.only_looks {
            let mut ctx = web.services.store.write().await?;
            let actor = Actor::Account(desk.account.id.clone());
            let event = Event::new(actor, Action::AuditExported, "audit", &head.to_string());
            let event = event.with("format", format.as_str()).with("filters", asked.query(None)).with("digest", hash);
            log::record(&mut ctx, &event).await?;
            ctx.commit().await?;
        }
        Ok(export)
    }

    /// The next part; nothing at the end.
    pub async fn next(&mut self) -> Result<Option<String>, Failure> {
        let mut part = if self.is_first && self.format == Format::Csv { csv::line(&COLUMNS) } else { String::new() };
        self.is_first = false;
        let Some(filter) = &self.filter else { return Ok((!part.is_empty()).then_some(part)) };
        let mut ctx = self.store.read().await?;
        let entries = log::list(&mut ctx, filter, Part { before: self.before, limit: ROWS }).await?;
        let names = Names::of(&mut ctx, &entries).await?;
        let ids: Vec<AuditId> = entries.iter().map(|entry| entry.id.clone()).collect();
        let addresses = security::addresses(&mut ctx, &ids).await?;
        drop(ctx);
        match entries.last() {
            Some(last) if entries.len() == usize::try_from(ROWS).unwrap_or_default() => {
                self.before = Some(last.sequence);
            }
            _ => self.filter = None,
        }
        for entry in &entries {
            part.push_str(&self.line(entry, &names, &addresses));
        }
        Ok(if part.is_empty() { None } else { Some(part) })
    }

    fn line(&self, entry: &Entry, names: &Names, addresses: &HashMap<AuditId, String>) -> String {
        let from = addresses.get(&entry.id).map(String::as_str);
        match self.format {
            Format::Csv => csv::line(&cells(entry, names, from)),
            Format::Ndjson => format!("{}\n", object(entry, names, from)),
        }
    }
}

const COLUMNS: [&str; 15] = [
    "sequence",
    "id",
    "at",
    "action",
    "sentence",
    "actor",
    "actor_name",
    "subject_kind",
    "subject_id",
    "subject_name",
    "program",
    "environment",
    "detail",
    "from_address",
    "hash",
];

fn cells(entry: &Entry, names: &Names, from: Option<&str>) -> [String; 15] {
    let partition = entry.partition.as_ref();
    [
        entry.sequence.to_string(),
        entry.id.to_string(),
        entry.at.to_string(),
        entry.action.clone(),
        sentence::plain(entry, names),
        entry.actor.as_ref().map(filter::word).unwrap_or_default(),
        names.actor(entry.actor.as_ref()),
        entry.subject_kind.clone(),
        entry.subject_id.clone(),
        names.subject(entry).unwrap_or_default(),
        partition.map(|partition| partition.program.to_string()).unwrap_or_default(),
        partition.map(|partition| partition.environment.to_string()).unwrap_or_default(),
        Value::Object(entry.detail.clone()).to_string(),
        from.unwrap_or_default().to_owned(),
        entry.hash.clone(),
    ]
}

fn object(entry: &Entry, names: &Names, from: Option<&str>) -> Value {
    let partition = entry.partition.as_ref();
    json!({
        "sequence": entry.sequence,
        "id": entry.id.to_string(),
        "at": entry.at.to_string(),
        "action": entry.action,
        "sentence": sentence::plain(entry, names),
        "actor": entry.actor.as_ref().map(filter::word),
        "actor_name": names.actor(entry.actor.as_ref()),
        "subject_kind": entry.subject_kind,
        "subject_id": entry.subject_id,
        "subject_name": names.subject(entry),
        "program": partition.map(|partition| partition.program.to_string()),
        "environment": partition.map(|partition| partition.environment.to_string()),
        "detail": entry.detail,
        "from_address": from,
        "hash": entry.hash,
    })
}
