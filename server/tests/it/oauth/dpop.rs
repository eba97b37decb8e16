//! DPoP over HTTP (RFC 9449): the headers, the addresses, and every wrong proof at both places that accept one.

use axum::http::{Method, StatusCode};
use oauth::testing::Prover;
use serde_json::{Value, json};
use store::testing::{postgres, sqlite};

use super::site::{App, Person, Reply, Site, encoded, exchange, request};

const AUTHZ: &str = "/authz/oph/ca";
const TOKEN: &str = "/authz/oph/ca/oauth/token";
const USERINFO: &str = "/authz/oph/ca/oauth/userinfo";
const FHIR: &str = "/fhir/oph/ca/R4/Location";
const SCOPE: &str = "openid public/Location.read";
const ORIGIN: &str = "http://127.0.0.1:3000";

/// A public app with a member's consent and tokens bound to its key.
struct Bound {
    site: Site,
    app: App,
    ann: Person,
    prover: Prover,
    access: String,
    refresh: String,
}

impl Bound {
    async fn on(site: Site) -> Self {
        let app = site.public_app("oph-ca").await;
        let ann = site.member("ann", &app).await;
        let prover = Prover::default();
        let code = code(&site, &app, &ann).await;
        let proof = prover.prove("POST", &address(TOKEN), site.now());
        let reply = site.post(TOKEN, &[("dpop", &proof)], &exchange(&app, &code)).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
        let tokens = reply.json();
        assert_eq!(tokens["token_type"], "DPoP");
        let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
        Self { access: text("access_token"), refresh: text("refresh_token"), site, app, ann, prover }
    }

    /// A proof for `GET` of this path with the access token.
    fn proof(&self, path: &str) -> String {
        self.prover.prove_with("GET", &address(path), self.site.now(), &self.access)
    }

    async fn get(&self, path: &str, proofs: &[&str]) -> Reply {
        let authorization = format!("DPoP {}", self.access);
        let mut headers = vec![("authorization", &*authorization)];
        headers.extend(proofs.iter().map(|proof| ("dpop", *proof)));
        self.site.send(Method::GET, path, &headers, "").await
    }

    async fn refresh(&self, proofs: &[&str]) -> Reply {
        let form = [("grant_type", "refresh_token"), ("refresh_token", &*self.refresh), ("client_id", &*self.app.id)];
        let headers: Vec<_> = proofs.iter().map(|proof| ("dpop", *proof)).collect();
        self.site.post(TOKEN, &headers, &form).await
    }
}

async fn code(site: &Site, app: &App, person: &Person) -> String {
    let path = format!("{AUTHZ}/university-of-california/oauth/authorize?{}", encoded(&request(app, SCOPE)));
    site.allow(person, &site.get(&path).await, SCOPE).await.remove("code").unwrap()
}

fn address(path: &str) -> String {
    format!("{ORIGIN}{path}")
}

fn challenges(reply: &Reply) -> Vec<&str> {
    reply.headers.get_all("www-authenticate").iter().map(|value| value.to_str().unwrap()).collect()
}

/// Proofs that are wrong in one respect each; `of` makes them from a change to the header and to the claims.
fn wrong(prover: &Prover, method: &str, path: &str, token: Option<&str>, site: &Site) -> Vec<(&'static str, String)> {
    let now = site.now();
    let of = |change: &dyn Fn(&mut Value, &mut Value)| {
        let good = match token {
            Some(token) => prover.prove_with(method, &address(path), now, token),
            None => prover.prove(method, &address(path), now),
        };
        let (mut header, mut claims) = (part(&good, 0), part(&good, 1));
        change(&mut header, &mut claims);
        prover.sign(&header, &claims)
    };
    let at = now.as_second();
    let mut proofs = vec![
        ("htm", of(&|_, claims| claims["htm"] = "PUT".into())),
        ("htu of another path", of(&|_, claims| claims["htu"] = address("/oauth/token").into())),
        ("htu of another host", of(&|_, claims| claims["htu"] = format!("https://evil.example{path}").into())),
        ("typ", of(&|header, _| header["typ"] = "JWT".into())),
        ("alg none", of(&|header, _| header["alg"] = "none".into())),
        ("alg HS256", of(&|header, _| header["alg"] = "HS256".into())),
        ("alg of another key", of(&|header, _| header["alg"] = "RS256".into())),
        ("private jwk", of(&|header, _| header["jwk"]["d"] = "AAAA".into())),
        ("symmetric jwk", of(&|header, _| header["jwk"] = json!({ "kty": "oct", "k": "AAAA" }))),
        ("foreign jwk", of(&|header, _| header["jwk"] = Prover::default().header()["jwk"].clone())),
        ("old iat", of(&|_, claims| claims["iat"] = (at - 61).into())),
        ("future iat", of(&|_, claims| claims["iat"] = (at + 61).into())),
        ("no jti", of(&|_, claims| claims["jti"] = Value::Null)),
        ("no JWT", "x".to_owned()),
        ("nothing", String::new()),
    ];
    if token.is_some() {
        proofs.push(("ath of another token", of(&|_, claims| claims["ath"] = "AAAA".into())));
        proofs.push(("no ath", of(&|_, claims| _ = claims.as_object_mut().unwrap().remove("ath"))));
    }
    proofs
}

