//! To the owner of an organization. What changed is in the program's own words, which are English.

use model::texts;

texts! {
    subject(program, title) = "{program}: {title}", "{program}: {title}";
    announced(program) =
        "Something changed in {program}, which your apps use.",
        "Algo cambió en {program}, que usan sus aplicaciones.";
    SEE_CHANGES = "See all changes", "Ver todos los cambios";
    WHY =
        "You get this email because one of your apps is registered for this program.",
        "Recibe este correo porque una de sus aplicaciones está registrada para este programa.";
}
