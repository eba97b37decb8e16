//! The page in place of one that cannot be shown: what happened, and what to do.

use model::texts;

texts! {
    ELSEWHERE = "Elsewhere", "En otra página";
    NOT_FOUND = "Page not found", "Página no encontrada";
    NOT_FOUND_ADVICE =
        "We can’t find that page, or you don’t have access to it. Check the address, or go on from here.",
        "No encontramos esa página o usted no tiene acceso a ella. Revise la dirección o continúe desde aquí.";
    FORBIDDEN = "Not for this account", "No con esta cuenta";
    FORBIDDEN_ADVICE =
        "Your account does not have access to this. If you have another account, sign in with that one.",
        "Su cuenta no tiene acceso a esto. Si tiene otra, inicie sesión con ella.";
    INVALID = "We could not read the form", "No pudimos leer el formulario";
    INVALID_ADVICE =
        "It did not reach us the way our pages send it. Open the page again and fill in the form there.",
        "No nos llegó como lo envían nuestras páginas. Abra la página de nuevo y complete el formulario allí.";
    TOO_LARGE = "That is too much text", "El texto es demasiado largo";
    TOO_LARGE_ADVICE =
        "The form holds more text than we can accept, and we did not save anything. Go back, shorten your text, and send it again.",
        "El formulario contiene más texto del que podemos recibir y no guardamos nada. Vuelva, acorte el texto y envíelo de nuevo.";
    CONFLICT = "This has changed", "Esto ha cambiado";
    CONFLICT_ADVICE =
        "Someone changed this after you opened the page. Go back and reload the page to see the current version.",
        "Alguien cambió esto después de que usted abrió la página. Vuelva y recárguela para ver cómo está ahora.";
    TOO_MANY = "Too many attempts", "Demasiados intentos";
    TOO_MANY_ADVICE =
        "Wait a few minutes, then try again.",
        "Espere unos minutos antes de intentarlo de nuevo.";
    UNAVAILABLE = "Not available right now", "No disponible en este momento";
    UNAVAILABLE_ADVICE =
        "We can’t reach our records. Nothing was lost. Try again in a minute.",
        "No podemos consultar nuestros datos. No se perdió nada. Inténtelo de nuevo en un minuto.";
    INTERNAL = "Something went wrong", "Algo salió mal";
    INTERNAL_ADVICE =
        "This is our mistake, and we have recorded it. Try again later.",
        "El error es nuestro y lo registramos. Inténtelo más tarde.";

    // The button that leads on
    TO_START = "Go to the start page", "Ir a la página de inicio";
    TO_DASHBOARD = "Go to the dashboard";
    TO_APPS = "See your connected apps", "Ver sus aplicaciones conectadas";
}
