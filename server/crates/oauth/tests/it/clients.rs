//! Apps by themselves: client credentials, authentication, introspection, revocation.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Span;
use model::{application::AccessType, partition::Environment};
use oauth::{
    endpoint::Endpoint,
    error::Code,
    introspection::{Introspection, introspect},
    parameters::Parameters,
    revocation,
    tokens::Issuer,
};
use store::testing::on_each_database;

use crate::world::{App, CA, IDAHO, World, but, code_exchange, refresh, request};

fn credentials<'a>(app: &'a App, scope: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("grant_type", "client_credentials"), ("client_id", &app.id), ("client_secret", &app.secret), ("scope", scope)]
}

#[tokio::test]
async fn client_credentials_open_the_directory_and_nothing_else() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let printed = "public/Practitioner.read user/PractitionerRole.read";

        let token = world.token(CA, &credentials(&app, printed)).await.unwrap();

        assert_eq!(token.scope, "public/Practitioner.read public/PractitionerRole.read");
        assert_eq!((token.refresh_token, token.patient, token.id_token), (None, None, None));
        let access = world.call("/fhir/oph/ca/R4", &token.access_token).await.unwrap();
        assert_eq!((access.patient, access.grant, access.partition), (None, None, app.partition.clone()));
        for (scope, expect) in [
            ("patient/Patient.read", Code::InvalidScope),
            ("user/Patient.read", Code::InvalidScope),
            ("public/Patient.read", Code::InvalidScope),
            ("public/practitioner.read", Code::InvalidScope),
            ("public/*.read", Code::InvalidScope),
            ("public/Endpoint.read", Code::InvalidScope),
            ("openid public/Practitioner.read", Code::InvalidScope),
            ("", Code::InvalidScope),
        ] {
            assert_eq!(world.token(CA, &credentials(&app, scope)).await.unwrap_err().code, expect, "{scope}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_may_use_client_credentials() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (scope, production) = ("public/Practitioner.read", Environment::Production);
        let public = world.public().await;
        let pending = world.unreviewed_app("oph-ca", production, AccessType::Both, "confidential").await;
        let patient = world.app("oph-ca", production, AccessType::Patient, "confidential").await;

        assert_eq!(world.token(CA, &credentials(&public, scope)).await.unwrap_err().code, Code::UnauthorizedClient);
        assert_eq!(world.token(CA, &credentials(&patient, scope)).await.unwrap_err().code, Code::InvalidScope);
        assert!(world.token(CA, &credentials(&pending, scope)).await.is_ok(), "its public part is live at once");
    })
    .await;
}

#[tokio::test]
async fn an_unknown_client_and_a_wrong_secret_are_told_the_same() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let right = || credentials(&app, "public/Practitioner.read");

        let wrong = world.token(CA, &but(right(), "client_secret", "wrong")).await.unwrap_err();
        for same in [
            world.token(CA, &but(right(), "client_id", "unknown")).await,
            world.token(CA, &but(right(), "client_id", "unknown' OR '1'='1")).await,
            world.token(CA, &but(right(), "client_id", "un\0known")).await,
            world.token(CA, &but(right(), "client_secret", "")).await,
            world.token(IDAHO, &right()).await,
        ] {
            assert_eq!(same.unwrap_err(), wrong);
        }
        assert_eq!(wrong.code, Code::InvalidClient);
    })
    .await;
}

#[tokio::test]
async fn a_secret_comes_in_the_header_too() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let basic = format!("Basic {}", STANDARD.encode(format!("{}:{}", app.id, app.secret)));
        let form = [("grant_type", "client_credentials"), ("scope", "public/Practitioner.read")];

        assert!(world.token_call(CA, Some(&basic), &form).await.is_ok());
        let both = credentials(&app, "public/Practitioner.read");
        let refused = world.token_call(CA, Some(&basic), &both).await.unwrap_err().told();
        assert_eq!(refused.code, Code::InvalidRequest);
    })
    .await;
}

async fn ask(world: &World<'_>, app: &App, token: &str) -> Introspection {
    let surface = world.surface(CA);
    let parameters: Parameters =
        [("client_id", app.id.as_str()), ("client_secret", &app.secret), ("token", token)].into_iter().collect();
    let client = world.authenticate(CA, Endpoint::Introspection, None, &parameters).await.unwrap();
    let program = world.programs.get(&surface.program).unwrap();
    let issuer = Issuer { program, surface: &surface, bases: &world.bases, keys: &world.keys };
    introspect(&world.test.store, &world.tokens, &issuer, &client, &parameters).await.unwrap()
}

async fn give_back(world: &World<'_>, app: &App, token: &str) {
    let parameters: Parameters =
        [("client_id", app.id.as_str()), ("client_secret", &app.secret), ("token", token)].into_iter().collect();
    let client = world.authenticate(CA, Endpoint::Revocation, None, &parameters).await.unwrap();
    let site = &world.registry.site;
    revocation::revoke(&world.test.store, &world.keys, site, &client, &parameters).await.unwrap();
}

#[tokio::test]
async fn only_its_own_client_learns_what_a_token_is_worth() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (app, other) = (world.confidential().await, world.confidential().await);
        let member = world.member("ann", &app.partition).await;
        let tokens = world.tokens(&app, "openid launch/patient patient/Patient.read", &member).await;
        let refresh = tokens.refresh_token.unwrap();

        let told = ask(&world, &app, &tokens.access_token).await;
        assert_eq!((told.active, told.scope.as_deref()), (true, Some(tokens.scope.as_str())));
        assert_eq!(told.patient.unwrap().as_str(), "patient-ann");
        assert_eq!(told.exp.unwrap() - told.iat.unwrap(), 300);
        assert!(ask(&world, &app, &refresh).await.active);
        for (app, token) in [(&other, &tokens.access_token), (&other, &refresh), (&app, &"junk".to_owned())] {
            assert_eq!(ask(&world, app, token).await, Introspection::default());
        }
        test.clock.advance(Span::new().minutes(5));
        assert_eq!(ask(&world, &app, &tokens.access_token).await, Introspection::default(), "expired");
    })
    .await;
}

#[tokio::test]
async fn a_refresh_token_given_back_takes_its_access_tokens_with_it() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (app, other) = (world.confidential().await, world.confidential().await);
        let member = world.member("ann", &app.partition).await;
        let tokens = world.tokens(&app, "patient/Patient.read", &member).await;
        let token = tokens.refresh_token.as_deref().unwrap();

        give_back(&world, &other, token).await;
        give_back(&world, &other, &tokens.access_token).await;
        give_back(&world, &app, "unknown").await;
        assert_eq!(world.refused(&tokens.access_token).await, None, "a foreign token stays alive");

        give_back(&world, &app, token).await;
        assert_eq!(world.refused(&tokens.access_token).await, Some("grant_revoked"));
        let refused = world.token(CA, &refresh(&app, token)).await.unwrap_err();
        assert!(refused.reason.starts_with("token_revoked:"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn an_access_token_given_back_leaves_the_rest() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let member = world.member("ann", &app.partition).await;
        let code = world.code(CA, &request(&app, "patient/Patient.read"), &member).await;
        let first = world.token(CA, &code_exchange(&app, &code)).await.unwrap();
        let second = world.token(CA, &refresh(&app, first.refresh_token.as_deref().unwrap())).await.unwrap();

        give_back(&world, &app, &first.access_token).await;

        assert_eq!(world.refused(&first.access_token).await, Some("grant_revoked"));
        assert_eq!(world.refused(&second.access_token).await, None);
    })
    .await;
}
