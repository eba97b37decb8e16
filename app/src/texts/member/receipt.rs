//! A receipt: what a member allowed, to keep or to print.

use model::texts;

texts! {
    TITLE = "Receipt", "Comprobante";
    of_app(app) = "What you allowed: {app}", "Lo que usted permitió: {app}";
    PRINT =
        "You can print this page or save it with your browser.",
        "Puede imprimir o guardar esta página con su navegador.";
    APP = "App", "Aplicación";
    CONTACT = "Questions to the app", "Preguntas a la aplicación";
    GIVEN = "You allowed it on", "Usted lo permitió el";
    STOP = "How to stop it", "Cómo detenerlo";
    how_to_stop(address) =
        "Sign in at {address}, choose the app, and choose \"Stop access\". The access ends at once.",
        "Inicie sesión en {address}, elija la aplicación y elija \"Detener el acceso\". El acceso termina de inmediato.";
    ALREADY_ENDED = "This access has ended. The app can read nothing new.", "Este acceso ya terminó. La aplicación no puede leer nada nuevo.";
    KEEPS = "What the app keeps", "Lo que la aplicación conserva";
    /// A number by which support finds it.
    NUMBER = "Number", "Número";
    AS_OF = "As of", "Al";
}
