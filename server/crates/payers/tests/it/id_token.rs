//! One test a tampering (OpenID Connect Core §3.1.3.7): no session comes of any.

use identity::payer_accounts;
use payers::{
    fault::{Fault, IdTokenFault},
    finish::Outcome,
    testing::{Differently, Kind, Signed, access_token},
};
use serde_json::{Value, json};
use store::{sql, testing::on_each_database};

use crate::world::{BROWSER, World, member, one};

/// An id_token like this is refused for this reason, and no one has a session or an account.
async fn refused(differently: Differently, expect: IdTokenFault) {
    on_each_database(async |test| {
        let world = World::new(test).await;
        match world.outcome(&differently).await {
            Outcome::Failed(fault) => assert_eq!(fault, Fault::IdToken(expect), "{differently:?}"),
            outcome => panic!("{differently:?}: {outcome:?}"),
        }
        for table in ["SELECT COUNT(*) FROM session", "SELECT COUNT(*) FROM payer_identity"] {
            let (rows,): (i64,) = sql(table).fetch_one(&mut world.read().await.tx).await.unwrap();
            assert_eq!(rows, 0, "{table}");
        }
    })
    .await;
}

async fn claim_refused(name: &str, value: Value, expect: IdTokenFault) {
    refused(Differently::claims(one(name, value)), expect).await;
}

#[tokio::test]
async fn a_right_one_signs_in_with_every_kind_of_key() {
    on_each_database(async |test| {
        for kind in [Kind::Es256, Kind::Rs256, Kind::Ps256] {
            let world = World::signing(test, kind).await;
            let signed_in = world.sign_in(&member()).await;
            let account = world.account(&signed_in).await;
            assert!(payer_accounts::home(&mut world.read().await, &account).await.unwrap().is_some(), "{kind:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn another_nonce_is_refused() {
    claim_refused("nonce", json!("of another sign-in"), IdTokenFault::Nonce).await;
    claim_refused("nonce", Value::Null, IdTokenFault::Nonce).await;
}

#[tokio::test]
async fn another_issuer_is_refused() {
    claim_refused("iss", json!("https://evil.example"), IdTokenFault::Issuer).await;
    claim_refused("iss", json!("https://login.uc.example/"), IdTokenFault::Issuer).await;
}

#[tokio::test]
async fn an_audience_that_is_not_us_alone_is_refused() {
    claim_refused("aud", json!("another client"), IdTokenFault::Audience).await;
    claim_refused("aud", json!([]), IdTokenFault::Audience).await;
    claim_refused("aud", json!([payers::testing::CLIENT_ID, "another client"]), IdTokenFault::Audience).await;
}

#[tokio::test]
async fn another_authorized_party_is_refused() {
    claim_refused("azp", json!("another client"), IdTokenFault::AuthorizedParty).await;
}

#[tokio::test]
async fn a_strangers_key_is_refused() {
    let signed = Signed::ByAStranger;
    refused(Differently { signed, ..Differently::default() }, IdTokenFault::Signature).await;
}

#[tokio::test]
async fn no_signature_is_none() {
    let signed = Signed::Not;
    let header = json!({ "alg": "none" });
    refused(Differently { signed, header, ..Differently::default() }, IdTokenFault::Algorithm).await;
    refused(Differently { signed, ..Differently::default() }, IdTokenFault::Signature).await;
}

#[tokio::test]
async fn hmac_is_no_signature() {
    for signed in [Signed::WithTheClientSecret, Signed::WithThePublicKey] {
        let header = json!({ "alg": "HS256" });
        refused(Differently { signed, header, ..Differently::default() }, IdTokenFault::Algorithm).await;
    }
}

#[tokio::test]
async fn another_algorithm_than_the_keys_or_the_announced_is_refused() {
    for (name, expect) in [("RS256", IdTokenFault::UnknownKey), ("ES384", IdTokenFault::UnknownKey)] {
        refused(Differently { header: json!({ "alg": name }), ..Differently::default() }, expect).await;
    }
    on_each_database(async |test| {
        let world = World::new(test).await;
        world.op.set_metadata(json!({ "id_token_signing_alg_values_supported": ["RS256"] }));
        let outcome = world.outcome(&member()).await;
        assert!(matches!(outcome, Outcome::Failed(Fault::IdToken(IdTokenFault::Algorithm))), "{outcome:?}");
    })
    .await;
}

#[tokio::test]
async fn a_header_that_must_be_understood_is_refused() {
    let header = json!({ "crit": ["b64"], "b64": false });
    refused(Differently { header, ..Differently::default() }, IdTokenFault::Malformed).await;
}

#[tokio::test]
async fn times_that_do_not_fit_are_refused() {
    // The clock of the tests stands at this second.
    let now = store::testing::ManualClock::new();
    let now = store::Clock::now(&now).as_second();
    claim_refused("exp", json!(now - 60), IdTokenFault::Expired).await;
    claim_refused("exp", Value::Null, IdTokenFault::Malformed).await;
    claim_refused("iat", Value::Null, IdTokenFault::Malformed).await;
    claim_refused("iat", json!("yesterday"), IdTokenFault::Malformed).await;
    claim_refused("iat", json!(now - 61), IdTokenFault::IssuedAt).await;
    claim_refused("iat", json!(now + 61), IdTokenFault::IssuedAt).await;
    claim_refused("nbf", json!(now + 61), IdTokenFault::NotBefore).await;
    claim_refused("auth_time", json!(now + 61), IdTokenFault::AuthTime).await;
}

#[tokio::test]
async fn clocks_may_differ_by_a_minute() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let now = world.now().as_second();
        let claims = json!({ "exp": now - 59, "iat": now - 60, "nbf": now + 60, "auth_time": now + 60, "sub": "s", "member_id": "M-1" });
        world.sign_in(&Differently::claims(claims)).await;
    })
    .await;
}

#[tokio::test]
async fn a_subject_that_is_none_is_refused() {
    claim_refused("sub", json!(""), IdTokenFault::Subject).await;
    claim_refused("sub", json!("a\u{0}b"), IdTokenFault::Subject).await;
    claim_refused("sub", json!("s".repeat(256)), IdTokenFault::Subject).await;
    claim_refused("sub", Value::Null, IdTokenFault::Malformed).await;
}

#[tokio::test]
async fn an_access_token_hash_must_fit_where_there_is_one() {
    claim_refused("at_hash", json!("AAAAAAAAAAAAAAAAAAAAAA"), IdTokenFault::AccessTokenHash).await;
    on_each_database(async |test| {
        let world = World::new(test).await;
        let url = world.begin(World::start(BROWSER)).await.unwrap();
        // The code's name, and so the access token, is known once it is issued: the next but one is made like it.
        let first = world.op.agree(&url, world.now(), &member());
        let code = first[0].1.replacen("code-1", "code-2", 1);
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, access_token(&code).as_bytes());
        use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
        let at_hash = URL_SAFE_NO_PAD.encode(&digest.as_ref()[..16]);
        let answer =
            world.op.agree(&url, world.now(), &Differently::claims(json!({ "at_hash": at_hash, "member_id": "M-1" })));
        assert_eq!(answer[0].1, code);
        let finished = world.finish(BROWSER, &answer).await.unwrap();
        assert!(matches!(finished.outcome, Outcome::SignedIn(_)), "{finished:?}");
    })
    .await;
}
