//! The sentences of our letters, in English and Spanish side by side. Letters to addresses without an account are in English.

use model::{partition::Environment, sentences, texts, texts::Text};

pub(crate) mod access;
pub(crate) mod account;
pub(crate) mod application;
pub(crate) mod audit;
pub(crate) mod catalog;
pub(crate) mod change;
pub(crate) mod conversation;
pub(crate) mod desk;
pub(crate) mod digest;
pub(crate) mod moment;
pub(crate) mod organization;
pub(crate) mod outage;
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
    OPEN_PORTAL = "Open the App Owner portal", "Abrir el portal App Owner";
    SEE_APP = "See the application", "Ver la aplicación";
    SEE_ORGANIZATION = "See the organization", "Ver la organización";
    ANSWER = "Answer", "Responder";
    ANSWER_BY = "Answer by", "Responda antes de";
    NO_ANSWER =
        "If we do not hear from you by then, we may deny the registration as incomplete.",
        "Si no recibimos su respuesta antes de esa fecha, podemos rechazar el registro por estar incompleto.";
    SEE_STATUS = "See its status", "Ver su estado";
    SEE_DECISION = "See the decision", "Ver la decisión";
    SEE_WHAT_HAPPENED = "See what happened", "Ver qué pasó";
    CRITERION = "Criterion", "Criterio";
    PROGRAM = "Program", "Programa";
    BUSINESS_DAYS =
        "We will answer within 5 business days (Monday to Friday, US Central time, except federal holidays).",
        "Responderemos en 5 días hábiles (de lunes a viernes, hora central de EE. UU., excepto los días feriados federales).";
}

/// A name of ours, the same in both languages.
pub(crate) const HEALTHCARE_ID: Text = Text::english("Healthcare ID");

sentences! {
    pub(crate) environment(Environment) {
        Sandbox = "Sandbox", "Entorno de pruebas";
        Production = "Production", "Producción";
    }
}
