//! Access tokens at the API: what a token gives, what a forged one does not, and how soon it ends.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Span;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use model::{application::AccessType, partition::Environment, text::Paragraph};
use oauth::{
    access::Denied,
    grants::member,
    keys::{AccessClaims, Audience},
};
use registry::{applications, organizations};
use store::testing::on_each_database;

use crate::world::{CA, IDAHO_SANDBOX, World, code_exchange, request};

const FHIR: &str = "/fhir/oph/ca/R4";

#[tokio::test]
async fn a_token_gives_what_the_member_allowed() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let member = world.member("ann", &app.partition).await;
        let tokens = world.tokens(&app, "patient/Patient.read public/Location.read", &member).await;

        let access = world.call(FHIR, &tokens.access_token).await.unwrap();

        assert_eq!(access.partition, app.partition);
        assert_eq!(access.patient.unwrap().as_str(), "patient-ann");
        assert_eq!(access.scopes.to_string(), "patient/Patient.read public/Location.read");
        assert_eq!(access.account.unwrap(), member.signed_in.account);
    })
    .await;
}

#[tokio::test]
async fn a_forged_token_is_refused() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let member = world.member("ann", &app.partition).await;
        let tokens = world.tokens(&app, "openid patient/Patient.read", &member).await;
        let token = tokens.access_token.as_str();
        let claims = world.keys.verify_access_token(&test.store, token).await.unwrap().unwrap();
        let again = |change: fn(&mut AccessClaims)| {
            let mut claims = (*claims).clone();
            change(&mut claims);
            world.keys.sign_access_token(test.store.now(), &claims).unwrap()
        };
        let (message, signature) = token.rsplit_once('.').unwrap();
        let (header, payload) = message.split_once('.').unwrap();
        let none = URL_SAFE_NO_PAD.encode(r#"{"typ":"at+jwt","alg":"none"}"#);
        let other = payload.replace(&payload[10..12], if &payload[10..12] == "AA" { "BB" } else { "AA" });
        let public = serde_json::to_string(&world.keys.published()).unwrap();
        let mut confused = Header::new(Algorithm::HS256);
        confused.typ = Some("at+jwt".to_owned());
        confused.kid = jsonwebtoken::decode_header(token).unwrap().kid;
        let confused = encode(&confused, &claims, &EncodingKey::from_secret(public.as_bytes())).unwrap();

        for forged in [
            String::new(),
            "a.b.c".to_owned(),
            "x".repeat(100_000),
            format!("{message}."),
            format!("{message}.{}", "A".repeat(86)),
            format!("{none}.{payload}."),
            format!("{none}.{payload}.{signature}"),
            format!("{header}.{other}.{signature}"),
            format!("{token}.{token}"),
            confused,
            tokens.id_token.clone().unwrap(),
            tokens.refresh_token.clone().unwrap(),
            again(|claims| claims.iss = "https://evil.example".to_owned()),
            again(|claims| claims.iss = "http://127.0.0.1:3000/authz/idaho".to_owned()),
            again(|claims| claims.aud = Audience::One("http://127.0.0.1:3000/fhir/idaho/R4".to_owned())),
            again(|claims| claims.client_id = "other".to_owned()),
            again(|claims| claims.jti = "unknown".to_owned()),
            again(|claims| claims.nbf = Some(claims.iat + 60)),
        ] {
            let refused = world.call(FHIR, &forged).await;
            assert!(matches!(refused, Err(Denied::Invalid)), "{forged}");
        }
        let late = again(|claims| claims.exp = claims.iat - 1);
        assert!(matches!(world.call(FHIR, &late).await, Err(Denied::Expired)));
        assert!(world.call(FHIR, token).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_token_expires_after_five_minutes_though_it_was_verified_before() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let member = world.member("ann", &app.partition).await;
        let token = world.tokens(&app, "patient/Patient.read", &member).await.access_token;
        test.clock.advance(Span::new().seconds(299));
        assert_eq!(world.refused(&token).await, None);

        test.clock.advance(Span::new().seconds(1));

        assert_eq!(world.refused(&token).await, Some("token_expired"));
    })
    .await;
}

