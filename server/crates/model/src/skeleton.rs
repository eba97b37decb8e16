//! What a name looks like: readers can confuse two names that have a skeleton in common.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::text::Name;

/// So many ways to read a text are listed one by one. A name with more signs than that does not pass for another one at a
/// glance.
const MOST_READINGS: usize = 64;

impl Name {
    /// One for each way to read the name's signs, see [`readings`]. Compatibility forms, case, accents, spaces and
    /// punctuation are dropped, and letters that look alike become one (following the idea of Unicode TS 39 §4, for the
    /// scripts that can pass for Latin). They are never shown.
    pub fn skeletons(&self) -> BTreeSet<String> {
        readings(self.as_str()).iter().map(|reading| skeleton(reading)).collect()
    }
}

fn skeleton(reading: &str) -> String {
    let folded: String = reading.nfkd().flat_map(char::to_lowercase).nfkd().collect();
    let is_letter = |char: &char| char.is_alphanumeric() && !is_combining_mark(*char);
    let letters: String = folded.chars().filter(is_letter).map(look).collect();
    letters.replace("rn", "m").replace("vv", "w")
}

/// Every way to read a text whose signs can pass for letters: `Hea!th!` as `Healthl`, `Health `, `Hea thl` and `Hea th `.
/// A rule cannot know which of them a reader takes for punctuation. If there would be too many, all signs are read the same
/// way, and once as letters only between letters.
pub fn readings(text: &str) -> Vec<String> {
    let pieces = pieces(text);
    let count = pieces.iter().try_fold(1_usize, |count, piece| count.checked_mul(piece.signs + 1));
    if count.is_some_and(|count| count <= MOST_READINGS) {
        return pieces.iter().fold(vec![String::new()], |readings, piece| {
            let ways =
                |reading: &String| (0..=piece.signs).map(|letters| piece.after(reading, letters)).collect::<Vec<_>>();
            readings.iter().flat_map(ways).collect()
        });
    }
    let between = |place: usize| {
        let (before, after) = (place.checked_sub(1).and_then(|place| pieces.get(place)), pieces.get(place + 1));
        before.is_some_and(|before| before.text.ends_with(char::is_alphanumeric))
            && after.is_some_and(|after| after.text.starts_with(char::is_alphanumeric))
    };
    let alike = |is_letter: &dyn Fn(usize) -> bool| {
        pieces.iter().enumerate().fold(String::new(), |reading, (place, piece)| {
            piece.after(&reading, if is_letter(place) { piece.signs } else { 0 })
        })
    };
    vec![alike(&|_| true), alike(&|_| false), alike(&between)]
}

/// A part of a text: as it is, or one or several signs that can pass for the same letter.
struct Piece {
    /// The letter that the signs pass for, or the text itself.
    text: String,
    /// How many; 0 for what is not a sign.
    signs: usize,
}

