//! What to tell about a value that was refused: one sentence a code, saying what to do.

use crate::locale::Locale;

/// The sentence for a code; a code without one says only that the value was not understood.
pub fn error(code: &str, locale: Locale) -> &'static str {
    match locale {
        Locale::English => english(code),
        Locale::Spanish => spanish(code),
    }
}

/// The same in few words, for what is said beside an input while somebody types: room for it is kept on the page.
pub fn brief(code: &str, locale: Locale) -> &'static str {
    let (english, spanish) = match code {
        "email_malformed" => ("Write it like name@example.com.", "Escríbala como nombre@example.com."),
        "email_too_long" => ("Use at most 254 characters.", "Use 254 caracteres como máximo."),
        "healthcare_id_length" => ("Use 6 to 50 characters.", "Use de 6 a 50 caracteres."),
        "healthcare_id_characters" => ("Use a–z, 0–9, and single . - _", "Use a–z, 0–9 y solo un . - _"),
        "password_too_short" => ("Use at least 12 characters.", "Use al menos 12 caracteres."),
        "not_a_us_phone" => ("Enter ten digits.", "Escriba diez dígitos."),
        "not_an_international_phone" => ("Begin with the country code.", "Empiece con el código del país."),
        "not_an_ein" => ("Write it like 12-3456789.", "Escríbalo como 12-3456789."),
        "not_a_business_id" => ("Use letters, digits, - . and /", "Use letras, dígitos, - . y /"),
        "not_https" => ("Begin with https://", "Empiece con https://"),
        code => return error(code, locale),
    };
    locale.of(english, spanish)
}

