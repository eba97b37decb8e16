//! `private_key_jwt`: which assertions are taken, how often, and with which keys.

use jiff::Span;
use model::{application::AccessType, client_keys::ClientKeys, partition::Environment, text::Paragraph};
use oauth::{
    endpoint::Endpoint,
    error::{Code, OAuthError},
    housekeeping::purge,
    parameters::Parameters,
};
use registry::{applications, client_keys};
use serde_json::{Value, json};
use store::{
    sql,
    testing::{at_once, on_each_database, racing_on_each_database, sqlite},
};

use crate::{
    signer::{Published, Signer, document, key_set, message},
    world::{App, CA, IDAHO, World, but},
};

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const TOKEN: &str = "http://127.0.0.1:3000/authz/oph/ca/oauth/token";
const URL: &str = "https://acme.example/jwks.json";

fn header(alg: &str, kid: &str) -> Value {
    json!({ "alg": alg, "kid": kid, "typ": "JWT" })
}

/// The claims of a good assertion for the CA's token endpoint, each with an id of its own.
async fn claims(world: &World<'_>, app: &App) -> Value {
    let ctx = world.read().await;
    let now = ctx.now.as_second();
    json!({ "iss": app.id, "sub": app.id, "aud": TOKEN, "exp": now + 300, "iat": now, "jti": ctx.random_id() })
}

fn with(mut json: Value, name: &str, value: impl Into<Value>) -> Value {
    json[name] = value.into();
    json
}

fn without(mut json: Value, name: &str) -> Value {
    json.as_object_mut().unwrap().remove(name);
    json
}

fn form(assertion: &str) -> Vec<(&str, &str)> {
    vec![
        ("grant_type", "client_credentials"),
        ("scope", "public/Practitioner.read"),
        ("client_assertion_type", TYPE),
        ("client_assertion", assertion),
    ]
}

async fn send(world: &World<'_>, assertion: &str) -> Result<(), OAuthError> {
    world.token(CA, &form(assertion)).await.map(drop)
}

async fn register(world: &World<'_>, app: &App, keys: &ClientKeys) {
    let mut ctx = world.write().await;
    client_keys::set(&mut ctx, &world.registry, world.vendor(), &app.application, keys).await.unwrap();
    ctx.commit().await.unwrap();
}

/// An app with this key.
async fn app_of(world: &World<'_>, signers: &[&Signer]) -> App {
    let app = world.confidential().await;
    register(world, &app, &key_set(signers)).await;
    app
}

fn failed() -> OAuthError {
    Code::InvalidClient.because("client authentication failed")
}

#[tokio::test]
async fn each_offered_algorithm_proves_who_signed() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (rsa, p256, p384) = (Signer::rsa("r"), Signer::p256("e"), Signer::p384("f"));
        let app = app_of(&world, &[&rsa, &p256, &p384]).await;
        for (signer, alg, kid) in
            [(&rsa, "RS256", "r"), (&rsa, "RS384", "r"), (&p256, "ES256", "e"), (&p384, "ES384", "f")]
        {
            let assertion = signer.sign(&header(alg, kid), &claims(&world, &app).await);
            assert_eq!(send(&world, &assertion).await, Ok(()), "{alg}");
            assert_eq!(send(&world, &assertion).await, Err(failed()), "{alg} again");
        }
        let assertion = rsa.sign(&json!({ "alg": "RS256" }), &claims(&world, &app).await);
        let named = [form(&assertion), vec![("client_id", app.id.as_str())]].concat();
        assert!(world.token(CA, &named).await.is_ok(), "one RSA key, so no kid is needed");
    })
    .await;
}

