//! Text that people typed and other people read: names, single lines, paragraphs.

use serde::Serialize;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::form::Code;

/// The name of an organization, an app or a person: one line, 2 to 80 characters, nothing invisible, no markup.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct Name(String);

parsed_text!(Name);
stored_text!(Name);

impl Name {
    pub fn parse(text: &str) -> Result<Self, Code> {
        let text = one_line(text)?;
        length(&text, 2, 80)?;
        if text.contains(['<', '>']) {
            return Err(Code::Markup);
        }
        if !text.chars().any(char::is_alphanumeric) || has_stacked_marks(&text) {
            return Err(Code::NotAName);
        }
        Ok(Self(text))
    }
}

/// One line of at most 120 characters: a street, a city, an identifier.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct Line(String);

parsed_text!(Line);
stored_text!(Line);

impl Line {
    pub fn parse(text: &str) -> Result<Self, Code> {
        let text = one_line(text)?;
        length(&text, 1, 120)?;
        Ok(Self(text))
    }

    /// Nothing if the field was left empty.
    pub fn parse_optional(text: &str) -> Result<Option<Self>, Code> {
        if text.trim().is_empty() { Ok(None) } else { Self::parse(text).map(Some) }
    }
}

/// Text of at most 2,000 characters; line breaks are kept, as `\n`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct Paragraph(String);

parsed_text!(Paragraph);
stored_text!(Paragraph);

impl Paragraph {
    pub fn parse(text: &str) -> Result<Self, Code> {
        let text: String = text.trim().replace("\r\n", "\n").nfc().collect();
        if text.chars().any(|char| char != '\n' && char != '\t' && char.is_control()) {
            return Err(Code::ControlCharacter);
        }
        if text.chars().any(is_reordering) {
            return Err(Code::HiddenCharacter);
        }
        length(&text, 1, 2000)?;
        Ok(Self(text))
    }

    /// Nothing if the field was left empty.
    pub fn parse_optional(text: &str) -> Result<Option<Self>, Code> {
        if text.trim().is_empty() { Ok(None) } else { Self::parse(text).map(Some) }
    }
}

/// One to three sentences that members read before they allow an app anything: 10 to 300 characters, on one line.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct Statement(String);

parsed_text!(Statement);
stored_text!(Statement);

impl Statement {
    pub const MAX_LENGTH: usize = 300;

    /// Line breaks become spaces: the input is an area, so that people see all of what they type.
    pub fn parse(text: &str) -> Result<Self, Code> {
        let text = one_line(&text.replace(['\r', '\n'], " "))?;
        match length(&text, 10, Self::MAX_LENGTH) {
            Err(Code::TooShort) => Err(Code::TooVague),
            checked => checked.map(|()| Self(text)),
        }
    }
}

/// Trimmed and composed (NFC), with single spaces.
fn one_line(text: &str) -> Result<String, Code> {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    if text.chars().any(char::is_control) {
        return Err(Code::ControlCharacter);
    }
    if text.chars().any(is_hidden) {
        return Err(Code::HiddenCharacter);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    Ok(words.join(" ").nfc().collect())
}

fn length(text: &str, least: usize, most: usize) -> Result<(), Code> {
    match text.chars().count() {
        0 => Err(Code::Required),
        count if count < least => Err(Code::TooShort),
        count if most < count => Err(Code::TooLong),
        _ => Ok(()),
    }
}

/// More than two marks on one letter. Such text would cover its neighbors.
fn has_stacked_marks(text: &str) -> bool {
    let mut marks = 0;
    text.nfd().any(|char| {
        marks = if is_combining_mark(char) { marks + 1 } else { 0 };
        2 < marks
    })
}

/// Invisible characters that change how text looks: bidirectional controls, zero-width characters, fillers,
/// variation selectors, tags, line separators, private use and noncharacters.
pub(crate) fn is_hidden(char: char) -> bool {
    matches!(char,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{2800}' | '\u{3164}' | '\u{E000}'..='\u{F8FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{10FFFF}')
}

/// Bidirectional embeddings, overrides and isolates, which show text in another order than it has. Joiners and
/// variation selectors stay allowed in running text, because scripts and emoji need them.
fn is_reordering(char: char) -> bool {
    matches!(char, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use Code::{ControlCharacter, HiddenCharacter, Markup, NotAName, Required, TooLong, TooShort, TooVague};

    #[test]
    fn statements_are_taken_or_refused() {
        check("Shows what your care has cost.", Ok("Shows what your care has cost."));
        check("  Shows costs,\r\n month by  month. ", Ok("Shows costs, month by month."));
        check(&"é".repeat(300), Ok(&"é".repeat(300)));
        check("", Err(Required));
        check(" \n ", Err(Required));
        check("Costs.", Err(TooVague));
        check(&"a".repeat(301), Err(TooLong));
        check("Shows costs \u{202E}yltnerappa", Err(HiddenCharacter));
        check("Shows costs \u{7}and claims", Err(ControlCharacter));

        fn check(text: &str, expect: Result<&str, Code>) {
            assert_eq!(Statement::parse(text).map(String::from), expect.map(str::to_owned), "{text:?}");
        }
    }

    #[test]
    fn names_are_taken_or_refused() {
        check("Acme Health", Ok("Acme Health"));
        check("  Acme   Health ", Ok("Acme Health"));
        check("Johnson & Sons, Inc.", Ok("Johnson & Sons, Inc."));
        check("Jose\u{301} Health", Ok("José Health"));
        check("山田医院", Ok("山田医院"));
        check("", Err(Required));
        check("   ", Err(Required));
        check("A", Err(TooShort));
        check(&"a".repeat(81), Err(TooLong));
        check("<b>Acme</b>", Err(Markup));
        check("Acme > all", Err(Markup));
        check("Acme\u{202E}htlaeH", Err(HiddenCharacter));
        check("Ac\u{200B}me", Err(HiddenCharacter));
        check("Ac\u{AD}me", Err(HiddenCharacter));
        check("Acme\u{2066}", Err(HiddenCharacter));
        check("Ac\u{FEFF}me", Err(HiddenCharacter));
        check("Acme\u{E0041}", Err(HiddenCharacter));
        check("Acme\u{3164}", Err(HiddenCharacter));
        check("Acme\r\nBcc: eve@example.org", Err(ControlCharacter));
        check("Ac\0me", Err(ControlCharacter));
        check("...", Err(NotAName));
        check("A\u{300}\u{301}\u{302}\u{303}cme", Err(NotAName));

        fn check(input: &str, expect: Result<&str, Code>) {
            assert_eq!(Name::parse(input).as_ref().map(Name::as_str).map_err(|code| *code), expect, "{input:?}");
        }
    }

    #[test]
    fn paragraphs_keep_their_lines() {
        assert_eq!(Paragraph::parse(" one\r\ntwo ").unwrap().as_str(), "one\ntwo");
        assert_eq!(Paragraph::parse("👩‍⚕️ care").unwrap().as_str(), "👩‍⚕️ care");
        assert_eq!(Paragraph::parse("a\u{202E}b"), Err(HiddenCharacter));
        assert_eq!(Paragraph::parse("a\u{7}b"), Err(ControlCharacter));
        assert_eq!(Paragraph::parse_optional("  "), Ok(None));
        assert_eq!(Paragraph::parse(&"a".repeat(2001)), Err(TooLong));
    }
}
