//! What an answer reveals, and whether any of it belongs to another member.

use serde_json::Value;

use super::data::NOBODY;

/// Whether a text contains one of these members' marks.
pub fn has_any(marks: &[&str], text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    marks.iter().any(|mark| text.contains(mark))
}

/// The text with these marks replaced by one that belongs to no member.
pub fn about_nobody(marks: &[&str], text: &str) -> String {
    marks.iter().fold(text.to_owned(), |text, mark| text.replace(mark, NOBODY))
}

/// Everything that does not repeat the request, so without a Bundle's links and the warnings of a lenient search.
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
