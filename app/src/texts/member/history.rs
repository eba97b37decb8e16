//! What all apps read, day by day.

use model::texts;

texts! {
    TITLE = "Access history", "Historial de accesos";
    ABOUT =
        "Each day lists which app read what kind of data, and how many times it asked.",
        "Cada día indica qué aplicación leyó qué tipo de datos y cuántas veces los pidió.";
    WHICH = "App", "Aplicación";
    ALL_APPS = "All apps", "Todas las aplicaciones";
    WHAT = "What it read, and how many times", "Qué leyó y cuántas veces";
    read(kind, count) = "{kind}: {count}", "{kind}: {count}";
    SHOW = "Show", "Mostrar";
    /// For screen readers: what the table of a day holds.
    read_on(day) = "What apps read on {day}", "Lo que leyeron las aplicaciones el {day}";
    NOTHING = "No app has read anything yet", "Ninguna aplicación ha leído nada todavía";
    NOTHING_THEN = "Nothing was read in these days", "No se leyó nada en estos días";
    ABOUT_NOTHING =
        "When an app reads your data, you see it here a few moments later.",
        "Cuando una aplicación lea sus datos, lo verá aquí unos momentos después.";
    NEWEST = "Show the newest days", "Mostrar los días más recientes";
}
