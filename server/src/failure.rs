//! Why a command could not do its work.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("the settings are not right")]
    Settings(#[from] config::ConfigError),
    #[error(transparent)]
    Programs(#[from] programs::error::ProgramErrors),
    #[error(transparent)]
    Payers(#[from] crate::payers::SettingsErrors),
    #[error("the client for payers' identity providers cannot be made")]
    Client(#[from] reqwest::Error),
    #[error("the folder {0} cannot be made")]
    Folder(PathBuf, #[source] std::io::Error),
    #[error(transparent)]
    Database(#[from] store::Error),
    #[error("the signing keys cannot be used")]
    Keys(#[from] oauth::keys::Error),
    #[error("the key file cannot be used")]
    SealingKey(#[from] store::SealingError),
    #[error("cannot listen on {0}")]
    Listen(std::net::SocketAddr, #[source] std::io::Error),
    #[error("standard input cannot be read")]
    Input(#[source] std::io::Error),
    #[error("the mail settings cannot be used")]
    Mail(#[from] mail::mailer::SettingsError),
    #[error(transparent)]
    Fhir(#[from] fhir::error::Error),
    #[error(transparent)]
    Identity(#[from] identity::error::Error),
    #[error(transparent)]
    Registry(#[from] registry::error::Error),
    #[error("{0}")]
    Usage(String),
}