#[tokio::test]
async fn whatever_is_wrong_with_an_assertion_is_told_the_same() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let (own, other, stranger) = (Signer::p256("own"), Signer::p256("other"), Signer::p256("own"));
    let app = app_of(&world, &[&own, &other]).await;
    let neighbour = app_of(&world, &[&stranger]).await;
    let public = world.public().await;
    let right = claims(&world, &app).await;
    let now = right["iat"].as_i64().unwrap();
    let es256 = || header("ES256", "own");
    let signed = |header: Value, claims: Value| own.sign(&header, &claims);
    let good = signed(es256(), right.clone());
    let unsigned = message(&header("none", "own"), &right);
    let (message_of_good, signature) = good.rsplit_once('.').unwrap();

    let headers = [
        with(es256(), "alg", "ES384"),
        with(es256(), "alg", "RS256"),
        with(es256(), "alg", "es256"),
        with(es256(), "alg", Value::Null),
        with(es256(), "kid", "other"),
        with(es256(), "kid", "unknown"),
        with(es256(), "kid", "../../../../dev/null"),
        with(es256(), "kid", "own' OR '1'='1"),
        with(es256(), "kid", "own\0"),
        with(es256(), "kid", json!(["own"])),
        without(es256(), "kid"),
        with(es256(), "typ", "at+jwt"),
        with(es256(), "typ", "dpop+jwt"),
        with(es256(), "jwk", stranger.jwk()),
        with(es256(), "jku", URL),
        with(es256(), "x5u", URL),
        with(es256(), "x5c", json!(["MIIB"])),
        with(es256(), "crit", json!(["exp"])),
    ];
    let bodies = [
        with(right.clone(), "iss", neighbour.id.as_str()),
        with(right.clone(), "sub", neighbour.id.as_str()),
        with(with(right.clone(), "iss", neighbour.id.as_str()), "sub", neighbour.id.as_str()),
        with(with(right.clone(), "iss", public.id.as_str()), "sub", public.id.as_str()),
        with(with(right.clone(), "iss", "unknown"), "sub", "unknown"),
        with(with(right.clone(), "iss", "un\0known"), "sub", "un\0known"),
        with(with(right.clone(), "iss", ""), "sub", ""),
        without(right.clone(), "iss"),
        without(right.clone(), "sub"),
        without(right.clone(), "aud"),
        with(right.clone(), "aud", "http://127.0.0.1:3000/authz/idaho/oauth/token"),
        with(right.clone(), "aud", "http://127.0.0.1:3000/authz/oph/ca/oauth/introspect"),
        with(right.clone(), "aud", "http://127.0.0.1:3000/authz/oph/ca/"),
        with(right.clone(), "aud", "https://evil.example/token"),
        with(right.clone(), "aud", json!([])),
        without(right.clone(), "exp"),
        with(right.clone(), "exp", now),
        with(right.clone(), "exp", now - 1),
        with(right.clone(), "exp", now + 361),
        with(right.clone(), "exp", now + 86_400),
        with(right.clone(), "exp", (now + 300).to_string()),
        with(right.clone(), "exp", 1e300),
        with(right.clone(), "nbf", now + 61),
        with(right.clone(), "iat", now + 61),
        with(right.clone(), "iat", now - 86_400),
        without(right.clone(), "jti"),
        with(right.clone(), "jti", ""),
        with(right.clone(), "jti", 7),
        with(right.clone(), "padding", "x".repeat(10_000)),
    ];
    let odd = [
        unsigned.clone(),
        format!("{unsigned}."),
        format!("{unsigned}.{signature}"),
        own.sign_with_public_key(&header("HS256", "own"), &right),
        stranger.sign(&es256(), &right),
        other.sign(&es256(), &right),
        format!("{}.{signature}", message(&es256(), &with(right.clone(), "jti", "changed"))),
        good[..good.len() - 2].to_owned(),
        format!("{good}.{good}"),
        format!("{message_of_good}."),
        "x".to_owned(),
        "..".to_owned(),
        "\0.é.\u{1f600}".to_owned(),
    ];
    let headers = headers.into_iter().map(|header| signed(header, right.clone()));
    for assertion in headers.chain(bodies.into_iter().map(|claims| signed(es256(), claims))).chain(odd) {
        assert_eq!(send(&world, &assertion).await, Err(failed()), "{assertion:.400}");
    }
    for (name, value) in
        [("client_id", neighbour.id.as_str()), ("client_assertion_type", "x"), ("client_assertion_type", "")]
    {
        let refused = world.token(CA, &but(form(&good), name, value)).await.unwrap_err();
        assert_eq!(refused, failed(), "{name}={value}");
    }
    assert_eq!(world.token(IDAHO, &form(&good)).await.unwrap_err(), failed());
    let secret = [("grant_type", "client_credentials"), ("client_id", &*app.id), ("client_secret", "wrong")];
    assert_eq!(world.token(CA, &secret).await.unwrap_err(), failed());

    assert_eq!(send(&world, &good).await, Ok(()), "none of all these used up its id");
}

