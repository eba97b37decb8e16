//! `/`. The tiles are in the words of the seed programs, in English; Spanish stands beside them.

use model::texts;

texts! {
    TITLE = "Welcome", "Le damos la bienvenida";
    /// The brackets are emphasized.
    WELCOME = "Welcome to [FHIR Layer EXchange]";
    CHOOSE = "Please choose a role to login";
    WELCOME_TRANSLATED = "Welcome to [FHIR Layer EXchange]", "Le damos la bienvenida a [FHIR Layer EXchange]";
    CHOOSE_TRANSLATED = "Please choose a role to login", "Elija su función para iniciar sesión";

    // The tiles
    OWNER = "App Owner";
    ABOUT_OWNER = "Registration portal for vendors to register applications to access members data";
    ADMIN = "Administrative & Support Portal";
    ABOUT_ADMIN = "Review 3rd party application registration requests for approval";
    MEMBER = "CMS Interoperability Member Portal";
    ABOUT_MEMBER = "Member portal to review applications currently accessing their data";

    // Their Spanish
    OWNER_TRANSLATED = "App owner", "Dueños de aplicaciones";
    ABOUT_OWNER_TRANSLATED =
        "Register your apps",
        "Portal donde los proveedores registran las aplicaciones que leen datos de los miembros";
    ADMIN_TRANSLATED = "Administration and support", "Administración y ayuda";
    ABOUT_ADMIN_TRANSLATED =
        "Check apps",
        "Revisión de las solicitudes de registro de aplicaciones de terceros";
    MEMBER_TRANSLATED = "Members", "Miembros";
    ABOUT_MEMBER_TRANSLATED =
        "See your apps",
        "Portal donde los miembros revisan qué aplicaciones leen sus datos";

    // Who each is for
    FOR_OWNERS =
        "For companies that make health apps and want to connect them.",
        "Para empresas que crean aplicaciones de salud y quieren conectarlas.";
    FOR_STAFF =
        "For our staff, who check apps and help people.",
        "Para nuestro personal, que revisa las aplicaciones y ayuda a las personas.";
    FOR_MEMBERS =
        "For members of our health plans who use an app.",
        "Para usted, si tiene uno de nuestros planes de salud y usa una aplicación.";

    // Below the tiles
    DOCUMENTATION = "Documentation", "Documentación";
    ABOUT_DOCUMENTATION =
        "How apps connect. You do not need to sign in.",
        "Cómo se conectan las aplicaciones. No necesita iniciar sesión.";
    STATUS = "System status", "Estado del sistema";
    ABOUT_STATUS =
        "What works now, and how new the data is.",
        "Qué funciona ahora y qué tan nuevos son los datos.";
    SEE_STATUS = "See the status", "Ver el estado";
}
