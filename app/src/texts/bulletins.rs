//! Banners above the pages of the portals, and the bulletin board.

use model::texts;

texts! {
    /// The name of the banners, for screen readers.
    NEWS = "Announcements", "Avisos";
    BOARD = "Bulletin board";
    /// The program that a bulletin is about, before its title.
    about(program, title) = "{program}: {title}", "{program}: {title}";

    // A large-scale outage
    outage_of(program) = "Large-scale outage of {program}", "Interrupción general de {program}";
    OUTAGE = "Large-scale outage", "Interrupción general";
    OUTAGE_BEGAN =
        "Some services do not work now. This began on [when]. We are working on it.",
        "Ahora no funcionan algunos servicios. Esto empezó el [cuándo]. Ya lo estamos arreglando.";
    OUTAGE_ENDS = "We expect it to end on [when].", "Esperamos que termine el [cuándo].";
    CLOCKS_PAUSE = "Business hours during the outage do not count, so we will answer later by that time.";
}
