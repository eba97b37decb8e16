//! The member portal.

use model::{sentences, texts};
use oauth::grants::EndedBy;

pub mod access;
pub mod advice;
pub mod code;
pub mod connected;
pub mod history;
pub mod receipt;
pub mod renewal;
pub mod report;
pub mod representing;
pub mod welcome;

texts! {
    CONNECTED = "Connected apps", "Aplicaciones conectadas";
    PAST = "Past access", "Accesos anteriores";
    /// Beside an app that reads made-up data.
    SANDBOX = "Sandbox", "Entorno de pruebas";

    // Why an app that was allowed something cannot read anything now
    BLOCKED =
        "This app has no access now because your health plan blocked it. It cannot read anything unless the plan allows it again.",
        "Esta aplicación no tiene acceso ahora porque su plan de salud la bloqueó. No podrá leer nada, a menos que el plan la \
         permita de nuevo.";
    DEACTIVATED =
        "This app has no access now because the organization behind it turned it off. It can read your data again if they turn \
         it back on.",
        "Esta aplicación no tiene acceso ahora porque la organización responsable la desactivó. Podrá leer sus datos de nuevo si \
         la activa otra vez.";
    DELETED =
        "This app has no access now because the organization behind it deleted it.",
        "Esta aplicación no tiene acceso ahora porque la organización responsable la eliminó.";
    NOT_APPROVED =
        "This app has no access now because it is not approved to read members' data.",
        "Esta aplicación no tiene acceso ahora porque no está aprobada para leer datos de los miembros.";
    NO_ACCESS = "This app has no access now.", "Esta aplicación no tiene acceso ahora.";

    EXPIRED = "Ended: the time was over", "Terminado: se cumplió el plazo";
}

sentences! {
    /// Why an app's access ended.
    pub(crate) ended_by(EndedBy) {
        Member = "Ended by you", "Terminado por usted";
        Administrator = "Ended by an administrator", "Terminado por un administrador";
        Payer = "Ended by your plan: you left it", "Terminado por su plan: usted lo dejó";
        Representation = "Ended: you may no longer act for this person", "Terminado: ya no puede actuar en nombre de esta persona";
        Vendor = "Ended: the app was deleted", "Terminado: se eliminó la aplicación";
        App = "Ended by the app", "Terminado por la aplicación";
        Time = "Ended: the time was over", "Terminado: se cumplió el plazo";
        Superseded = "Replaced by a later choice", "Reemplazado por una decisión posterior";
        Unknown = "Ended", "Terminado";
    }
}
