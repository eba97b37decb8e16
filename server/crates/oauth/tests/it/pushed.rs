//! Pushed authorization requests: what may be pushed, and what its reference is good for.

use jiff::Span;
use model::{application::AccessType, partition::Environment, text::Paragraph};
use oauth::{
    authorize::{Mistake, Refusal},
    error::Code,
    housekeeping::purge,
    testing::Prover,
};
use registry::applications;
use store::{
    sql,
    testing::{at_once, on_each_database, racing_on_each_database, sqlite},
};

use crate::world::{App, CA, CALLBACK, IDAHO, IDAHO_SANDBOX, Person, World, all, but, code_exchange, query, request};

const SCOPE: &str = "patient/Patient.read";
const BASE: &str = "http://127.0.0.1:3000/authz/oph/ca";
const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";

/// A well-formed push, authenticated by the secret where the app has one.
fn push<'a>(app: &'a App, scope: &'a str) -> Vec<(&'a str, &'a str)> {
    but(request(app, scope), "client_secret", &app.secret)
}

/// The reference of a good push.
async fn reference(world: &World<'_>, app: &App) -> String {
    world.push(CA, &push(app, SCOPE)).await.unwrap().request_uri
}

/// What the browser brings.
fn bring<'a>(app: &'a App, reference: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("client_id", app.id.as_str()), ("request_uri", reference)]
}

