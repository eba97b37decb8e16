//! Payers' identity providers and code hooks: from settings to services.

mod code_hooks;
mod fetch;

use std::{collections::BTreeMap, fmt, sync::Arc};

use identity::payer_accounts::Home;
use model::{
    id::PayerId,
    partition::{Environment, Partition, ProgramId, UnknownEnvironment},
};
use payers::{
    Payers,
    code_hook::CodeHook,
    fetch::Fetch,
    provider::{Credentials, Issuer, Provider},
};
use programs::{Programs, program::Payer};

use crate::{
    Failure,
    settings::{PayerProvider, Settings, variable},
};

/// Every mistake in the settings. Displayed as one per line.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub struct SettingsErrors(Vec<SettingsError>);

#[derive(Debug, PartialEq, Eq)]
struct SettingsError {
    /// The settings file, if there is one.
    file: Option<String>,
    key: String,
    message: String,
}

impl fmt::Display for SettingsErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, SettingsError { file, key, message }) in self.0.iter().enumerate() {
            let line = if index == 0 { "" } else { "\n" };
            match file {
                Some(file) => write!(f, "{line}{file}: `{key}`: {message}")?,
                None => write!(f, "{line}`{key}` ({}): {message}", variable(key))?,
            }
        }
        Ok(())
    }
}

/// What the settings say about payers.
#[derive(Default)]
pub struct Known {
    pub providers: Vec<Provider>,
    pub code_hooks: Vec<CodeHook>,
}

/// What the settings name. Adds each provider to the programs, which no one may share yet.
pub fn known(settings: &Settings, programs: &mut Programs) -> Result<Known, SettingsErrors> {
    let mut errors = Vec::new();
    let providers =
        read(settings, "payers", &settings.payers, &mut errors, |home, entry| provider(programs, home, entry));
    let hooks = &settings.code_hooks;
    let code_hooks =
        read(settings, "code_hooks", hooks, &mut errors, |home, entry| code_hooks::hook(programs, home, entry));
    if errors.is_empty() { Ok(Known { providers, code_hooks }) } else { Err(SettingsErrors(errors)) }
}

