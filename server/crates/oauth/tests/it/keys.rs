//! Signing keys.

use futures::future::join_all;
use oauth::keys::{Error, Keys};
use store::{SealingKey, sql, testing::on_each_database};

#[tokio::test]
async fn nodes_that_start_together_agree_on_the_keys() {
    on_each_database(async |test| {
        let nodes = join_all((0..3).map(|_| Keys::load(&test.store, SealingKey::new([7; 32])))).await;

        let published: Vec<_> = nodes.into_iter().map(|keys| keys.unwrap().published()).collect();

        assert_eq!(published[0].keys.len(), 2);
        assert!(published.iter().all(|keys| *keys == published[0]));
    })
    .await;
}

#[tokio::test]
async fn private_keys_are_neither_published_nor_readable_without_the_key_file() {
    on_each_database(async |test| {
        let keys = Keys::load(&test.store, SealingKey::new([7; 32])).await.unwrap();
        let published = serde_json::to_value(keys.published()).unwrap();
        for key in published["keys"].as_array().unwrap() {
            let names: Vec<&String> = key.as_object().unwrap().keys().collect();
            for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
                assert!(!names.iter().any(|name| *name == private), "{key}");
            }
            assert!(key["kid"].is_string() && key["use"] == "sig" && key["alg"].is_string(), "{key}");
        }
        let other = Keys::load(&test.store, SealingKey::new([8; 32])).await;
        assert!(matches!(other, Err(Error::Sealed(_))));
        let mut ctx = test.store.read().await.unwrap();
        let stored: Vec<(String,)> = sql("SELECT private_key FROM signing_key").fetch_all(&mut ctx.tx).await.unwrap();
        assert!(stored.iter().all(|(key,)| !key.starts_with("MI")), "PKCS #8 begins with a SEQUENCE");
    })
    .await;
}
