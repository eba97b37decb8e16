//! Where a payer's code hook is, from the settings.

use identity::payer_accounts::Home;
use model::channel::Channel;
use payers::code_hook::{CodeHook, Secret};
use programs::{NoSuchProvider, Programs};

use super::Wrong;
use crate::settings;

pub fn hook(programs: &Programs, home: Home, known: &settings::CodeHook) -> Result<CodeHook, Wrong> {
    let environment = home.partition.environment;
    let program = programs.get(&home.partition.program).ok_or_else(|| ("", NoSuchProvider::Program.to_string()))?;
    let payer = program.payer(&home.payer).ok_or_else(|| ("", NoSuchProvider::Payer.to_string()))?;
    if !program.serves(environment) || !payer.asks_for_code(environment) {
        let why = format!(
            "no code would be sent there: the program file does not ask this payer's members for one in {environment}"
        );
        return Err(("", why));
    }
    // Without the value: a part of it that does not belong there may be a secret.
    let url = CodeHook::url(&known.url).map_err(|error| (".url", error.to_string()))?;
    let channels = channels(known.channels.as_deref()).map_err(|error| (".channels", error))?;
    let text = known.secret().map_err(|error| ("", error))?;
    let field = if known.secret_file.is_some() { ".secret_file" } else { ".secret_env" };
    let secret = Secret::parse(&text).map_err(|error| (field, format!("the secret {error}")))?;
    Ok(CodeHook { name: payer.name.clone(), home, url, channels, secret })
}