async fn mistake(world: &World<'_>, authz: &str, parameters: &[(&str, &str)], person: &Person) -> Mistake {
    match world.authorize(authz, None, parameters, person).await {
        Err(Refusal::Page(mistake)) => mistake,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_reference_leads_to_tokens_for_what_was_pushed() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        for app in [world.confidential().await, world.public().await] {
            let ann = world.member(&app.id, &app.partition).await;
            let pushed = world.push(CA, &push(&app, SCOPE)).await.unwrap();
            assert_eq!(pushed.expires_in, 90);
            let random = pushed.request_uri.strip_prefix(PREFIX).unwrap();
            assert_eq!(random.len(), 43, "256 bits");
            let mut parameters = bring(&app, &pushed.request_uri);
            // Not read: only what was pushed counts.
            parameters.extend([("scope", "public/Location.read"), ("state", "other"), ("response_type", "token")]);
            parameters.extend([("redirect_uri", "https://evil.example/"), ("code_challenge", "x")]);

            let payer = Some("university-of-california");
            let handle = world.authorize(CA, payer, &parameters, &ann).await.unwrap();

            let answer = world.allow(&handle, &ann, &all(SCOPE)).await.unwrap();
            assert_eq!(answer["state"], "1234zyx");
            let tokens = world.token(CA, &code_exchange(&app, &answer["code"])).await.unwrap();
            assert_eq!(tokens.scope, SCOPE);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_push_is_told_to_the_app() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let (app, public) = (world.confidential().await, world.public().await);
    let directory = world.app("oph-ca", Environment::Production, AccessType::Public, "confidential").await;
    let pending = world.unreviewed_app("oph-ca", Environment::Production, AccessType::Both, "confidential").await;
    let right = || push(&app, SCOPE);
    let long = "x".repeat(5000);
    for (parameters, expect) in [
        (but(right(), "client_secret", "wrong"), Code::InvalidClient),
        (but(right(), "client_secret", ""), Code::InvalidClient),
        (but(right(), "client_id", "unknown"), Code::InvalidClient),
        (but(right(), "redirect_uri", ""), Code::InvalidRequest),
        (but(right(), "redirect_uri", "https://evil.example/callback"), Code::InvalidRequest),
        ([right(), vec![("redirect_uri", CALLBACK)]].concat(), Code::InvalidRequest),
        ([right(), vec![("other", "1"), ("other", "2")]].concat(), Code::InvalidRequest),
        (but(right(), "response_type", "token"), Code::UnsupportedResponseType),
        (but(right(), "state", ""), Code::InvalidRequest),
        (but(right(), "nonce", &long), Code::InvalidRequest),
        (but(right(), "scope", "patient/*.read"), Code::InvalidScope),
        (but(right(), "scope", ""), Code::InvalidScope),
        (but(right(), "request", "eyJ"), Code::RequestNotSupported),
        (but(right(), "request_uri", "https://evil.example/"), Code::InvalidRequest),
        (but(right(), "request_uri", PREFIX), Code::InvalidRequest),
        (but(right(), "aud", "https://evil.example/R4"), Code::InvalidRequest),
        (but(right(), "prompt", "none login"), Code::InvalidRequest),
        (but(right(), "code_challenge_method", "plain"), Code::InvalidRequest),
        (but(but(push(&public, SCOPE), "code_challenge", ""), "code_challenge_method", ""), Code::InvalidRequest),
        (push(&directory, SCOPE), Code::InvalidScope),
        (push(&pending, SCOPE), Code::UnauthorizedClient),
    ] {
        assert_eq!(world.push(CA, &parameters).await.unwrap_err().code, expect, "{parameters:?}");
    }
    assert_eq!(world.push(IDAHO, &right()).await.unwrap_err().code, Code::InvalidClient);
    let mut ctx = world.read().await;
    let (kept,): (i64,) = sql("SELECT COUNT(*) FROM pushed_request").fetch_one(&mut ctx.tx).await.unwrap();
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn a_reference_is_one_browsers_however_many_bring_it() {
    racing_on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (ann, bob) = (world.person("ann").await, world.person("bob").await);
        let reference = reference(&world, &app).await;
        let parameters = bring(&app, &reference);

        let answers = at_once([&ann, &bob, &ann].map(|person| world.authorize(CA, None, &parameters, person))).await;

        let won: Vec<bool> = answers.iter().map(Result::is_ok).collect();
        let (first, other, again) = (won[0], won[1], won[2]);
        assert!(first == again && first != other, "{first} {other} {again}");
        let (own, stranger) = if first { (&ann, &bob) } else { (&bob, &ann) };
        assert!(world.authorize(CA, None, &parameters, own).await.is_ok(), "the same browser sent it twice");
        assert_eq!(mistake(&world, CA, &parameters, stranger).await, Mistake::ReferenceUnknown);
    })
    .await;
}

#[tokio::test]
async fn a_reference_is_good_for_its_own_client_and_server_and_ninety_seconds() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (app, other) = (world.confidential().await, world.confidential().await);
        let ann = world.person("ann").await;
        let own = reference(&world, &app).await;
        let unknown = format!("{PREFIX}{}", "A".repeat(43));
        let twice = [bring(&app, &own), vec![("request_uri", own.as_str())]].concat();
        let secret = [bring(&app, &own), vec![("client_secret", "x")]].concat();
        for (authz, parameters, expect) in [
            (CA, bring(&other, &own), Mistake::ReferenceUnknown),
            (CA, bring(&app, &unknown), Mistake::ReferenceUnknown),
            (CA, bring(&app, PREFIX), Mistake::ReferenceUnknown),
            (IDAHO, bring(&app, &own), Mistake::ReferenceUnknown),
            (IDAHO_SANDBOX, bring(&app, &own), Mistake::ReferenceUnknown),
            (CA, but(bring(&app, &own), "client_id", ""), Mistake::ClientMissing),
            (CA, but(bring(&app, &own), "client_id", "a\0b"), Mistake::ReferenceUnknown),
            (CA, twice, Mistake::Repeated("request_uri")),
            (CA, secret, Mistake::SecretInQuery),
            // Of others it is not a reference at all, and without more there is no client to answer.
            (CA, bring(&app, "https://evil.example/"), Mistake::RedirectMissing),
        ] {
            assert_eq!(mistake(&world, authz, &parameters, &ann).await, expect, "{authz} {parameters:?}");
        }
        test.clock.advance(Span::new().seconds(89));
        assert!(world.authorize(CA, None, &bring(&app, &own), &ann).await.is_ok(), "all these left it alone");

        let late = reference(&world, &app).await;
        test.clock.advance(Span::new().seconds(90));
        assert_eq!(mistake(&world, CA, &bring(&app, &late), &ann).await, Mistake::ReferenceUnknown);
        test.clock.advance(Span::new().seconds(1));
        let mut ctx = world.write().await;
        assert_eq!(purge(&mut ctx).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_became_of_app_and_browser_meanwhile_counts() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let (app, blocked) = (world.confidential().await, world.confidential().await);
    let ann = world.person("ann").await;
    let silent = world.push(CA, &but(push(&app, SCOPE), "prompt", "none")).await.unwrap().request_uri;
    let Err(Refusal::Redirect(target)) = world.authorize(CA, None, &bring(&app, &silent), &ann).await else {
        panic!("the app gets an error");
    };
    let answer = query(target.as_str());
    assert_eq!((answer["error"].as_str(), answer["state"].as_str()), ("consent_required", "1234zyx"));

    let pushed = reference(&world, &blocked).await;
    let why = Paragraph::parse("Sold data.").unwrap();
    let mut ctx = world.write().await;
    applications::block(&mut ctx, &world.registry, &world.reviewer, &blocked.application, &why).await.unwrap();
    ctx.commit().await.unwrap();
    let stopped = world.authorize(CA, None, &bring(&blocked, &pushed), &ann).await;
    assert!(matches!(stopped, Err(Refusal::Stopped(..))));
}

#[tokio::test]
async fn a_code_pushed_for_with_a_proof_is_for_its_key_alone() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.public().await;
        let ann = world.member("ann", &app.partition).await;
        let (prover, other) = (Prover::default(), Prover::default());
        let at = |prover: &Prover, path: &str| prover.prove("POST", &format!("{BASE}{path}"), test.store.now());
        let named = but(push(&app, SCOPE), "dpop_jkt", prover.thumbprint());
        for parameters in [push(&app, SCOPE), named] {
            let pushed = world.push_proved(CA, &parameters, &at(&prover, "/oauth/par")).await.unwrap();
            let payer = Some("university-of-california");
            let handle = world.authorize(CA, payer, &bring(&app, &pushed.request_uri), &ann).await.unwrap();
            let answer = world.allow(&handle, &ann, &all(SCOPE)).await.unwrap();
            let form = code_exchange(&app, &answer["code"]);

            let without = world.token(CA, &form).await.unwrap_err();
            let foreign = world.token_proved(CA, &form, &at(&other, "/oauth/token")).await.unwrap_err();
            let tokens = world.token_proved(CA, &form, &at(&prover, "/oauth/token")).await.unwrap();

            for refused in [without, foreign] {
                assert_eq!(refused.code, Code::InvalidGrant);
                assert!(refused.reason.starts_with("dpop_key_mismatch:"), "{refused}");
            }
            assert_eq!(tokens.token_type, "DPoP", "the thief of the code did not use it up");
        }
    })
    .await;
}

