//! The chapter about scopes.

use model::texts;

texts! {
    PATIENT_ACCESS = "Patient access";
    PUBLIC_ACCESS = "Public access";
    CONTEXT = "Signing in";
    SCOPE = "Scope";
    ABOUT_SCOPE = "What it gives access to";
    FUTURE = "* applicable only for Payer to Payer (future release)";

    PROTECTED = "Specially protected data";
    ABOUT_PROTECTED =
        "A scope does not open this data alone. The member selects each category in a box of its own, which is not selected at first. \
         Otherwise searches and reads behave as if resources with these labels ([meta.security]) did not exist.";
    CATEGORY = "Category";
    LABELS = "Labels";
}
