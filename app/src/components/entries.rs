//! A history of the registry as a timeline.

use model::history::Side;
use registry::{
    attachments::Attachment,
    history::{self, Entry},
    subject::Subject,
};
use store::{Ctx, Part};

use crate::{
    components::{
        history::{Event, NAME},
        pager::Pages,
        versions::{self, Reader},
    },
    failure::Failure,
    texts::{
        components as text, conversation as words,
        registry::{action, version},
    },
    web::Web,
};

/// The page of the subject's history that was asked for, newest first, as such readers see it.
pub async fn page(web: &Web, ctx: &mut Ctx, subject: &Subject, reader: Reader) -> Result<(Vec<Event>, Pages), Failure> {
    let pages = Pages::named(web, NAME, history::count(ctx, subject).await?);
    let entries = history::list(ctx, subject, pages.part()).await?;
    Ok((events(entries, subject, reader), pages))
}

/// The newest of them.
pub async fn newest(ctx: &mut Ctx, subject: &Subject, reader: Reader, limit: i64) -> Result<Vec<Event>, Failure> {
    let entries = history::list(ctx, subject, Part { from: 0, rows: limit }).await?;
    Ok(events(entries, subject, reader))
}

fn events(entries: Vec<Entry>, subject: &Subject, reader: Reader) -> Vec<Event> {
    let event = |entry: Entry| {
        let version = entry.version.map(|number| (version(number), versions::path(reader, subject, number)));
        let files = entry.files.iter().map(|file| attached(reader, file)).collect();
        let event = match reader {
            Reader::Vendor => vendor(entry),
            Reader::Staff => staff(entry),
        };
        Event { version, files, ..event }
    };
    entries.into_iter().map(event).collect()
}

/// `policy.pdf (120 KB)`, and where to get it.
fn attached(reader: Reader, file: &Attachment) -> (String, String) {
    let portal = if reader == Reader::Vendor { "owner" } else { "admin" };
    let kilobytes = (file.size + 1023) / 1024;
    let size = match kilobytes {
        0..1024 => words::kilobytes(kilobytes),
        _ => words::megabytes((kilobytes + 1023) / 1024),
    };
    (words::file(&file.name, size), format!("/{portal}/attachments/{}", file.id))
}

/// As the vendor reads it: administrators are not named.
fn vendor(entry: Entry) -> Event {
    let who = match entry.side {
        Side::Administration => text::ADMIN.to_owned(),
        Side::Vendor => name(&entry),
        Side::Unknown => text::UNKNOWN.to_owned(),
    };
    event(who, entry)
}

/// As administrators read it.
fn staff(entry: Entry) -> Event {
    let who = match entry.side {
        Side::Administration => text::administration(name(&entry)),
        Side::Vendor => name(&entry),
        Side::Unknown => text::unknown_side(name(&entry)),
    };
    event(who, entry)
}

fn name(entry: &Entry) -> String {
    entry.account_name.clone().unwrap_or_else(|| text::CLOSED_ACCOUNT.to_owned())
}

fn event(who: String, entry: Entry) -> Event {
    let words = [entry.criterion, entry.comment];
    let words: Vec<String> = words.into_iter().flatten().collect();
    let comment = (!words.is_empty()).then(|| words.join("\n"));
    Event { who, what: action(entry.action).to_owned(), comment, version: None, files: Vec::new(), at: entry.at }
}
