//! To the owners of apps: large-scale outages.

use model::texts;

texts! {
    begun(of) = "Large-scale outage: {of}", "Interrupción general: {of}";
    begun_body(of) =
        "We have a large-scale outage of {of}. Calls of your applications can fail until it is over.",
        "Tenemos una interrupción general de {of}. Las llamadas de sus aplicaciones pueden fallar hasta que termine.";
    ended(of) = "The outage is over: {of}", "La interrupción terminó: {of}";
    ended_body(of) =
        "The large-scale outage of {of} is over. If calls of your applications still fail, open a support ticket.",
        "La interrupción general de {of} terminó. Si las llamadas de sus aplicaciones siguen fallando, abra una consulta de soporte.";
    moved(of) = "We answer at other times than we said: {of}", "Respondemos en otras fechas: {of}";
    moved_body(of) =
        "We corrected when the large-scale outage of {of} was. For this reason, the times by which we answer have changed.",
        "Corregimos cuándo fue la interrupción general de {of}. Por eso cambiaron las fechas en las que respondemos.";
    CLOCKS =
        "While an outage lasts, the time in which we promised to answer does not run.",
        "Mientras dura una interrupción, no corre el tiempo en el que prometimos responder.";
    ALL_PROGRAMS = "all programs", "todos los programas";
    BEGAN = "Began", "Comenzó";
    ENDS = "Ends", "Termina";
    NEW_TIMES = "We now answer you by these times:", "Ahora le respondemos antes de estas fechas:";
    and_others(count) = "and {count} others", "y {count} más";
    OTHERS = "More", "Más";
    SEE_STATUS = "See the system status", "Ver el estado del sistema";
    SEE_INBOX = "See what waits", "Ver lo que está en espera";
}
