//! To the owner of an organization. No sentence ends with its name, because many names end with a full stop.

use model::texts;

texts! {
    received_subject(organization) = "We received the registration of {organization}", "Recibimos el registro de {organization}";
    received(organization) =
        "The registration of {organization} is complete and is waiting for review.",
        "El registro de {organization} está completo y en revisión.";

    approved_subject(organization) = "{organization} was approved", "Se aprobó {organization}";
    approved(organization) =
        "The registration of {organization} was approved. You can now register applications.",
        "Se aprobó el registro de {organization}. Ya puede registrar aplicaciones.";
    REGISTER_APP = "Register an application", "Registrar una aplicación";

    denied_subject(organization) = "{organization} was not approved", "No se aprobó {organization}";
    denied(organization) =
        "The registration of {organization} was not approved.",
        "No se aprobó el registro de {organization} que usted envió.";
    SUBMIT_AGAIN =
        "You can correct the registration and submit it again.",
        "Puede corregir el registro y enviarlo de nuevo.";

    change_received_subject(organization) = "We received your change to {organization}", "Recibimos su cambio de {organization}";
    change_received(organization) =
        "Your change to {organization} is waiting for review. Until we approve it, the approved version stays in effect.",
        "Su cambio de {organization} está en revisión. Hasta que lo aprobemos, sigue en vigor la versión aprobada.";
    change_approved_subject(organization) = "Your change to {organization} was approved", "Se aprobó su cambio de {organization}";
    change_approved(organization) =
        "Your change to {organization} was approved. It is in effect now.",
        "Se aprobó su cambio de {organization}. Ya está en vigor.";
    change_denied_subject(organization) = "Your change to {organization} was not approved", "No se aprobó su cambio de {organization}";
    change_denied(organization) =
        "Your change to {organization} was not approved. The version that we approved before stays in effect.",
        "No se aprobó su cambio de {organization}. La versión que aprobamos antes sigue en vigor.";
    SUBMIT_CHANGE_AGAIN =
        "You can correct the change and submit it again.",
        "Puede corregir el cambio y enviarlo de nuevo.";

    asked_subject(organization) = "We need more information about {organization}", "Necesitamos más información sobre {organization}";
    asked(organization) =
        "Before we decide on the registration of {organization}, please answer this:",
        "Antes de decidir sobre el registro de {organization}, responda a esto:";

    suspended_subject(organization) = "{organization} was suspended", "Se suspendió {organization}";
    suspended(organization) =
        "{organization} was suspended. Its applications and their tokens have stopped working.",
        "Se suspendió {organization}. Sus aplicaciones y los tokens de estas dejaron de funcionar.";

    reactivated_subject(organization) = "{organization} is active again", "{organization} está activa de nuevo";
    reactivated(organization) =
        "{organization} is active again, and its applications work again.",
        "{organization} está activa de nuevo y sus aplicaciones vuelven a funcionar.";

    revoked_subject(organization) = "{organization} was revoked", "Se revocó {organization}";
    revoked(organization) =
        "{organization} was revoked for good. Its applications and their tokens have stopped working, and the access that members gave \
         them has ended. We emailed the members.",
        "Se revocó {organization} de forma definitiva. Sus aplicaciones y los tokens de estas dejaron de funcionar, y terminó el acceso \
         que les dieron los miembros. Avisamos a los miembros por correo electrónico.";

    list_set_subject(organization, program) =
        "Which applications of {organization} may be used in {program} has changed",
        "Cambió qué aplicaciones de {organization} se pueden usar en {program}";
    list_set(organization) =
        "An administrator chose which applications of {organization} may be used in a program. Tokens of the others do not work there \
         until they may be used again.",
        "Un administrador eligió qué aplicaciones de {organization} se pueden usar en un programa. Los tokens de las demás no funcionan \
         allí hasta que se puedan usar de nuevo.";
    KEPT_OUT = "May not be used now", "No se pueden usar ahora";
    ALL_USABLE = "None. All applications may be used.", "Ninguna. Se pueden usar todas las aplicaciones.";
}
