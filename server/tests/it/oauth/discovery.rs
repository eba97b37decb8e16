//! Discovery documents and keys.

use axum::http::{Method, StatusCode};

use super::site::{MAIN, Site};

#[tokio::test]
async fn discovery_says_the_same_at_every_address_and_only_from_configuration() {
    let site = Site::new().await;
    let suffix = "/authz/oph/ca/.well-known/openid-configuration";
    let document = site.get(suffix).await.json();
    assert_eq!(document["issuer"], "http://127.0.0.1:3000/authz/oph/ca");
    assert_eq!(document["token_endpoint"], "http://127.0.0.1:3000/authz/oph/ca/oauth/token");
    let par = &document["pushed_authorization_request_endpoint"];
    assert_eq!(*par, "http://127.0.0.1:3000/authz/oph/ca/oauth/par");
    assert_eq!(document["require_pushed_authorization_requests"], false);
    for endpoint in ["token", "introspection", "revocation"] {
        let methods = document[format!("{endpoint}_endpoint_auth_methods_supported")].as_array().unwrap();
        assert!(methods.contains(&"private_key_jwt".into()), "{endpoint}");
        let algorithms = &document[format!("{endpoint}_endpoint_auth_signing_alg_values_supported")];
        assert_eq!(*algorithms, serde_json::json!(["RS256", "RS384", "ES256", "ES384"]), "{endpoint}");
    }

    for path in [
        "/authz/oph/ca/.well-known/oauth-authorization-server",
        "/.well-known/oauth-authorization-server/authz/oph/ca",
        suffix,
    ] {
        let headers = [("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "gopher")];
        for host in [MAIN, "evil.example"] {
            let reply = site.send_to(host, Method::GET, path, &headers, "").await;
            assert_eq!((reply.status, reply.header("access-control-allow-origin")), (StatusCode::OK, "*"), "{path}");
            assert_eq!(reply.json(), document, "{path} {host}");
        }
    }
}

#[tokio::test]
async fn a_host_has_its_own_issuer() {
    let site = Site::new().await;
    for (host, issuer) in [
        ("authz.idaho.localhost:3000", "http://authz.idaho.localhost:3000"),
        ("authz.sandbox.localhost:3000", "http://authz.sandbox.localhost:3000"),
        ("sandbox.authz.idaho.localhost:3000", "http://sandbox.authz.idaho.localhost:3000"),
    ] {
        for path in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"] {
            let document = site.send_to(host, Method::GET, path, &[], "").await.json();
            assert_eq!(document["issuer"], issuer);
            assert_eq!(document["jwks_uri"], format!("{issuer}/oauth/jwks"));
        }
    }
}

#[tokio::test]
async fn smart_configuration_leads_from_a_fhir_base_to_its_authorization_server() {
    let site = Site::new().await;
    for (host, path, issuer) in [
        (MAIN, "/fhir/oph/ca/R4", "http://127.0.0.1:3000/authz/oph/ca"),
        (MAIN, "/fhir/idaho/R4", "http://127.0.0.1:3000/authz/idaho"),
        (MAIN, "/fhir/idaho/sandbox/R4", "http://127.0.0.1:3000/authz/idaho/sandbox"),
        ("fhir.idaho.localhost:3000", "/R4", "http://authz.idaho.localhost:3000"),
        ("sandbox.fhir.idaho.localhost:3000", "/R4", "http://sandbox.authz.idaho.localhost:3000"),
    ] {
        let path = format!("{path}/.well-known/smart-configuration");
        let document = site.send_to(host, Method::GET, &path, &[], "").await.json();
        assert_eq!(document["issuer"], issuer, "{host}");
        assert_eq!(document["authorization_endpoint"], format!("{issuer}/oauth/authorize"));
        assert_eq!(document["code_challenge_methods_supported"], serde_json::json!(["S256"]));
        assert_eq!(document["management_endpoint"], "http://127.0.0.1:3000/member");
        let capabilities = document["capabilities"].as_array().unwrap();
        for capability in [
            "client-confidential-asymmetric",
            "launch-standalone",
            "context-standalone-patient",
            "sso-openid-connect",
            "permission-patient",
        ] {
            assert!(capabilities.iter().any(|known| known == capability), "{capability}");
        }
    }
}

#[tokio::test]
async fn keys_are_public() {
    let site = Site::new().await;

    let reply = site.get("/authz/idaho/oauth/jwks").await;

    assert_eq!(reply.header("access-control-allow-origin"), "*");
    let document = reply.json();
    let algorithms: Vec<&str> =
        document["keys"].as_array().unwrap().iter().map(|key| key["alg"].as_str().unwrap()).collect();
    assert_eq!(algorithms, ["ES256", "RS256"]);
    assert!(document["keys"].as_array().unwrap().iter().all(|key| key.get("d").is_none()));
}
