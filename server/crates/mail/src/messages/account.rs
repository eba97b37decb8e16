//! To the holder of a Healthcare ID.

use model::{account::HealthcareId, email::Email, locale::Locale};

use crate::{
    letter::Letter,
    message::Message,
    reader::Reader,
    site::{CONFIRM_EMAIL, FORGOT_PASSWORD, RESET_PASSWORD, SIGN_IN, Site, VERIFY},
    texts::{self, HEALTHCARE_ID, HELLO, NOTHING_TO_DO, account as text},
};

/// After sign-up: the link that confirms the address, for which ID and which person, and the one that ends the request.
/// No one has confirmed the address yet, so it repeats of the name only what is a name: our sign-up page cannot be used
/// to send someone a message.
pub fn verify_email(site: &Site, reader: Reader<'_>, id: &HealthcareId, token: &str) -> Message {
    let mut facts = vec![(HEALTHCARE_ID, id.as_str())];
    if let Some(name) = plain_name(reader.name.as_str()) {
        facts.push((text::NAME, name));
    }
    Letter::in_language(reader.locale, text::VERIFY)
        .paragraph(HELLO)
        .paragraph(text::VERIFY_ASKED)
        .facts(&facts)
        .paragraph(text::VERIFY_BODY)
        .button(text::VERIFY_BUTTON, site.single_use(VERIFY, token))
        .paragraph(text::VERIFY_NOT_YOURS)
        .button(text::NOT_ME, format!("{}&not-me=1", site.single_use(VERIFY, token)))
        .to(site, reader.to)
}

/// What is a name and nothing else: letters, and what is written between them. No link, no number, no sentence.
fn plain_name(name: &str) -> Option<&str> {
    let is_plain = |word: &str| {
        let (word, last) = word.strip_suffix(['.', ',']).map_or((word, ""), |word| (word, "."));
        let letters = word.chars().all(|char| char.is_alphabetic() || "'’ʼ-‐".contains(char) || is_mark(char));
        !word.is_empty() && letters && (last.is_empty() || word.chars().count() <= LONGEST_ABBREVIATION)
    };
    let words = name.split_whitespace().count();
    (name.chars().count() <= LONGEST_NAME && (1..=MOST_WORDS).contains(&words) && name.split_whitespace().all(is_plain))
        .then_some(name)
}

const LONGEST_NAME: usize = 60;
const MOST_WORDS: usize = 6;
/// `Jr.`, `Dra.`
const LONGEST_ABBREVIATION: usize = 4;

/// Combining marks of Latin letters, and vowel signs of other scripts that are not letters by themselves.
fn is_mark(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}')
}

/// After a sign-up with an address that has an account: the page said the same as to everyone; this says what is true.
pub fn sign_up_with_known_email(site: &Site, reader: Reader<'_>) -> Message {
    reader
        .letter(text::KNOWN)
        .paragraph(text::KNOWN_BODY)
        .button(texts::SIGN_IN, site.page(SIGN_IN))
        .paragraph(text::KNOWN_PASSWORD)
        .button(texts::RESET_PASSWORD, site.page(FORGOT_PASSWORD))
        .paragraph(NOTHING_TO_DO)
        .to(site, reader.to)
}

/// The forgotten Healthcare ID. The token leads on to where the reader was going; it does not sign anyone in.
pub fn forgot_id(site: &Site, reader: Reader<'_>, id: &HealthcareId, way: Option<&str>) -> Message {
    let sign_in = way.map_or_else(|| site.page(SIGN_IN), |way| format!("{}?way={way}", site.page(SIGN_IN)));
    reader
        .letter(text::FORGOT_ID)
        .paragraph(text::FORGOT_ID_BODY)
        .facts(&[(HEALTHCARE_ID, id.as_str())])
        .button(texts::SIGN_IN, sign_in)
        .paragraph(text::FORGOT_ID_NOT_YOU)
        .to(site, reader.to)
}

/// The link that sets a new password.
pub fn reset_password(site: &Site, reader: Reader<'_>, token: &str) -> Message {
    reader
        .letter(text::RESET)
        .paragraph(text::RESET_BODY)
        .button(text::RESET_BUTTON, site.single_use(RESET_PASSWORD, token))
        .paragraph(text::RESET_LINK)
        .paragraph(text::RESET_NOT_YOU)
        .to(site, reader.to)
}

/// The password was changed, by link or on the account page.
pub fn password_changed(site: &Site, reader: Reader<'_>) -> Message {
    reader
        .letter(text::PASSWORD_CHANGED)
        .paragraph(text::PASSWORD_CHANGED_BODY)
        .paragraph(text::PASSWORD_CHANGED_NOT_YOU)
        .button(texts::RESET_PASSWORD, site.page(FORGOT_PASSWORD))
        .to(site, reader.to)
}

/// To a new address, before it replaces the old one. No one has confirmed it yet: it repeats nothing that was typed.
pub fn confirm_new_email(site: &Site, to: &Email, locale: Locale, token: &str) -> Message {
    Letter::in_language(locale, text::CONFIRM_NEW)
        .paragraph(HELLO)
        .paragraph(text::CONFIRM_NEW_BODY)
        .button(text::CONFIRM_NEW_BUTTON, site.single_use(CONFIRM_EMAIL, token))
        .paragraph(text::CONFIRM_NEW_LINK)
        .paragraph(text::CONFIRM_NEW_NOT_YOU)
        .to(site, to)
}

/// To the old address, once the new one has replaced it.
pub fn email_changed(site: &Site, reader: Reader<'_>, new: &Email) -> Message {
    reader
        .letter(text::EMAIL_CHANGED)
        .paragraph(text::EMAIL_CHANGED_BODY)
        .facts(&[(text::NEW_ADDRESS, new.masked().as_str())])
        .paragraph(text::EMAIL_CHANGED_NOT_YOU)
        .button(texts::SIGN_IN, site.page(SIGN_IN))
        .to(site, reader.to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_repeated_where_it_is_a_name_and_nothing_else() {
        fn check(name: &str, expect: bool) {
            assert_eq!(plain_name(name).is_some(), expect, "{name}");
        }
        check("Ada Lovelace", true);
        check("Dr. José D’Souza-Hart Jr.", true);
        check("María de los Ángeles Ñuñez", true);
        check("王小明", true);
        check("You won! http://evil.example", false);
        check("visit evil.example", false);
        check("evil.example", false);
        check("Call 555 0100", false);
        check("www.evil", false);
        check("Your account is closed. Call us today please now", false);
        check("a@b", false);
        check("", false);
    }
}
