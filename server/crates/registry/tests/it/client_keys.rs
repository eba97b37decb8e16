//! Public keys: set, replaced and removed by the team, beside the secrets.

use model::{
    application::{AccessType::Patient, ClientKind},
    client_keys::ClientKeys,
    form::{Code, FieldError},
    id::ClientId,
    partition::Environment::Sandbox,
};
use registry::{applications, client_keys, error::Error, history};
use store::{Part, testing::on_each_database};

use crate::desk::{Desk, Nothing, application};

fn set(kid: &str) -> ClientKeys {
    let n = "q6ur".repeat(86);
    ClientKeys::Set(format!(r#"{{"keys":[{{"kty":"RSA","kid":"{kid}","n":"{n}","e":"AQAB"}}]}}"#).parse().unwrap())
}

fn url() -> ClientKeys {
    ClientKeys::Url("https://acme.example/jwks.json".parse().unwrap())
}

#[tokio::test]
async fn keys_are_set_replaced_and_removed_and_the_owner_is_told() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let registered = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap();
        let (id, client) = (&registered.application.id, &registered.application.client_id);
        let mut ctx = desk.write().await;
        assert_eq!(client_keys::find(&mut ctx, client).await.unwrap(), None);

        for keys in [set("1"), url(), set("2")] {
            client_keys::set(&mut ctx, &desk.registry, &member, id, &keys).await.unwrap();
            assert_eq!(client_keys::find(&mut ctx, client).await.unwrap().as_ref(), Some(&keys));
            assert_eq!(client_keys::of_application(&mut ctx, &member, id).await.unwrap().unwrap().keys, Some(keys));
        }
        let secret = registered.secret.as_ref().unwrap().expose();
        ctx.commit().await.unwrap();
        assert!(desk.secret(client, secret).await.is_some(), "the secret stays");
        let mut ctx = desk.write().await;
        client_keys::remove(&mut ctx, &desk.registry, &member, id).await.unwrap();

        assert_eq!(client_keys::find(&mut ctx, client).await.unwrap(), None);
        let again = client_keys::remove(&mut ctx, &desk.registry, &member, id).await;
        assert!(matches!(again, Err(Error::NotFound)));
        let entries = history::list(&mut ctx, &registered.application.subject(), Part::ALL).await.unwrap();
        let actions = entries.iter().map(|entry| entry.action.as_str()).filter(|action| action.starts_with("keys_"));
        let mut actions: Vec<_> = actions.collect();
        actions.sort_unstable();
        assert_eq!(actions, ["keys_removed", "keys_set", "keys_set", "keys_set"]);
        ctx.commit().await.unwrap();
        let mail = desk.mail_to("acme").await;
        assert_eq!(mail.iter().filter(|line| line.starts_with("The public keys of ")).count(), 4);
    })
    .await;
}

/// RFC 7515 appendix A.3.1.
const P256: [&str; 2] = ["f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"];

fn point(curve: &str, x: &str, y: &str) -> ClientKeys {
    let key = format!(r#"{{"kty":"EC","kid":"1","crv":"{curve}","x":"{x}","y":"{y}"}}"#);
    ClientKeys::Set(format!(r#"{{"keys":[{key}]}}"#).parse().unwrap())
}

#[tokio::test]
async fn a_key_that_is_no_point_of_its_curve_is_refused() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let registered = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap();
        let id = &registered.application.id;
        let [x, y] = P256;
        // Zero, and the prime of P-256 itself, which is zero to code that forgets to check (RFC 5480 §2.2).
        let (zero, prime) = ("A".repeat(43), "_____wAAAAEAAAAAAAAAAAAAAAD_______________8");
        // Random bytes, as long as a point of P-384 is.
        let long = "q6ur".repeat(16);
        let off = [
            point("P-256", y, x),
            point("P-256", x, x),
            point("P-256", &zero, &zero),
            point("P-256", prime, &zero),
            point("P-256", x, prime),
            point("P-384", &long, &long),
            point("P-384", &"A".repeat(64), &"A".repeat(64)),
        ];
        let mut ctx = desk.write().await;
        for keys in off {
            let refused = client_keys::set(&mut ctx, &desk.registry, &member, id, &keys).await;
            let Err(Error::Fields(fields)) = refused else { panic!("{keys:?}: {refused:?}") };
            assert_eq!(fields, [FieldError::new("jwks", Code::MalformedKey)], "{keys:?}");
        }
        assert_eq!(client_keys::of_application(&mut ctx, &member, id).await.unwrap(), None);
        client_keys::set(&mut ctx, &desk.registry, &member, id, &point("P-256", x, y)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_public_client_has_no_keys() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let mut draft = application("Claims", Sandbox, Patient);
        draft.client_kind = ClientKind::Public;
        let registered = desk.register(&member, &draft).await.unwrap();
        let mut ctx = desk.write().await;
        let refused = client_keys::set(&mut ctx, &desk.registry, &member, &registered.application.id, &url()).await;
        assert!(matches!(refused, Err(Error::PublicClient)));
        assert_eq!(client_keys::find(&mut ctx, &registered.application.client_id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn nobody_elses_keys_can_be_seen_set_or_removed() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, eve) = (desk.approved_vendor("acme").await, desk.approved_vendor("eve").await);
        let registered = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap();
        let (id, client) = (&registered.application.id, &registered.application.client_id);
        let mut ctx = desk.write().await;
        client_keys::set(&mut ctx, &desk.registry, &member, id, &url()).await.unwrap();

        let seen = client_keys::of_application(&mut ctx, &eve, id).await;
        let changed = client_keys::set(&mut ctx, &desk.registry, &eve, id, &set("eve")).await;
        let removed = client_keys::remove(&mut ctx, &desk.registry, &eve, id).await;

        assert!(matches!(seen, Err(Error::NotFound)));
        assert!(matches!((changed, removed), (Err(Error::NotFound), Err(Error::NotFound))));
        assert_eq!(client_keys::find(&mut ctx, client).await.unwrap(), Some(url()));
        assert_eq!(client_keys::find(&mut ctx, &ClientId::new("unknown")).await.unwrap(), None);
        applications::delete(&mut ctx, &Nothing, &member, id).await.unwrap();
        assert_eq!(client_keys::find(&mut ctx, client).await.unwrap(), None, "a deleted app");
    })
    .await;
}