/// `phone letter`; we send email ourselves.
fn channels(text: Option<&str>) -> Result<Vec<Channel>, String> {
    let own = [Channel::Phone, Channel::Letter];
    let Some(text) = text else { return Ok(own.into()) };
    let find = |word: &str| {
        let channel = own.into_iter().find(|channel| channel.as_str() == word);
        channel.ok_or_else(|| format!("`{word}` is neither `phone` nor `letter`"))
    };
    match text.split_whitespace().map(find).collect::<Result<Vec<_>, _>>() {
        Ok(channels) if channels.is_empty() => Err("must name `phone` or `letter`".to_owned()),
        found => found,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use model::channel::Channel;
    use programs::Programs;
    use store::testing::temporary_folder;

    use crate::{
        payers::{Known, known},
        settings::Settings,
    };

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// What these settings mean, together with files that hold these secrets.
    fn read(text: &str, secrets: &[(&str, &str)]) -> Result<Known, String> {
        let folder = temporary_folder("code-hooks");
        for (name, secret) in secrets {
            fs::write(folder.join(name), secret).unwrap();
        }
        let shown = folder.display().to_string();
        fs::write(folder.join("flex.toml"), text.replace("{folder}", &shown)).unwrap();
        let settings = Settings::load(Some(&folder.join("flex.toml"))).map_err(|error| error.to_string());
        let read = settings.and_then(|settings| {
            known(&settings, &mut Programs::embedded().unwrap()).map_err(|error| error.to_string())
        });
        fs::remove_dir_all(&folder).unwrap();
        read.map_err(|error| error.replace(&format!("{shown}/"), ""))
    }

    fn entry(key: &str, url: &str, more: &str) -> String {
        format!("[code_hooks.{key}]\nurl = \"{url}\"\n{more}\n")
    }

    const FILE: &str = "secret_file = \"{folder}/secret\"";
    const URL: &str = "https://codes.example.org/flex";
    const IDAHO: &str = "idaho.optum-idaho.production";

    #[test]
    fn a_hook_has_its_url_its_secret_from_a_file_and_what_it_can_do() {
        for (more, expect) in [
            ("", &[Channel::Phone, Channel::Letter][..]),
            ("channels = \"letter phone\"", &[Channel::Letter, Channel::Phone]),
            ("channels = \"letter\"", &[Channel::Letter]),
        ] {
            let text = entry(IDAHO, URL, &format!("{FILE}\n{more}"));
            let hooks = read(&text, &[("secret", &format!("{SECRET}\n"))]).unwrap().code_hooks;
            let [hook] = &hooks[..] else { panic!("{}", hooks.len()) };
            assert_eq!(
                (hook.home.partition.to_string().as_str(), hook.name.as_str()),
                ("idaho/production", "Optum Idaho")
            );
            assert_eq!((hook.url.as_str(), &hook.channels[..]), (URL, expect));
        }
    }

    #[test]
    fn everything_that_cannot_be_meant_is_named_with_file_and_key() {
        let text = [
            entry("nevada.someone.production", URL, FILE),
            entry("idaho.missing.production", URL, FILE),
            entry("idaho.optum-idaho.staging", URL, FILE),
            entry("idaho.optum-idaho.sandbox", URL, FILE),
            entry("oph-ca.university-of-california.production", URL, FILE),
            entry("oph-ca.ibew-local-18.production", URL, FILE),
            entry(IDAHO, "http://codes.example.org/flex", FILE),
        ];
        let never = "no code would be sent there: the program file does not ask this payer's members for one in";
        let expect = [
            "flex.toml: `code_hooks.idaho.missing.production`: the program does not have this payer".to_owned(),
            format!(
                "flex.toml: `code_hooks.{IDAHO}.url`: is not an https URL without query, fragment, and user (http is allowed \
                 for 127.0.0.1, [::1], and localhost)"
            ),
            format!("flex.toml: `code_hooks.idaho.optum-idaho.sandbox`: {never} sandbox"),
            "flex.toml: `code_hooks.idaho.optum-idaho.staging`: `staging` is neither `sandbox` nor `production`"
                .to_owned(),
            "flex.toml: `code_hooks.nevada.someone.production`: this program does not exist".to_owned(),
            format!("flex.toml: `code_hooks.oph-ca.ibew-local-18.production`: {never} production"),
            format!("flex.toml: `code_hooks.oph-ca.university-of-california.production`: {never} production"),
        ];
        let Err(errors) = read(&text.concat(), &[("secret", SECRET)]) else { panic!("taken") };
        assert_eq!(errors.lines().collect::<Vec<_>>(), expect);
    }

    #[test]
    fn a_secret_that_signs_nothing_is_named_and_not_shown() {
        let key = format!("flex.toml: `code_hooks.{IDAHO}");
        for (url, more, expect) in [
            (URL, "", format!("{key}`: give either `secret_file` or `secret_env`")),
            (URL, "secret_file = \"{folder}/secret\"\nsecret_env = \"PATH\"", format!("{key}`: give either")),
            (URL, "secret_file = \"{folder}/missing\"", format!("{key}`: missing: No such file")),
            (
                URL,
                "secret_env = \"FLEX_NO_SUCH_SECRET\"",
                format!("{key}`: FLEX_NO_SUCH_SECRET: environment variable not found"),
            ),
            (URL, "secret_file = \"{folder}/empty\"", format!("{key}`: the secret is empty")),
            (
                URL,
                "secret_file = \"{folder}/short\"",
                format!("{key}.secret_file`: the secret is not 24 to 64 random bytes"),
            ),
            (URL, "secret_env = \"PATH\"", format!("{key}.secret_env`: the secret is not 24 to 64 random bytes")),
            (URL, &format!("{FILE}\nchannels = \"phone pigeon\""), format!("{key}.channels`: `pigeon` is neither")),
            (URL, &format!("{FILE}\nchannels = \"email\""), format!("{key}.channels`: `email` is neither")),
            (URL, &format!("{FILE}\nchannels = \"\""), format!("{key}.channels`: must name `phone` or `letter`")),
            ("https://user@codes.example.org", FILE, format!("{key}.url`:")),
            ("https://codes.example.org/?key=hush-hush", FILE, format!("{key}.url`:")),
        ] {
            let secrets = [("secret", SECRET), ("empty", "\n"), ("short", "hush-hush")];
            let Err(error) = read(&entry(IDAHO, url, more), &secrets) else { panic!("taken: {more}") };
            assert!(error.starts_with(&expect), "{expect}: {error}");
            assert!(!error.contains("MfKQ9r8") && !error.contains("hush-hush"), "{error}");
        }
    }

    #[test]
    fn an_unknown_key_is_an_error_of_its_file() {
        let Err(error) = read(&entry(IDAHO, URL, "secret = \"in the open\""), &[]) else { panic!("taken") };
        assert!(error.contains("flex.toml") && error.contains("secret") && !error.contains("in the open"), "{error}");
        let Err(error) = read(&format!("[code_hooks.{IDAHO}]\n{FILE}\n"), &[]) else { panic!("taken") };
        assert!(error.contains("flex.toml") && error.contains("url"), "{error}");
    }
}
