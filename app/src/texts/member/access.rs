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
    STOP = "Stop access", "Detener el acceso";
    stop(app) = "Stop the access of {app}?", "¿Detener el acceso de {app}?";
    STOPS = "What stops", "Lo que se detiene";
    STOPS_READING =
        "The app can read nothing new, from the moment you confirm.",
        "La aplicación no podrá leer nada nuevo desde el momento en que usted confirme.";
    STOPS_EVERYWHERE =
        "This holds for all your devices on which you use the app.",
        "Esto vale para todos los dispositivos en los que usa la aplicación.";
    KEEPS = "What the app keeps", "Lo que la aplicación conserva";
    KEEPS_DATA =
        "What the app has already read stays with it.",
        "Lo que la aplicación ya leyó se queda en ella.";
    /// The brackets hold the organization and its email address.
    ASK_TO_DELETE =
        "To have it deleted, write to [organization]: [email].",
        "Para que lo elimine, escriba a [organization]: [email].";
    CONNECT_AGAIN =
        "You can connect the app again at any time.",
        "Puede conectar la aplicación de nuevo en cualquier momento.";
    KEEP = "Keep access", "Mantener el acceso";

    // What it read
    READ = "What it read", "Lo que leyó";
    READ_BY_HOUR = "What the app read, by hour", "Lo que leyó la aplicación, por hora";
    NOTHING_READ = "This app has not read anything yet.", "Esta aplicación aún no ha leído nada.";
    WHAT = "What", "Qué";
    WHEN = "When", "Cuándo";
    READS = "Reads", "Lecturas";

    ALL_APPS = "See what all your apps read", "Ver lo que leyeron todas sus aplicaciones";

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
    CONDITIONS = "Health conditions", "Problemas de salud";
    VISITS = "Visits", "Consultas";
    VACCINATIONS = "Vaccinations", "Vacunas";
    ORIGINS = "Where data comes from", "De dónde vienen los datos";
    ADDRESSES = "Electronic addresses", "Direcciones electrónicas";
    HISTORY = "Access history", "Historial de accesos";
}
