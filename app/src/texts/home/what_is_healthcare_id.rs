//! `/what-is-healthcare-id`. The brackets stand out.

use model::texts;

texts! {
    TITLE = "What is Healthcare ID?", "¿Qué es Healthcare ID?";
    /// For search engines.
    ABOUT =
        "A Healthcare ID is the one account for every FLEX portal.",
        "El Healthcare ID es la única cuenta para todos los portales de FLEX.";
    INTRO =
        "Healthcare ID is the account you use everywhere on FHIR Layer EXchange: one ID and one password.",
        "Healthcare ID es la cuenta que usa en todo FHIR Layer EXchange: un ID y una contraseña.";

    WHO = "Who needs one", "Quién lo necesita";
    OWNERS =
        "[App owners] use it to register and manage their organization and apps.",
        "[Los propietarios de aplicaciones] lo usan para registrar y administrar su organización y sus aplicaciones.";
    STAFF =
        "[Administrators and support staff] use it to review registrations and to help.",
        "[Los administradores y el personal de soporte] lo usan para revisar los registros y para ayudar.";
    MEMBERS =
        "[Members] use it if their health plan does not have its own sign-in, and to try an app in the sandbox with synthetic data.",
        "[Los miembros] lo usan si su plan de salud no tiene un inicio de sesión propio, y para probar una aplicación con datos \
         ficticios en el entorno de pruebas.";
    ONE_FOR_ALL = "You can use one Healthcare ID for all of these.", "Un mismo Healthcare ID sirve para todo esto.";

    PROTECTED = "How we protect it", "Cómo lo protegemos";
    ADDRESS =
        "You confirm your email address before you can use the account.",
        "Usted confirma su correo electrónico antes de poder usar la cuenta.";
    HASHED =
        "We store your password only as a hash, which no one can turn back into the password.",
        "De su contraseña guardamos solo un resumen (hash), del que nadie puede obtener la contraseña.";
    SESSIONS =
        "You can see where you are signed in and sign out everywhere else.",
        "Puede ver dónde tiene la sesión abierta y cerrarla en todos los demás dispositivos.";
    MAIL =
        "We email you when your password changes.",
        "Le avisamos por correo electrónico cuando cambia su contraseña.";
}
