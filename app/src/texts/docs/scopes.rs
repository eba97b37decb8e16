//! The chapter about scopes.

use model::texts;

texts! {
    PATIENT_ACCESS = "Patient access";
    PUBLIC_ACCESS = "Public access";
    CONTEXT = "Signing in";
    SCOPE = "Scope";
    ABOUT_SCOPE = "What it gives access to";
    FUTURE = "* applicable only for Payer to Payer (future release)";
}
