//! Reporting an app.

use model::texts;

texts! {
    REPORT = "Report this app", "Denunciar esta aplicación";
    title(app) = "Report {app}", "Denunciar {app}";
    ABOUT =
        "Tell us if the app does something that it should not do. The people who review apps for your health plan will read it. \
         They do not tell the app's makers who you are.",
        "Díganos si la aplicación hace algo que no debería hacer. Lo leerán las personas que revisan las aplicaciones para su plan \
         de salud. Ellas no dicen a los creadores de la aplicación quién es usted.";
    SEND = "Send the report", "Enviar la denuncia";
    CANCEL = "Cancel", "Cancelar";

    THANKS = "Thank you. We received your report.", "Gracias. Recibimos su denuncia.";
    NEXT = "What happens next", "Qué sucede ahora";
    NEXT_REVIEW =
        "Our reviewers look at your report and at the app. If the app breaks the rules, they can block it for everyone.",
        "Nuestros revisores examinan su denuncia y la aplicación. Si la aplicación no cumple las reglas, pueden bloquearla para \
         todos.";
    NEXT_ANSWER =
        "You will not get an answer from them about each step.",
        "Ellos no le informarán de cada paso.";
    STILL =
        "The app still has access to your data. You can stop it now.",
        "La aplicación todavía tiene acceso a sus datos. Puede detenerlo ahora.";
    OFFICES =
        "You can also complain to a government office.",
        "También puede presentar una queja ante una oficina del gobierno.";
    WHERE = "Where to complain", "Dónde presentar una queja";
    BACK = "Back to the app", "Volver a la aplicación";
}
