//! Environment variables over the settings: `FLEX_DATABASE__URL` is `database.url`. One that is not a setting stops the
//! start, because it was meant as one, except those that Kubernetes and Docker add for a service or container named
//! `flex`.

use std::{collections::BTreeMap, ffi::OsString};

use config::{Config, ConfigError, Environment, File, FileFormat};

use super::{DEFAULTS, Error, Settings};

const PREFIX: &str = "FLEX_";
/// A single variable of these is not complete on its own.
const OF_PAYERS: [&str; 2] = ["FLEX_PAYERS__", "FLEX_CODE_HOOKS__"];

/// Names and values of our variables.
pub(super) type Variables = BTreeMap<String, String>;

/// What the environment contains for us.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) variables: Variables,
    /// Possible mistakes that do not stop the start.
    pub(super) notes: Vec<String>,
}

/// Which of the variables are settings. `secrets` are variables whose names the settings define.
pub(super) fn of(variables: impl Iterator<Item = (OsString, OsString)>, secrets: &[String]) -> Result<Read, Error> {
    let (mut read, mut wrong) = (Read::default(), Vec::new());
    for (name, value) in variables {
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)).map(str::to_owned) else { continue };
        if secrets.contains(&name) {
            continue;
        }
        let Ok(value) = value.into_string() else {
            wrong.push(format!("{name} is not text"));
            continue;
        };
        match check(&name, &value) {
            Ok(true) => _ = read.variables.insert(name, value),
            Ok(false) if name == "FLEX_PORT" && !value.contains("://") => {
                read.notes.push("FLEX_PORT is not a setting: FLEX_LISTEN says where the server listens".to_owned());
            }
            Ok(false) => {}
            Err(reason) => wrong.push(reason),
        }
    }
    if wrong.is_empty() { Ok(read) } else { Err(Error::Variables(wrong)) }
}

/// Whether it is a setting; an error says why it is not valid.
fn check(name: &str, value: &str) -> Result<bool, String> {
    if OF_PAYERS.iter().any(|start| name.starts_with(start)) {
        return Ok(true);
    }
    let alone = Variables::from([(name.to_owned(), value.to_owned())]);
    let defaults = Config::builder().add_source(File::from_str(DEFAULTS, FileFormat::Toml));
    let read = defaults.add_source(source(&alone)).build().and_then(Config::try_deserialize::<Settings>);
    match read {
        Ok(_) => Ok(true),
        // Without the value, which may hold a password.
        Err(error) if !is_unknown(&error) => {
            Err(format!("{name}: {}", error.to_string().replace(&format!("{value:?}"), "…")))
        }
        Err(_) if is_injected(name, value) => Ok(false),
        Err(_) => Err(format!(
            "{name} is not a setting: README.md lists them. Two underscores separate section and key, as in \
             FLEX_DATABASE__URL"
        )),
    }
}

pub(super) fn source(variables: &Variables) -> Environment {
    let source = variables.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    Environment::with_prefix("FLEX").separator("__").prefix_separator("_").source(Some(source))
}

fn is_unknown(error: &ConfigError) -> bool {
    error.to_string().contains("unknown field")
}

