//! Public keys: set, replaced and removed by the team, beside the secrets.

use model::{
    application::{AccessType::Patient, ClientKind},
    client_keys::ClientKeys,
    id::ClientId,
    partition::Environment::Sandbox,
};
use registry::{applications, client_keys, error::Error, history};
use store::testing::on_each_database;

use crate::desk::{Desk, application};

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
            assert_eq!(client_keys::of_application(&mut ctx, &member, id).await.unwrap().unwrap().keys, keys);
        }
        let secret = registered.secret.as_ref().unwrap().expose();
        assert!(desk.secret(client, secret).await.is_some(), "the secret stays");
        client_keys::remove(&mut ctx, &desk.registry, &member, id).await.unwrap();

        assert_eq!(client_keys::find(&mut ctx, client).await.unwrap(), None);
        let again = client_keys::remove(&mut ctx, &desk.registry, &member, id).await;
        assert!(matches!(again, Err(Error::NotFound)));
        let entries = history::of_application(&mut ctx, id).await.unwrap();
        let actions = entries.iter().map(|entry| entry.action.as_str()).filter(|action| action.starts_with("keys_"));
        let mut actions: Vec<_> = actions.collect();
        actions.sort_unstable();
        assert_eq!(actions, ["keys_removed", "keys_set", "keys_set", "keys_set"]);
        ctx.commit().await.unwrap();
        let mail = desk.mail_to("acme").await;
        assert_eq!(mail.iter().filter(|line| *line == "The public keys of your application changed").count(), 4);
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
        applications::delete(&mut ctx, &member, id).await.unwrap();
        assert_eq!(client_keys::find(&mut ctx, client).await.unwrap(), None, "a deleted app");
    })
    .await;
}
