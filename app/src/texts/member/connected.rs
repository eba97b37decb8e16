//! The apps that have access now, and past access.

use model::texts;

texts! {
    ABOUT =
        "You connected these apps. Each card says what the app can read, and until when.",
        "Usted conectó estas aplicaciones. Cada tarjeta dice qué puede leer la aplicación y hasta cuándo.";
    NONE = "No app has access", "Ninguna aplicación tiene acceso";
    ABOUT_NONE =
        "When you connect an app to your health plan, it appears here. You can end its access at any time.",
        "Cuando conecte una aplicación con su plan de salud, la verá aquí. Podrá terminar su acceso en cualquier momento.";
    ADVICE = "What to look for in an app", "Qué buscar en una aplicación";

    // A card
    CAN_READ = "Can read", "Puede leer";
    SINCE = "Since", "Desde";
    UNTIL = "Until", "Hasta";
    LAST_ACCESS = "Last access", "Último acceso";
    NOT_YET = "Not yet", "Todavía no";
    STAYS = "Stays connected", "Sigue conectada";
    DOES_NOT_STAY =
        "No. Its access ends within minutes after you allow it, and it has to ask you again each time.",
        "No. Su acceso termina unos minutos después de que usted lo permite, y debe pedírselo de nuevo cada vez.";
    /// Buttons. Screen readers add the app's name.
    DETAILS = "Details", "Detalles";
    STOP = "Stop access", "Detener el acceso";
    /// Above the cards of one person, if the account has several.
    apps_of(name) = "Apps that read data of {name}", "Aplicaciones que leen datos de {name}";
    APPS_OF_NONE = "Apps that read no one's health data", "Aplicaciones que no leen datos de salud de nadie";

    // Past access
    NO_PAST = "Nothing yet", "Nada todavía";
    ABOUT_NO_PAST =
        "Access that you stopped or that has ended appears here.",
        "Aquí aparecen los accesos que usted detuvo o que terminaron.";
    APP = "App", "Aplicación";
    FROM = "From", "Desde";
    TO = "To", "Hasta";
    WHY = "Why it ended", "Por qué terminó";
}
