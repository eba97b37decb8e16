//! To the holder of a Healthcare ID, about its second factor.

use crate::{
    letter::Letter,
    message::Message,
    reader::Reader,
    site::{FORGOT_PASSWORD, SECOND_FACTOR, Site},
};

/// From now on signing in takes a code as well.
pub fn added(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter("Two-step sign-in is on", "El inicio de sesión en dos pasos está activado");
    let letter = letter
        .paragraph(reader.of(
            "An authenticator app was added to your Healthcare ID. From now on, signing in takes a code from that app as well \
             as your password. Every other session was signed out.",
            "Se agregó una aplicación de autenticación a su Healthcare ID. Desde ahora, para iniciar sesión hace falta un código \
             de esa aplicación además de su contraseña. Se cerraron todas las demás sesiones.",
        ))
        .paragraph(reader.of(
            "Keep the recovery codes where you can find them without your phone.",
            "Guarde los códigos de recuperación donde pueda encontrarlos sin su teléfono.",
        ));
    ends(site, reader, letter)
}

/// From now on signing in takes a passkey as well.
pub fn first_passkey_added(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter("Two-step sign-in is on", "El inicio de sesión en dos pasos está activado");
    let letter = letter
        .paragraph(reader.of(
            "A passkey was added to your Healthcare ID. From now on, signing in takes that passkey as well as your password. \
             Every other session was signed out.",
            "Se agregó una llave de acceso a su Healthcare ID. Desde ahora, para iniciar sesión hace falta esa llave además de su \
             contraseña. Se cerraron todas las demás sesiones.",
        ))
        .paragraph(reader.of(
            "Keep the recovery codes where you can find them without the device that holds your passkey.",
            "Guarde los códigos de recuperación donde pueda encontrarlos sin el dispositivo que tiene su llave de acceso.",
        ));
    ends(site, reader, letter)
}

/// A passkey beside what was there.
pub fn passkey_added(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter("A passkey was added", "Se agregó una llave de acceso").paragraph(reader.of(
        "A passkey was added to your Healthcare ID. You can now sign in with it too, after your password.",
        "Se agregó una llave de acceso a su Healthcare ID. Ahora también puede iniciar sesión con ella, después de su contraseña.",
    ));
    ends(site, reader, letter)
}

/// A passkey is gone; another factor is left.
pub fn passkey_removed(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter("A passkey was removed", "Se eliminó una llave de acceso").paragraph(reader.of(
        "A passkey was removed from your Healthcare ID and no longer opens it. Two-step sign-in stays on. Every other session \
         was signed out.",
        "Se eliminó una llave de acceso de su Healthcare ID y ya no lo abre. El inicio de sesión en dos pasos sigue activado. Se \
         cerraron todas las demás sesiones.",
    ));
    ends(site, reader, letter)
}

/// An app beside passkeys.
pub fn app_added(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter("An authenticator app was added", "Se agregó una aplicación de autenticación");
    let letter = letter.paragraph(reader.of(
        "An authenticator app was added to your Healthcare ID. You can now sign in with its codes as well as with your passkeys. \
         Every other session was signed out.",
        "Se agregó una aplicación de autenticación a su Healthcare ID. Ahora puede iniciar sesión con sus códigos además de con \
         sus llaves de acceso. Se cerraron todas las demás sesiones.",
    ));
    ends(site, reader, letter)
}

/// The app is gone; passkeys are left.
pub fn app_removed(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter("Your authenticator app was removed", "Se eliminó su aplicación de autenticación");
    let letter = letter.paragraph(reader.of(
        "The authenticator app was removed from your Healthcare ID, and its codes no longer work. Your passkeys stay. Every other \
         session was signed out.",
        "Se eliminó la aplicación de autenticación de su Healthcare ID y sus códigos ya no funcionan. Sus llaves de acceso se \
         conservan. Se cerraron todas las demás sesiones.",
    ));
    ends(site, reader, letter)
}

/// Another app in place of the one before.
pub fn changed(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter("Your authenticator app was changed", "Se cambió su aplicación de autenticación");
    let letter = letter.paragraph(reader.of(
        "Another authenticator app replaced the one of your Healthcare ID, and there are new recovery codes. The old app and the \
         old codes no longer work. Every other session was signed out.",
        "Otra aplicación de autenticación reemplazó la de su Healthcare ID, y hay códigos de recuperación nuevos. La aplicación y \
         los códigos anteriores ya no funcionan. Se cerraron todas las demás sesiones.",
    ));
    ends(site, reader, letter)
}

