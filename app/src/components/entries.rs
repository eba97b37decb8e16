//! A history of the registry as a timeline.

use model::{decision::Criterion, history::Side};
use registry::history::Entry;

use crate::{components::history::Event, texts::registry::action};

/// As the vendor reads it: administrators are not named. Newest first.
pub fn for_vendor(entries: Vec<Entry>) -> Vec<Event> {
    let who = |entry: &Entry| match entry.side {
        Side::Administration => "Admin".to_owned(),
        Side::Vendor => name(entry),
    };
    entries.into_iter().rev().map(|entry| event(who(&entry), entry)).collect()
}

/// As administrators read it. Newest first.
pub fn for_staff(entries: Vec<Entry>) -> Vec<Event> {
    let who = |entry: &Entry| match entry.side {
        Side::Administration => format!("{} (administration)", name(entry)),
        Side::Vendor => name(entry),
    };
    entries.into_iter().rev().map(|entry| event(who(&entry), entry)).collect()
}

fn name(entry: &Entry) -> String {
    entry.account_name.clone().unwrap_or_else(|| "A closed account".to_owned())
}

fn event(who: String, entry: Entry) -> Event {
    let words = [entry.criterion.map(|criterion: Criterion| criterion.text().to_owned()), entry.comment];
    let words: Vec<String> = words.into_iter().flatten().collect();
    let comment = (!words.is_empty()).then(|| words.join("\n"));
    Event { who, what: action(entry.action).to_owned(), comment, at: entry.at }
}
