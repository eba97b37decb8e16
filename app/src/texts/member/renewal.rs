//! Giving an app more time.

use model::texts;

texts! {
    RENEW = "Give more time", "Dar más tiempo";
    question(app) = "Give {app} more time?", "¿Dar más tiempo a {app}?";
    ABOUT =
        "The app keeps the access that it has now. It does not get access to anything more.",
        "La aplicación conserva el acceso que ya tiene. No recibe acceso a nada más.";
    NOW_UNTIL = "Now it has access until", "Ahora tiene acceso hasta el";
    HOW_LONG = "From today, give it", "A partir de hoy, darle";
    NOT_NOW = "Not now", "Ahora no";
    ENDS_BY_ITSELF =
        "If you do nothing, the access ends by itself on that day.",
        "Si no hace nada, el acceso termina solo ese día.";
}
