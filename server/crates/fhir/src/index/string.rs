//! Values of string parameters.

use programs::path::Datatype;
use serde_json::Value;

use super::each;
use crate::text::fold;

/// `value` is `original` folded, or the rest of it from some word on.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub value: String,
    pub original: String,
}

impl Entry {
    pub fn whole(text: &str) -> Self {
        Self { value: fold(text), original: text.to_owned() }
    }
}

const NAME_PARTS: [&str; 5] = ["text", "family", "given", "prefix", "suffix"];
const ADDRESS_PARTS: [&str; 7] = ["text", "line", "city", "district", "state", "postalCode", "country"];
/// Words of an address part that a search can begin with.
const MOST_WORDS: usize = 16;

pub(super) fn read(value: &Value, datatype: Datatype, add: &mut impl FnMut(Entry)) {
    match datatype {
        Datatype::HumanName => parts(value, &NAME_PARTS, &mut |text| add(Entry::whole(text))),
        Datatype::Address => parts(value, &ADDRESS_PARTS, &mut |text| each_word(text, add)),
        _ => value.as_str().into_iter().for_each(|text| add(Entry::whole(text))),
    }
}

fn parts(value: &Value, names: &[&str], visit: &mut impl FnMut(&str)) {
    for name in names {
        each(value.get(name), &mut |part| part.as_str().into_iter().for_each(&mut *visit));
    }
}

/// An address is found by any of its words, in whichever part they stand: `12 Lake Road, Orlando` by `Orlando`.
fn each_word(text: &str, add: &mut impl FnMut(Entry)) {
    let folded = fold(text);
    let mut after_blank = true;
    let starts = folded.char_indices().filter(|(_, character)| {
        let starts = after_blank && character.is_alphanumeric();
        after_blank = matches!(character, ' ' | ',' | '-' | '/' | '#' | '(');
        starts
    });
    let starts: Vec<usize> = starts.map(|(index, _)| index).take(MOST_WORDS).collect();
    if starts.first() != Some(&0) && !folded.is_empty() {
        add(Entry { value: folded.clone(), original: text.to_owned() });
    }
    for start in starts {
        add(Entry { value: folded[start..].to_owned(), original: text.to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(value: &Value, datatype: Datatype, expect: &[&str]) {
        let mut found = Vec::new();
        read(value, datatype, &mut |entry| found.push(entry.value));
        assert_eq!(found, expect);
    }

    #[test]
    fn a_name_is_found_by_each_of_its_parts() {
        let name =
            json!({ "use": "official", "text": "Dr. José Núñez", "family": "Núñez", "given": ["José", "María"] });
        check(&name, Datatype::HumanName, &["dr. jose nunez", "nunez", "jose", "maria"]);
    }

    #[test]
    fn an_address_is_found_by_each_of_its_words() {
        let address = json!({ "use": "work", "line": ["12 Lake Rd"], "city": "Orlando", "postalCode": "97035-2591" });
        check(&address, Datatype::Address, &["12 lake rd", "lake rd", "rd", "orlando", "97035-2591", "2591"]);
    }

    #[test]
    fn what_is_no_text_is_no_value() {
        check(&json!(12), Datatype::String, &[]);
        check(&json!({ "family": 1, "given": [null, "A"] }), Datatype::HumanName, &["a"]);
    }
}
