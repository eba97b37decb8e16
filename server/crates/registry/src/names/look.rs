//! The looser look of a name, to find what readers could confuse it with. More characters pass for another one than in
//! [`Name::skeletons`](model::text::Name::skeletons), which are stored and keep two vendors' names apart.

use model::skeleton::look;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_security::confusable_detection::skeleton;

/// What a reader sees in a character: Latin letters and digits wherever it can pass for one.
pub(super) fn of(char: char) -> String {
    let known: String = folded(char).filter(|char| char.is_alphanumeric()).map(look).collect();
    if known.is_ascii() {
        return known.chars().map(digit).collect();
    }
    // Unicode TS 39: letters of every script, small capitals, letters of old scripts.
    let mut whole = [0; 4];
    let pictured = skeleton(char.encode_utf8(&mut whole)).flat_map(folded).map(look);
    let pictured: String = pictured.filter(|char| char.is_alphanumeric()).collect();
    let seen = if pictured.is_ascii() { pictured } else { known };
    seen.chars().map(digit).collect()
}

/// Whether it is read as a letter or a digit. The flags' letters are, although Unicode lists them as symbols.
pub(super) fn is_letter(char: char) -> bool {
    char.is_alphanumeric() || enclosed(char).is_some()
}

/// Letters in black circles and squares, those of flags, and small capitals, which have no compatibility form.
fn enclosed(char: char) -> Option<char> {
    let letter = |first: u32| char::from_u32(u32::from(char) - first + u32::from('a'));
    match char {
        '\u{1F150}'..='\u{1F169}' => letter(0x1F150),
        '\u{1F170}'..='\u{1F189}' => letter(0x1F170),
        '\u{1F1E6}'..='\u{1F1FF}' => letter(0x1F1E6),
        _ => SMALL_CAPITALS.iter().find(|(small, _)| *small == char).map(|&(_, letter)| letter),
    }
}

/// Letters of phonetic alphabets, for which TS 39 has no look.
const SMALL_CAPITALS: [(char, char); 25] = [
    ('ᴀ', 'a'),
    ('ʙ', 'b'),
    ('ᴄ', 'c'),
    ('ᴅ', 'd'),
    ('ᴇ', 'e'),
    ('ꜰ', 'f'),
    ('ɢ', 'g'),
    ('ʜ', 'h'),
    ('ɪ', 'i'),
    ('ᴊ', 'j'),
    ('ᴋ', 'k'),
    ('ʟ', 'l'),
    ('ᴍ', 'm'),
    ('ɴ', 'n'),
    ('ᴏ', 'o'),
    ('ᴘ', 'p'),
    ('ꞯ', 'q'),
    ('ʀ', 'r'),
    ('ꜱ', 's'),
    ('ᴛ', 't'),
    ('ᴜ', 'u'),
    ('ᴠ', 'v'),
    ('ᴡ', 'w'),
    ('ʏ', 'y'),
    ('ᴢ', 'z'),
];

/// Compatibility forms, case and accents dropped.
fn folded(char: char) -> impl Iterator<Item = char> {
    let char = enclosed(char).unwrap_or(char);
    let lower: String = char.nfkd().flat_map(char::to_lowercase).collect();
    let bare: Vec<char> = lower.nfkd().filter(|&char| !is_combining_mark(char)).collect();
    bare.into_iter()
}

/// Digits and letters that people write instead of a letter to imitate another name.
fn digit(char: char) -> char {
    match char {
        '2' => 'z',
        '3' => 'e',
        '4' => 'a',
        '6' | '8' => 'b',
        '7' => 't',
        '9' => 'g',
        'v' => 'u',
        other => other,
    }
}