fn english(code: &str) -> &'static str {
    match code {
        // Any form
        "required" => "Fill this in.",
        "choose" => "Choose an answer.",
        "too_short" => "This is too short.",
        "too_long" => "This is too long.",
        "not_a_choice" => "Choose one of the answers offered.",
        "must_agree" => "Agree to the terms and conditions to continue.",
        "control_character" => "Write this in one line, without control characters.",
        "markup" => "Leave out the characters < and >.",
        "hidden_character" => "This has characters that nobody can see. Type it anew.",
        "form_gone" => "We no longer have what you typed. Please fill in the form again.",
        "changed" => {
            "Somebody else changed this since you opened it. Look at the current values and send your change again."
        }

        // Names, mail, telephone
        "name_empty" => "Enter a name.",
        "name_too_long" => "Enter a name of at most 100 characters.",
        "name_characters" => "Enter a name with letters, without hidden characters.",
        "not_a_name" => "Enter a name with at least one letter or digit.",
        "look_alike" => {
            "This is too much like the name of an app of another organization. Choose a name that members cannot mistake."
        }
        "reserved" => {
            "Members could take this for their health plan or for this service, because it contains one of their names or \
             looks like one. Choose a name of your own. If the name is rightfully yours, write to our support."
        }
        "blocked" => {
            "This belongs to an app that an administrator has blocked. While it is blocked, it cannot be registered again."
        }
        "scheme_taken" => {
            "Another organization's app already uses this scheme. Use a domain name of your own turned around, such as \
             com.example.app."
        }
        "nothing_to_use" => {
            "A public client cannot use public access alone in production: it has no secret, and only an app with a secret \
             gets a token for the directory. Choose a confidential client, or ask for patient access too. The directory \
             itself can be read without a token."
        }
        "email_empty" => "Enter an email address.",
        "email_too_long" => "Enter an email address of at most 254 characters.",
        "email_malformed" | "not_an_email" => "Enter an email address such as name@example.com.",
        "digits_only" => "Enter digits only.",
        "not_a_us_phone" => "Enter the ten digits of a US phone number.",
        "not_an_international_phone" => "Enter country code and number, 7 to 15 digits, without a leading 0.",

        // Addresses and identifiers
        "not_an_ein" => "Enter the number as two digits, a hyphen and seven digits, such as 12-3456789.",
        "not_a_business_id" => "Enter letters, digits, spaces, and - . / only, with at least one digit.",
        "not_a_country" => "Choose a country.",
        "not_a_state" => "Choose a state.",
        "not_a_zip_code" => "Enter a ZIP Code such as 94612 or 94612-1234.",

        // Web addresses
        "not_a_url" => "Enter a web address such as https://www.example.com/privacy.",
        "not_https" => "Enter an address that begins with https://.",
        "user_info" => "Leave the user name and password out of the address.",
        "not_a_public_host" => "Enter an address that members can reach: a public host name.",
        "not_absolute" => {
            "Enter the whole address with its scheme, such as https://app.example.com/callback or com.example.app://callback."
        }
        "forbidden_scheme" => {
            "This scheme cannot be used. Use https://, or a scheme of your own such as com.example.app://."
        }
        "not_reverse_domain" => {
            "Write the scheme as your domain name turned around, such as com.example.app://callback."
        }
        "no_slash" => "Write :/ or :// after the scheme, such as com.example.app://callback.",
        "loopback_in_sandbox_only" => {
            "An http:// address works for 127.0.0.1 and [::1] in the sandbox only. Use https://."
        }
        "fragment" => "Leave out the part from # on.",
        "wildcard" => "Leave out the *: the address must match exactly.",
        "uri_character" => "Encode spaces, quotes, backslashes and letters outside ASCII in the address.",
        "dot_segment" => "Leave out /./ and /../.",
        "not_normal" => "Write the host in lower case and leave out the default port.",
        "reserved_parameter" => "Leave code, state, iss and error out of the address: they are added to the answer.",
        "sandbox_needs_patient" => {
            "The sandbox is for apps with patient access. Choose patient access as well, or production."
        }
        "two_live_secrets" => "Two secrets work already. End one of them first, or let the ones in use end now.",
        "criterion_not_here" => "A criterion of a denial is chosen, so nothing was decided. Clear it, or press Deny.",
        "reason_needed" => {
            "This organization resembles another one, listed above. To approve it, say in the comment why it is not the same."
        }
        "claimed_by_other" => "Another reviewer works on this. Take it over first, or leave it to them.",
        "criterion_needed" => "Choose the criterion that the denial rests on.",
        "comment_needed" => "Say why: the owner reads it.",
        "not_permitted" => "Its state does not permit this. Look at how it stands now.",
        "not_a_jwks" => {
            "Paste a JSON Web Key Set: {\"keys\": [ … ]} with at least one key. What was not one is not shown again, in case it was private."
        }
        "private_key" => {
            "This holds a private or symmetric key, which must never leave your servers. Do not use it any more; make a new pair and register its public key."
        }
        "weak_key" => "This has an RSA key of less than 2048 bits. Make a longer one.",
        "not_a_signing_key" => {
            "Each key must be a public key for signatures: RSA, or EC on P-256 or P-384, for RS256, RS384, ES256 or ES384."
        }
        "malformed_key" => "A member of one of the keys is missing, or is not what RFC 7518 says. Export the set anew.",
        "key_id_needed" => "Give each key a \"kid\" of its own, so that signatures can name it.",
        "fixed" => "This cannot be changed after registration. Register the app anew.",

        // Healthcare ID
        "healthcare_id_empty" => "Enter a Healthcare ID.",
        "healthcare_id_length" => "Enter a Healthcare ID of 6 to 50 characters.",
        "healthcare_id_characters" => {
            "Use letters a to z and digits, with single dots, hyphens or underscores between them."
        }
        "healthcare_id_taken" => "This Healthcare ID is taken. Choose another.",
        "password_empty" => "Enter a password.",
        "password_too_short" => "Choose a password of at least 12 characters.",
        "password_too_long" => "Choose a password of at most 128 characters.",
        "password_common" => "This password is easily guessed. Choose another.",
        "password_contains_name" => "Choose a password that does not contain your ID, name or email address.",
        "password_wrong" => "This is not your current password.",
        "sign_in_failed" => "The ID, email address or password is not right. Check them and try again.",
        "email_unverified" => "Confirm your email address first: open the link we sent you.",
        "code_wrong" => "This code is not right, or was used before. Enter the one that your app shows now.",
        "recovery_code_wrong" => "This is none of your recovery codes, or it was used before.",
        "passkey_wrong" => "This passkey was not accepted. Try again, or use another way.",
        "passkey_copied" => {
            "This passkey was not accepted: somebody may have a copy of it. Use another way, then remove the passkey."
        }
        "passkey_expired" => "Too much time went by since we asked for your passkey. Try again.",
        "passkey_taken" => "This passkey is in use already. Choose another device.",
        "too_many_passkeys" => "You have ten passkeys. Remove one that you no longer use first.",
        "no_passkeys_here" => "Passkeys do not work at this address. Use an authenticator app.",
        "sign_in_expired" => "Too much time went by since you entered your password. Sign in again.",
        "enrolment_expired" => "Too much time went by. Begin again.",

        // Consent
        "member_not_found" => "We found no member with this ID, date of birth and last name. Check your member card.",
        "member_no_address" => {
            "Your health plan has no email address for you, and needs one to send you a code. Ask your plan to add it."
        }
        "member_no_way" => {
            "Your health plan has no email address, phone number or postal address for you, and needs one to send you a code. Ask \
             your plan to add it."
        }
        "member_gone" => "Your health plan's data no longer includes you, so nothing was linked. Ask your plan.",
        "member_letter_wait" => {
            "Another letter cannot be sent yet. Wait for the one that was sent, or choose another way if there is one."
        }
        "member_code_not_sent" => "The code could not be sent just now. Try again in a few minutes.",
        "member_code_wrong" => "That code is not right. Check it, or send another one.",
        "member_code_ended" => "That code no longer works. Enter the details of your card again to get another one.",
        "linked_to_another" => "This Healthcare ID belongs to another member of this plan. Sign in with your own.",
        "too_many_attempts" => "There were too many attempts. Wait a while, then try again.",
        "date_invalid" => "Enter a date with month, day and a year of four digits.",
        _ => "We could not read this. Check it and try again.",
    }
}