/// The password alone signs in again.
pub fn removed(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter("Two-step sign-in is off", "El inicio de sesión en dos pasos está desactivado");
    let letter = letter.paragraph(reader.of(
        "The second step of your Healthcare ID was removed, together with its recovery codes. Your password alone signs you in. \
         Every other session was signed out.",
        "Se eliminó el segundo paso de su Healthcare ID junto con sus códigos de recuperación. Basta su contraseña para iniciar \
         sesión. Se cerraron todas las demás sesiones.",
    ));
    let again = reader.of("Set it up again", "Activarlo de nuevo");
    not_you(site, reader, letter.button(again, site.page(SECOND_FACTOR)))
}

/// New codes; everything else stays.
pub fn new_recovery_codes(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter("You have new recovery codes", "Tiene códigos de recuperación nuevos");
    let letter = letter.paragraph(reader.of(
        "New recovery codes were made for your Healthcare ID. Your old codes no longer work.",
        "Se crearon códigos de recuperación nuevos para su Healthcare ID. Los anteriores ya no funcionan.",
    ));
    ends(site, reader, letter)
}

/// One of the codes was used, and so many are left.
pub fn recovery_code_used(site: &Site, reader: Reader<'_>, left: i64) -> Message {
    let left = match left {
        0 => reader
            .of(
                "It was the last one. Make new ones, so that you can sign in without your app or passkey.",
                "Era el último. Cree códigos nuevos para poder iniciar sesión sin su aplicación o su llave de acceso.",
            )
            .to_owned(),
        1 => reader.of("One code is left.", "Queda un código.").to_owned(),
        left => reader.of("{} codes are left.", "Quedan {} códigos.").replace("{}", &left.to_string()),
    };
    let letter = reader
        .letter("A recovery code was used", "Se usó un código de recuperación")
        .paragraph(reader.of(
            "A recovery code of your Healthcare ID was used to sign in, or to change how you sign in.",
            "Se usó un código de recuperación de su Healthcare ID para iniciar sesión o para cambiar cómo la inicia.",
        ))
        .paragraph(&left)
        .paragraph(reader.of(
            "If you no longer have your app or passkey, set up another one:",
            "Si ya no tiene su aplicación o su llave de acceso, configure otra:",
        ));
    ends(site, reader, letter)
}

/// Somebody knows the password and not the code.
pub fn wrong_codes(site: &Site, reader: Reader<'_>) -> Message {
    reader
        .letter(
            "Wrong codes were entered for your Healthcare ID",
            "Se escribieron códigos incorrectos para su Healthcare ID",
        )
        .paragraph(reader.of(
            "Someone gave the password of your Healthcare ID, and then a wrong code or passkey several times. No one was signed in.",
            "Alguien dio la contraseña de su Healthcare ID y después, varias veces, un código o una llave de acceso incorrectos. \
             Nadie inició sesión.",
        ))
        .paragraph(reader.of(
            "If it was you, wait a while before you try again, or use another way, such as a recovery code.",
            "Si fue usted, espere un poco antes de intentarlo de nuevo o use otra forma, como un código de recuperación.",
        ))
        .paragraph(reader.of(
            "If it was not you, someone else knows your password. Set a new one now. It also lets you in where the wrong codes \
             made you wait:",
            "Si no fue usted, alguien más conoce su contraseña. Elija ahora una nueva. Con ella también podrá entrar donde los \
             códigos incorrectos le hicieron esperar:",
        ))
        .button(reader.of("Reset password", "Restablecer la contraseña"), site.page(FORGOT_PASSWORD))
        .to(site, reader.to)
}

/// How most end: where to look at it, and what to do if it was somebody else.
fn ends(site: &Site, reader: Reader<'_>, letter: Letter) -> Message {
    let look = reader.of("See your two-step sign-in", "Ver su inicio de sesión en dos pasos");
    not_you(site, reader, letter.button(look, site.page(SECOND_FACTOR)))
}

fn not_you(site: &Site, reader: Reader<'_>, letter: Letter) -> Message {
    letter
        .paragraph(reader.of(
            "If this was not you, set a new password now and tell our support:",
            "Si no fue usted, elija ahora una contraseña nueva y avise a nuestro servicio de ayuda:",
        ))
        .button(reader.of("Reset password", "Restablecer la contraseña"), site.page(FORGOT_PASSWORD))
        .to(site, reader.to)
}
