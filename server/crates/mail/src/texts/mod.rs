//! The sentences of our letters: to members and holders in English and Spanish side by side, to vendors in English.

use model::{texts, texts::Text};

pub(crate) mod access;
pub(crate) mod account;
pub(crate) mod application;
pub(crate) mod audit;
pub(crate) mod change;
pub(crate) mod conversation;
pub(crate) mod desk;
pub(crate) mod organization;
pub(crate) mod report;
pub(crate) mod representative;
pub(crate) mod second_factor;
pub(crate) mod staff;
pub(crate) mod team;

texts! {
    greeting(name) = "Hello {name},", "Hola, {name}:";
    /// Where the reader's name is unknown, or must not be repeated.
    HELLO = "Hello,", "Hola:";
    NO_REPLIES = "Replies to this address are not monitored.", "Nadie lee las respuestas a esta dirección.";
    SIGN_IN = "Sign in", "Iniciar sesión";
    RESET_PASSWORD = "Reset password", "Restablecer la contraseña";
    SEE_APPS = "See your connected apps", "Ver sus aplicaciones conectadas";
    NOTHING_TO_DO =
        "If this was not you, you do not need to do anything.",
        "Si no fue usted, no tiene que hacer nada.";

    // To vendors
    OPEN_PORTAL = "Open the App Owner portal";
    ANSWER = "Answer";
    SEE_STATUS = "See its status";
    SEE_DECISION = "See the decision";
    SEE_WHAT_HAPPENED = "See what happened";
    CRITERION = "Criterion";
    BUSINESS_DAYS =
        "We will answer within 5 business days (Monday to Friday, US Central time, except federal holidays).";
}

/// A name of ours, the same in both languages.
pub(crate) const HEALTHCARE_ID: Text = Text::english("Healthcare ID");