/// What a member can meet: signing in, linking, consent. The vendor's and administrator's portals speak English.
fn spanish(code: &str) -> &'static str {
    match code {
        "required" => "Complete este campo.",
        "choose" => "Elija una respuesta.",
        "too_short" => "El texto es demasiado corto.",
        "too_long" => "El texto es demasiado largo.",
        "form_gone" => "Ya no tenemos lo que escribió. Complete el formulario de nuevo.",
        "not_a_choice" => "Elija una de las opciones.",
        "name_empty" => "Escriba un nombre.",
        "name_too_long" => "Escriba un nombre de 100 caracteres como máximo.",
        "name_characters" => "Escriba un nombre con letras y sin caracteres ocultos.",
        "email_empty" => "Escriba una dirección de correo electrónico.",
        "email_too_long" => "Escriba una dirección de 254 caracteres como máximo.",
        "email_malformed" | "not_an_email" => "Escriba una dirección como nombre@example.com.",
        "healthcare_id_empty" => "Escriba un Healthcare ID.",
        "healthcare_id_length" => "Escriba un Healthcare ID de 6 a 50 caracteres.",
        "healthcare_id_characters" => {
            "Use letras de la a a la z y números, separados solo por puntos, guiones o guiones bajos."
        }
        "healthcare_id_taken" => "Este Healthcare ID ya está en uso. Elija otro.",
        "password_empty" => "Escriba una contraseña.",
        "password_too_short" => "Elija una contraseña de al menos 12 caracteres.",
        "password_too_long" => "Elija una contraseña de 128 caracteres como máximo.",
        "password_common" => "Esta contraseña es fácil de adivinar. Elija otra.",
        "password_contains_name" => "Elija una contraseña que no contenga su ID, nombre o correo.",
        "password_wrong" => "Esta no es su contraseña actual.",
        "sign_in_failed" => "El ID, el correo o la contraseña no son correctos. Revíselos e inténtelo de nuevo.",
        "email_unverified" => "Confirme primero su correo: abra el enlace que le enviamos.",
        "code_wrong" => "Este código no es correcto o ya se usó. Escriba el que su aplicación muestra ahora.",
        "recovery_code_wrong" => "Este no es uno de sus códigos de recuperación, o ya se usó.",
        "passkey_wrong" => "No se aceptó esta llave de acceso. Inténtelo de nuevo o use otra forma.",
        "passkey_copied" => {
            "No se aceptó esta llave de acceso: alguien podría tener una copia. Use otra forma y después elimine la llave."
        }
        "passkey_expired" => "Pasó demasiado tiempo desde que pedimos su llave de acceso. Inténtelo de nuevo.",
        "passkey_taken" => "Esta llave de acceso ya está en uso. Elija otro dispositivo.",
        "too_many_passkeys" => "Tiene diez llaves de acceso. Elimine primero una que ya no use.",
        "no_passkeys_here" => {
            "Las llaves de acceso no funcionan en esta dirección. Use una aplicación de autenticación."
        }
        "control_character" => "Escriba esto en una línea, sin caracteres de control.",
        "markup" => "No use los caracteres < y >.",
        "hidden_character" => "Esto tiene caracteres que nadie puede ver. Escríbalo de nuevo.",
        "not_a_name" => "Escriba un nombre con al menos una letra o cifra.",
        "sign_in_expired" => "Pasó demasiado tiempo desde que escribió su contraseña. Inicie sesión de nuevo.",
        "enrolment_expired" => "Pasó demasiado tiempo. Comience de nuevo.",
        "member_not_found" => {
            "No encontramos a nadie con ese ID, fecha de nacimiento y apellido. Revise su tarjeta de miembro."
        }
        "member_no_address" => {
            "Su plan de salud no tiene un correo electrónico suyo y lo necesita para enviarle un código. Pida a su plan que lo \
             agregue."
        }
        "member_no_way" => {
            "Su plan de salud no tiene correo electrónico, teléfono ni dirección postal suyos y necesita uno para enviarle un código. \
             Pida a su plan que lo agregue."
        }
        "member_gone" => {
            "Los datos de su plan de salud ya no le incluyen, así que no se vinculó nada. Pregunte a su plan."
        }
        "member_letter_wait" => {
            "Todavía no se puede enviar otra carta. Espere la que se envió o elija otra forma, si la hay."
        }
        "member_code_not_sent" => "No se pudo enviar el código en este momento. Inténtelo de nuevo en unos minutos.",
        "member_code_wrong" => "Ese código no es correcto. Revíselo o pida otro.",
        "member_code_ended" => "Ese código ya no funciona. Escriba otra vez los datos de su tarjeta para recibir otro.",
        "linked_to_another" => "Este Healthcare ID pertenece a otro miembro de este plan. Use el suyo.",
        "too_many_attempts" => "Hubo demasiados intentos. Espere un rato e inténtelo de nuevo.",
        "date_invalid" => "Escriba mes, día y un año de cuatro cifras.",
        _ => "No pudimos leer esto. Revíselo e inténtelo de nuevo.",
    }
}

