//! What the organization behind an app attested. Where it answered "No", a member reads what that leaves open.

use model::{attestation::Practice, sentences, texts};

texts! {
    attested(organization) =
        "{organization} has stated how it collects, uses, protects, and deletes your data.",
        "{organization} declaró cómo recopila, usa, protege y elimina sus datos.";
    not_attested(organization) =
        "Before you share: what {organization} did not promise",
        "Antes de compartir: lo que {organization} no prometió";
    OFFICERS_SANCTIONED =
        "It says that at least one of its officers was convicted of a felony or sanctioned by a government agency in the past \
         3 years.",
        "Declara que al menos uno de sus directivos fue condenado por un delito grave o sancionado por una agencia del gobierno \
         en los últimos 3 años.";
}

sentences! {
    pub(crate) missing(Practice) {
        Collection =
            "Its privacy policy does not say which data it collects and why.",
            "Su política de privacidad no dice qué datos recopila y por qué.";
        Consent =
            "It may use your data without asking you first.",
            "Es posible que use sus datos sin pedirle permiso antes.";
        Disclosure =
            "It does not say who it gives or sells your data to.",
            "No dice a quién entrega o vende sus datos.";
        MemberAccess =
            "You may not be able to see, correct, or get a copy of the data that it holds about you.",
            "Es posible que usted no pueda ver ni corregir los datos que guarda, ni recibir una copia.";
        Safeguards =
            "It does not promise to protect your data by the security standards of its industry.",
            "No promete proteger sus datos según las normas de seguridad del sector.";
        Retention =
            "It does not say how long it keeps your data and what happens to the data after a breach or a sale.",
            "No dice cuánto tiempo guarda sus datos y qué pasa con ellos en caso de una filtración o una venta.";
    }
}
