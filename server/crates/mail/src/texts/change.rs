//! To the owner of an organization. What changed is in the program's own words, which are English.

use model::texts;

texts! {
    subject(program, title) = "{program}: {title}", "{program}: {title}";
    announced(program) =
        "Something changed in a program that your applications use: {program}.",
        "Algo cambió en un programa que usan sus aplicaciones: {program}.";
    SEE_CHANGES = "See all changes", "Ver todos los cambios";
    WHY =
        "You receive this email because your organization has an application that is registered for this program.",
        "Recibe este correo porque su organización tiene una aplicación registrada para este programa.";
}
