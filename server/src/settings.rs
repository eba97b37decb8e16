//! Settings: defaults that work, a TOML file, then `FLEX_…` environment variables. An unknown key is an error, and
//! every message names the file or the variable.

mod environment;

use std::{
    collections::BTreeMap,
    env, fs,
    net::SocketAddr,
    num::NonZeroU32,
    path::{Path, PathBuf},
};

use config::{Config, ConfigError, File, FileFormat};
use model::email::Email;
use serde::Deserialize;
use tracing_subscriber::EnvFilter;
use url::Url;
use zeroize::Zeroizing;

use crate::middleware::address::Proxies;
use environment::Read;

/// Everything that an operator can set; the README lists it with examples.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The origin that browsers and apps use, `https://flex.example.org`; every address we print begins with it.
    pub public_url: Url,
    /// Networks of our own proxies, whose `X-Forwarded-For` or `Forwarded` we trust: `10.0.0.0/8 192.0.2.7`.
    pub proxies: Proxies,
    /// The folder for SQLite, mail files, and keys.
    pub data: PathBuf,
    /// A folder of program files to use instead of the built-in ones.
    pub programs: Option<PathBuf>,
    pub database: Database,
    pub mail: Mail,
    pub limits: Limits,
    pub keys: Keys,
    pub log: Log,
    #[serde(default)]
    pub audit: Audit,
    pub probe: Probe,
    /// Payers' identity providers: `[payers."oph-ca"."university-of-california".production]`.
    #[serde(default)]
    pub payers: PerPayer<PayerProvider>,
    /// Payers' own services that deliver codes to their members: `[code_hooks."idaho"."optum-idaho".production]`.
    #[serde(default)]
    pub code_hooks: PerPayer<CodeHook>,
    /// The file that these settings came from, for messages.
    #[serde(skip)]
    pub file: Option<PathBuf>,
    /// Messages to log once the log exists.
    #[serde(skip)]
    pub notes: Vec<String>,
}

/// By program, payer and environment.
type PerPayer<T> = BTreeMap<String, BTreeMap<String, BTreeMap<String, T>>>;

/// Where a payer's members sign in instead of with Healthcare ID, and our client there. The secret is in a file or in
/// its own environment variable, so that a settings file can be shared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayerProvider {
    /// Exactly as in the provider's discovery document.
    pub issuer: String,
    pub client_id: String,
    pub client_secret_file: Option<PathBuf>,
    /// The variable's name.
    pub client_secret_env: Option<String>,
}

/// Where to post a code that a payer delivers to its members by phone or letter, and the secret that signs the post.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeHook {
    pub url: String,
    /// `phone`, `letter` or the default, `phone letter`.
    pub channels: Option<String>,
    pub secret_file: Option<PathBuf>,
    /// The variable's name.
    pub secret_env: Option<String>,
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

/// Calls per minute; 0 means that there is no limit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// From one IPv4 address or IPv6 /64 network.
    pub network: u32,
    /// From one app.
    pub client: u32,
    /// Forms from one network without a signed-in account: sign-in, sign-up, lost passwords.
    pub anonymous_forms: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// A key that has signed tokens for this many days is replaced.
    pub rotate_after_days: NonZeroU32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// A `tracing` filter: `info`, `server=debug,info`.
    pub filter: String,
    pub json: bool,
}

/// How the server sees whether its sandboxes work.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// It signs in to each sandbox at these intervals; 0 means never.
    pub every_minutes: u16,
    /// Whether it calls `public_url` over the network, as apps do, through all that is in front of the server. Otherwise it calls
    /// the endpoints within the process.
    pub over_network: bool,
}

/// Where the digest of the audit log is kept outside of the database, so that a log that was rewritten is noticed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// Gets the digest by mail once a day.
    #[serde(default, deserialize_with = "email")]
    pub digest_email: Option<Email>,
    /// The digest is appended to this file once a day.
    pub digest_file: Option<PathBuf>,
}

fn email<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Email>, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(|_| serde::de::Error::custom("is not an email address"))
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

[probe]
every_minutes = 5
over_network = false

[log]
filter = "info,sqlx=warn"
json = false
"#;

const DAY_IN_MINUTES: u16 = 24 * 60;

