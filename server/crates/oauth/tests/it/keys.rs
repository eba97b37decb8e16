//! Signing keys: the same on every node, replaced without a gap, private for ever.

use std::sync::Arc;

use jiff::{SignedDuration, Span};
use oauth::keys::{Error, Keys, Life, Listed, State, list};
use store::{
    SealingKey, sql,
    testing::{TestStore, at_once, on_each_database, racing_on_each_database},
};

use crate::world::{CA, World, code_exchange, request};

const LIFE: Life =
    Life { signs_for: SignedDuration::from_hours(24 * 90), longest_token: SignedDuration::from_secs(300) };

async fn load(test: &TestStore) -> Keys {
    Keys::load(&test.store, SealingKey::new([7; 32])).await.unwrap()
}

async fn listed(test: &TestStore) -> Vec<Listed> {
    list(&mut test.store.read().await.unwrap()).await.unwrap()
}

/// Of the keys of one algorithm, oldest first.
async fn states(test: &TestStore, algorithm: &str) -> Vec<State> {
    listed(test).await.iter().filter(|key| key.algorithm == algorithm).map(|key| key.state).collect()
}

fn kid(token: &str) -> String {
    jsonwebtoken::decode_header(token).unwrap().kid.unwrap()
}

#[tokio::test]
async fn nodes_that_start_together_agree_on_the_keys() {
    racing_on_each_database(async |test| {
        let nodes = at_once((0..3).map(|_| load(test))).await;

        let published: Vec<_> = nodes.into_iter().map(|keys| keys.published()).collect();

        assert_eq!(published[0].keys.len(), 2);
        assert!(published.iter().all(|keys| *keys == published[0]));
    })
    .await;
}

#[tokio::test]
async fn private_keys_are_neither_published_nor_readable_without_the_key_file() {
    on_each_database(async |test| {
        let keys = load(test).await;
        keys.rotate(&test.store).await.unwrap();
        let published = serde_json::to_value(keys.published()).unwrap();
        assert_eq!(published["keys"].as_array().unwrap().len(), 4);
        for key in published["keys"].as_array().unwrap() {
            let names: Vec<&String> = key.as_object().unwrap().keys().collect();
            for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
                assert!(!names.iter().any(|name| *name == private), "{key}");
            }
            assert!(key["kid"].is_string() && key["use"] == "sig" && key["alg"].is_string(), "{key}");
        }
        let error = Keys::load(&test.store, SealingKey::new([8; 32])).await.err().unwrap();
        assert!(matches!(error, Error::Sealed(_)));
        assert!(error.to_string().contains("does not open with this key file"), "{error}");
        let mut ctx = test.store.read().await.unwrap();
        let stored: Vec<(String,)> = sql("SELECT private_key FROM signing_key").fetch_all(&mut ctx.tx).await.unwrap();
        assert!(stored.iter().all(|(key,)| !key.starts_with("MI")), "PKCS #8 begins with a SEQUENCE");
    })
    .await;
}

#[tokio::test]
async fn a_new_key_is_published_before_it_signs_and_the_old_one_verifies_until_its_tokens_have_expired() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let token = async || world.tokens(&app, "openid patient/Patient.read", &ann).await.access_token;
        let old = kid(&token().await);

        world.keys.rotate(&test.store).await.unwrap();
        assert_eq!(world.keys.published().keys.len(), 4);
        assert_eq!(states(test, "ES256").await, [State::Signing, State::Next]);
        test.clock.advance(Span::new().minutes(9));
        assert_eq!(kid(&token().await), old, "a client that fetched the keys before knows only the old one");
        test.clock.advance(Span::new().seconds(59));
        let last = token().await;
        assert_eq!(kid(&last), old);

        test.clock.advance(Span::new().seconds(1));
        assert_ne!(kid(&token().await), old);
        assert_eq!(states(test, "ES256").await, [State::Verifying, State::Signing]);
        test.clock.advance(Span::new().seconds(298));
        world.keys.turn(&test.store, &LIFE).await.unwrap();
        assert_eq!(world.refused(&last).await, None);
        test.clock.advance(Span::new().seconds(1));
        assert_eq!(world.refused(&last).await, Some("token_expired"));

        test.clock.advance(Span::new().seconds(61));
        world.keys.turn(&test.store, &LIFE).await.unwrap();
        assert_eq!(states(test, "ES256").await, [State::Retired, State::Signing]);
        assert_eq!(states(test, "RS256").await, [State::Retired, State::Signing]);
        assert_eq!(world.refused(&last).await, Some("token_invalid"), "also what was remembered is forgotten");
        assert!(world.keys.published().keys.iter().all(|key| key.common.key_id.as_deref() != Some(&*old)));
        let mut ctx = world.read().await;
        let erased: Vec<(String,)> = sql("SELECT private_key FROM signing_key WHERE retired_at IS NOT NULL")
            .fetch_all(&mut ctx.tx)
            .await
            .unwrap();
        assert_eq!(erased, [(String::new(),), (String::new(),)]);
    })
    .await;
}

