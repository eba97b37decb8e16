//! How an app publishes the public keys that it signs with: in its registration, or at its own address.

use crate::{
    form,
    form::{
        Code, Errors, FieldError,
        input::{Choice, Input},
    },
    https_url::HttpsUrl,
    jwk::JwkSet,
};

/// `jwks` or `jwks_uri` of RFC 7591 §2; never both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientKeys {
    Set(JwkSet),
    Url(JwksUrl),
}

/// An `https` address of a public host, without user name, password or fragment, where a JWK set is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct JwksUrl(String);

parsed_text!(JwksUrl);

words! {
    /// Where the keys are.
    KeySource {
        Url = "url",
        Set = "set",
    }
}

impl JwksUrl {
    pub fn parse(text: &str) -> Result<Self, Code> {
        let url = HttpsUrl::parse(text)?;
        if url.as_str().contains('#') { Err(Code::Fragment) } else { Ok(Self(url.into())) }
    }
}

form! {
    /// What a vendor typed.
    pub struct ClientKeysForm("client-keys") {
        /// `url` or `set`; the field of the other one is ignored.
        source: String = Input::radios("Where are your public keys?", "Choose where your public keys are.").choices([
            Choice::new("url", "At your own web address")
                .about("You can change the keys there at any time. We read them again within five minutes."),
            Choice::new("set", "Here, as a JSON Web Key Set"),
        ]);
        jwks_uri: String = Input::url("Address of the JSON Web Key Set", "Enter the address of the key set.")
            .optional()
            .hint("A public https:// address, such as https://app.example.com/jwks.json. We do not follow redirects.");
        jwks: String = Input::area(10, "JSON Web Key Set", "Paste the key set.").optional().hint(
            "{\"keys\": [ … ]} with public keys only: RSA of at least 2048 bits for RS256 or RS384, EC on P-256 for ES256 or on \
             P-384 for ES384. Give each key its own \"kid\". 16 KB at most.",
        );
        /// The app that the keys are of.
        application: String = Input::hidden();
    }
}

impl ClientKeysForm {
    pub fn parse(&self) -> Result<ClientKeys, Vec<FieldError>> {
        let mut errors = Errors::default();
        let keys = match errors.read("source", &self.source) {
            None => None,
            Some(KeySource::Url) => errors.take("jwks_uri", JwksUrl::parse(&self.jwks_uri)).map(ClientKeys::Url),
            Some(KeySource::Set) => errors.take("jwks", JwkSet::parse(&self.jwks)).map(ClientKeys::Set),
        };
        errors.finish(keys)
    }

    /// Without what may be a private key. Text that is not a set of public keys is not kept, wherever the form goes next.
    #[must_use]
    pub fn without_secrets(self) -> Self {
        let hides = matches!(JwkSet::parse(&self.jwks), Err(Code::PrivateKey | Code::NotAJwks | Code::TooLong));
        let jwks = if hides { String::new() } else { self.jwks };
        Self { jwks, ..self }
    }
}

impl From<&ClientKeys> for ClientKeysForm {
    fn from(keys: &ClientKeys) -> Self {
        let form = Self::default();
        match keys {
            ClientKeys::Url(url) => {
                Self { source: KeySource::Url.to_string(), jwks_uri: url.as_str().to_owned(), ..form }
            }
            ClientKeys::Set(set) => Self { source: KeySource::Set.to_string(), jwks: set.to_string(), ..form },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Code::{Fragment, NotAChoice, NotAJwks, NotAPublicHost, NotAUrl, NotHttps, PrivateKey, Required, UserInfo};

    const KEY: &str = r#"{"keys":[{"crv":"P-256","kty":"EC","x":"q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s","y":"q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s"}]}"#;

    fn form(source: &str, jwks_uri: &str, jwks: &str) -> ClientKeysForm {
        ClientKeysForm {
            source: source.to_owned(),
            jwks_uri: jwks_uri.to_owned(),
            jwks: jwks.to_owned(),
            ..ClientKeysForm::default()
        }
    }

    #[test]
    fn keys_come_from_the_source_that_was_chosen() {
        let check = |source: &str, jwks_uri: &str, jwks: &str, expect: Result<&str, (&str, Code)>| {
            let parsed = form(source, jwks_uri, jwks).parse();
            let text = parsed.as_ref().map(|keys| match keys {
                ClientKeys::Url(url) => url.to_string(),
                ClientKeys::Set(set) => set.to_string(),
            });
            let text = text.as_deref().map_err(|errors| (&*errors[0].field, errors[0].code));
            assert_eq!(text, expect, "{source} {jwks_uri} {jwks:.40}");
        };
        let url = "https://acme.example/jwks.json";
        check("url", url, "", Ok(url));
        check("url", " https://acme.example:8443/jwks?x=1 ", "junk", Ok("https://acme.example:8443/jwks?x=1"));
        check("set", "junk", KEY, Ok(KEY));
        check("", url, KEY, Err(("source", Required)));
        check("both", url, KEY, Err(("source", NotAChoice)));
        check("set", url, "", Err(("jwks", Required)));
        check("set", url, "{}", Err(("jwks", NotAJwks)));
        for (wrong, code) in [
            ("", Required),
            ("acme.example/jwks", NotAUrl),
            ("http://acme.example/jwks", NotHttps),
            ("https://user@acme.example/jwks", UserInfo),
            ("https://acme.example/jwks#key", Fragment),
            ("https://acme.example/jwks#", Fragment),
            ("https://localhost/jwks", NotAPublicHost),
            ("https://127.0.0.1/jwks", NotAPublicHost),
            ("https://[::ffff:10.0.0.1]/jwks", NotAPublicHost),
            ("https://169.254.169.254/latest/meta-data", NotAPublicHost),
            ("https://0x7f.1/jwks", NotAPublicHost),
        ] {
            check("url", wrong, "", Err(("jwks_uri", code)));
        }
    }

    #[test]
    fn a_form_reads_back_and_keeps_no_private_key() {
        for keys in [form("url", "https://acme.example/jwks", ""), form("set", "", KEY)] {
            assert_eq!(ClientKeysForm::from(&keys.parse().unwrap()), keys.clone().without_secrets());
        }
        let private = KEY.replace("\"x\"", "\"d\":\"AQAB\",\"x\"");
        assert_eq!(form("set", "", &private).parse().unwrap_err()[0].code, PrivateKey);
        for private in [private.as_str(), &private[..private.len() - 2], "-----BEGIN PRIVATE KEY-----"] {
            assert_eq!(form("set", "", private).without_secrets(), form("set", "", ""));
            assert_eq!(form("url", "", private).without_secrets(), form("url", "", ""));
        }
    }
}
