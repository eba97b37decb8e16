//! Strings: a search finds what starts alike, whatever case and accents (hl7.org/fhir/R4/search.html#string).

use serde_json::Value;

use super::{is::Is, path::flat};

const NAME: [&str; 5] = ["text", "family", "given", "prefix", "suffix"];
const ADDRESS: [&str; 7] = ["text", "line", "city", "district", "state", "postalCode", "country"];

/// Every text that the value can be found by.
pub fn texts(value: &Value, is: Is) -> Vec<&str> {
    let parts = |names: &[&str]| names.iter().flat_map(|name| flat(&value[*name])).filter_map(Value::as_str).collect();
    match is {
        Is::Name => parts(&NAME),
        Is::Address => parts(&ADDRESS),
        _ => value.as_str().into_iter().collect(),
    }
}

/// Whether one text is found by what is sought.
pub fn meets(text: &str, is: Is, modifier: Option<&str>, sought: &str) -> bool {
    if modifier == Some("exact") {
        return text == sought;
    }
    let (text, sought) = (fold(text), fold(sought));
    match modifier {
        Some("contains") => text.contains(&sought),
        // An address is found by any word in it, as the printed `address=Orlando` asks.
        _ if is == Is::Address => words(&text).any(|rest| rest.starts_with(&sought)) || text.starts_with(&sought),
        _ => text.starts_with(&sought),
    }
}

/// The text from each of its words on.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut before = ' ';
    let starts = text.char_indices().filter(move |(_, character)| {
        let starts = character.is_alphanumeric() && " ,-/#(".contains(before);
        before = *character;
        starts
    });
    starts.map(|(at, _)| &text[at..])
}

/// Lower case, without accents, blanks once.
pub fn fold(text: &str) -> String {
    let lower = text.to_lowercase();
    let plain: String =
        lower.chars().filter(|character| !('\u{300}'..='\u{36f}').contains(character)).map(base).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The letter without its accent, of Latin.
fn base(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' => 'a',
        'ç' | 'č' | 'ć' => 'c',
        'è'..='ë' | 'ē' | 'ě' => 'e',
        'ì'..='ï' | 'ī' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ō' => 'o',
        'š' | 'ś' => 's',
        'ù'..='ü' | 'ū' | 'ů' => 'u',
        'ý' | 'ÿ' => 'y',
        'ž' | 'ź' | 'ż' => 'z',
        other => other,
    }
}