#[tokio::test]
async fn a_push_whose_proof_is_wrong_or_of_another_key_is_refused() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (prover, other) = (Prover::default(), Prover::default());
        let prove = |path: &str| prover.prove("POST", &format!("{BASE}{path}"), test.store.now());
        let named = |name| but(push(&app, SCOPE), "dpop_jkt", name);
        let twice = [named(prover.thumbprint()), vec![("dpop_jkt", prover.thumbprint())]].concat();
        let used = prove("/oauth/par");
        world.push_proved(CA, &push(&app, SCOPE), &used).await.unwrap();
        for (what, parameters, proof, expect) in [
            ("no JWT", push(&app, SCOPE), "x", Code::InvalidDpopProof),
            ("of the token endpoint", push(&app, SCOPE), &prove("/oauth/token"), Code::InvalidDpopProof),
            ("used", push(&app, SCOPE), &used, Code::InvalidDpopProof),
            ("another key", named(other.thumbprint()), &prove("/oauth/par"), Code::InvalidRequest),
            ("no thumbprint", named("x"), &prove("/oauth/par"), Code::InvalidRequest),
            ("named twice", twice, &prove("/oauth/par"), Code::InvalidRequest),
        ] {
            let refused = world.push_proved(CA, &parameters, proof).await.unwrap_err();
            assert_eq!(refused.code, expect, "{what}: {refused}");
        }
        let refused = prove("/oauth/par");
        world.push_proved(CA, &but(push(&app, SCOPE), "scope", "x"), &refused).await.unwrap_err();
        let again = world.push_proved(CA, &push(&app, SCOPE), &refused).await.unwrap_err();
        assert_eq!(again.code, Code::InvalidDpopProof, "a refused push uses its proof up too");
    })
    .await;
}

#[tokio::test]
async fn the_database_knows_neither_the_reference_nor_the_secret() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let reference = reference(&world, &app).await;
        let random = reference.strip_prefix(PREFIX).unwrap();
        let mut ctx = world.read().await;
        let (hash, parameters): (String, String) =
            sql("SELECT reference_hash, parameters FROM pushed_request").fetch_one(&mut ctx.tx).await.unwrap();
        assert!(!hash.contains(random) && !parameters.contains(random));
        assert!(!parameters.contains(&app.secret) && !parameters.contains("client_secret"), "{parameters}");
    })
    .await;
}