#[tokio::test]
async fn clocks_may_differ_by_a_minute_and_times_have_fractions() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let own = Signer::p256("own");
    let app = app_of(&world, &[&own]).await;
    let now = claims(&world, &app).await["iat"].as_f64().unwrap();
    for (exp, iat) in [(now + 360.0, now + 60.0), (now + 1.0, now - 299.0), (now + 299.5, now - 0.5)] {
        let claims = with(with(claims(&world, &app).await, "exp", exp), "iat", iat);
        assert_eq!(send(&world, &own.sign(&header("ES256", "own"), &claims)).await, Ok(()), "{exp} {iat}");
    }
    let bare = without(claims(&world, &app).await, "iat");
    let typed = json!({ "alg": "ES256", "kid": "own", "typ": "client-authentication+jwt" });
    assert_eq!(send(&world, &own.sign(&typed, &bare)).await, Ok(()));
}

#[tokio::test]
async fn an_assertion_is_taken_once_however_many_send_it() {
    racing_on_each_database(async |test| {
        let world = World::new(test).await;
        let (own, others) = (Signer::p256("own"), Signer::p256("others"));
        let (app, other) = (app_of(&world, &[&own]).await, app_of(&world, &[&others]).await);
        let right = claims(&world, &app).await;
        let assertion = own.sign(&header("ES256", "own"), &right);

        let answers = at_once((0..8).map(|_| send(&world, &assertion))).await;

        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        let same_id = own.sign(&header("ES256", "own"), &with(right.clone(), "nonce", "another"));
        assert_eq!(send(&world, &same_id).await, Err(failed()), "the id is used, whatever else it says");
        let of_another = with(claims(&world, &other).await, "jti", right["jti"].clone());
        assert_eq!(send(&world, &others.sign(&header("ES256", "others"), &of_another)).await, Ok(()));

        test.clock.advance(Span::new().minutes(4));
        assert_eq!(send(&world, &assertion).await, Err(failed()));
        let mut ctx = world.write().await;
        assert_eq!(purge(&mut ctx).await.unwrap(), 0, "while it could be taken again, its id is kept");
        drop(ctx);
        test.clock.advance(Span::new().minutes(7));
        let mut ctx = world.write().await;
        purge(&mut ctx).await.unwrap();
        let (left,): (i64,) = sql("SELECT COUNT(*) FROM client_assertion").fetch_one(&mut ctx.tx).await.unwrap();
        assert_eq!(left, 0);
        drop(ctx);
        assert_eq!(send(&world, &assertion).await, Err(failed()), "it has expired by then");
    })
    .await;
}

#[tokio::test]
async fn it_is_meant_for_the_token_endpoint_the_issuer_or_the_endpoint_called_and_for_nobody_else() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let own = Signer::p256("own");
    let app = app_of(&world, &[&own]).await;
    let issuer = "http://127.0.0.1:3000/authz/oph/ca";
    let introspect = "http://127.0.0.1:3000/authz/oph/ca/oauth/introspect";
    for (endpoint, audience, expect) in [
        (Endpoint::Token, json!(TOKEN), true),
        (Endpoint::Token, json!(issuer), true),
        (Endpoint::Token, json!([issuer]), true),
        (Endpoint::Token, json!([TOKEN]), true),
        (Endpoint::Token, json!(["https://other.example", TOKEN]), false),
        (Endpoint::Token, json!([issuer, "https://other.example"]), false),
        (Endpoint::Token, json!([issuer, TOKEN]), false),
        (Endpoint::Token, json!([issuer, issuer]), false),
        (Endpoint::Token, json!([issuer, ""]), false),
        (Endpoint::Token, json!([[issuer]]), false),
        (Endpoint::Token, json!({ "aud": issuer }), false),
        (Endpoint::Token, json!(format!("{issuer} {TOKEN}")), false),
        (Endpoint::Token, json!(format!("{TOKEN}/")), false),
        (Endpoint::Token, json!(TOKEN.to_uppercase()), false),
        (Endpoint::Token, json!(null), false),
        (Endpoint::Token, json!(introspect), false),
        (Endpoint::Introspection, json!(introspect), true),
        (Endpoint::Introspection, json!(TOKEN), true),
        (Endpoint::Introspection, json!(issuer), true),
        (Endpoint::Revocation, json!(introspect), false),
    ] {
        let claims = with(claims(&world, &app).await, "aud", audience.clone());
        let assertion = own.sign(&header("ES256", "own"), &claims);
        let parameters: Parameters = form(&assertion).into_iter().collect();
        let answer = world.authenticate(CA, endpoint, None, &parameters).await;
        assert_eq!(answer.is_ok(), expect, "{endpoint:?} {audience}");
    }
}