/// A JWT's part, decoded.
fn part(jwt: &str, place: usize) -> Value {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').nth(place).unwrap()).unwrap()).unwrap()
}

#[tokio::test]
async fn at_the_token_endpoint_every_wrong_proof_is_refused_and_harms_nothing() {
    for test in [sqlite().await, postgres().await] {
        let bound = Bound::on(Site::on(test).await).await;
        for (what, proof) in wrong(&bound.prover, "POST", TOKEN, None, &bound.site) {
            let reply = bound.refresh(&[&proof]).await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{what} {}", reply.body);
            assert_eq!(reply.json()["error"], "invalid_dpop_proof", "{what}");
            assert_eq!(reply.header("cache-control"), "no-store");
        }
        let prove = |prover: &Prover| prover.prove("POST", &address(TOKEN), bound.site.now());
        let two = bound.refresh(&[&prove(&bound.prover), &prove(&bound.prover)]).await;
        assert_eq!(two.json()["error"], "invalid_dpop_proof");
        for reply in [bound.refresh(&[]).await, bound.refresh(&[&prove(&Prover::default())]).await] {
            assert_eq!((reply.status, &reply.json()["error"]), (StatusCode::BAD_REQUEST, &"invalid_grant".into()));
        }

        let good = prove(&bound.prover);
        assert_eq!(bound.refresh(&[&good]).await.status, StatusCode::OK);
        assert_eq!(bound.refresh(&[&good]).await.json()["error"], "invalid_dpop_proof", "jti was used");
        assert_eq!(bound.refresh(&[&prove(&bound.prover)]).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn at_the_apis_every_wrong_proof_is_refused_with_a_challenge() {
    for test in [sqlite().await, postgres().await] {
        let bound = Bound::on(Site::on(test).await).await;
        for path in [FHIR, USERINFO] {
            let mut proofs = wrong(&bound.prover, "GET", path, Some(&bound.access), &bound.site);
            let used = bound.proof(path);
            assert_eq!(bound.get(path, &[&used]).await.status, StatusCode::OK);
            proofs.push(("used jti", used));
            for (what, proof) in proofs {
                let reply = bound.get(path, &[&proof]).await;
                assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{what} {}", reply.body);
                let [bearer, dpop] = challenges(&reply)[..] else { panic!("{what}: {:?}", challenges(&reply)) };
                assert_eq!(bearer, "Bearer");
                assert!(dpop.starts_with("DPoP error=\"invalid_dpop_proof\", "), "{what}: {dpop}");
                assert!(dpop.ends_with(", algs=\"ES256 ES384 RS256\""), "{dpop}");
            }
            let two = bound.get(path, &[&bound.proof(path), &bound.proof(path)]).await;
            let missing = bound.get(path, &[]).await;
            for reply in [two, missing] {
                assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
                assert!(challenges(&reply)[1].contains("invalid_dpop_proof"));
            }
            assert_eq!(bound.get(path, &[&bound.proof(path)]).await.status, StatusCode::OK);
        }
    }
}

#[tokio::test]
async fn a_token_comes_by_its_own_scheme_with_its_own_key_or_is_invalid() {
    for test in [sqlite().await, postgres().await] {
        let bound = Bound::on(Site::on(test).await).await;
        let confidential = bound.site.app("oph-ca").await;
        let plain = bound.site.tokens(AUTHZ, &confidential, &bound.ann, SCOPE).await;
        let plain = plain["access_token"].as_str().unwrap();
        let now = bound.site.now();
        let with = |prover: &Prover, token: &str| prover.prove_with("GET", &address(FHIR), now, token);
        let foreign = Prover::default();
        for (authorization, proof, code) in [
            (format!("Bearer {}", bound.access), String::new(), "token_bound"),
            (format!("bearer {}", bound.access), with(&bound.prover, &bound.access), "token_bound"),
            (format!("DPoP {plain}"), with(&bound.prover, plain), "token_not_bound"),
            (format!("DPoP {plain}"), String::new(), "token_not_bound"),
            (format!("DPoP {}", bound.access), with(&foreign, &bound.access), "token_key_mismatch"),
            ("DPoP x".to_owned(), with(&bound.prover, "x"), "token_invalid"),
        ] {
            let headers = [("authorization", &*authorization), ("dpop", &*proof)];
            let headers = if proof.is_empty() { &headers[..1] } else { &headers };
            let reply = bound.site.send(Method::GET, FHIR, headers, "").await;
            assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{code}");
            assert_eq!(reply.json()["issue"][0]["details"]["coding"][0]["code"], code);
            let [bearer, dpop] = challenges(&reply)[..] else { panic!("{:?}", challenges(&reply)) };
            assert!(bearer.starts_with("Bearer error=\"invalid_token\""), "{bearer}");
            assert!(dpop.starts_with("DPoP error=\"invalid_token\""), "{dpop}");
        }
        let bearer = [("authorization", &*format!("Bearer {plain}"))];
        assert_eq!(bound.site.send(Method::GET, FHIR, &bearer, "").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn the_address_is_the_configured_one_of_each_base_with_or_without_a_query() {
    let site = Site::new().await;
    let app = site.public_app("idaho").await;
    let ann = site.member("ann", &app).await;
    let (authz, fhir) = ("authz.sandbox.localhost:3000", "fhir.sandbox.localhost:3000");
    let scope = "public/Location.read";
    let payer = &site.state.services.programs.get(&app.partition.program).unwrap().payers[0].id;
    let path = format!("/{payer}/oauth/authorize?{}", encoded(&request(&app, scope)));
    let authorized = site.send_to(authz, Method::GET, &path, &[], "").await;
    let code = site.allow(&ann, &authorized, scope).await.remove("code").unwrap();
    let prover = Prover::default();
    let form = encoded(&exchange(&app, &code));
    let exchange = async |address: &str| {
        let proof = prover.prove("POST", address, site.now());
        let headers = [("dpop", &*proof), ("content-type", "application/x-www-form-urlencoded")];
        site.send_to(authz, Method::POST, "/oauth/token", &headers, &form).await
    };
    let by_path = exchange("http://127.0.0.1:3000/authz/idaho/sandbox/oauth/token").await;
    assert_eq!(by_path.json()["error"], "invalid_dpop_proof", "it came by host");
    let reply = exchange("http://AUTHZ.sandbox.localhost:3000/oauth/./token").await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    let token = reply.json()["access_token"].as_str().unwrap().to_owned();

    let authorization = format!("dpop {token}");
    let get = async |host: &str, path: &str, address: &str| {
        let proof = prover.prove_with("GET", address, site.now(), &token);
        let headers = [("authorization", &*authorization), ("dpop", &*proof), ("x-forwarded-host", "evil.example")];
        site.send_to(host, Method::GET, path, &headers, "").await.status
    };
    let whole = format!("http://{fhir}/R4/Location?_count=1");
    assert_eq!(get(fhir, "/R4/Location?_count=1", &whole).await, StatusCode::OK);
    assert_eq!(get(fhir, "/R4/Location?_count=1", &format!("http://{fhir}/R4/Location")).await, StatusCode::OK);
    let path = "/fhir/idaho/sandbox/R4/Location";
    let main = format!("{ORIGIN}{path}");
    assert_eq!(get(fhir, "/R4/Location", &main).await, StatusCode::UNAUTHORIZED, "it came by host");
    assert_eq!(get("evil.example", path, &format!("http://evil.example{path}")).await, StatusCode::UNAUTHORIZED);
    assert_eq!(get("evil.example", path, &main).await, StatusCode::OK, "`Host` says nothing");
}

#[tokio::test]
async fn introspection_and_discovery_tell_of_it() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let prover = Prover::default();
    let proof = prover.prove("POST", &address(TOKEN), site.now());
    let secret = [("client_id", &*app.id), ("client_secret", &*app.secret)];
    let form = [&secret[..], &[("grant_type", "client_credentials"), ("scope", "public/Location.read")]].concat();
    let bound = site.post(TOKEN, &[("dpop", &proof)], &form).await.json();
    let plain = site.post(TOKEN, &[], &form).await.json();
    let introspect = async |token: &Value| {
        let form = [&secret[..], &[("token", token["access_token"].as_str().unwrap())]].concat();
        site.post(&format!("{AUTHZ}/oauth/introspect"), &[], &form).await.json()
    };

    let told = introspect(&bound).await;
    assert_eq!((&told["active"], &told["token_type"]), (&true.into(), &"DPoP".into()));
    assert_eq!(told["cnf"], json!({ "jkt": prover.thumbprint() }));
    let told = introspect(&plain).await;
    assert_eq!((&told["token_type"], told.get("cnf")), (&"Bearer".into(), None));

    for path in ["/authz/oph/ca/.well-known/openid-configuration", "/fhir/oph/ca/R4/.well-known/smart-configuration"] {
        let document = site.get(path).await.json();
        assert_eq!(document["dpop_signing_alg_values_supported"], json!(["ES256", "ES384", "RS256"]));
    }
}

#[tokio::test]
async fn pages_may_send_proofs_and_read_challenges() {
    let site = Site::new().await;
    for path in [TOKEN, USERINFO, FHIR] {
        let headers = [("origin", "https://acme.example"), ("access-control-request-method", "GET")];
        let reply = site.send(Method::OPTIONS, path, &headers, "").await;
        assert_eq!(reply.status, StatusCode::NO_CONTENT, "{path}");
        assert!(reply.header("access-control-allow-headers").split(", ").any(|name| name == "dpop"), "{path}");
    }
    for path in [USERINFO, FHIR] {
        let reply = site.send(Method::GET, path, &[("origin", "https://acme.example")], "").await;
        let exposed = reply.header("access-control-expose-headers");
        assert!(["www-authenticate", "x-request-id"].iter().all(|name| exposed.contains(name)), "{path}: {exposed}");
        assert_eq!(challenges(&reply), ["Bearer", "DPoP algs=\"ES256 ES384 RS256\""]);
    }
}