#[tokio::test]
async fn revoking_bites_at_the_next_call_and_spares_other_members() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (ann, bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        let hers = world.tokens(&app, "patient/Patient.read", &ann).await.access_token;
        let his = world.tokens(&app, "patient/Patient.read", &bob).await.access_token;
        assert_eq!(world.refused(&hers).await, None);

        let mut ctx = world.write().await;
        let grant = member::connected(&mut ctx, &ann.signed_in.account).await.unwrap()[0].newest.id.clone();
        let foreign = member::revoke(&mut ctx, &world.registry.site, &bob.signed_in.account, &grant).await;
        assert!(matches!(foreign, Err(member::Error::NotFound)));
        member::revoke(&mut ctx, &world.registry.site, &ann.signed_in.account, &grant).await.unwrap();
        ctx.commit().await.unwrap();

        assert_eq!(world.refused(&hers).await, Some("grant_revoked"));
        assert_eq!(world.refused(&his).await, None);
    })
    .await;
}

#[tokio::test]
async fn blocking_the_app_or_its_organization_bites_at_the_next_call() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let member = world.member("ann", &app.partition).await;
        let token = world.tokens(&app, "patient/Patient.read", &member).await.access_token;
        let why = Paragraph::parse("Sold data.").unwrap();
        let (by, organization) = (&world.reviewer, &world.vendor().organization);

        let mut ctx = world.write().await;
        applications::block(&mut ctx, &world.registry, by, &app.application, &why).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(world.refused(&token).await, Some("app_suspended"));

        let mut ctx = world.write().await;
        applications::unblock(&mut ctx, &world.registry, by, &app.application, &why).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(world.refused(&token).await, None);

        let mut ctx = world.write().await;
        organizations::block(&mut ctx, &world.registry, by, organization, &why).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(world.refused(&token).await, Some("app_suspended"));
    })
    .await;
}

#[tokio::test]
async fn tokens_from_before_a_block_are_as_it_says() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let member = world.member("ann", &app.partition).await;
        let tokens = world.tokens(&app, "patient/Patient.read offline_access", &member).await;
        let why = Paragraph::parse("Sold data.").unwrap();
        let (by, vendor) = (&world.reviewer, world.vendor());
        let step = async |name: &str| {
            let (mut ctx, registry, id) = (world.write().await, &world.registry, &app.application);
            match name {
                "block" => applications::block(&mut ctx, registry, by, id, &why).await,
                "unblock" => applications::unblock(&mut ctx, registry, by, id, &why).await,
                "deactivate" => applications::deactivate(&mut ctx, vendor, id).await,
                _ => applications::reactivate(&mut ctx, vendor, id).await,
            }
            .unwrap();
            ctx.commit().await.unwrap();
        };
        for (name, refused) in [
            ("deactivate", true),
            ("block", true),
            ("unblock", true),
            ("reactivate", false),
            ("block", true),
            ("deactivate", true),
            ("unblock", true),
            ("reactivate", false),
        ] {
            step(name).await;
            assert_eq!(world.refused(&tokens.access_token).await.is_some(), refused, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_of_one_program_or_environment_means_nothing_in_another() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.app("idaho", Environment::Sandbox, AccessType::Both, "confidential").await;
        let member = world.member("ann", &app.partition).await;
        let code = world.code(IDAHO_SANDBOX, &request(&app, "patient/Patient.read"), &member).await;
        let token = world.token(IDAHO_SANDBOX, &code_exchange(&app, &code)).await.unwrap().access_token;

        assert!(world.call("/fhir/idaho/sandbox/R4", &token).await.is_ok());
        for elsewhere in ["/fhir/idaho/R4", FHIR] {
            assert!(matches!(world.call(elsewhere, &token).await, Err(Denied::Invalid)), "{elsewhere}");
        }
        let code = world.code(IDAHO_SANDBOX, &request(&app, "patient/Patient.read"), &member).await;
        assert!(world.token(CA, &code_exchange(&app, &code)).await.is_err());
    })
    .await;
}
