//! An entry as a sentence: who did what to what, with links to both, and its other values beside it.

use ::audit::{action::Action, entry::Entry, event::Actor};
use leptos::prelude::*;
use model::partition::Partition;
use serde_json::Value;

use super::{address, filter, filter::Asked, names::Names};
use crate::{
    admin::representatives,
    components::marked::marked,
    texts::admin::audit::{self as text, action::sentence},
};

/// This many characters distinguish an id from the others on the page.
const SHORT: usize = 8;

/// The sentence with a slot in brackets for each name.
pub fn template(entry: &Entry) -> String {
    match Action::find(&entry.action) {
        Some(action) => sentence(action).to_owned(),
        // Its word may hold anything that another version wrote, but no bracket marks anything.
        None => text::unknown_action(entry.action.replace(['[', ']'], "")),
    }
}

/// What stands in a slot.
pub fn value(entry: &Entry, names: &Names, slot: &str) -> String {
    match slot {
        "who" => names.actor(entry.actor.as_ref()),
        "what" => names.subject(entry).unwrap_or_else(|| thing(entry)),
        "scope" => scope(entry),
        key => entry.detail.get(key).map_or_else(|| text::NOT_RECORDED.to_owned(), |value| shown(names, key, value)),
    }
}

/// The sentence as text: for exports.
pub fn plain(entry: &Entry, names: &Names) -> String {
    let mut whole = String::new();
    for (place, piece) in template(entry).split('[').enumerate() {
        match piece.split_once(']') {
            Some((slot, after)) if 0 < place => {
                whole.push_str(&value(entry, names, slot));
                whole.push_str(after);
            }
            _ => whole.push_str(piece),
        }
    }
    whole
}

/// The sentence with links.
pub fn linked(entry: &Entry, names: &Names) -> Vec<AnyView> {
    marked(&template(entry), |_, slot| {
        let shown = value(entry, names, &slot);
        let to = match slot.as_str() {
            "who" => entry.actor.as_ref().and_then(actor_page),
            "what" => subject_page(entry),
            "client" => entry
                .detail
                .get("client")
                .and_then(Value::as_str)
                .and_then(|client| names.application(client).map(|app| format!("/admin/applications/{}", app.id))),
            _ => None,
        };
        match to {
            Some(to) => view! { <a class="usa-link" href=to>{shown}</a> }.into_any(),
            None => view! { <strong>{shown}</strong> }.into_any(),
        }
    })
}

/// The details that the sentence does not say: names and values, changes with both values.
pub fn rest(entry: &Entry, names: &Names) -> Vec<(String, String)> {
    let template = template(entry);
    let is_said = |key: &str| template.contains(&format!("[{key}]"));
    let partition = entry.partition.as_ref().map(Partition::to_string);
    let partition = partition.filter(|_| !is_said("scope")).map(|partition| (text::PROGRAM.to_owned(), partition));
    let details = entry.detail.iter().filter(|(key, _)| !is_said(key));
    let details = details.map(|(key, value)| (label(key), shown(names, key, value)));
    partition.into_iter().chain(details).collect()
}

fn shown(names: &Names, key: &str, value: &Value) -> String {
    match value {
        Value::String(value) => names.detail(key, value),
        Value::Null => text::NOTHING.to_owned(),
        Value::Object(change) => match (change.get("before"), change.get("after")) {
            (Some(before), Some(after)) => text::changed(shown(names, key, before), shown(names, key, after)),
            _ => value.to_string(),
        },
        value => value.to_string(),
    }
}