#[tokio::test]
async fn keys_stand_beside_the_secret_and_go_when_they_are_removed() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let own = Signer::p256("own");
        let app = app_of(&world, &[&own]).await;
        let sign = async || own.sign(&header("ES256", "own"), &claims(&world, &app).await);
        let secret = [
            ("grant_type", "client_credentials"),
            ("scope", "public/Practitioner.read"),
            ("client_id", &*app.id),
            ("client_secret", &*app.secret),
        ];
        assert!(world.token(CA, &secret).await.is_ok());
        assert_eq!(send(&world, &sign().await).await, Ok(()));
        let assertion = sign().await;
        let both = [form(&assertion), secret[2..].to_vec()].concat();
        assert_eq!(world.token(CA, &both).await.unwrap_err().code, Code::InvalidRequest);

        let mut ctx = world.write().await;
        client_keys::remove(&mut ctx, &world.registry, world.vendor(), &app.application).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(send(&world, &assertion).await, Err(failed()));

        register(&world, &app, &key_set(&[&own])).await;
        let why = Paragraph::parse("Sold data.").unwrap();
        let mut ctx = world.write().await;
        applications::block(&mut ctx, &world.registry, &world.reviewer, &app.application, &why).await.unwrap();
        ctx.commit().await.unwrap();
        let blocked = send(&world, &sign().await).await.unwrap_err();
        assert_eq!(blocked.code, Code::UnauthorizedClient);
    })
    .await;
}

#[tokio::test]
async fn an_app_is_known_by_its_keys_in_its_own_program_and_environment_alone() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let own = Signer::p256("own");
    let app = world.app("idaho", Environment::Sandbox, AccessType::Both, "confidential").await;
    register(&world, &app, &key_set(&[&own])).await;
    for (authz, expect) in [(CA, false), (IDAHO, false), ("/authz/idaho/sandbox", true)] {
        let audience = format!("http://127.0.0.1:3000{authz}");
        let claims = with(claims(&world, &app).await, "aud", audience);
        let assertion = own.sign(&header("ES256", "own"), &claims);
        assert_eq!(world.token(authz, &form(&assertion)).await.is_ok(), expect, "{authz}");
    }
}

/// An app that publishes its keys.
async fn publisher(world: &World<'_>, published: &Published, signers: &[&Signer]) -> App {
    let app = world.confidential().await;
    register(world, &app, &ClientKeys::Url(URL.parse().unwrap())).await;
    published.put(URL, &document(signers));
    app
}

#[tokio::test]
async fn published_keys_are_fetched_once_and_again_when_one_is_missing_or_they_are_old() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let published = &world.published;
    let (old, new) = (Signer::p256("old"), Signer::p256("new"));
    let app = publisher(&world, published, &[&old]).await;
    let by = async |signer: &Signer, kid: &str| {
        send(&world, &signer.sign(&header("ES256", kid), &claims(&world, &app).await)).await.is_ok()
    };
    let at_once = at_once((0..4).map(|_| by(&old, "old"))).await;
    assert_eq!((at_once, published.calls()), (vec![true; 4], 1), "of those who came together one fetched");

    published.put(URL, &document(&[&new]));
    assert!(!by(&new, "new").await && !by(&new, "new").await, "asked for a moment ago");
    assert_eq!(published.calls(), 1);
    test.clock.advance(Span::new().seconds(61));
    assert!(by(&old, "old").await, "still fresh");
    assert!(by(&new, "new").await, "a key that was missing");
    assert!(!by(&old, "old").await, "the set says who is known");
    assert_eq!(published.calls(), 2);

    published.remove(URL);
    test.clock.advance(Span::new().seconds(299));
    assert!(by(&new, "new").await);
    test.clock.advance(Span::new().seconds(1));
    assert!(!by(&new, "new").await, "too old, and no newer to be had");
    assert_eq!(published.calls(), 3);
    published.put(URL, &document(&[&new]));
    assert!(!by(&new, "new").await);
    assert_eq!(published.calls(), 3, "a failure is not repeated at once");
    test.clock.advance(Span::new().seconds(10));
    assert!(by(&new, "new").await);
}

