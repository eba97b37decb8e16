//! To the holder of a Healthcare ID.

use model::{account::HealthcareId, email::Email, locale::Locale};

use crate::{
    letter::Letter,
    message::Message,
    reader::Reader,
    site::{CONFIRM_EMAIL, FORGOT_PASSWORD, RESET_PASSWORD, SIGN_IN, Site, VERIFY},
};

/// After sign-up: the link that confirms the address, for which ID and which person, and the one that ends the request.
/// Nobody has confirmed the address yet, so of the name only what is a name is repeated: our sign-up page cannot be used
/// to send somebody a message.
pub fn verify_email(site: &Site, reader: Reader<'_>, id: &HealthcareId, token: &str) -> Message {
    let t = |english, spanish| reader.of(english, spanish);
    let mut facts = vec![("Healthcare ID", id.as_str())];
    if let Some(name) = plain_name(reader.name.as_str()) {
        facts.push((t("Name", "Nombre"), name));
    }
    Letter::in_language(reader.locale, t("Confirm your email address", "Confirme su correo electrónico"))
        .paragraph(t("Hello,", "Hola:"))
        .paragraph(t(
            "Someone, probably you, asked for a Healthcare ID with this email address:",
            "Alguien, probablemente usted, pidió un Healthcare ID con este correo electrónico:",
        ))
        .facts(&facts)
        .paragraph(t(
            "If these are yours, confirm your email address. The link works once, for 24 hours.",
            "Si son suyos, confirme su correo electrónico. El enlace funciona una vez, durante 24 horas.",
        ))
        .button(t("Confirm email address", "Confirmar el correo electrónico"), site.single_use(VERIFY, token))
        .paragraph(t(
            "If you did not ask for this, or the ID is not yours, do not confirm it: whoever chose its password could then \
             sign in as you. End the request here:",
            "Si no lo pidió, o el ID no es suyo, no lo confirme: quien eligió la contraseña podría iniciar sesión en su \
             nombre. Anule la solicitud aquí:",
        ))
        .button(t("This was not me", "No fui yo"), format!("{}&not-me=1", site.single_use(VERIFY, token)))
        .to(site, reader.to)
}

/// What is a name and nothing else: letters, and what stands between them. No link, no number, no sentence.
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

/// After a sign-up with an address that has an account: the page said the same as to everybody; this says what is so.
pub fn sign_up_with_known_email(site: &Site, reader: Reader<'_>) -> Message {
    let t = |english, spanish| reader.of(english, spanish);
    reader
        .letter("You already have a Healthcare ID", "Ya tiene un Healthcare ID")
        .paragraph(t(
            "Someone, perhaps you, just asked for a new Healthcare ID with this email address. It already has one, and \
             nothing about it was changed.",
            "Alguien, quizás usted, acaba de pedir otro Healthcare ID con este correo electrónico. Ya tiene uno, y no se \
             cambió nada.",
        ))
        .button(t("Sign in", "Iniciar sesión"), site.page(SIGN_IN))
        .paragraph(t(
            "You can sign in with this email address. If you have forgotten your password, ask for a new one:",
            "Puede iniciar sesión con este correo electrónico. Si olvidó su contraseña, pida una nueva:",
        ))
        .button(t("Reset password", "Restablecer la contraseña"), site.page(FORGOT_PASSWORD))
        .paragraph(t("If this was not you, you do not need to do anything.", "Si no fue usted, no tiene que hacer nada."))
        .to(site, reader.to)
}

/// The forgotten Healthcare ID. The token leads on to where the reader was going; it signs nobody in.
pub fn forgot_id(site: &Site, reader: Reader<'_>, id: &HealthcareId, way: Option<&str>) -> Message {
    let t = |english, spanish| reader.of(english, spanish);
    let sign_in = way.map_or_else(|| site.page(SIGN_IN), |way| format!("{}?way={way}", site.page(SIGN_IN)));
    reader
        .letter("Your Healthcare ID", "Su Healthcare ID")
        .paragraph(t(
            "You asked us to remind you of your Healthcare ID:",
            "Nos pidió que le recordáramos su Healthcare ID:",
        ))
        .facts(&[("Healthcare ID", id.as_str())])
        .button(t("Sign in", "Iniciar sesión"), sign_in)
        .paragraph(t(
            "If you did not ask, you do not need to do anything. We told no one else.",
            "Si no lo pidió, no tiene que hacer nada. No se lo dijimos a nadie más.",
        ))
        .to(site, reader.to)
}

