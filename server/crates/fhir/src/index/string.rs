//! Values of string parameters (hl7.org/fhir/R4/search.html#string). Each row is the beginning of some text, so a
//! search by prefix is one range of the index.

use programs::path::{Branch, Datatype, Step};
use serde_json::Value;

use super::each;
use crate::text::Folded;

/// A folded text at whose beginning a search can match.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub value: String,
    pub place: Place,
}

/// Which part of a value it is. Where one text is several, the first variant wins.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// All of it, as it is written; `:exact`, `:contains` and `_sort` use this.
    Whole(String),
    /// The rest of it, from some word on.
    Word,
    /// A word that is found only together with others: `Maria` of the given name `Ana Maria`, for whole names.
    Beside,
    /// Text that no search can name. The value exists all the same, for `:missing`.
    Nameless,
}

impl Place {
    /// `fhir_string.ordinal`. Those of whole values distinguish texts that differ only in case, accents or punctuation.
    pub fn ordinal(&self) -> i64 {
        match self {
            Self::Whole(_) => WHOLE,
            Self::Word => -1,
            Self::Beside => BESIDE,
            Self::Nameless => -3,
        }
    }
}

impl Place {
    /// The original spelling of a whole value; otherwise empty.
    pub fn original(self) -> String {
        match self {
            Self::Whole(original) => original,
            _ => String::new(),
        }
    }
}

/// The smallest ordinal of whole values.
pub const WHOLE: i64 = 0;
pub const BESIDE: i64 = -2;

impl Entry {
    pub fn whole(text: &str) -> Self {
        Self { value: crate::text::fold(text), place: Place::Whole(text.to_owned()) }
    }

    pub fn nameless() -> Self {
        Self { value: String::new(), place: Place::Nameless }
    }
}

const ADDRESS_PARTS: [&str; 7] = ["text", "line", "city", "district", "state", "postalCode", "country"];
/// The most words of a text at which a search can begin.
const MOST_WORDS: usize = 16;

pub(super) fn read(value: &Value, branch: &Branch, add: &mut impl FnMut(Entry)) {
    match branch.datatype {
        Datatype::HumanName => name(value, add),
        Datatype::Address => {
            ADDRESS_PARTS.iter().for_each(|part| texts(value, part, &mut |text| each_word(text, add)));
        }
        _ if is_family(branch) => value.as_str().into_iter().for_each(|text| each_word(text, add)),
        _ => value.as_str().into_iter().for_each(|text| add(Entry::whole(text))),
    }
}

/// `HumanName.family` by itself.
fn is_family(branch: &Branch) -> bool {
    matches!(branch.steps.last(), Some(Step::Field(name)) if name == "family")
}

/// A search finds a name by its parts, by each family name (one text may contain several), and whole, by all its words.
fn name(value: &Value, add: &mut impl FnMut(Entry)) {
    let mut entries: Vec<Entry> = Vec::new();
    texts(value, "family", &mut |text| each_word(text, &mut |entry| entries.push(entry)));
    // A text alone does not show which of its words are the family name.
    let has_family = !entries.is_empty();
    let mut folded: Vec<Folded> = Vec::new();
    for part in ["text", "given", "prefix", "suffix"] {
        texts(value, part, &mut |text| {
            if part == "text" && !has_family {
                each_word(text, &mut |entry| entries.push(entry));
            } else {
                entries.push(Entry::whole(text));
                folded.push(Folded::of(text));
            }
        });
    }
    for word in folded.iter().flat_map(|folded| folded.words().take(MOST_WORDS)) {
        if !entries.iter().any(|entry| entry.value.starts_with(word)) {
            entries.push(Entry { value: word.to_owned(), place: Place::Beside });
        }
    }
    entries.into_iter().for_each(add);
}

fn texts(value: &Value, part: &str, visit: &mut impl FnMut(&str)) {
    each(value.get(part), &mut |part| part.as_str().into_iter().for_each(&mut *visit));
}

/// A search can begin at any of its words: `12 Lake Road, Orlando` at `Orlando`, `D'Souza-Hart` at `Souza Hart`.
fn each_word(text: &str, add: &mut impl FnMut(Entry)) {
    let folded = Folded::of(text);
    for rest in folded.rests().skip(1).take(MOST_WORDS - 1) {
        add(Entry { value: rest.to_owned(), place: Place::Word });
    }
    add(Entry { value: folded.text, place: Place::Whole(text.to_owned()) });
}

#[cfg(test)]
mod tests {
    use programs::path::parse;
    use serde_json::json;

    use super::*;

    /// `expect` is what a search can begin with; `beside` is what it finds only together with other words.
    fn check(value: &Value, path: &str, expect: &[&str], beside: &[&str]) {
        let (mut found, mut others) = (Vec::new(), Vec::new());
        for branch in parse(path).unwrap() {
            read(value, &branch, &mut |entry| match entry.place {
                Place::Beside => others.push(entry.value),
                _ => found.push(entry.value),
            });
        }
        assert_eq!(found, expect);
        assert_eq!(others, beside);
    }

    #[test]
    fn a_name_is_found_by_each_of_its_parts() {
        let name = json!({ "use": "official", "text": "Dr. José Núñez", "family": "Núñez", "given": ["José", "Ana María"], "prefix": ["Dr."] });
        check(&name, "name as HumanName", &["nunez", "drjosenunez", "jose", "anamaria", "dr"], &["maria"]);
    }

    #[test]
    fn every_family_name_counts() {
        let name = json!({ "family": "D'Souza-Hart" });
        check(&name, "name as HumanName", &["souzahart", "hart", "dsouzahart"], &[]);
        check(&json!("Carreño Quiñones"), "name.family as string", &["quinones", "carrenoquinones"], &[]);
        check(&json!("Ana María"), "name.given as string", &["anamaria"], &[]);
        let text = json!({ "text": "Souza, Amy" });
        check(&text, "name as HumanName", &["amy", "souzaamy"], &[]);
    }

    #[test]
    fn an_address_is_found_by_each_of_its_words() {
        let address = json!({ "use": "work", "line": ["12 Lake Rd"], "city": "Orlando", "postalCode": "97035-2591" });
        let expect = ["lakerd", "rd", "12lakerd", "orlando", "2591", "970352591"];
        check(&address, "address as Address", &expect, &[]);
    }

    #[test]
    fn what_is_no_text_is_no_value() {
        check(&json!(12), "name as string", &[], &[]);
        check(&json!({ "family": 1, "given": [null, "A"] }), "name as HumanName", &["a"], &[]);
    }
}
