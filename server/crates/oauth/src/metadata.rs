//! What the authorization server says about itself. It announces only what it does, and every address is below the issuer.

use model::{jwk::SigningAlgorithm, locale::Locale};
use programs::{program::Program, surface::Surface};
use serde::Serialize;

use crate::{dpop, endpoint::Endpoint};

/// OpenID Connect Discovery 1.0 §3 and RFC 8414 §2: one document for both.
#[derive(Clone, Debug, Serialize)]
pub struct OpenidConfiguration {
    #[serde(flatten)]
    common: Common,
    userinfo_endpoint: String,
    /// RFC 9126 §5.
    pushed_authorization_request_endpoint: String,
    require_pushed_authorization_requests: bool,
    response_modes_supported: &'static [&'static str],
    subject_types_supported: &'static [&'static str],
    id_token_signing_alg_values_supported: &'static [&'static str],
    introspection_endpoint_auth_methods_supported: &'static [&'static str],
    introspection_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    revocation_endpoint_auth_methods_supported: &'static [&'static str],
    revocation_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    claims_supported: &'static [&'static str],
    ui_locales_supported: [&'static str; Locale::ALL.len()],
    prompt_values_supported: &'static [&'static str],
    /// RFC 9207 §3.
    authorization_response_iss_parameter_supported: bool,
    claims_parameter_supported: bool,
    request_parameter_supported: bool,
    request_uri_parameter_supported: bool,
}

/// SMART App Launch 2.2 §8.3.
#[derive(Clone, Debug, Serialize)]
pub struct SmartConfiguration {
    #[serde(flatten)]
    common: Common,
    /// Where members see and end what they allowed.
    management_endpoint: String,
    capabilities: Vec<&'static str>,
}

/// What both documents say.
#[derive(Clone, Debug, Serialize)]
struct Common {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    introspection_endpoint: String,
    revocation_endpoint: String,
    scopes_supported: Vec<String>,
    response_types_supported: &'static [&'static str],
    grant_types_supported: &'static [&'static str],
    token_endpoint_auth_methods_supported: &'static [&'static str],
    token_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    code_challenge_methods_supported: &'static [&'static str],
    /// RFC 9449 §5.1.
    dpop_signing_alg_values_supported: &'static [&'static str],
}

const PROVED: &[&str] = &["client_secret_basic", "client_secret_post", "private_key_jwt"];
const PROVED_OR_NONE: &[&str] = &["client_secret_basic", "client_secret_post", "private_key_jwt", "none"];

/// The document of the authorization server at this base.
pub fn openid_configuration(program: &Program, authz: &Surface) -> OpenidConfiguration {
    OpenidConfiguration {
        common: Common::new(program, authz),
        userinfo_endpoint: format!("{}/oauth/userinfo", authz.base()),
        pushed_authorization_request_endpoint: Endpoint::PushedAuthorizationRequest.address(authz),
        require_pushed_authorization_requests: false,
        response_modes_supported: &["query"],
        subject_types_supported: &["public"],
        id_token_signing_alg_values_supported: &["RS256"],
        introspection_endpoint_auth_methods_supported: PROVED,
        introspection_endpoint_auth_signing_alg_values_supported: signing_algorithms(),
        revocation_endpoint_auth_methods_supported: PROVED_OR_NONE,
        revocation_endpoint_auth_signing_alg_values_supported: signing_algorithms(),
        claims_supported: &["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "fhirUser", "name"],
        ui_locales_supported: Locale::ALL.map(Locale::tag),
        prompt_values_supported: &["none", "login", "consent", "select_account"],
        authorization_response_iss_parameter_supported: true,
        claims_parameter_supported: false,
        request_parameter_supported: false,
        request_uri_parameter_supported: false,
    }
}

/// The document of a FHIR base whose tokens come from this authorization server. `portal` is the address of the member portal.
pub fn smart_configuration(program: &Program, authz: &Surface, portal: String) -> SmartConfiguration {
    let with = |scope: &str, capability: &'static str| program.scope(scope).map(|_| capability);
    let fixed = [
        "launch-standalone",
        "authorize-post",
        "client-public",
        "client-confidential-symmetric",
        "client-confidential-asymmetric",
        "permission-patient",
        "permission-v1",
        "permission-v2",
    ];
    let by_scope = [
        with("openid", "sso-openid-connect"),
        with("launch/patient", "context-standalone-patient"),
        with("offline_access", "permission-offline"),
    ];
    SmartConfiguration {
        common: Common::new(program, authz),
        management_endpoint: portal,
        capabilities: fixed.into_iter().chain(by_scope.into_iter().flatten()).collect(),
    }
}

/// Of `private_key_jwt` (RFC 8414 §2).
fn signing_algorithms() -> Vec<&'static str> {
    SigningAlgorithm::ALL.iter().map(|algorithm| algorithm.as_str()).collect()
}

impl Common {
    fn new(program: &Program, authz: &Surface) -> Self {
        let at = |path: &str| format!("{}/oauth/{path}", authz.base());
        Self {
            issuer: authz.base().to_owned(),
            authorization_endpoint: at("authorize"),
            token_endpoint: Endpoint::Token.address(authz),
            jwks_uri: at("jwks"),
            introspection_endpoint: Endpoint::Introspection.address(authz),
            revocation_endpoint: Endpoint::Revocation.address(authz),
            scopes_supported: program.scopes.iter().map(|scope| scope.name.clone()).collect(),
            response_types_supported: &["code"],
            grant_types_supported: &["authorization_code", "refresh_token", "client_credentials"],
            token_endpoint_auth_methods_supported: PROVED_OR_NONE,
            token_endpoint_auth_signing_alg_values_supported: signing_algorithms(),
            code_challenge_methods_supported: &["S256"],
            dpop_signing_alg_values_supported: dpop::ALGORITHMS,
        }
    }
}
