//! Signing in with a health plan, and signing out of it.

use model::{sentences, texts};

use crate::payers::problem::Problem;

texts! {
    in_sandbox(plan) = "{plan} (sandbox)", "{plan} (entorno de pruebas)";

    // Where to sign in
    CHOOSE = "Sign in to the member portal", "Inicie sesión en el portal para miembros";
    OWN_SIGN_IN = "These health plans have their own sign-in:", "Estos planes de salud tienen su propio inicio de sesión:";
    OTHER_PLANS = "Any other health plan", "Cualquier otro plan de salud";
    HEALTHCARE_ID = "Sign in with Healthcare ID", "Iniciar sesión con Healthcare ID";

    // Why it did not work
    refused(plan) = "You did not sign in with {plan}", "No inició sesión con {plan}";
    failed(plan) =
        "{plan} cannot sign you in right now",
        "{plan} no puede iniciar su sesión en este momento";
    unclear(plan) = "{plan} did not tell us which member you are", "{plan} no nos dijo qué miembro es usted";
    not_connected(plan) = "You cannot sign in to {plan} here yet", "Aún no puede iniciar sesión aquí en {plan}";
    NOT_CONNECTED =
        "This health plan has its own sign-in, which is not connected to this site yet. This is not your fault. Try again \
         another day, or ask your health plan when it will be ready.",
        "Este plan de salud tiene su propio inicio de sesión, que aún no está conectado a este sitio. No es culpa suya. Inténtelo \
         otro día o pregunte a su plan cuándo estará listo.";
    unlinkable(plan) =
        "{plan} does not connect members to apps here",
        "{plan} no conecta aquí a sus miembros con aplicaciones";
    UNLINKABLE =
        "This health plan does not accept a member card as proof of who you are. Ask your plan how you can share your data.",
        "Este plan de salud no acepta la tarjeta de miembro para comprobar quién es usted. Pregunte a su plan cómo puede \
         compartir sus datos.";
    unknown_member(plan) =
        "We did not find you among the members of {plan}",
        "No le encontramos entre los miembros de {plan}";
    UNKNOWN_MEMBER =
        "You signed in, but the health plan's data does not include a member with your number yet. It can take a few days after \
         you join. If you think that this is wrong, ask your health plan.",
        "Inició sesión, pero los datos del plan de salud aún no incluyen un miembro con su número. Puede tardar algunos días \
         después de inscribirse. Si cree que es un error, pregunte a su plan de salud.";
    TRY_AGAIN = "Try again", "Intentar de nuevo";
    EARLIER_APPS = "See the apps that you connected before", "Ver las aplicaciones que conectó antes";

    // A sign-in that has ended, or that did not start in this browser
    ENDED = "This sign-in has ended", "Este inicio de sesión terminó";
    WHY_ENDED =
        "It is already complete, it took longer than 10 minutes, or it started in another browser. Go back to where you came \
         from and start again.",
        "Ya se completó, tardó más de 10 minutos o empezó en otro navegador. Vuelva al lugar de donde vino y empiece de nuevo.";
    TO_PORTAL = "Go to the member portal", "Ir al portal para miembros";

    // Signed out here, but perhaps not at the health plan
    SIGNED_OUT = "You are signed out here", "Cerró la sesión aquí";
    sign_out_there(plan) =
        "{plan} may still recognize you in this browser. If other people use this computer, sign out there too.",
        "Es posible que {plan} aún le reconozca en este navegador. Si otras personas usan esta computadora, cierre también la \
         sesión allí.";
    sign_out_of(plan) = "Sign out of {plan}", "Cerrar la sesión en {plan}";
    TO_START = "Go to the start page", "Ir a la página de inicio";
}

sentences! {
    /// Beneath `refused`, `failed` and `unclear`.
    pub(crate) problem(Problem) {
        Refused =
            "You stopped there, or you chose not to share who you are.",
            "Se detuvo allí o decidió no decirnos quién es usted.";
        Failed =
            "Its sign-in is not responding as it should. This is not your fault. Try again in a few minutes.",
            "Su inicio de sesión no responde como debería. No es culpa suya. Inténtelo de nuevo en unos minutos.";
        Unclear =
            "You signed in there, but the answer did not include a member ID that we can match to one person. This is not your \
             fault, and the apps that you connected before stay as they are. Your health plan has to correct this. Try again \
             later, or ask your plan.",
            "Inició sesión allí, pero la respuesta no incluyó un ID de miembro que corresponda a una sola persona. No es culpa \
             suya, y las aplicaciones que conectó antes siguen igual. Su plan de salud debe corregirlo. Inténtelo más tarde o \
             pregunte a su plan.";
    }
}
