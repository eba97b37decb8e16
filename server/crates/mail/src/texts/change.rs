//! To the owner of an organization. What changed is in the program's own words.

use model::texts;

texts! {
    subject(program, title) = "{program}: {title}";
    announced(program) = "Something changed in a program that your applications use: {program}.";
    SEE_CHANGES = "See all changes";
    WHY = "You receive this email because your organization has an application that is registered for this program.";
}