/// Whether an orchestrator adds such a variable. Kubernetes adds `FLEX_SERVICE_HOST`, `FLEX_SERVICE_PORT`,
/// `FLEX_SERVICE_PORT_HTTP` and, after Docker's links, `FLEX_PORT`, `FLEX_PORT_3000_TCP`, `FLEX_PORT_3000_TCP_ADDR`;
/// Docker also adds `FLEX_NAME` and `FLEX_ENV_PATH`. For a service named `flex-web` they begin with `FLEX_WEB_`.
fn is_injected(name: &str, value: &str) -> bool {
    if name.contains("__") {
        return false;
    }
    let words: Vec<&str> = name.split('_').skip(1).collect();
    let is_port = |number: &str, protocol: &str| {
        !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && matches!(protocol, "TCP" | "UDP" | "SCTP")
    };
    (0..words.len()).any(|place| match &words[place..] {
        ["SERVICE", "HOST"] | ["SERVICE", "PORT", ..] => true,
        // Injected values are addresses.
        ["PORT"] => name == "FLEX_PORT" || value.contains("://"),
        ["PORT", number, protocol] => is_port(number, protocol),
        ["PORT", number, protocol, "ADDR" | "PORT" | "PROTO" | "START" | "END"] => is_port(number, protocol),
        ["PORT", number, protocol, "PORT", "START" | "END"] => is_port(number, protocol),
        ["NAME"] => true,
        ["ENV", _, ..] => true,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Vec<String>, String> {
        let given = variables.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
        let ours = of(given, &["FLEX_SECRET_OF_A_PAYER".to_owned()]).map_err(|error| error.to_string())?;
        Ok(ours.variables.into_keys().collect())
    }

    #[test]
    fn what_an_orchestrator_adds_is_left_alone() {
        for name in [
            "FLEX_SERVICE_HOST",
            "FLEX_SERVICE_PORT",
            "FLEX_SERVICE_PORT_HTTP",
            "FLEX_SERVICE_PORT_HTTPS_WEB",
            "FLEX_PORT",
            "FLEX_PORT_3000_TCP",
            "FLEX_PORT_3000_TCP_ADDR",
            "FLEX_PORT_3000_TCP_PORT",
            "FLEX_PORT_3000_TCP_PROTO",
            "FLEX_PORT_53_UDP_ADDR",
            "FLEX_NAME",
            "FLEX_ENV_PATH",
            "FLEX_DB_SERVICE_HOST",
            "FLEX_DB_PORT_5432_TCP_ADDR",
            "FLEX_WEB_1_PORT_3000_TCP",
        ] {
            assert_eq!(read(&[(name, "tcp://10.0.0.1:3000")]), Ok(Vec::new()), "{name}");
        }
        assert_eq!(
            read(&[("FLEX_PORT", "3000"), ("FLEX", "x"), ("PATH", "/bin"), ("FLEXIBLE_X", "y")]),
            Ok(Vec::new())
        );
    }

    #[test]
    fn settings_are_settings_and_secrets_have_names_of_their_own() {
        let given = [
            ("FLEX_CODE_HOOKS__IDAHO__OPTUM-IDAHO__PRODUCTION__URL", "https://codes.example"),
            ("FLEX_DATABASE__URL", "sqlite://x"),
            ("FLEX_LISTEN", "[::]:80"),
            ("FLEX_LOG__JSON", "true"),
            ("FLEX_PAYERS__OPH-CA__UC__SANDBOX__ISSUER", "https://login.example"),
            ("FLEX_SECRET_OF_A_PAYER", "s3cret"),
        ];
        let expect = given.iter().take(5).map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(read(&given), Ok(expect));
    }

    #[test]
    fn every_variable_that_cannot_be_meant_is_named_and_none_shows_a_secret() {
        let said = read(&[
            ("FLEX_DATABASE_URL", "postgres://flex:s3cret@db"),
            ("FLEX_LISTEN", "nowhere"),
            ("FLEX_DATABASE__CONNECTIONS", "many"),
            ("FLEX_DATABASE", "postgres://flex:s3cret@db"),
            ("FLEX_LOG__JSON", "perhaps"),
            ("FLEX_PROXIES", "10.0.0.0/40"),
            ("FLEX_MAIL__SMTP__HOST", "s3cret"),
            ("FLEX_PORTS", "3000"),
            ("FLEX_PORT_X_TCP", "3000"),
            ("FLEX_LISTEN_PORT", "3000"),
        ])
        .unwrap_err();
        for name in [
            "FLEX_DATABASE_URL ",
            "FLEX_LISTEN:",
            "FLEX_DATABASE__CONNECTIONS:",
            "FLEX_DATABASE:",
            "FLEX_LOG__JSON:",
            "FLEX_PROXIES:",
            "FLEX_MAIL__SMTP__HOST",
            "FLEX_PORTS ",
            "FLEX_PORT_X_TCP ",
            "FLEX_LISTEN_PORT ",
        ] {
            assert!(said.contains(name), "{name} {said}");
        }
        assert_eq!(said.lines().count(), 11, "{said}");
        assert!(!said.contains("s3cret"), "{said}");
    }
}
