//! `/status`: what answers now, and how new the data is.

use model::{partition::Environment, sentences, texts};
use programs::surface::SurfaceKind;

texts! {
    TITLE = "System status", "Estado del sistema";
    ABOUT =
        "What works now, and how new the data is.",
        "Qué funciona ahora y qué tan nuevos son los datos.";
    ALL_WELL = "Everything works.", "Todo funciona.";
    NOT_ALL =
        "Some parts do not work now. We are working on it. Try again in a few minutes.",
        "Algunas partes no funcionan ahora. Estamos trabajando en ello. Inténtelo de nuevo en unos minutos.";
    /// The brackets hold a time.
    AS_OF = "As of [time].", "Datos del [time].";
    NO_OUTAGES = "No large-scale outages in the last 30 days.", "Ninguna interrupción general en los últimos 30 días.";
    ONE_OUTAGE = "1 large-scale outage in the last 30 days.", "1 interrupción general en los últimos 30 días.";
    outages(count) =
        "{count} large-scale outages in the last 30 days.",
        "{count} interrupciones generales en los últimos 30 días.";
    /// The brackets are the link.
    SEE_QUALITY =
        "[How well it worked in the last 30 and 180 days]",
        "[Qué tan bien funcionó en los últimos 30 y 180 días]";
    PART = "Part", "Parte";
    ADDRESS = "Address", "Dirección";
    STATE = "State", "Estado";
    WORKS = "Works", "Funciona";
    FAILS = "Does not work", "No funciona";
    BASES = "What answers", "Qué responde";
    DATA = "How new the data is", "Qué tan nuevos son los datos";
    /// Columns
    KIND = "Data", "Datos";
    PROMISED = "We load it within", "Lo cargamos en";
    /// In place of a date.
    NEVER = "Not loaded yet", "Aún no se ha cargado";
    /// Below the table.
    ABOUT_DATES =
        "Each date is the day of the last load that brought such data.",
        "Cada fecha es el día de la última carga que trajo esos datos.";
    /// The name of a part, and its environment.
    part(kind, environment) = "{kind}, {environment}", "{kind}, {environment}";
}

sentences! {
    pub(crate) environment(Environment) {
        Sandbox = "Sandbox", "Entorno de pruebas";
        Production = "Production", "Producción";
    }
}

sentences! {
    pub(crate) surface(SurfaceKind) {
        Authz = "Permission for apps", "Permiso para aplicaciones";
        Fhir = "Health data", "Datos de salud";
        Public = "Public directory", "Directorio público";
    }
}
