//! About the roles of staff.

use model::{account::Role, sentences, texts};

texts! {
    role_given_subject(role) = "You have a new role: {role}", "Tiene un nuevo rol: {role}";
    role_given(role) =
        "You now have the role {role} in the Administrative & Support Portal. Sign in again to use it.",
        "Ahora tiene el rol {role} en el Administrative & Support Portal. Inicie sesión de nuevo para usarlo.";
    SET_UP_FIRST =
        "The portal asks for two-step sign-in. Your account does not have it yet, so you will set it up when you first open the portal.",
        "El portal pide el inicio de sesión en dos pasos. Su cuenta todavía no lo tiene, así que lo configurará al abrir el portal por \
         primera vez.";
    role_taken_subject(role) = "A role of yours has ended: {role}", "Terminó un rol suyo: {role}";
    role_taken(role) =
        "You no longer have the role {role} in the Administrative & Support Portal. We signed you out everywhere.",
        "Ya no tiene el rol {role} en el Administrative & Support Portal. Cerramos todas sus sesiones.";

    others_role_given(name) = "{name} has a new role", "{name} tiene un nuevo rol";
    OTHERS_ROLE_GIVEN_BODY =
        "A person received a role in the Administrative & Support Portal.",
        "Una persona recibió un rol en el Administrative & Support Portal.";
    others_role_taken(name) = "{name} no longer has a role", "{name} ya no tiene un rol";
    OTHERS_ROLE_TAKEN_BODY =
        "A person lost a role in the Administrative & Support Portal.",
        "Una persona perdió un rol en el Administrative & Support Portal.";
    NOT_EXPECTED =
        "If you did not expect this, look at the staff page and ask the other administrators.",
        "Si no lo esperaba, mire la página del personal y pregunte a los demás administradores.";

    PERSON = "Person", "Persona";
    ROLE = "Role", "Rol";
    BY = "By", "Por";
    COMMAND_LINE = "The command line of the server", "La línea de comandos del servidor";
    OPEN_PORTAL = "Open the portal", "Abrir el portal";
    OPEN_ACCOUNT = "Manage your Healthcare ID", "Administrar su Healthcare ID";
    SEE_STAFF = "See the staff page", "Ver la página del personal";
    person(name, healthcare_id) = "{name} ({healthcare_id})", "{name} ({healthcare_id})";
}

sentences! {
    pub(crate) role(Role) {
        Administrator = "Administrator", "Administrador";
        Reviewer = "Reviewer", "Revisor";
        Support = "Support", "Soporte";
        Auditor = "Auditor", "Auditor";
        Unknown = "Unknown", "Desconocido";
    }
}
