//! Why a command could not do its work.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Settings(#[from] crate::settings::Error),
    #[error(transparent)]
    Programs(#[from] programs::error::ProgramErrors),
    #[error(transparent)]
    Payers(#[from] crate::payers::SettingsErrors),
    #[error("the HTTP client for payers' identity providers cannot be created")]
    Client(#[from] reqwest::Error),
    #[error("the folder {0} (`data`, FLEX_DATA) cannot be created")]
    Folder(PathBuf, #[source] std::io::Error),
    #[error(transparent)]
    Database(#[from] store::Error),
    #[error("the database {0} (`database.url`, FLEX_DATABASE__URL) cannot be used")]
    Connect(String, #[source] store::Error),
    #[error("the signing keys cannot be used with the key file `sealing.key` of the data folder (`data`, FLEX_DATA)")]
    Keys(#[from] oauth::keys::Error),
    #[error("the key file cannot be used")]
    SealingKey(#[from] store::SealingError),
    #[error(
        "the key file {0} is missing, and the database holds secrets that were sealed with it. No new one was made, because \
         it would open none of them. Put the file back from a backup or from another node, or correct `data` (FLEX_DATA)"
    )]
    KeyMissing(PathBuf),
    #[error(transparent)]
    Exposed(#[from] crate::private::Exposed),
    #[error("cannot listen on {0} (`listen`, FLEX_LISTEN)")]
    Listen(std::net::SocketAddr, #[source] std::io::Error),
    #[error("the signals that end the server cannot be received")]
    Signals(#[source] std::io::Error),
    #[error("standard input cannot be read")]
    Input(#[source] std::io::Error),
    #[error("the mail settings (FLEX_MAIL__FROM, FLEX_MAIL__SMTP) cannot be used")]
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
