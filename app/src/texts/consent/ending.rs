//! Pages on which an app's request does not go on.

use model::{application::Stopped, sentences, texts};

texts! {
    // What is known of the request, and the ways on
    /// Only about a request that still waits: another one may have been answered in another tab.
    NOTHING_SHARED =
        "You did not share anything in response to this request.",
        "Usted no compartió nada en respuesta a esta solicitud.";
    /// About a request that we did not keep. We do not know what became of an earlier one like it.
    UNCHANGED =
        "This did not change anything about the apps that you connected before.",
        "Esto no cambió nada en las aplicaciones que conectó antes.";
    SEE_APPS = "See which apps have access", "Ver qué aplicaciones tienen acceso";
    CHOOSE_ANOTHER_PLAN = "Choose another health plan", "Elegir otro plan de salud";
    BACK = "Back to the app", "Volver a la aplicación";
    back_to(app) = "Back to {app}", "Volver a {app}";

    // A request that is wrong
    MISTAKE = "This app's request is not valid", "La solicitud de esta aplicación no es válida";
    ABOUT_MISTAKE =
        "We cannot continue. This is not your fault. The app sent something that we cannot accept. Go back to the app and report \
         the message below to the organization behind it.",
        "No podemos continuar. No es culpa suya. La aplicación envió algo que no podemos aceptar. Vuelva a la aplicación y \
         comunique el mensaje de abajo a la organización responsable de ella.";
    ONWARD = "Do you want to go back to this app?", "¿Quiere volver a esta aplicación?";
    about_onward(app, organization) =
        "{app} by {organization} sent a request that we cannot accept. If you did not start in this app, close this window.",
        "{app}, de {organization}, envió una solicitud que no podemos aceptar. Si no empezó en esta aplicación, cierre esta \
         ventana.";
    /// We show the address in place of the brackets.
    LEADS_TO = "The link back leads to [address]", "El enlace de vuelta lleva a [dirección]";
    NEVER_TYPE =
        "Never type your password, your member ID, or a code into an app or a page that this link opens.",
        "Nunca escriba su contraseña, su ID de miembro ni un código en una aplicación o página que abra este enlace.";

    // An app that may not ask
    STOPPED = "You cannot connect this app right now", "No puede conectar esta aplicación en este momento";
    SEE_MORE =
        "You do not need to do anything. The organization behind the app can see the reason in its portal.",
        "No tiene que hacer nada. La organización responsable de la aplicación puede ver el motivo en su portal.";
}

sentences! {
    pub(crate) why(Stopped) {
        PendingReview = "The app is still under review.", "La aplicación todavía está en revisión.";
        Denied = "The app was not approved.", "La aplicación no fue aprobada.";
        Organization =
            "The organization behind the app is not approved at the moment.",
            "La organización responsable de la aplicación no está aprobada en este momento.";
        Deactivated =
            "The organization behind the app has turned it off.",
            "La organización responsable de la aplicación la desactivó.";
        Blocked = "The app is blocked.", "La aplicación está bloqueada.";
        Unlisted =
            "Your health plan does not allow this app at the moment.",
            "Su plan de salud no permite esta aplicación en este momento.";
        Deleted = "The app no longer exists.", "La aplicación ya no existe.";
        UnknownState =
            "The app cannot be used at the moment.",
            "La aplicación no se puede usar en este momento.";
        NotRegistered =
            "The app is registered for public information only. It cannot ask you for anything.",
            "La aplicación está registrada solo para información pública. No puede pedirle nada.";
    }
}
