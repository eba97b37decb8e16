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
    #[error("cannot create the HTTP client for payers' identity providers")]
    Client(#[from] reqwest::Error),
    #[error("cannot create the HTTP client that looks whether the sandboxes work (`probe.over_network`)")]
    Probe(#[source] reqwest::Error),
    #[error("cannot create the folder {0} (`data`, FLEX_DATA)")]
    Folder(PathBuf, #[source] std::io::Error),
    #[error(transparent)]
    Database(#[from] store::Error),
    #[error("cannot use the database {0} (`database.url`, FLEX_DATABASE__URL)")]
    Connect(String, #[source] store::Error),
    #[error("cannot use the signing keys with the key file `sealing.key` in the data folder (`data`, FLEX_DATA)")]
    Keys(#[from] oauth::keys::Error),
    #[error("cannot use the key file")]
    SealingKey(#[from] store::SealingError),
    #[error(
        "the key file {0} is missing, and the database holds secrets that were sealed with it. FLEX did not create a new one, \
         because it could not open them. Put the file back from a backup or from another node, or correct `data` (FLEX_DATA)"
    )]
    KeyMissing(PathBuf),
    #[error(transparent)]
    Exposed(#[from] crate::private::Exposed),
    #[error("cannot listen on {0} (`listen`, FLEX_LISTEN)")]
    Listen(std::net::SocketAddr, #[source] std::io::Error),
    #[error("cannot receive the signals that stop the server")]
    Signals(#[source] std::io::Error),
    #[error("cannot read standard input")]
    Input(#[source] std::io::Error),
    #[error("cannot use the mail settings (FLEX_MAIL__FROM, FLEX_MAIL__SMTP)")]
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
