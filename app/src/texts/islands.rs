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

    /// Of the rows of a table, which administrators and vendors filter.
    shown(some, all) = "{some} of {all} shown";
}
