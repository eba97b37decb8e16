//! Refresh tokens: narrowing, ending, rotating.

use std::sync::Arc;

use jiff::Span;
use model::text::Paragraph;
use oauth::{error::Code, grants::member};
use programs::Programs;
use registry::applications;
use store::testing::{on_each_database, sqlite};

use crate::world::{CA, IDAHO_SANDBOX, World, but, refresh};

#[tokio::test]
async fn a_refresh_gives_an_access_token_and_no_new_refresh_token() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let member = world.member("ann", &app.partition).await;
        let first = world.tokens(&app, "patient/Patient.read patient/Coverage.read", &member).await;
        let token = first.refresh_token.unwrap();

        let plain = world.token(CA, &refresh(&app, &token)).await.unwrap();
        assert_eq!((plain.refresh_token, plain.scope), (None, first.scope));
        assert_eq!(plain.patient.unwrap().as_str(), "patient-ann");
        assert_ne!(plain.access_token, first.access_token);

        let narrow = world.token(CA, &but(refresh(&app, &token), "scope", "patient/Patient.r")).await.unwrap();
        assert_eq!(narrow.scope, "patient/Patient.r");
        let whole = world.token(CA, &refresh(&app, &token)).await.unwrap();
        assert_eq!(whole.scope, "patient/Patient.read patient/Coverage.read", "narrowing once does not last");
    })
    .await;
}

#[tokio::test]
async fn a_refresh_never_gives_more_or_to_another() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (app, other) = (world.confidential().await, world.confidential().await);
        let member = world.member("ann", &app.partition).await;
        let tokens = world.tokens(&app, "patient/Patient.read", &member).await;
        let token = tokens.refresh_token.unwrap();
        let right = || refresh(&app, &token);

        for (wrong, expect) in [
            (but(right(), "scope", "patient/Patient.read patient/Coverage.read"), Code::InvalidScope),
            (but(right(), "scope", "public/Location.read"), Code::InvalidScope),
            (but(right(), "scope", "patient/*.read"), Code::InvalidScope),
            (but(right(), "refresh_token", &tokens.access_token), Code::InvalidGrant),
            (but(right(), "refresh_token", "unknown"), Code::InvalidGrant),
            (but(right(), "client_secret", ""), Code::InvalidClient),
            (refresh(&other, &token), Code::InvalidGrant),
        ] {
            assert_eq!(world.token(CA, &wrong).await.unwrap_err().code, expect, "{wrong:?}");
        }
        assert!(world.token(CA, &right()).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_public_client_refreshes_with_nothing_but_its_token_and_a_confidential_one_never_does() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (public, confidential) = (world.public().await, world.confidential().await);
        let ann = world.member("ann", &public.partition).await;
        let nameless = |token| but(but(refresh(&public, token), "client_id", ""), "client_secret", "");
        let token = world.tokens(&public, "patient/Patient.read", &ann).await.refresh_token.unwrap();

        let refreshed = world.token(CA, &nameless(&token)).await.unwrap();

        assert_eq!(refreshed.scope, "patient/Patient.read");
        assert_eq!(world.refused(&refreshed.access_token).await, None);
        let guarded = world.tokens(&confidential, "patient/Patient.read", &ann).await;
        let guarded_refresh = guarded.refresh_token.unwrap();
        for (authz, token) in [
            (CA, guarded_refresh.as_str()),
            (CA, "unknown"),
            (CA, &guarded.access_token),
            // The same client, at another program's server.
            (IDAHO_SANDBOX, &token),
        ] {
            assert_eq!(world.token(authz, &nameless(token)).await.unwrap_err().code, Code::InvalidClient, "{authz}");
        }
        let exchange = [("grant_type", "authorization_code"), ("code", "x"), ("refresh_token", &*token)];
        assert_eq!(world.token(CA, &exchange).await.unwrap_err().code, Code::InvalidClient);
    })
    .await;
}

#[tokio::test]
async fn an_app_can_tell_why_a_refresh_is_refused() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let member = world.member("ann", &app.partition).await;
        let expired = world.tokens(&app, "patient/Patient.read", &member).await.refresh_token.unwrap();
        test.clock.advance(Span::new().hours(24 * 365));
        let reason = world.token(CA, &refresh(&app, &expired)).await.unwrap_err().reason;
        assert!(reason.starts_with("grant_expired:"), "{reason}");

        let revoked = world.tokens(&app, "patient/Patient.read", &member).await.refresh_token.unwrap();
        let mut ctx = world.write().await;
        let grant = member::connected(&mut ctx, &member.signed_in.account).await.unwrap()[0].grant.id.clone();
        member::revoke(&mut ctx, &world.registry.site, &member.signed_in.account, &grant).await.unwrap();
        ctx.commit().await.unwrap();
        let refused = world.token(CA, &refresh(&app, &revoked)).await.unwrap_err();
        assert_eq!(refused.code, Code::InvalidGrant);
        assert!(refused.reason.starts_with("grant_revoked:"), "{refused}");

        let mut ctx = world.write().await;
        let why = Paragraph::parse("Sold data.").unwrap();
        applications::block(&mut ctx, &world.registry, &world.reviewer, &app.application, &why).await.unwrap();
        ctx.commit().await.unwrap();
        let reason = world.token(CA, &refresh(&app, &revoked)).await.unwrap_err().reason;
        assert!(reason.starts_with("app_suspended:"), "{reason}");
    })
    .await;
}

/// The embedded programs, with one key of the files written otherwise.
pub fn programs(from: &str, to: &str) -> Arc<Programs> {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../programs");
    let folder = store::testing::temporary_folder("programs");
    for file in ["idaho.toml", "oph-ca.toml"] {
        let text = std::fs::read_to_string(source.join(file)).unwrap();
        assert!(text.contains(from));
        std::fs::write(folder.join(file), text.replace(from, to)).unwrap();
    }
    let programs = Programs::from_folder(&folder).unwrap();
    std::fs::remove_dir_all(folder).unwrap();
    Arc::new(programs)
}

#[tokio::test]
async fn where_refresh_tokens_rotate_a_copy_ends_the_family_but_a_lost_answer_does_not() {
    let test = sqlite().await;
    let always = programs("refresh_rotation = \"never\"", "refresh_rotation = \"always\"");
    let world = World::with(&test, always).await;
    let app = world.confidential().await;
    let member = world.member("ann", &app.partition).await;
    let first = world.tokens(&app, "patient/Patient.read", &member).await.refresh_token.unwrap();

    let second = world.token(CA, &refresh(&app, &first)).await.unwrap().refresh_token.unwrap();
    test.clock.advance(Span::new().seconds(30));
    let again = world.token(CA, &refresh(&app, &first)).await.unwrap();
    assert!(again.refresh_token.is_some(), "the answer was lost on the way");

    test.clock.advance(Span::new().seconds(31));
    let copied = world.token(CA, &refresh(&app, &first)).await.unwrap_err();
    assert!(copied.reason.starts_with("token_reused:"), "{copied}");
    assert_eq!(world.token(CA, &refresh(&app, &second)).await.unwrap_err().code, Code::InvalidGrant);
    assert_eq!(world.refused(&again.access_token).await, Some("grant_revoked"));
}
