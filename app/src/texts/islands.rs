//! What islands say. Those of the live checks: [`live`](super::live).

use model::texts;

texts! {
    COPY = "Copy", "Copiar";
    COPIED = "Copied", "Copiado";

    // Passkeys
    UNUSABLE =
        "This browser cannot use passkeys here. Use another way.",
        "Este navegador no puede usar llaves de acceso aquí. Use otra forma.";
    NO_ANSWER =
        "We did not get a passkey from your browser. Try again, or use another way.",
        "No recibimos ninguna llave de acceso de su navegador. Inténtelo de nuevo o use otra forma.";
    KNOWN =
        "This device already has a passkey for your account.",
        "Este dispositivo ya tiene una llave de acceso para su cuenta.";

    // What a consent shares
    NOTHING_SHARED =
        "You share nothing. Choose at least one, or cancel.",
        "No comparte nada. Elija al menos uno o cancele.";
    /// Where an app asks for a single kind.
    shares_of_one(chosen) =
        "You share {chosen} of 1 kind of information.",
        "Comparte {chosen} de 1 tipo de información.";
    shares(chosen, total) =
        "You share {chosen} of {total} kinds of information.",
        "Comparte {chosen} de {total} tipos de información.";

    /// Of the rows of a table, which administrators and vendors filter.
    shown(some, all) = "{some} of {all} shown";
}
