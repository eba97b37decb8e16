//! Strings: a search finds values with the same beginning and ignores case, accents, punctuation and blanks
//! (hl7.org/fhir/R4/search.html#string). In people's names, each family name counts, and a whole name is found by its
//! words.

use serde_json::Value;

use super::{is::Is, path::flat};

const NAME: [&str; 5] = ["text", "family", "given", "prefix", "suffix"];
const ADDRESS: [&str; 7] = ["text", "line", "city", "district", "state", "postalCode", "country"];

/// Every text by which the value can be found.
pub fn texts(value: &Value, is: Is) -> Vec<&str> {
    let parts = |names: &[&str]| names.iter().flat_map(|name| flat(&value[*name])).filter_map(Value::as_str).collect();
    match is {
        Is::Name => parts(&NAME),
        Is::Address => parts(&ADDRESS),
        _ => value.as_str().into_iter().collect(),
    }
}

/// Whether a search for this finds the value.
pub fn meets(value: &Value, is: Is, modifier: Option<&str>, sought: &str) -> bool {
    let texts = texts(value, is);
    match modifier {
        Some("exact") => return texts.contains(&sought),
        _ if letters(sought).is_empty() => return false,
        Some("contains") => return texts.iter().any(|text| letters(text).contains(&letters(sought))),
        _ => {}
    }
    texts.iter().any(|text| letters(text).starts_with(&letters(sought)))
        || inner(value, is).iter().any(|rest| letters(rest).starts_with(&letters(sought)))
}

/// Whether all words that are sought are in the names of a resource.
pub fn meets_whole(names: &[&Value], sought: &str) -> bool {
    let words: Vec<String> =
        sought.split([' ', ',', '\u{a0}', '\t']).map(letters).filter(|word| !word.is_empty()).collect();
    let texts: Vec<&str> = names.iter().flat_map(|name| texts(name, Is::Name)).collect();
    let begins = |word: &String| {
        let rests = texts.iter().flat_map(|text| std::iter::once(*text).chain(after_gaps(text)));
        rests.into_iter().any(|rest| letters(rest).starts_with(word.as_str()))
    };
    1 < words.len() && words.iter().all(begins)
}

/// Where within the texts a search may begin: at any word of an address, as the printed `address=Orlando` requires; at
/// each family name; and at any word of a name without a separate family name.
fn inner(value: &Value, is: Is) -> Vec<&str> {
    let family = || flat(&value["family"]).into_iter().filter_map(Value::as_str).collect::<Vec<_>>();
    let texts = match is {
        Is::Family => texts(value, is),
        Is::Name if family().is_empty() => value["text"].as_str().into_iter().collect(),
        Is::Name => family(),
        Is::Address => texts(value, is),
        _ => Vec::new(),
    };
    texts.into_iter().flat_map(after_gaps).collect()
}

/// The text after each gap between two words.
fn after_gaps(text: &str) -> Vec<&str> {
    let mut rests = Vec::new();
    let mut in_gap = false;
    for (at, character) in text.char_indices() {
        let is_gap = letters(&text[at..at + character.len_utf8()]).is_empty() && !is_accent(character);
        if in_gap && !is_gap && !is_accent(character) {
            rests.push(&text[at..]);
        }
        in_gap = is_gap || (in_gap && is_accent(character));
    }
    rests
}

fn is_accent(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}

/// Letters and digits only, each as its base letter in lower case.
fn letters(text: &str) -> String {
    let plain = |character: char| match character {
        'À'..='Å' | 'à'..='å' | 'Ā' | 'ā' | 'Ă' | 'ă' | 'Ą' | 'ą' => "a".to_owned(),
        'Æ' | 'æ' => "ae".to_owned(),
        'Ç' | 'ç' | 'Ć' | 'ć' | 'Č' | 'č' => "c".to_owned(),
        'Ď' | 'ď' | 'Đ' | 'đ' | 'Ð' | 'ð' => "d".to_owned(),
        'È'..='Ë' | 'è'..='ë' | 'Ē' | 'ē' | 'Ę' | 'ę' | 'Ě' | 'ě' => "e".to_owned(),
        'Ğ' | 'ğ' => "g".to_owned(),
        'Ì'..='Ï' | 'ì'..='ï' | 'Ī' | 'ī' | 'İ' | 'ı' => "i".to_owned(),
        'Ł' | 'ł' => "l".to_owned(),
        'Ñ' | 'ñ' | 'Ń' | 'ń' | 'Ň' | 'ň' => "n".to_owned(),
        'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' | 'Ō' | 'ō' | 'Ő' | 'ő' => "o".to_owned(),
        'Œ' | 'œ' => "oe".to_owned(),
        'Ř' | 'ř' => "r".to_owned(),
        'Ś' | 'ś' | 'Š' | 'š' | 'Ş' | 'ş' | 'Ș' | 'ș' => "s".to_owned(),
        'ß' | 'ẞ' => "ss".to_owned(),
        'Þ' | 'þ' => "th".to_owned(),
        'Ù'..='Ü' | 'ù'..='ü' | 'Ū' | 'ū' | 'Ů' | 'ů' | 'Ű' | 'ű' => "u".to_owned(),
        'Ý' | 'ý' | 'ÿ' => "y".to_owned(),
        'Ź' | 'ź' | 'Ż' | 'ż' | 'Ž' | 'ž' => "z".to_owned(),
        'ς' => "σ".to_owned(),
        // Apostrophes that Unicode classifies as letters.
        '\u{2b0}'..='\u{2ff}' => String::new(),
        other if other.is_alphanumeric() => other.to_lowercase().collect(),
        _ => String::new(),
    };
    text.chars().map(plain).collect()
}
