//! What a name looks like: two names with one skeleton can be taken for each other.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::text::Name;

impl Name {
    /// Compatibility forms, case, accents, spaces and punctuation are dropped, and letters that look alike become one
    /// (after the idea of Unicode TS 39 §4, for the scripts that can pass for Latin). Never shown to anyone.
    pub fn skeleton(&self) -> String {
        let folded: String = self.as_str().nfkd().flat_map(char::to_lowercase).nfkd().collect();
        let letters: String = folded
            .chars()
            .filter(|&char| !is_combining_mark(char))
            .map(look)
            .filter(|char| char.is_alphanumeric())
            .collect();
        letters.replace("rn", "m").replace("vv", "w")
    }
}

/// The Latin letter or digit that a character, folded to lower case, can pass for.
pub fn look(char: char) -> char {
    match char {
        // Capital I, small l and the digit 1 are one shape in many fonts, and case was folded before.
        'i' | '1' | '|' | '!' | 'ı' | 'ɩ' | 'ι' | 'і' | 'ӏ' | 'ǀ' | 'ł' | 'ɫ' => 'l',
        '0' | 'ο' | 'о' | 'օ' | 'ø' | 'σ' | 'ө' => 'o',
        'α' | 'а' | 'ɑ' | '@' => 'a',
        'в' | 'β' | 'ь' | 'ß' => 'b',
        'с' | 'ϲ' | '¢' => 'c',
        'ԁ' | 'đ' | 'ð' => 'd',
        'е' | 'ε' | 'є' | 'ə' | '€' => 'e',
        'ƒ' => 'f',
        'ɡ' | 'ԍ' => 'g',
        'һ' | 'н' | 'ħ' | 'η' => 'h',
        'ј' => 'j',
        'κ' | 'к' => 'k',
        'м' | 'μ' => 'm',
        'ո' | 'п' => 'n',
        'ρ' | 'р' | 'þ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' | '$' | '5' => 's',
        'τ' | 'т' | 'ŧ' => 't',
        'υ' | 'ս' | 'ц' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ω' | 'ш' => 'w',
        'χ' | 'х' | '×' => 'x',
        'γ' | 'у' | 'ү' => 'y',
        'ζ' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skeleton(text: &str) -> String {
        Name::parse(text).unwrap().skeleton()
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
            ("Bluelink", "BlueIink"),
            ("Bluelink", "B1uelink"),
            ("Modern Care", "Modem Care"),
            ("Oscar", "0scar"),
        ] {
            assert_eq!(skeleton(name), skeleton(other), "{name} {other}");
        }
    }

    #[test]
    fn other_names_do_not() {
        for (name, other) in
            [("Health Sync", "Health Link"), ("Care One", "Care Two"), ("My Health 2", "My Health 3"), ("山田", "山本")]
        {
            assert_ne!(skeleton(name), skeleton(other), "{name} {other}");
        }
    }
}