#[tokio::test]
async fn nobody_is_asked_for_an_assertion_that_cannot_be_right() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let own = Signer::p256("own");
    let app = publisher(&world, &world.published, &[&own]).await;
    let right = claims(&world, &app).await;
    for claims in [with(right.clone(), "exp", 1), with(right.clone(), "aud", "x"), with(right.clone(), "iss", "x")] {
        assert_eq!(send(&world, &own.sign(&header("ES256", "own"), &claims)).await, Err(failed()));
    }
    assert_eq!(world.published.calls(), 0);
    let elsewhere = with(header("ES256", "own"), "jku", "https://evil.example/jwks.json");
    assert_eq!(send(&world, &own.sign(&elsewhere, &right)).await, Err(failed()));
    let named = with(header("ES256", "own"), "jku", URL);
    assert_eq!(send(&world, &own.sign(&named, &right)).await, Ok(()), "the address that was registered");

    world.published.put(URL, "<html>");
    test.clock.advance(Span::new().minutes(6));
    let claims = claims(&world, &app).await;
    assert_eq!(send(&world, &own.sign(&header("ES256", "own"), &claims)).await, Err(failed()));
}

/// Two numbers of the right length that are not a point of the curve.
fn off_its_curve(kid: Option<&str>) -> Value {
    let number = "q6ur".repeat(10) + "q6s";
    let mut key = json!({ "kty": "EC", "crv": "P-256", "x": number, "y": number });
    if let Some(kid) = kid {
        key["kid"] = kid.into();
    }
    key
}

#[tokio::test]
async fn a_published_key_that_cannot_be_used_spoils_no_other() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let (own, other) = (Signer::p256("own"), Signer::p256("off"));
    let app = publisher(&world, &world.published, &[&own]).await;
    let by =
        async |signer: &Signer, header: Value| send(&world, &signer.sign(&header, &claims(&world, &app).await)).await;
    let nameless = json!({ "alg": "ES256" });
    for bad in [
        off_its_curve(Some("off")),
        off_its_curve(Some("own")),
        off_its_curve(None),
        json!({ "kty": "EC", "crv": "P-256", "kid": "own", "x": "AA", "y": "AA" }),
        json!({ "kty": "EC", "crv": "P-384", "kid": "own", "x": "q6ur".repeat(16), "y": "q6ur".repeat(16) }),
        json!({ "kty": "RSA", "kid": "own", "n": "AQAB", "e": "AQAB" }),
        json!({ "kty": "oct", "kid": "own", "k": "AAAA" }),
        json!("own"),
        Value::Null,
    ] {
        for keys in [json!([bad, own.jwk()]), json!([own.jwk(), bad])] {
            world.published.put(URL, &json!({ "keys": keys }).to_string());
            test.clock.advance(Span::new().minutes(6));
            assert_eq!(by(&own, header("ES256", "own")).await, Ok(()), "{bad}");
            assert_eq!(by(&own, nameless.clone()).await, Ok(()), "{bad}: one that fits is left");
            assert_eq!(by(&other, header("ES256", "off")).await, Err(failed()), "{bad}");
        }
        // Alone, it proves nothing, and says so calmly.
        world.published.put(URL, &json!({ "keys": [bad] }).to_string());
        test.clock.advance(Span::new().minutes(6));
        assert_eq!(by(&own, header("ES256", "own")).await, Err(failed()), "{bad}");
    }
}