/// `second_factor` → `Second factor`
fn label(key: &str) -> String {
    let plain = key.replace('_', " ");
    let mut chars = plain.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A kind and the beginning of its id.
fn thing(entry: &Entry) -> String {
    let short: String = entry.subject_id.chars().take(SHORT).collect();
    if short.len() == entry.subject_id.len() {
        return entry.subject_id.clone();
    }
    text::thing(label(&entry.subject_kind), short)
}

fn scope(entry: &Entry) -> String {
    let said = entry.detail.get("scope").and_then(Value::as_str).map(str::to_owned);
    said.or_else(|| Some(entry.partition.as_ref()?.program.to_string()))
        .unwrap_or_else(|| text::NOT_RECORDED.to_owned())
}

/// Where an administrator reads about who acted.
fn actor_page(actor: &Actor) -> Option<String> {
    match actor {
        Actor::Account(_) | Actor::Client(_) => {
            Some(address(&Asked { who: filter::word(actor), ..Asked::default() }, None))
        }
        Actor::Operator | Actor::System => None,
    }
}

/// The page of what it is about; where it has none, all entries about it.
pub fn subject_page(entry: &Entry) -> Option<String> {
    let id = &entry.subject_id;
    Some(match entry.subject_kind.as_str() {
        "organization" => format!("/admin/organizations/{id}"),
        "application" => format!("/admin/applications/{id}"),
        "review" => format!("/admin/reviews/{id}"),
        "representative" => format!("{}/{id}", representatives::path(entry.partition.as_ref()?)),
        _ => about(entry),
    })
}

/// All entries about the same thing.
pub fn about(entry: &Entry) -> String {
    let subject = format!("{}:{}", entry.subject_kind, entry.subject_id);
    address(&Asked { subject, ..Asked::default() }, None)
}

/// `kind` as people read it: `signing key`.
pub fn kind(entry: &Entry) -> String {
    entry.subject_kind.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use model::id::{AccountId, AuditId};
    use serde_json::json;

    use super::*;

    fn entry(action: &str, detail: &Value) -> Entry {
        Entry {
            sequence: 1,
            id: AuditId::new("a1"),
            at: "2026-11-30T12:00:00Z".parse().unwrap(),
            actor: Some(Actor::Account(AccountId::new("dana"))),
            action: action.to_owned(),
            subject_kind: "account".to_owned(),
            subject_id: "0123456789".to_owned(),
            partition: None,
            detail: detail.as_object().unwrap().clone(),
            hash: String::new(),
        }
    }

    #[test]
    fn each_slot_has_its_value_and_the_others_are_beside_the_sentence() {
        let names = Names::default();
        let granted = entry("account.role_granted", &json!({ "role": "auditor", "second_factor": "totp" }));
        assert_eq!(plain(&granted, &names), "dana gave Account 01234567… the role auditor.");
        assert_eq!(rest(&granted, &names), [("Second factor".to_owned(), "totp".to_owned())]);
        let older = entry("account.role_granted", &json!({}));
        assert_eq!(plain(&older, &names), "dana gave Account 01234567… the role (not recorded).");
        let changed = entry("grant.lengthened", &json!({ "client": "c", "days": { "before": 90, "after": null } }));
        assert_eq!(rest(&changed, &names), [("Days".to_owned(), "90 → nothing".to_owned())]);
    }

    #[test]
    fn a_word_of_another_version_is_said_and_marks_nothing() {
        let entry = entry("planet.[who]", &json!({ "x": "[what]<b>" }));
        assert_eq!(plain(&entry, &Names::default()), "dana did “planet.who” to Account 01234567….");
        let html = linked(&entry, &Names::default()).to_html();
        assert!(!html.contains("<b>"), "{html}");
        assert_eq!(rest(&entry, &Names::default())[0].1, "[what]<b>");
    }

    #[test]
    fn every_sentence_has_only_closed_slots_of_plain_words() {
        for action in Action::ALL {
            let sentence = sentence(*action);
            assert!(sentence.ends_with('.') && !sentence.contains("[]"), "{action}");
            for (place, piece) in sentence.split('[').enumerate() {
                let slot = piece.split_once(']').map(|(slot, _)| slot);
                assert_eq!(slot.is_some(), 0 < place, "{action}");
                let plain = |slot: &str| slot.chars().all(|char| char.is_ascii_lowercase() || char == '_');
                assert!(slot.is_none_or(plain), "{action}");
            }
        }
    }
}
