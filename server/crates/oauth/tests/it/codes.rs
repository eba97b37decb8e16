//! Codes: one exchange, by their own app, with what the request was made with.

use std::sync::Arc;

use jiff::Span;
use model::{application::AccessType, partition::Environment};
use oauth::error::Code;
use store::testing::{at_once, on_each_database, racing_on_each_database};

use crate::world::{CA, IDAHO, World, but, code_exchange, request};

#[tokio::test]
async fn a_code_becomes_tokens() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let member = world.member("ann", &app.partition).await;

        let tokens = world.tokens(&app, "openid fhirUser launch/patient patient/Patient.read", &member).await;

        assert_eq!((tokens.token_type, tokens.expires_in), ("Bearer", 300));
        assert_eq!(tokens.scope, "openid fhirUser launch/patient patient/Patient.read");
        assert_eq!(tokens.patient.unwrap().as_str(), "patient-ann");
        assert_eq!(tokens.access_grant_expiration.as_deref(), Some("2027-03-02T17:00:00Z"));
        assert!(tokens.refresh_token.is_some() && tokens.id_token.is_some());
    })
    .await;
}

#[tokio::test]
async fn of_twenty_exchanges_at_once_one_wins_and_the_code_is_burnt() {
    racing_on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let member = world.member("ann", &app.partition).await;
        let code = world.code(CA, &request(&app, "patient/Patient.read"), &member).await;

        let parameters = Arc::new(code_exchange(&app, &code));
        let answers = at_once((0..20).map(|_| world.token(CA, &parameters))).await;

        let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 19));
        assert!(lost.iter().all(|answer| answer.as_ref().unwrap_err().code == Code::InvalidGrant));
        let token = &won[0].as_ref().unwrap().access_token;
        assert_eq!(world.refused(token).await, Some("grant_revoked"), "a code that came twice belongs to no one");
    })
    .await;
}

#[tokio::test]
async fn a_replay_ends_the_tokens_of_the_first_exchange_however_late() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let member = world.member("ann", &app.partition).await;
        let code = world.code(CA, &request(&app, "patient/Patient.read"), &member).await;
        let tokens = world.token(CA, &code_exchange(&app, &code)).await.unwrap();
        test.clock.advance(Span::new().minutes(2));

        let replay = world.token(CA, &code_exchange(&app, &code)).await.unwrap_err();

        assert_eq!(replay.code, Code::InvalidGrant);
        assert_eq!(world.refused(&tokens.access_token).await, Some("grant_revoked"));
        let refresh = crate::world::refresh(&app, tokens.refresh_token.as_deref().unwrap()).to_vec();
        assert_eq!(world.token(CA, &refresh).await.unwrap_err().code, Code::InvalidGrant);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_exchange_is_refused_and_leaves_the_code_to_its_owner() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let other = world.confidential().await;
        let idaho = world.app("idaho", Environment::Production, AccessType::Patient, "confidential").await;
        let member = world.member("ann", &app.partition).await;
        let code = world.code(CA, &request(&app, "patient/Patient.read"), &member).await;
        let right = || code_exchange(&app, &code);

        for (authz, wrong, expect) in [
            (CA, but(right(), "redirect_uri", "https://acme.example/callback/"), Code::InvalidGrant),
            (CA, but(right(), "redirect_uri", ""), Code::InvalidRequest),
            (CA, but(right(), "code", "unknown"), Code::InvalidGrant),
            (CA, but(right(), "code", ""), Code::InvalidRequest),
            (CA, but(right(), "code_verifier", ""), Code::InvalidGrant),
            (CA, but(right(), "code_verifier", "a".repeat(43).leak()), Code::InvalidGrant),
            (CA, but(right(), "client_secret", "wrong"), Code::InvalidClient),
            (CA, but(right(), "client_secret", ""), Code::InvalidClient),
            (CA, code_exchange(&other, &code), Code::InvalidGrant),
            (IDAHO, right(), Code::InvalidClient),
            (IDAHO, code_exchange(&idaho, &code), Code::InvalidGrant),
            (CA, but(right(), "grant_type", "password"), Code::UnsupportedGrantType),
            (CA, but(right(), "grant_type", ""), Code::InvalidRequest),
        ] {
            assert_eq!(world.token(authz, &wrong).await.unwrap_err().code, expect, "{wrong:?}");
        }
        assert!(world.token(CA, &right()).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_code_is_good_for_a_minute() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let member = world.member("ann", &app.partition).await;
        let code = world.code(CA, &request(&app, "patient/Patient.read"), &member).await;
        test.clock.advance(Span::new().seconds(60));

        let refused = world.token(CA, &code_exchange(&app, &code)).await.unwrap_err();

        assert_eq!(refused.code, Code::InvalidGrant);
        assert!(refused.reason.starts_with("code_expired:"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_verifier_never_replaces_a_secret_nor_comes_without_its_challenge() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let member = world.member("ann", &app.partition).await;
        let plain = but(but(request(&app, "patient/Patient.read"), "code_challenge", ""), "code_challenge_method", "");
        let code = world.code(CA, &plain, &member).await;

        let downgrade = world.token(CA, &code_exchange(&app, &code)).await;
        assert_eq!(downgrade.unwrap_err().code, Code::InvalidGrant, "a verifier without a challenge");
        let no_secret = but(code_exchange(&app, &code), "client_secret", "");
        assert_eq!(world.token(CA, &no_secret).await.unwrap_err().code, Code::InvalidClient);
        assert!(world.token(CA, &but(code_exchange(&app, &code), "code_verifier", "")).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_public_client_exchanges_with_its_verifier_alone() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.public().await;
        let member = world.member("ann", &app.partition).await;
        let code = world.code(CA, &request(&app, "patient/Patient.read"), &member).await;

        let with_secret = but(code_exchange(&app, &code), "client_secret", "anything");
        assert_eq!(world.token(CA, &with_secret).await.unwrap_err().code, Code::InvalidClient);
        assert!(world.token(CA, &code_exchange(&app, &code)).await.is_ok());
    })
    .await;
}