#[cfg(test)]
mod tests {
    use model::form::Code;

    use super::*;

    /// Of the account's pages, which members use.
    const ACCOUNT: [&str; 37] = [
        "required",
        "form_gone",
        "name_empty",
        "name_too_long",
        "name_characters",
        "email_empty",
        "email_too_long",
        "email_malformed",
        "email_unverified",
        "healthcare_id_empty",
        "healthcare_id_length",
        "healthcare_id_characters",
        "healthcare_id_taken",
        "password_empty",
        "password_too_short",
        "password_too_long",
        "password_common",
        "password_contains_name",
        "password_wrong",
        "sign_in_failed",
        "code_wrong",
        "recovery_code_wrong",
        "passkey_wrong",
        "passkey_copied",
        "passkey_expired",
        "passkey_taken",
        "too_many_passkeys",
        "no_passkeys_here",
        "too_short",
        "too_long",
        "control_character",
        "markup",
        "hidden_character",
        "not_a_name",
        "sign_in_expired",
        "enrolment_expired",
        "too_many_attempts",
    ];

    /// Of consent.
    const CONSENT: [&str; 11] = [
        "member_not_found",
        "member_no_address",
        "member_no_way",
        "member_gone",
        "member_letter_wait",
        "member_code_not_sent",
        "member_code_wrong",
        "member_code_ended",
        "date_invalid",
        "not_a_choice",
        "linked_to_another",
    ];

    #[test]
    fn every_code_has_its_sentence() {
        for code in Code::ALL.iter().map(|code| code.as_str()).chain(ACCOUNT).chain(CONSENT) {
            assert_ne!(english(code), english("no such code"), "{code}");
        }
        for code in ACCOUNT.into_iter().chain(CONSENT) {
            assert_ne!(spanish(code), spanish("no such code"), "{code}");
        }
    }
}
