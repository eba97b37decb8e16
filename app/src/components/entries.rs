//! A history of the registry as a timeline.

use model::{decision::Criterion, history::Side};
use registry::{
    history::{self, Entry},
    subject::Subject,
};
use store::Ctx;

use crate::{
    components::{
        history::{Event, NAME},
        pager::Pages,
    },
    failure::Failure,
    texts::{components as text, registry::action},
    web::Web,
};

/// The page of the subject's history that was asked for, newest first, as such readers see it.
pub async fn page(
    web: &Web,
    ctx: &mut Ctx,
    subject: &Subject,
    seen_by: fn(Entry) -> Event,
) -> Result<(Vec<Event>, Pages), Failure> {
    let pages = Pages::named(web, NAME, history::count(ctx, subject).await?);
    let entries = history::list(ctx, subject, pages.part()).await?;
    Ok((entries.into_iter().map(seen_by).collect(), pages))
}

/// As the vendor reads it: administrators are not named.
pub fn vendor(entry: Entry) -> Event {
    let who = match entry.side {
        Side::Administration => text::ADMIN.to_owned(),
        Side::Vendor => name(&entry),
        Side::Unknown => text::UNKNOWN.to_owned(),
    };
    event(who, entry)
}

/// As administrators read it.
pub fn staff(entry: Entry) -> Event {
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
    let words = [entry.criterion.map(|criterion: Criterion| criterion.text().to_owned()), entry.comment];
    let words: Vec<String> = words.into_iter().flatten().collect();
    let comment = (!words.is_empty()).then(|| words.join("\n"));
    Event { who, what: action(entry.action).to_owned(), comment, at: entry.at }
}
