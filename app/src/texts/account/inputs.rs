//! Inputs that several forms have, with their words.

use model::form::{
    check::Check,
    input::{Input, Kind},
};

use super::GOOD_PASSWORD;

/// A person's own name.
pub fn person_name() -> Input {
    Input::text(["Your name", "Su nombre"], ["Enter your name.", "Escriba su nombre."])
        .autocomplete("name")
        .max_length(100)
}

/// What people sign in with.
pub fn login() -> Input {
    Input::text(
        ["Healthcare ID or email address", "Healthcare ID o correo electrónico"],
        ["Enter your Healthcare ID or email address.", "Escriba su Healthcare ID o su correo electrónico."],
    )
    .autocomplete("username")
}

/// Proves that the person who is signed in is its holder.
pub fn current_password() -> Input {
    Input::password(
        ["Current password", "Contraseña actual"],
        ["Enter your current password.", "Escriba su contraseña actual."],
        "current-password",
    )
}

/// Replaces the current one.
pub fn new_password() -> Input {
    Input::password(
        ["New password", "Contraseña nueva"],
        ["Enter a new password.", "Escriba una contraseña nueva."],
        "new-password",
    )
    .check(Check::NewPassword)
    .hint(GOOD_PASSWORD)
}

/// What an authenticator app shows.
pub fn code_of_app() -> Input {
    Input::code(
        Kind::Code,
        ["Six-digit code", "Código de seis cifras"],
        ["Enter the six digits that your app shows.", "Escriba las seis cifras que muestra su aplicación."],
    )
}

/// What its holder calls a passkey.
pub fn passkey_name() -> Input {
    Input::text(
        ["Name of the passkey", "Nombre de la llave de acceso"],
        ["Enter a name for the passkey.", "Escriba un nombre para la llave de acceso."],
    )
    .max_length(80)
    .hint([
        "Choose a name that you will recognize, such as “My phone” or “Blue security key”.",
        "Elija un nombre que vaya a reconocer, como «Mi teléfono» o «Llave azul».",
    ])
}