impl Piece {
    /// The reading so far with this piece. That many of its signs are letters; the rest is punctuation.
    fn after(&self, reading: &str, letters: usize) -> String {
        if self.signs == 0 {
            return format!("{reading}{}", self.text);
        }
        // In capitals among capitals, because capitals may show where a word begins.
        let letter = if reading.ends_with(char::is_uppercase) { self.text.to_uppercase() } else { self.text.clone() };
        let rest = if letters < self.signs { " " } else { "" };
        format!("{reading}{}{rest}", letter.repeat(letters))
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for char in text.chars() {
        let sign = letter(char);
        let more = |last: &&mut Piece| match &sign {
            Some(letter) => 0 < last.signs && last.text == *letter,
            None => last.signs == 0,
        };
        match (pieces.last_mut().filter(more), &sign) {
            (Some(last), Some(_)) => last.signs += 1,
            (Some(last), None) => last.text.push(char),
            (None, Some(letter)) => pieces.push(Piece { text: letter.clone(), signs: 1 }),
            (None, None) => pieces.push(Piece { text: char.to_string(), signs: 0 }),
        }
    }
    pieces
}

/// What a sign can pass for: `s` for `$`, `TM` for `™`. Nothing for a letter or digit, and for a sign that does not look like
/// one.
fn letter(sign: char) -> Option<String> {
    if sign.is_alphanumeric() || is_combining_mark(sign) {
        return None;
    }
    let letters =
        |look: fn(char) -> char| sign.nfkd().map(look).filter(|char| char.is_alphanumeric()).collect::<String>();
    // A letter in brackets is that letter.
    [letters(|char| char), letters(look)].into_iter().find(|letters| !letters.is_empty())
}

/// The Latin letter or digit that a character, folded to lower case, can pass for.
pub fn look(char: char) -> char {
    match char {
        // Capital I, small l and the digit 1 are one shape in many fonts, and case was folded before.
        'i' | '1' | 'ı' | 'ɩ' | 'ι' | 'і' | 'ӏ' | 'ǀ' | 'ł' | 'ɫ' => 'l',
        '|' | '!' | '¡' | '¦' | '/' | '\\' | '£' => 'l',
        '0' | 'ο' | 'о' | 'օ' | 'ø' | 'σ' | 'ө' | '°' | '○' | '●' => 'o',
        'α' | 'а' | 'ɑ' | '@' => 'a',
        'в' | 'β' | 'ь' | 'ß' => 'b',
        'с' | 'ϲ' | '¢' | '©' | '(' | '[' | '{' => 'c',
        'ԁ' | 'đ' | 'ð' => 'd',
        'е' | 'ε' | 'є' | 'ə' | '€' => 'e',
        'ƒ' => 'f',
        'ɡ' | 'ԍ' => 'g',
        'һ' | 'н' | 'ħ' | 'η' | '#' => 'h',
        'ј' => 'j',
        'κ' | 'к' => 'k',
        'м' | 'μ' => 'm',
        'ո' | 'п' => 'n',
        'ρ' | 'р' | 'þ' => 'p',
        'ԛ' => 'q',
        'г' | '®' => 'r',
        'ѕ' | '$' | '§' | '5' => 's',
        'τ' | 'т' | 'ŧ' | '+' | '†' | '‡' => 't',
        'υ' | 'ս' | 'ц' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ω' | 'ш' => 'w',
        'χ' | 'х' | '×' => 'x',
        'γ' | 'у' | 'ү' | '¥' => 'y',
        'ζ' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Punctuation that can pass for a letter.
    const SIGNS: &str = "!|¡¦/\\£@$§¢©([{€#®+†‡×¥°○●™℠！＠＄‼";

    fn are_alike(name: &str, other: &str) -> bool {
        let [name, other] = [name, other].map(|text| Name::parse(text).unwrap().skeletons());
        !name.is_disjoint(&other)
    }

    #[test]
    fn names_that_can_be_taken_for_each_other_look_the_same() {
        for (name, other) in [
            ("Health Sync", "HEALTH  SYNC"),
            ("Health Sync", "Health-Sync"),
            ("Health Sync", "Health Sync®"),
            ("Health Sync", "Ｈｅａｌｔｈ Ｓｙｎｃ"),
            ("Health Sync", "Неаlth Sуnc"),
            ("Health Sync", "Heálth Sýnc"),
            ("Health Sync", "𝐇𝐞𝐚𝐥𝐭𝐡 Sync"),
            ("Health Sync", "Hea!th Sync!"),
            ("Health Sync", "!!!Hea|th $ync!!!"),
            ("Health Sync", "#e@|+h §yn("),
            ("Health Sync", "*** Health Sync ***"),
            ("Health Sync", "(Health Sync)"),
            ("Health Sync", "Health Sync™"),
            ("Hello", "He||o!"),
            ("Idea", "!dea!"),
            ("Idea", "|¡dea"),
            ("Acme", "⒜cme"),
            ("Bluelink", "BlueIink"),
            ("Bluelink", "B1uelink"),
            ("Modern Care", "Modem Care"),
            ("Oscar", "0scar"),
        ] {
            assert!(are_alike(name, other), "{name} {other}");
        }
    }

    #[test]
    fn no_sign_hides_what_a_name_looks_like() {
        for sign in SIGNS.chars() {
            let letter = letter(sign).unwrap();
            for name in ["Optum", "Health Sync", "Care2"] {
                let (first, rest) = name.split_at(3);
                for other in [
                    format!("{name}{sign}"),
                    format!("{sign}{name}"),
                    format!("{sign}{name}{sign}"),
                    format!("{name} {sign}{sign}{sign}"),
                    format!("{first}{sign}{rest}"),
                    format!("{sign}{first}{sign}{rest}{sign}!"),
                    // Too many to read one by one.
                    format!("{sign}.!.$.@.{sign}.{name}.{sign}.@.$.!.{sign}"),
                ] {
                    assert!(are_alike(name, &other), "{name} {other}");
                }
                let read = format!("{first}{letter}{rest}");
                for other in [
                    format!("{first}{sign}{rest}"),
                    format!("{first}{sign}{rest}{sign}"),
                    format!("!.$.@.!.$.@.!.{first}{sign}{rest}.!"),
                ] {
                    assert!(are_alike(&read, &other), "{read} {other}");
                }
            }
        }
    }

    #[test]
    fn other_names_do_not() {
        for (name, other) in [
            ("Health Sync", "Health Link"),
            ("Health Sync!", "Health Link!"),
            ("Care One", "Care Two"),
            ("My Health 2", "My Health 3"),
            ("C# Clinic", "C Hospital"),
            ("山田", "山本"),
        ] {
            assert!(!are_alike(name, other), "{name} {other}");
        }
    }

    #[test]
    fn there_are_few_readings_whatever_the_signs() {
        for text in ["Plain", "A!", "!@#$%^&*()", &"!".repeat(70), &"!@".repeat(40), &"(".repeat(80)] {
            let count = readings(text).len();
            assert!((1..=MOST_READINGS).contains(&count), "{text}: {count}");
        }
        assert_eq!(readings("Hea!th!"), ["Hea th ", "Hea thl", "Health ", "Healthl"]);
        assert_eq!(readings("OP+UM"), ["OP UM", "OPTUM"]);
        assert_eq!(readings("Plain text, as it is"), ["Plain text, as it is"]);
    }
}
