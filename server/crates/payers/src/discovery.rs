//! What a provider says of itself (OpenID Connect Discovery 1.0 §4).

use oauth2::AuthType;
use serde::Deserialize;
use url::Url;

use crate::{
    client,
    fault::Fault,
    fetch::{self, Fetch, Request},
    provider::{Issuer, is_safe},
};

/// As far as we use it.
#[derive(Debug)]
pub struct Metadata {
    pub authorization_endpoint: Url,
    pub token_endpoint: Url,
    pub userinfo_endpoint: Option<Url>,
    pub end_session_endpoint: Option<Url>,
    pub jwks_uri: Url,
    /// How we prove at the token endpoint who we are.
    pub auth_type: AuthType,
    /// `id_token_signing_alg_values_supported`
    pub algorithms: Vec<String>,
    /// Whether its answers always name it (RFC 9207 §3).
    pub names_itself: bool,
}

/// As it is written.
#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    userinfo_endpoint: Option<Url>,
    end_session_endpoint: Option<Url>,
    jwks_uri: Url,
    #[serde(default = "basic")]
    token_endpoint_auth_methods_supported: Vec<String>,
    #[serde(default)]
    id_token_signing_alg_values_supported: Vec<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// Discovery 1.0 §3: the default.
fn basic() -> Vec<String> {
    vec!["client_secret_basic".to_owned()]
}

/// Fetches and checks it. The issuer must be the one that was asked, to the letter (§4.3): a document that speaks for
/// another provider is refused.
pub async fn fetch(fetch: &dyn Fetch, issuer: &Issuer) -> Result<Metadata, Fault> {
    let base = issuer.as_str().strip_suffix('/').unwrap_or(issuer.as_str());
    let url = Url::parse(&format!("{base}/.well-known/openid-configuration"));
    let url = url.map_err(|_| Fault::Metadata("the issuer is not a base for addresses"))?;
    let document: Document = fetch::json(fetch, "discovery", Request::get(url)).await?;
    check(document, issuer)
}

fn check(document: Document, issuer: &Issuer) -> Result<Metadata, Fault> {
    if document.issuer != issuer.as_str() {
        return Err(Fault::Metadata("`issuer` is not the one that was asked"));
    }
    let endpoints = [&document.authorization_endpoint, &document.token_endpoint, &document.jwks_uri];
    let optional = [&document.userinfo_endpoint, &document.end_session_endpoint].into_iter().flatten();
    if !endpoints.into_iter().chain(optional).all(is_safe) {
        return Err(Fault::Metadata("an endpoint has no https address"));
    }
    let auth_type = client::choose(&document.token_endpoint_auth_methods_supported);
    Ok(Metadata {
        auth_type: auth_type.ok_or(Fault::Metadata("it takes neither client_secret_basic nor client_secret_post"))?,
        authorization_endpoint: document.authorization_endpoint,
        token_endpoint: document.token_endpoint,
        userinfo_endpoint: document.userinfo_endpoint,
        end_session_endpoint: document.end_session_endpoint,
        jwks_uri: document.jwks_uri,
        algorithms: document.id_token_signing_alg_values_supported,
        names_itself: document.authorization_response_iss_parameter_supported,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_document_speaks_for_the_issuer_that_was_asked_and_over_https() {
        let case = |name: &str, value: Value, expect: bool| {
            let mut document = json!({
                "issuer": "https://op.example", "authorization_endpoint": "https://op.example/auth",
                "token_endpoint": "https://op.example/token", "jwks_uri": "https://keys.example/jwks",
            });
            document[name] = value.clone();
            let read: Option<Document> = serde_json::from_value(document).ok();
            let issuer = Issuer::parse("https://op.example").unwrap();
            assert_eq!(read.is_some_and(|read| check(read, &issuer).is_ok()), expect, "{name} {value}");
        };
        case("issuer", json!("https://op.example"), true);
        case("issuer", json!("https://op.example/"), false);
        case("issuer", json!("https://evil.example"), false);
        case("token_endpoint", json!("http://op.example/token"), false);
        case("jwks_uri", json!("file:///etc/passwd"), false);
        case("userinfo_endpoint", json!("http://op.example/me"), false);
        case("end_session_endpoint", json!("javascript:alert(1)"), false);
        case("authorization_endpoint", Value::Null, false);
        case("token_endpoint_auth_methods_supported", json!(["client_secret_post"]), true);
        case("token_endpoint_auth_methods_supported", json!(["private_key_jwt"]), false);
    }
}
