//! What an answer tells, and whether any of it is another's.

use serde_json::Value;

use super::data::NOBODY;

/// Whether a text has one of these members' marks.
pub fn has_any(marks: &[&str], text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    marks.iter().any(|mark| text.contains(mark))
}

/// The text with nobody's mark in place of these.
pub fn about_nobody(marks: &[&str], text: &str) -> String {
    marks.iter().fold(text.to_owned(), |text, mark| text.replace(mark, NOBODY))
}

/// All of it but what repeats the request: a Bundle's links, and what a lenient search warns of.
pub fn told(text: &str) -> String {
    let Ok(mut answer) = serde_json::from_str::<Value>(text) else { return text.to_owned() };
    if answer["resourceType"] == "Bundle" {
        answer["link"] = Value::Null;
        if let Some(entries) = answer["entry"].as_array_mut() {
            entries.retain(|entry| entry["search"]["mode"] != "outcome");
        }
    }
    answer.to_string()
}
