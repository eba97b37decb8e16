//! Family names as people type them, for the card that proves who someone is. Apostrophes of all kinds, hyphens,
//! blanks, full stops, case, accents and generational suffixes do not matter: O’Brien-Smith Jr. is obrien smith.

use crate::text::Folded;

/// Generational suffixes, without their full stops.
const SUFFIXES: [&str; 17] = [
    "jr", "sr", "jnr", "snr", "junior", "senior", "ii", "iii", "iv", "v", "vi", "1st", "2nd", "3rd", "4th", "5th",
    "6th",
];

/// Whether two spellings are of one family name. An empty name matches none.
pub fn are_same(known: &str, typed: &str) -> bool {
    let (known, typed) = (key(known), key(typed));
    !known.is_empty() && known == typed
}

/// What all spellings of a name have in common.
fn key(name: &str) -> String {
    let folded = Folded::of(name);
    let mut words: Vec<&str> = folded.words().collect();
    while 1 < words.len() && words.last().is_some_and(|last| SUFFIXES.contains(last)) {
        words.pop();
    }
    words.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_differently_is_one_name() {
        fn check(known: &str, typed: &str, expect: bool) {
            assert_eq!(are_same(known, typed), expect, "{known} / {typed}");
        }
        check("O'Brien", "O’Brien", true);
        check("O'Brien", "o`brien", true);
        check("O'Brien", "OBrien", true);
        check("O'Brien", "O Brien", true);
        check("D‘Souza-Hart", "dsouza hart", true);
        check("Smith-Jones", "Smith‑Jones", true);
        check("Smith-Jones", "smithjones", true);
        check("Smith – Jones", "Smith Jones", true);
        check("Núñez", "nunez", true);
        check("Kāneʻohe", "Kaneohe", true);
        check("St. John", "St John", true);
        check("St. John", "stjohn", true);
        check("Rivera", "Rivera Jr.", true);
        check("Rivera", "RIVERA, JR", true);
        check("Rivera,Jr.", "Rivera", true);
        check("Rivera III", "Rivera", true);
        check("Rivera", "Rivera 3rd", true);
        check("Rivera Sr.", "Rivera Jr.", true);
        check("de la Cruz", "Delacruz", true);
        check("Straße", "STRASSE", true);
        check("Sørensen", "Sorensen", true);
        check("Łukasz", "Lukasz", true);
        check("\u{4e}\u{303}unez", "Nunez", true);
        check("Senior", "Senior", true);
        check("Ng", "ng", true);
        check("Senior", "Junior", false);
        check("Rivera", "Riviera", false);
        check("Rivera", "Kim", false);
        check("Smith-Jones", "Smith", false);
        check("Rivera", "", false);
        check("-", "'", false);
        check("Rivera", "Jr.", false);
    }
}
