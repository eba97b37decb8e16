//! One app's access: what it can read and has read, how long, and how to end it.

use model::texts;

texts! {
    MADE_BY = "Made by", "Hecha por";
    CHANGED = "Changed", "Cambiado";

    // How long
    HOW_LONG = "How long should it have access from today?", "¿Por cuánto tiempo tendrá acceso a partir de hoy?";
    /// The answer that changes nothing.
    unchanged(end) = "No change, until {end}", "Sin cambios, hasta el {end}";
    CHANGE = "Change", "Cambiar";

    // Ending it
    REVOKE = "Revoke access", "Revocar el acceso";
    revoke(app) = "Revoke the access of {app}?", "¿Revocar el acceso de {app}?";
    ABOUT_REVOKING =
        "If you revoke access, the app cannot read anything more. What it has already read stays with the app. Ask the \
         organization behind the app to delete it.",
        "Si revoca el acceso, la aplicación no podrá leer nada más. Lo que ya leyó se queda en la aplicación. Pida a la \
         organización responsable de la aplicación que lo elimine.";
    CONNECT_AGAIN =
        "You can connect it again later from the app.",
        "Puede conectarla de nuevo más adelante desde la aplicación.";
    KEEP = "Keep it", "Mantenerlo";

    // What it read
    READ = "What it read", "Lo que leyó";
    READ_BY_HOUR = "What the app read, by hour", "Lo que leyó la aplicación, por hora";
    NOTHING_READ = "This app has not read anything yet.", "Esta aplicación aún no ha leído nada.";
    WHAT = "What", "Qué";
    WHEN = "When", "Cuándo";
    READS = "Reads", "Lecturas";

    // Kinds of data
    PATIENT =
        "Your name, date of birth, and contact details",
        "Su nombre, fecha de nacimiento y datos de contacto";
    COVERAGE = "Your coverage", "Su cobertura";
    CLAIMS = "Your claims", "Sus reclamaciones";
    PROVIDERS = "Doctors and other providers", "Médicos y otros proveedores";
    ORGANIZATIONS = "Organizations", "Organizaciones";
    LOCATIONS = "Places of care", "Lugares de atención";
    SERVICES = "Services", "Servicios";
    PLANS = "Insurance plans", "Planes de seguro";
}