/// The part of an entry's key that is wrong, and the reason.
type Wrong = (&'static str, String);

/// The entries of a section, for each program, payer and environment.
fn read<E, T>(
    settings: &Settings,
    section: &str,
    entries: &BTreeMap<String, BTreeMap<String, BTreeMap<String, E>>>,
    errors: &mut Vec<SettingsError>,
    mut read: impl FnMut(Home, &E) -> Result<T, Wrong>,
) -> Vec<T> {
    let mut found = Vec::new();
    for (program, payers) in entries {
        for (payer, environments) in payers {
            for (environment, entry) in environments {
                match home([program, payer, environment]).and_then(|home| read(home, entry)) {
                    Ok(one) => found.push(one),
                    Err((field, message)) => {
                        let file = settings.file.as_ref().map(|file| file.display().to_string());
                        let key = format!("{section}.{program}.{payer}.{environment}{field}");
                        errors.push(SettingsError { file, key, message });
                    }
                }
            }
        }
    }
    found
}

fn home([program, payer, environment]: [&String; 3]) -> Result<Home, Wrong> {
    let environment: Environment =
        environment.parse().map_err(|error: UnknownEnvironment| ("", format!("`{environment}` is {error}")))?;
    let partition = Partition::new(&ProgramId::new(program.as_str()), environment);
    Ok(Home { partition, payer: PayerId::new(payer) })
}

fn provider(programs: &mut Programs, home: Home, known: &PayerProvider) -> Result<Provider, Wrong> {
    let Home { partition, payer } = &home;
    programs.configure_provider(partition, payer).map_err(|error| ("", error.to_string()))?;
    let issuer = Issuer::parse(&known.issuer).map_err(|error| (".issuer", format!("`{}` {error}", known.issuer)))?;
    if known.client_id.is_empty() {
        return Err((".client_id", "is empty".to_owned()));
    }
    let client_secret = known.client_secret().map_err(|error| ("", error))?;
    let credentials = Credentials { client_id: known.client_id.clone(), client_secret };
    let program = programs.get(&partition.program);
    let found = program
        .and_then(|program| program.payer(payer))
        .and_then(|payer| Some((payer, payer.identity_provider.as_ref()?)));
    let (name, rule) = found.map(|(payer, rule)| (payer.name.clone(), rule)).ok_or(("", "is not known".to_owned()))?;
    Ok(Provider::new(home, name, issuer, credentials, rule))
}

/// The payers whose members cannot sign in, because the settings do not name a provider that the program file declares.
/// One sentence each.
pub fn missing(programs: &Programs) -> Vec<String> {
    let sentence = |(partition, payer): (Partition, &Payer)| {
        format!(
            "{partition}: {} ({}) signs its members in at its own identity provider, and the settings do not name it: \
             until they contain `[payers.{}.{}.production]`, none of them can connect an app",
            payer.name, payer.id, partition.program, payer.id
        )
    };
    programs.without_provider().map(sentence).collect()
}

/// With the network client, which is created only if there is a provider or hook to call.
pub fn services(settings: &Settings, known: Known) -> Result<Payers, Failure> {
    let Known { providers, code_hooks } = known;
    let is_unconfigured = providers.is_empty() && code_hooks.is_empty();
    let fetch: Arc<dyn Fetch> =
        if is_unconfigured { Arc::new(fetch::Unconfigured) } else { Arc::new(fetch::Client::new()?) };
    Ok(Payers::new(providers, &settings.public_url, fetch).with_code_hooks(code_hooks))
}

#[cfg(test)]
mod tests {
    use std::{fs, path::PathBuf};

    use super::*;

    /// The settings in this file, in a folder for this test.
    fn settings(name: &str, text: &str) -> Result<Settings, crate::settings::Error> {
        let file = folder(name).join("flex.toml");
        fs::write(&file, text).unwrap();
        Settings::load(Some(&file))
    }

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("flex-settings-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn read(name: &str, text: &str) -> Result<Known, String> {
        let settings = settings(name, text).map_err(|error| error.to_string())?;
        let mut programs = Programs::embedded().unwrap();
        let read = known(&settings, &mut programs).map_err(|error| error.to_string());
        let place = settings.file.unwrap().display().to_string();
        fs::remove_dir_all(folder(name)).unwrap();
        read.map_err(|error| error.replace(&place, "flex.toml"))
    }

    #[test]
    fn a_provider_has_its_rule_from_the_program_file_and_its_secret_from_a_file() {
        let secret = folder("right").join("secret");
        fs::write(&secret, "s3cret with spaces \n").unwrap();
        let text = format!(
            "[payers.\"oph-ca\".\"university-of-california\".production]\nissuer = \"https://login.example.edu\"\n\
             client_id = \"flex\"\nclient_secret_file = {:?}\n",
            secret.display().to_string()
        );
        let providers = read("right", &text).unwrap().providers;
        let [provider] = &providers[..] else { panic!("{}", providers.len()) };
        assert_eq!(provider.home.partition.to_string(), "oph-ca/production");
        assert_eq!(
            (provider.name.as_str(), provider.issuer.as_str()),
            ("University of California", "https://login.example.edu")
        );
        assert_eq!(provider.credentials.client_secret.as_str(), "s3cret with spaces ");
        assert_eq!(provider.member_id.claim, "member_id");
    }

    #[test]
    fn everything_that_cannot_be_meant_is_named_with_file_and_key() {
        fn entry(key: &str, issuer: &str, secret: &str) -> String {
            format!("[payers.{key}]\nissuer = \"{issuer}\"\nclient_id = \"flex\"\n{secret}\n")
        }
        let (issuer, secret) = ("https://login.example.edu", "client_secret_env = \"PATH\"");
        let text = [
            entry("nevada.someone.sandbox", issuer, secret),
            entry("oph-ca.missing.sandbox", issuer, secret),
            entry("oph-ca.county-of-ventura.staging", issuer, secret),
            entry("oph-ca.county-of-ventura.sandbox", "http://login.example.edu", secret),
            entry("oph-ca.ibew-local-18.sandbox", issuer, ""),
            entry("oph-ca.ibew-local-18.production", issuer, "client_secret_file = \"/no/such/file\""),
            entry("idaho.optum-idaho.sandbox", issuer, secret),
        ]
        .concat();
        let Err(errors) = read("wrong", &text) else { panic!("taken") };
        let expect = [
            "flex.toml: `payers.idaho.optum-idaho.sandbox`: according to the program file, the payer does not have an identity provider in this environment",
            "flex.toml: `payers.nevada.someone.sandbox`: this program does not exist",
            "flex.toml: `payers.oph-ca.county-of-ventura.sandbox.issuer`: `http://login.example.edu` is not an https URL without query, fragment, and user (http is allowed for 127.0.0.1, [::1], and localhost)",
            "flex.toml: `payers.oph-ca.county-of-ventura.staging`: `staging` is neither `sandbox` nor `production`",
            "flex.toml: `payers.oph-ca.ibew-local-18.production`: /no/such/file: No such file or directory (os error 2)",
            "flex.toml: `payers.oph-ca.ibew-local-18.sandbox`: give either `client_secret_file` or `client_secret_env`",
            "flex.toml: `payers.oph-ca.missing.sandbox`: the program does not have this payer",
        ];
        assert_eq!(errors.lines().collect::<Vec<_>>(), expect);
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        let text = "[payers.oph-ca.university-of-california.sandbox]\nissuer = \"https://login.example.edu\"\n\
                    client_id = \"flex\"\nclient_secret = \"in the open\"\n";
        let Err(error) = read("unknown", text) else { panic!("taken") };
        assert!(error.contains("client_secret") && !error.contains("in the open"), "{error}");
    }

    #[test]
    fn a_payer_whose_provider_is_declared_and_not_configured_is_named() {
        let mut programs = Programs::embedded().unwrap();
        let university = PayerId::new("university-of-california");
        let named = |programs: &Programs| {
            missing(programs)
                .iter()
                .filter(|line| line.contains("[payers.oph-ca.university-of-california.production]"))
                .count()
        };
        assert_eq!((named(&programs), missing(&programs).len()), (1, 4), "{:?}", missing(&programs));
        let sandbox = Partition::new(&ProgramId::new("oph-ca"), Environment::Sandbox);
        programs.configure_provider(&sandbox, &university).unwrap();
        assert_eq!(named(&programs), 1, "the sandbox's is another one");
        programs
            .configure_provider(&Partition { environment: Environment::Production, ..sandbox }, &university)
            .unwrap();
        assert_eq!(named(&programs), 0);
    }

    #[test]
    fn without_settings_every_member_signs_in_with_healthcare_id() {
        assert!(read("none", "").unwrap().providers.is_empty());
    }
}
