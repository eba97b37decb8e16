//! How we prove at a token endpoint who we are (OpenID Connect Core §9).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use url::form_urlencoded::{Serializer, byte_serialize};
use zeroize::Zeroizing;

use crate::provider::Credentials;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Basic,
    Post,
}

impl Method {
    /// Basic where the provider takes it: every server must (RFC 6749 §2.3.1).
    pub fn choose(supported: &[String]) -> Option<Self> {
        let has = |name: &str| supported.iter().any(|method| method == name);
        match () {
            () if has("client_secret_basic") => Some(Self::Basic),
            () if has("client_secret_post") => Some(Self::Post),
            () => None,
        }
    }

    /// The `Authorization` header, or what is added to the form.
    pub fn prove(self, credentials: &Credentials, form: &mut Serializer<'_, String>) -> Option<String> {
        let Credentials { client_id, client_secret } = credentials;
        match self {
            Self::Basic => {
                let pair = Zeroizing::new(format!("{}:{}", encoded(client_id), encoded(client_secret)));
                Some(format!("Basic {}", STANDARD.encode(pair.as_bytes())))
            }
            Self::Post => {
                form.append_pair("client_id", client_id).append_pair("client_secret", client_secret);
                None
            }
        }
    }
}

/// RFC 6749 §2.3.1: each half is form-encoded before Basic encodes both.
fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_encodes_each_half_and_post_goes_into_the_form() {
        let secret = Zeroizing::new("a:b %".to_owned());
        let credentials = Credentials { client_id: "flex:1".to_owned(), client_secret: secret };
        let mut form = Serializer::new(String::new());
        let header = Method::Basic.prove(&credentials, &mut form).unwrap();
        assert_eq!(header, format!("Basic {}", STANDARD.encode("flex%3A1:a%3Ab+%25")));
        assert_eq!(Method::Post.prove(&credentials, &mut form), None);
        assert_eq!(form.finish(), "client_id=flex%3A1&client_secret=a%3Ab+%25");
    }
}
