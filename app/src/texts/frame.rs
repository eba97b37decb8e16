//! Around every page: names and navigation of the portals, header, footer.

use model::texts;

texts! {
    // The sites
    FLEX = "FLEX";
    SITE = "FHIR Layer EXchange";
    OWNER = "App Owner";
    ADMIN = "Administrative & Support Portal";
    MEMBER = "CMS Interoperability Member Portal", "Portal de Interoperabilidad CMS para Miembros";
    CONSENT = "Share your health data", "Compartir sus datos de salud";

    // What they are for, as search engines show it.
    ABOUT_SITE =
        "FLEX connects health apps with health plans. Members decide who may see their data.",
        "FLEX conecta aplicaciones de salud con planes de salud. Los miembros deciden quién puede ver sus datos.";
    ABOUT_OWNER = "Register your organization and its applications, and read how to connect them.";
    ABOUT_ADMIN = "Review registrations of organizations and applications, and support members and vendors.";
    ABOUT_MEMBER =
        "See which apps can read your health data, and for how long. Stop them at any time.",
        "Vea qué aplicaciones pueden leer sus datos de salud y hasta cuándo. Quíteles el acceso cuando quiera.";
    ABOUT_CONSENT =
        "Decide whether an app may read your health data, which data, and for how long.",
        "Decida si una aplicación puede leer sus datos de salud, cuáles y por cuánto tiempo.";

    // Navigation
    SKIP = "Skip to main content", "Ir al contenido principal";
    MAIN = "Main", "Principal";
    DASHBOARD = "Dashboard";
    APPLICATIONS = "Applications";
    REGISTER_APP = "Register New App";
    PROFILE = "Profile";
    ORGANIZATION_PROFILE = "Organization Profile";
    TEAM = "Team";
    ACTING_FOR = "You act for";
    SWITCH_ORGANIZATION = "Switch organization";
    DOCUMENTATION = "Documentation", "Documentación";
    SUPPORT = "Support";
    SEARCH = "Search";
    MEMBERS = "Members";
    PROGRAMS = "Programs & payers";
    /// What opens the navigation on a phone.
    MENU = "Menu", "Menú";
    INBOX = "Inbox";
    REVIEWS = "Reviews";
    TICKETS = "Tickets";
    BULLETINS = "Bulletins";
    FEEDS = "Data feeds";
    STAFF = "Staff";
    AUDIT_LOG = "Audit log";
    REPORTS = "Reports";
    CONNECTED_APPS = "Connected apps", "Aplicaciones conectadas";
    ACCESS_HISTORY = "Access history", "Historial de accesos";
    PAST_ACCESS = "Past access", "Accesos anteriores";
    CHOOSING = "Choosing an app", "Elegir una aplicación";
    /// The name of the way to a page, for screen readers.
    BREADCRUMBS = "Breadcrumbs";

    // Who is signed in
    MANAGE = "Manage your Healthcare ID", "Administrar su Healthcare ID";
    SIGN_OUT = "Sign out", "Cerrar sesión";

    // Below every page
    TERMS = "Terms and Conditions", "Términos y condiciones";
    PRIVACY = "Privacy", "Privacidad";
    ACCESSIBILITY = "Accessibility", "Accesibilidad";
}
