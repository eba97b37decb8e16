//! Settings: defaults that run, a TOML file, then `FLEX_…` environment variables. An unknown key is an error.

use std::{
    collections::BTreeMap,
    env, fs,
    net::SocketAddr,
    num::NonZeroU32,
    path::{Path, PathBuf},
};

use config::{Config, Environment, File, FileFormat};
use serde::Deserialize;
use url::Url;
use zeroize::Zeroizing;

use crate::middleware::address::Proxies;

/// Everything an operator can set; README lists it with examples.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The origin that browsers and apps use, `https://flex.example.org`; every address we print begins with it.
    pub public_url: Url,
    /// Networks of our own proxies, whose `X-Forwarded-For` or `Forwarded` is believed: `10.0.0.0/8 192.0.2.7`.
    pub proxies: Proxies,
    /// Where SQLite, mail files and keys are kept.
    pub data: PathBuf,
    /// A folder of program files to use in place of the built-in ones.
    pub programs: Option<PathBuf>,
    pub database: Database,
    pub mail: Mail,
    pub limits: Limits,
    pub keys: Keys,
    pub log: Log,
    /// Payers' identity providers: `[payers."oph-ca"."university-of-california".production]`.
    #[serde(default)]
    pub payers: BTreeMap<String, BTreeMap<String, BTreeMap<String, PayerProvider>>>,
    /// The file that was read, for messages.
    #[serde(skip)]
    pub file: Option<PathBuf>,
}

/// Where a payer's members sign in in place of Healthcare ID, and who we are there. The secret is in a file or in an
/// environment variable of its own, so that a settings file can be shown around.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayerProvider {
    /// To the letter as the provider's discovery has it.
    pub issuer: String,
    pub client_id: String,
    pub client_secret_file: Option<PathBuf>,
    /// The variable's name.
    pub client_secret_env: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `postgres://…` or `sqlite://…`; by default `flex.db` in the data folder.
    pub url: Option<String>,
    pub connections: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The sender of every message.
    pub from: String,
    /// `smtp://host:port` or `smtps://user:password@host:port`; without it messages become files under `data/mail`.
    pub smtp: Option<String>,
}

/// Calls a minute; 0 is no limit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// From one IPv4 address or IPv6 /64 network.
    pub network: u32,
    /// Of one app.
    pub client: u32,
    /// Forms from one network with nobody signed in: sign-in, sign-up, lost passwords.
    pub anonymous_forms: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// A key that has signed tokens for so many days is replaced.
    pub rotate_after_days: NonZeroU32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// A `tracing` filter: `info`, `server=debug,info`.
    pub filter: String,
    pub json: bool,
}

const DEFAULTS: &str = r#"
listen = "127.0.0.1:3000"
public_url = "http://127.0.0.1:3000"
proxies = ""
data = "data"

[database]
connections = 8

[mail]
from = "FLEX <no-reply@flex.localhost>"

[limits]
network = 6000
client = 6000
anonymous_forms = 60

[keys]
rotate_after_days = 90

[log]
filter = "info,sqlx=warn"
json = false
"#;

impl Settings {
    /// Reads the file, if one is named, and the environment.
    pub fn load(file: Option<&Path>) -> Result<Self, config::ConfigError> {
        let mut builder = Config::builder().add_source(File::from_str(DEFAULTS, FileFormat::Toml));
        if let Some(file) = file {
            builder = builder.add_source(File::from(file).format(FileFormat::Toml));
        }
        let environment = Environment::with_prefix("FLEX").separator("__").prefix_separator("_");
        let settings: Self = builder.add_source(environment).build()?.try_deserialize()?;
        Ok(Self { file: file.map(Path::to_owned), ..settings })
    }

    /// The database's address.
    pub fn database_url(&self) -> String {
        let file = || format!("sqlite://{}", self.data.join("flex.db").display());
        self.database.url.clone().unwrap_or_else(file)
    }
}

impl PayerProvider {
    /// The client secret, without the end of its line.
    pub fn client_secret(&self) -> Result<Zeroizing<String>, String> {
        let secret = match (&self.client_secret_file, &self.client_secret_env) {
            (Some(file), None) => fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?,
            (None, Some(name)) => env::var(name).map_err(|error| format!("{name}: {error}"))?,
            _ => return Err("give either `client_secret_file` or `client_secret_env`".to_owned()),
        };
        let secret = Zeroizing::new(secret);
        let secret = Zeroizing::new(secret.trim_end_matches(['\r', '\n']).to_owned());
        if secret.is_empty() { Err("the client secret is empty".to_owned()) } else { Ok(secret) }
    }
}
