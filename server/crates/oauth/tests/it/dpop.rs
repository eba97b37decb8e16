//! Tokens bound to a key (RFC 9449): who may exchange, refresh and use what.

use jiff::Span;
use oauth::{
    access::{Access, Denied},
    authorize::Refusal,
    dpop::{Invalid, Presented, Scheme, check_use},
    error::{Code, OAuthError},
    housekeeping::purge,
    testing::Prover,
    token::TokenResponse,
};
use store::{
    sql,
    testing::{TestStore, at_once, on_each_database, racing_on_each_database, sqlite},
};

use crate::{
    refresh::programs,
    world::{App, CA, Person, World, but, code_exchange, query, refresh, request},
};

const FHIR: &str = "/fhir/oph/ca/R4";
const SCOPE: &str = "patient/Patient.read";
const TOKEN_ENDPOINT: &str = "http://127.0.0.1:3000/authz/oph/ca/oauth/token";
const PATIENT: &str = "http://127.0.0.1:3000/fhir/oph/ca/R4/Patient/1";

fn proof(test: &TestStore, prover: &Prover) -> String {
    prover.prove("POST", TOKEN_ENDPOINT, test.store.now())
}

async fn tokens(world: &World<'_>, app: &App, person: &Person, prover: &Prover) -> TokenResponse {
    let code = world.code(CA, &request(app, SCOPE), person).await;
    world.token_proved(CA, &code_exchange(app, &code), &proof(world.test, prover)).await.unwrap()
}

/// A call with this scheme, after the token itself was checked.
async fn used(world: &World<'_>, token: &str, scheme: Scheme<'_>) -> Result<Access, Denied> {
    let access = world.call(FHIR, token).await?;
    check_use(&world.test.store, &access, token, scheme).await?;
    Ok(access)
}

fn shown(proof: &str) -> Scheme<'_> {
    Scheme::Dpop(Ok(Presented { proof, method: "GET", address: PATIENT.to_owned() }))
}

fn mismatch(refused: Result<TokenResponse, OAuthError>) -> bool {
    refused.is_err_and(|error| error.code == Code::InvalidGrant && error.reason.starts_with("dpop_key_mismatch:"))
}

#[tokio::test]
async fn a_token_asked_for_with_a_proof_is_good_only_with_fresh_proofs_of_the_same_key() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.public().await;
        let ann = world.member("ann", &app.partition).await;
        let (prover, other) = (Prover::default(), Prover::default());
        let response = tokens(&world, &app, &ann, &prover).await;
        assert_eq!(response.token_type, "DPoP");
        let token = response.access_token;
        let prove = |prover: &Prover| prover.prove_with("GET", PATIENT, test.store.now(), &token);

        let good = prove(&prover);
        let access = used(&world, &token, shown(&good)).await.unwrap();
        assert_eq!(access.key.unwrap().as_str(), prover.thumbprint());
        let claims = world.keys.verify_access_token(&test.store, &token).await.unwrap().unwrap();
        assert_eq!(claims.cnf.as_ref().unwrap().jkt.as_str(), prover.thumbprint());

        let again = used(&world, &token, shown(&good)).await;
        assert!(matches!(again, Err(Denied::Unproved(Invalid::Used))), "{again:?}");
        let foreign = prove(&other);
        let foreign = used(&world, &token, shown(&foreign)).await;
        assert!(matches!(foreign, Err(Denied::OtherKey)), "{foreign:?}");
        let bearer = used(&world, &token, Scheme::Bearer).await;
        assert!(matches!(bearer, Err(Denied::Bound)), "{bearer:?}");
        let missing = used(&world, &token, Scheme::Dpop(Err(Invalid::Missing))).await;
        assert!(matches!(missing, Err(Denied::Unproved(Invalid::Missing))), "{missing:?}");
    })
    .await;
}

#[tokio::test]
async fn a_token_that_is_not_bound_is_a_bearer_token_and_nothing_else() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.public().await;
        let ann = world.member("ann", &app.partition).await;
        let response = world.tokens(&app, SCOPE, &ann).await;
        assert_eq!(response.token_type, "Bearer");
        let proof = Prover::default().prove_with("GET", PATIENT, test.store.now(), &response.access_token);

        let refused = used(&world, &response.access_token, shown(&proof)).await;

        assert!(matches!(refused, Err(Denied::NotBound)), "{refused:?}");
        assert!(used(&world, &response.access_token, Scheme::Bearer).await.is_ok());
        let mut ctx = world.read().await;
        let noted: (i64,) = sql("SELECT COUNT(*) FROM dpop_proof").fetch_one(&mut ctx.tx).await.unwrap();
        assert_eq!(noted, (0,), "bearer tokens write nothing");
    })
    .await;
}

#[tokio::test]
async fn of_one_proof_used_many_times_at_once_one_use_succeeds() {
    racing_on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.public().await;
        let ann = world.member("ann", &app.partition).await;
        let prover = Prover::default();
        let token = tokens(&world, &app, &ann, &prover).await.access_token;
        let proof = prover.prove_with("GET", PATIENT, test.store.now(), &token);

        let uses = at_once((0..8).map(|_| used(&world, &token, shown(&proof)))).await;

        assert_eq!(uses.iter().filter(|used| used.is_ok()).count(), 1);
        let replays = uses.iter().filter(|used| matches!(used, Err(Denied::Unproved(Invalid::Used)))).count();
        assert_eq!(replays, 7);
    })
    .await;
}