/// The link that sets a new password.
pub fn reset_password(site: &Site, reader: Reader<'_>, token: &str) -> Message {
    let t = |english, spanish| reader.of(english, spanish);
    reader
        .letter("Reset your password", "Restablezca su contraseña")
        .paragraph(t(
            "You asked to set a new password for your Healthcare ID.",
            "Pidió una contraseña nueva para su Healthcare ID.",
        ))
        .button(t("Set a new password", "Elegir una contraseña nueva"), site.single_use(RESET_PASSWORD, token))
        .paragraph(t(
            "The link works once, for 30 minutes. A newer one replaces it.",
            "El enlace funciona una vez, durante 30 minutos. Si pide otro, este deja de funcionar.",
        ))
        .paragraph(t(
            "If you did not ask, you do not need to do anything. Your password stays as it is.",
            "Si no lo pidió, no tiene que hacer nada. Su contraseña no cambia.",
        ))
        .to(site, reader.to)
}

/// The password was changed, by link or on the account page.
pub fn password_changed(site: &Site, reader: Reader<'_>) -> Message {
    let t = |english, spanish| reader.of(english, spanish);
    reader
        .letter("Your password was changed", "Se cambió su contraseña")
        .paragraph(t(
            "The password of your Healthcare ID was changed, and every other session was signed out.",
            "Se cambió la contraseña de su Healthcare ID y se cerraron todas las demás sesiones.",
        ))
        .paragraph(t(
            "If this was not you, set a new password now:",
            "Si no fue usted, elija ahora una contraseña nueva:",
        ))
        .button(t("Reset password", "Restablecer la contraseña"), site.page(FORGOT_PASSWORD))
        .to(site, reader.to)
}

/// To a new address, before it replaces the old one. Nobody has confirmed it yet: it repeats nothing that was typed.
pub fn confirm_new_email(site: &Site, to: &Email, locale: Locale, token: &str) -> Message {
    let t = |english, spanish| locale.of(english, spanish);
    Letter::in_language(locale, t("Confirm your new email address", "Confirme su nuevo correo electrónico"))
        .paragraph(t("Hello,", "Hola:"))
        .paragraph(t(
            "This email address was entered as the new address of a Healthcare ID. To use it, confirm that it is yours.",
            "Se escribió este correo electrónico como la nueva dirección de un Healthcare ID. Para usarlo, confirme que es \
             suyo.",
        ))
        .button(t("Confirm new email address", "Confirmar el nuevo correo"), site.single_use(CONFIRM_EMAIL, token))
        .paragraph(t(
            "The link works once, for 24 hours. Until then the old address stays in use.",
            "El enlace funciona una vez, durante 24 horas. Hasta entonces se usa la dirección anterior.",
        ))
        .paragraph(t("If you did not ask for this, do nothing.", "Si no lo pidió, no haga nada."))
        .to(site, to)
}

/// To the old address, once the new one has replaced it.
pub fn email_changed(site: &Site, reader: Reader<'_>, new: &Email) -> Message {
    let t = |english, spanish| reader.of(english, spanish);
    reader
        .letter("Your email address was changed", "Se cambió su correo electrónico")
        .paragraph(t(
            "The email address of your Healthcare ID was changed. We no longer write to this one.",
            "Se cambió el correo electrónico de su Healthcare ID. Ya no escribiremos a este.",
        ))
        .facts(&[(t("New address", "Nueva dirección"), &new.masked())])
        .paragraph(t(
            "If this was not you, sign in with your Healthcare ID, change your password and set the address back:",
            "Si no fue usted, inicie sesión con su Healthcare ID, cambie la contraseña y vuelva a poner su dirección:",
        ))
        .button(t("Sign in", "Iniciar sesión"), site.page(SIGN_IN))
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
