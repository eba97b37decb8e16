//! Text as string parameters compare it (hl7.org/fhir/R4/search.html#string).

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest indexed value, in characters: PostgreSQL's index rows are at most 2,704 bytes.
pub const LONGEST: usize = 512;

/// Without case, accents and repeated blanks; at most [`LONGEST`] characters.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut push = |character: char| {
        if !character.is_whitespace() {
            folded.push(character);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    };
    if text.is_ascii() {
        text.chars().map(|character| character.to_ascii_lowercase()).for_each(&mut push);
    } else {
        let plain = text.nfkd().filter(|character| !is_combining_mark(*character));
        plain.flat_map(char::to_lowercase).for_each(&mut push);
    }
    folded.retain(|character| character != '\0');
    cut(&mut folded, LONGEST);
    folded.truncate(folded.trim_end().len());
    folded
}

/// A token's code: lower case, because R4 asks servers in doubt to disregard case
/// (hl7.org/fhir/R4/search.html#token); nothing else is changed.
pub fn fold_code(code: &str) -> String {
    let mut folded = code.to_lowercase();
    folded.retain(|character| character != '\0');
    cut(&mut folded, LONGEST);
    folded
}

fn cut(text: &mut String, most: usize) {
    if let Some((end, _)) = text.char_indices().nth(most) {
        text.truncate(end);
    }
}

/// The least text that is greater, byte by byte, than every text with this prefix; `None` if there is none.
pub fn after_prefix(prefix: &str) -> Option<String> {
    let mut end = prefix.to_owned();
    while let Some(last) = end.pop() {
        if let Some(next) = successor(last) {
            end.push(next);
            return Some(end);
        }
    }
    None
}

fn successor(character: char) -> Option<char> {
    match character {
        '\u{d7ff}' => Some('\u{e000}'),
        _ => char::from_u32(u32::from(character) + 1),
    }
}

/// `text` with what `LIKE` takes for patterns made plain, for `LIKE … ESCAPE '\'`.
pub fn escape_like(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_repeated_blanks_do_not_count() {
        let check = |input: &str, expect: &str| assert_eq!(fold(input), expect, "{input:?}");
        check("Utah  Hospital ", "utah hospital");
        check("JOSÉ Núñez", "jose nunez");
        check("Straße", "straße");
        check("\tÉcole\u{a0}Île", "ecole ile");
        check("ﬁne", "fine");
        check("a\0b", "ab");
        check("", "");
    }

    #[test]
    fn a_prefix_ends_where_its_successor_begins() {
        let check = |input: &str, expect: Option<&str>| assert_eq!(after_prefix(input).as_deref(), expect, "{input:?}");
        check("ab", Some("ac"));
        check("a\u{d7ff}", Some("a\u{e000}"));
        check("a\u{10ffff}", Some("b"));
        check("\u{10ffff}", None);
        check("", None);
    }

    #[test]
    fn long_text_is_cut_at_a_character() {
        assert_eq!(fold(&"é".repeat(2000)).chars().count(), LONGEST);
        assert_eq!(fold_code(&"É".repeat(2000)).chars().count(), LONGEST);
    }

    #[test]
    fn patterns_become_plain() {
        assert_eq!(escape_like(r"50%_\"), r"50\%\_\\");
    }
}