#[tokio::test]
async fn a_public_clients_refresh_token_needs_its_key() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.public().await;
        let ann = world.member("ann", &app.partition).await;
        let (prover, other) = (Prover::default(), Prover::default());
        let token = tokens(&world, &app, &ann, &prover).await.refresh_token.unwrap();
        let form = refresh(&app, &token);

        assert!(mismatch(world.token(CA, &form).await), "without a proof");
        assert!(mismatch(world.token_proved(CA, &form, &proof(test, &other)).await));
        let first = proof(test, &prover);
        let refreshed = world.token_proved(CA, &form, &first).await.unwrap();
        assert_eq!(refreshed.token_type, "DPoP");
        let replayed = world.token_proved(CA, &form, &first).await.unwrap_err();
        assert_eq!(replayed.code, Code::InvalidDpopProof);
        assert!(world.token_proved(CA, &form, &proof(test, &prover)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_confidential_client_may_change_its_key() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let token = tokens(&world, &app, &ann, &Prover::default()).await.refresh_token.unwrap();
        let form = refresh(&app, &token);

        let other = Prover::default();
        let bound = world.token_proved(CA, &form, &proof(test, &other)).await.unwrap();
        let plain = world.token(CA, &form).await.unwrap();

        assert_eq!((bound.token_type, plain.token_type), ("DPoP", "Bearer"));
        let proof = other.prove_with("GET", PATIENT, test.store.now(), &bound.access_token);
        assert!(used(&world, &bound.access_token, shown(&proof)).await.is_ok());
        assert!(used(&world, &plain.access_token, Scheme::Bearer).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn client_credentials_may_be_bound_too() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let prover = Prover::default();
        let form = [
            ("grant_type", "client_credentials"),
            ("scope", "public/Location.read"),
            ("client_id", &*app.id),
            ("client_secret", &*app.secret),
        ];

        let response = world.token_proved(CA, &form, &proof(test, &prover)).await.unwrap();

        assert_eq!(response.token_type, "DPoP");
        let bearer = used(&world, &response.access_token, Scheme::Bearer).await;
        assert!(matches!(bearer, Err(Denied::Bound)));
    })
    .await;
}

#[tokio::test]
async fn a_code_asked_for_with_dpop_jkt_is_for_that_key_alone() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.public().await;
        let ann = world.member("ann", &app.partition).await;
        let (prover, other) = (Prover::default(), Prover::default());
        let asked = but(request(&app, SCOPE), "dpop_jkt", prover.thumbprint());
        let code = world.code(CA, &asked, &ann).await;
        let form = code_exchange(&app, &code);

        assert!(mismatch(world.token(CA, &form).await), "without a proof");
        assert!(mismatch(world.token_proved(CA, &form, &proof(test, &other)).await));
        let response = world.token_proved(CA, &form, &proof(test, &prover)).await.unwrap();
        assert_eq!(response.token_type, "DPoP", "the thief of the code did not use it up");

        for wrong in ["x", &format!("{}=", prover.thumbprint()), &prover.thumbprint()[1..]] {
            let parameters = but(request(&app, SCOPE), "dpop_jkt", wrong);
            match world.authorize(CA, None, &parameters, &ann).await {
                Err(Refusal::Redirect(target)) => assert_eq!(query(target.as_str())["error"], "invalid_request"),
                other => panic!("{wrong}: {other:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_wrong_proof_leaves_the_code_to_its_owner() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.public().await;
        let ann = world.member("ann", &app.partition).await;
        let prover = Prover::default();
        let code = world.code(CA, &request(&app, SCOPE), &ann).await;
        let form = code_exchange(&app, &code);

        for wrong in ["", "x", &prover.prove("GET", TOKEN_ENDPOINT, test.store.now())] {
            let refused = world.token_proved(CA, &form, wrong).await.unwrap_err();
            assert_eq!(refused.code, Code::InvalidDpopProof, "{wrong}");
        }

        assert!(world.token_proved(CA, &form, &proof(test, &prover)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn where_refresh_tokens_rotate_the_next_is_bound_to_the_same_key() {
    let test = sqlite().await;
    let always = programs("refresh_rotation = \"never\"", "refresh_rotation = \"public\"");
    let world = World::with(&test, always).await;
    let app = world.public().await;
    let ann = world.member("ann", &app.partition).await;
    let prover = Prover::default();
    let first = tokens(&world, &app, &ann, &prover).await.refresh_token.unwrap();
    let second = world.token_proved(CA, &refresh(&app, &first), &proof(&test, &prover)).await.unwrap();
    let second = second.refresh_token.unwrap();
    test.clock.advance(Span::new().seconds(61));

    assert!(mismatch(world.token(CA, &refresh(&app, &second)).await));
    assert!(mismatch(world.token(CA, &refresh(&app, &first)).await), "a copy without the key ends nothing");
    assert!(world.token_proved(CA, &refresh(&app, &second), &proof(&test, &prover)).await.is_ok());
}

#[tokio::test]
async fn used_proofs_are_forgotten_when_they_are_too_old_anyhow() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.public().await;
        let ann = world.member("ann", &app.partition).await;
        tokens(&world, &app, &ann, &Prover::default()).await;
        let purged = async || {
            let mut ctx = world.write().await;
            let purged = purge(&mut ctx).await.unwrap();
            ctx.commit().await.unwrap();
            purged
        };

        test.clock.advance(Span::new().seconds(61));
        assert_eq!(purged().await, 0);

        test.clock.advance(Span::new().minutes(6));
        assert_eq!(purged().await, 1);
    })
    .await;
}
