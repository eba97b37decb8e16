//! Text as string parameters compare it (hl7.org/fhir/R4/search.html#string).

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest indexed value, in characters: PostgreSQL's index rows are at most 2,704 bytes.
pub const LONGEST: usize = 512;

/// Only letters and digits, without case and accents, at most [`LONGEST`] characters.
pub fn fold(text: &str) -> String {
    Folded::of(text).text
}

/// A text as [`fold`] leaves it. Punctuation and blanks do not count, so `O'Brien`, `O’Brien` and `O Brien` are equal.
#[derive(Default)]
pub struct Folded {
    pub text: String,
    /// Where its words begin.
    starts: Vec<usize>,
    length: usize,
    after_gap: bool,
}

impl Folded {
    pub fn of(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), after_gap: true, ..Self::default() };
        if text.is_ascii() {
            text.chars().for_each(|character| folded.push(character.to_ascii_lowercase()));
        } else {
            let plain = text.nfkd().filter(|character| !is_combining_mark(*character) && !is_invisible(*character));
            for character in plain.flat_map(char::to_lowercase) {
                match base(character) {
                    Some(base) => base.chars().for_each(|character| folded.push(character)),
                    None => folded.push(character),
                }
            }
        }
        folded
    }

    /// The text from each of its words on.
    pub fn rests(&self) -> impl Iterator<Item = &str> {
        self.starts.iter().map(|start| &self.text[*start..])
    }

    /// Each of its words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let ends = self.starts.iter().skip(1).copied().chain([self.text.len()]);
        self.starts.iter().zip(ends).map(|(start, end)| &self.text[*start..end])
    }

    fn push(&mut self, character: char) {
        if !counts(character) {
            self.after_gap = true;
        } else if self.length < LONGEST {
            if std::mem::take(&mut self.after_gap) {
                self.starts.push(self.text.len());
            }
            self.text.push(character);
            self.length += 1;
        }
    }
}

/// Unicode counts apostrophes that are letters in some languages, such as Hawaiian's U+02BB, among the letters; people
/// type names with others.
fn counts(character: char) -> bool {
    character.is_alphanumeric() && !matches!(character, '\u{2b0}'..='\u{2ff}' | '\u{a78b}' | '\u{a78c}')
}

/// Characters that are invisible within words: a soft hyphen, joiners.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The base letters of those that do not decompose. Strokes, hooks and ligatures are treated like accents.
fn base(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' | 'ɵ' => "o",
        'ł' | 'ƚ' | 'ɫ' => "l",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'ħ' => "h",
        'ı' | 'ɨ' => "i",
        'ŧ' | 'ƭ' | 'ʈ' => "t",
        'ŋ' | 'ɲ' | 'ƞ' => "n",
        'ĸ' | 'ƙ' => "k",
        'ƀ' | 'ɓ' => "b",
        'ƈ' | 'ȼ' => "c",
        'ɇ' | 'ə' | 'ǝ' | 'ɛ' => "e",
        'ƒ' => "f",
        'ǥ' | 'ɠ' => "g",
        'ɉ' => "j",
        'ƥ' => "p",
        'ɍ' => "r",
        'ʉ' => "u",
        'ʋ' => "v",
        'ƴ' | 'ɏ' => "y",
        'ƶ' | 'ȥ' => "z",
        'ς' => "σ",
        _ => return None,
    })
}

/// A token's code in lower case, because R4 asks servers to disregard case if in doubt
/// (hl7.org/fhir/R4/search.html#token). Nothing else is changed.
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

/// The smallest text that is greater, byte by byte, than every text with this prefix; `None` if there is none.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_punctuation_and_blanks_do_not_count() {
        let check = |input: &str, expect: &str| assert_eq!(fold(input), expect, "{input:?}");
        check("Utah  Hospital ", "utahhospital");
        check("JOSÉ Núñez", "josenunez");
        check("Jose\u{301} Nun\u{303}ez", "josenunez");
        check("\tÉcole\u{a0}Île", "ecoleile");
        check("ﬁne", "fine");
        check("a\0b", "ab");
        check("St. Mary's (East), Inc.", "stmaryseastinc");
        check("", "");
        check(" -%_'", "");
    }

    #[test]
    fn every_apostrophe_and_hyphen_is_as_good_as_another_or_none() {
        let apostrophes = "'’‘‛ʼʻʹˈ`´′＇ꞌ׳ʾʿ";
        for apostrophe in apostrophes.chars() {
            assert_eq!(fold(&format!("D{apostrophe}Souza")), "dsouza", "U+{:04X}", u32::from(apostrophe));
        }
        for hyphen in "-‐‑‒–—―−﹣－\u{ad}⁃~_/".chars() {
            assert_eq!(fold(&format!("Smith{hyphen}Hart")), "smithhart", "U+{:04X}", u32::from(hyphen));
        }
    }

    #[test]
    fn letters_that_do_not_decompose_are_like_their_base() {
        let check = |input: &str, expect: &str| assert_eq!(fold(input), expect, "{input:?}");
        check("Straße", "strasse");
        check("STRAẞE", "strasse");
        check("Łukasz Đorđević", "lukaszdordevic");
        check("Sørensen Ærø Œuvre", "sorensenaerooeuvre");
        check("Þórður Guðmundsson", "thordurgudmundsson");
        check("Işık İnce IŞIK", "isikinceisik");
        check("Παπαδόπουλος", "παπαδοπουλοσ");
        check("ΠΑΠΑΔΟΠΟΥΛΟΣ", "παπαδοπουλοσ");
    }

    #[test]
    fn words_begin_after_what_does_not_count() {
        let folded = Folded::of("D’Souza-Hart, Núñez");
        assert_eq!(folded.words().collect::<Vec<_>>(), ["d", "souza", "hart", "nunez"]);
        let rests: Vec<&str> = folded.rests().collect();
        assert_eq!(rests, ["dsouzahartnunez", "souzahartnunez", "hartnunez", "nunez"]);
        assert_eq!(Folded::of("Hart\u{ad}mann Nu\u{301}n\u{303}ez").words().collect::<Vec<_>>(), ["hartmann", "nunez"]);
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
}
