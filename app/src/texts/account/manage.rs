//! `/account`: the Healthcare ID of the person who is signed in.

use model::{locale::Locale, sentences, texts};

texts! {
    // For those who sign in at a payer's provider
    ELSEWHERE = "Your sign-in", "Su inicio de sesión";
    MANAGED_BY_PLAN =
        "Your health plan manages your name, email address, and password.",
        "Su plan de salud administra su nombre, su correo electrónico y su contraseña.";
    SIGNED_IN_AT = "You sign in at", "Inicia sesión en";

    // Email address
    CONFIRM_EMAIL = "Confirm your new email address", "Confirme su nuevo correo electrónico";
    ABOUT_CONFIRMING =
        "After you confirm it, we will write to this address, and you can sign in with it.",
        "Cuando la confirme, le escribiremos a esta dirección y podrá iniciar sesión con ella.";

    PASSWORD = "Password", "Contraseña";
    CHANGE_PASSWORD = "Change the password", "Cambiar la contraseña";

    LANGUAGE = "Language of email and pages", "Idioma de los correos y las páginas";

    // Sessions
    SIGNED_IN = "Where you are signed in", "Dónde tiene sesiones abiertas";
    SESSIONS = "Sessions", "Sesiones";
    DEVICE = "Device", "Dispositivo";
    SIGNED_IN_AT_TIME = "Signed in", "Inicio de sesión";
    LAST_SEEN = "Last seen", "Última actividad";
    UNKNOWN_DEVICE = "Unknown device", "Dispositivo desconocido";
    THIS_DEVICE = "This device", "Este dispositivo";
    SIGN_OUT = "Sign out", "Cerrar la sesión";
    SIGN_OUT_EVERYWHERE = "Sign out everywhere else", "Cerrar la sesión en todos los demás dispositivos";
}

sentences! {
    /// The language of our mail.
    pub(crate) we_write_in(Locale) {
        English = "We write to you in English.", "Le escribimos en inglés.";
        Spanish = "We write to you in Spanish.", "Le escribimos en español.";
    }
}