/// Why the settings are not valid; the message names the file or the variable.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the settings file {}: {reason}", .path.display())]
    File { path: PathBuf, reason: String },
    #[error("the environment variables:\n  {}", .0.join("\n  "))]
    Variables(Vec<String>),
    #[error("the settings are incomplete: {0}")]
    Whole(#[from] ConfigError),
    #[error("`{key}` ({}): {reason}", variable(.key))]
    Value { key: &'static str, reason: String },
}

/// The environment variable of a key.
pub(crate) fn variable(key: &str) -> String {
    format!("FLEX_{}", key.to_uppercase().replace('.', "__"))
}

impl Settings {
    /// Reads the file, if one is named, and the environment.
    pub fn load(path: Option<&Path>) -> Result<Self, Error> {
        let mut builder = Config::builder().add_source(File::from_str(DEFAULTS, FileFormat::Toml));
        let mut secrets = Vec::new();
        if let Some(path) = path {
            let file = File::from(path).format(FileFormat::Toml);
            let wrong = |error: ConfigError| Error::File { path: path.to_owned(), reason: error.to_string() };
            let alone = builder.clone().add_source(file.clone()).build().map_err(wrong)?;
            secrets = secret_variables(&alone);
            builder = builder.add_source(file);
        }
        let Read { variables, notes } = environment::of(env::vars_os(), &secrets)?;
        let whole = builder.add_source(environment::source(&variables)).build()?.try_deserialize();
        let settings: Self = whole.map_err(|error| match path {
            // Each variable was valid on its own.
            Some(path) => Error::File { path: path.to_owned(), reason: error.to_string() },
            None => error.into(),
        })?;
        settings.check()?;
        Ok(Self { file: path.map(Path::to_owned), notes, ..settings })
    }

    /// Checks what the types do not.
    fn check(&self) -> Result<(), Error> {
        let wrong = |key, reason: &str| Err(Error::Value { key, reason: reason.to_owned() });
        let url = &self.public_url;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return wrong("public_url", "is not an address such as https://flex.example.org");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return wrong("public_url", "has a user or a password");
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return wrong(
                "public_url",
                "must be an origin without path, query, and fragment: https://flex.example.org",
            );
        }
        if self.data.as_os_str().is_empty() {
            return wrong("data", "does not name a folder");
        }
        if self.database.connections == 0 {
            return wrong("database.connections", "must be at least 1");
        }
        if DAY_IN_MINUTES < self.probe.every_minutes {
            return wrong("probe.every_minutes", "must be at most 1440, a day");
        }
        let filter = EnvFilter::try_new(&self.log.filter);
        filter.map(|_| ()).map_err(|error| Error::Value { key: "log.filter", reason: error.to_string() })
    }

    /// The database's address.
    pub fn database_url(&self) -> String {
        let file = || format!("sqlite://{}", self.data.join("flex.db").display());
        self.database.url.clone().unwrap_or_else(file)
    }

    /// The same for display: it may hold a password.
    pub fn shown_database_url(&self) -> String {
        let url = self.database_url();
        let Ok(mut shown) = Url::parse(&url) else {
            return url.split_once(':').map_or_else(String::new, |(scheme, _)| format!("{scheme}:…"));
        };
        let _ = shown.set_password(None);
        shown.set_query(None);
        shown.into()
    }

    /// Where SQLite's database is; `None` for PostgreSQL.
    pub fn database_file(&self) -> Option<PathBuf> {
        store::Options { url: self.database_url(), connections: 1 }.file()
    }

    /// The path of the key that seals secrets in the database.
    pub fn sealing_key(&self) -> PathBuf {
        self.data.join("sealing.key")
    }

    /// Files with the secrets that we share with payers.
    pub fn secret_files(&self) -> impl Iterator<Item = PathBuf> {
        let providers = each(&self.payers).filter_map(|provider| provider.client_secret_file.clone());
        providers.chain(each(&self.code_hooks).filter_map(|hook| hook.secret_file.clone()))
    }
}

fn each<T>(known: &PerPayer<T>) -> impl Iterator<Item = &T> {
    known.values().flat_map(BTreeMap::values).flat_map(BTreeMap::values)
}

/// The variables that the file names for secrets: their names may begin like ours.
fn secret_variables(file: &Config) -> Vec<String> {
    let named = |section: &str, key: &str| -> Vec<String> {
        // If a section is malformed, reading the settings reports it.
        let known: PerPayer<BTreeMap<String, config::Value>> = file.get(section).unwrap_or_default();
        each(&known).filter_map(|entry| entry.get(key)?.clone().into_string().ok()).collect()
    };
    [named("payers", "client_secret_env"), named("code_hooks", "secret_env")].concat()
}

impl PayerProvider {
    /// The client secret.
    pub fn client_secret(&self) -> Result<Zeroizing<String>, String> {
        let read = secret(self.client_secret_file.as_deref(), self.client_secret_env.as_deref());
        read.unwrap_or_else(|| Err("give either `client_secret_file` or `client_secret_env`".to_owned()))
    }
}

impl CodeHook {
    /// The signing secret.
    pub fn secret(&self) -> Result<Zeroizing<String>, String> {
        let read = secret(self.secret_file.as_deref(), self.secret_env.as_deref());
        read.unwrap_or_else(|| Err("give either `secret_file` or `secret_env`".to_owned()))
    }
}

/// A secret without its line ending, from whichever of the two is given; `None` if both or neither are.
fn secret(file: Option<&Path>, variable: Option<&str>) -> Option<Result<Zeroizing<String>, String>> {
    let read = match (file, variable) {
        (Some(file), None) => fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display())),
        (None, Some(name)) => env::var(name).map_err(|error| format!("{name}: {error}")),
        _ => return None,
    };
    let cut = |text: Zeroizing<String>| Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned());
    let secret = read.map(|text| cut(Zeroizing::new(text)));
    Some(secret.and_then(|secret| if secret.is_empty() { Err("the secret is empty".to_owned()) } else { Ok(secret) }))
}
