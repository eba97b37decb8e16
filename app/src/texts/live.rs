//! The hints beside an input while a person types.

use model::{form::check::Live, sentences};

sentences! {
    /// In few words: the page keeps room for the longest.
    pub(crate) live(Live) {
        Email = "Write it like name@example.com.", "Escríbalo como nombre@example.com.";
        HealthcareIdLength = "Use 6 to 50 characters.", "Use de 6 a 50 caracteres.";
        HealthcareIdCharacters = "Use a–z, 0–9, and single . - _", "Use a–z, 0–9 y solo un . - _";
        Password = "Use at least 12 characters.", "Use al menos 12 caracteres.";
        Digits = "Use digits only.", "Use solo dígitos.";
        UsPhone = "Enter ten digits.", "Escriba diez dígitos.";
        InternationalPhone = "Begin with the country code.", "Empiece con el código del país.";
        Ein = "Write it like 12-3456789.", "Escríbalo como 12-3456789.";
        BusinessId = "Use letters, digits, - . and /", "Use letras, dígitos, - . y /";
        Https = "Begin with https://", "Empiece con https://";
        Shorter = "Use 40 characters or fewer.", "Use 40 caracteres como máximo.";
    }
}