#[tokio::test]
async fn nodes_that_rotate_at_once_make_one_generation() {
    racing_on_each_database(async |test| {
        let nodes = at_once((0..3).map(|_| load(test))).await;

        let made = at_once(nodes.iter().map(|keys| keys.rotate(&test.store))).await;

        assert_eq!(made.into_iter().map(Result::unwrap).sum::<usize>(), 2, "one of each algorithm");
        assert_eq!(nodes[0].rotate(&test.store).await.unwrap(), 0, "the next ones wait already");
        let generations: Vec<_> = listed(test).await.into_iter().map(|key| (key.algorithm, key.generation)).collect();
        let expect = [("ES256", 1), ("ES256", 2), ("RS256", 1), ("RS256", 2)];
        assert_eq!(generations, expect.map(|(algorithm, generation)| (algorithm.to_owned(), generation)));
    })
    .await;
}

#[tokio::test]
async fn a_key_is_replaced_when_it_has_signed_for_as_long_as_it_may() {
    on_each_database(async |test| {
        let keys = load(test).await;
        test.clock.advance(Span::new().hours(24 * 90 - 1));
        keys.turn(&test.store, &LIFE).await.unwrap();
        assert_eq!(states(test, "ES256").await, [State::Signing]);

        test.clock.advance(Span::new().hours(1));
        keys.turn(&test.store, &LIFE).await.unwrap();
        keys.turn(&test.store, &LIFE).await.unwrap();

        assert_eq!(states(test, "ES256").await, [State::Signing, State::Next]);
        assert_eq!(states(test, "RS256").await, [State::Signing, State::Next]);
    })
    .await;
}

#[tokio::test]
async fn a_token_that_another_node_signed_with_a_key_unknown_here_verifies() {
    on_each_database(async |test| {
        let mut world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let here = std::mem::replace(&mut world.keys, Arc::new(load(test).await));
        world.keys.rotate(&test.store).await.unwrap();
        test.clock.advance(Span::new().minutes(10));
        let code = world.code(CA, &request(&app, "patient/Patient.read"), &ann).await;
        let token = world.token(CA, &code_exchange(&app, &code)).await.unwrap().access_token;
        world.keys = here;
        assert_eq!(world.keys.published().keys.len(), 2, "it has not heard of the new keys");

        assert_eq!(world.refused(&token).await, None);

        assert_eq!(world.keys.published().keys.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn unknown_keys_make_the_table_be_read_once_in_five_seconds() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let token = world.tokens(&app, "patient/Patient.read", &ann).await.access_token;
        let (header, rest) = token.split_once('.').unwrap();
        let unknown = format!("{}.{rest}", forged(header));
        assert_eq!(world.refused(&unknown).await, Some("token_invalid"));
        load(test).await.rotate(&test.store).await.unwrap();

        test.clock.advance(Span::new().seconds(4));
        assert_eq!(world.refused(&unknown).await, Some("token_invalid"));
        assert_eq!(world.keys.published().keys.len(), 2);

        test.clock.advance(Span::new().seconds(1));
        assert_eq!(world.refused(&unknown).await, Some("token_invalid"));
        assert_eq!(world.keys.published().keys.len(), 4);
    })
    .await;
}

/// The same header with another `kid`.
fn forged(header: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let mut header: serde_json::Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    header["kid"] = "unknown".into();
    URL_SAFE_NO_PAD.encode(header.to_string())
}
