//! The provider itself: down, wrong, or with new keys; and what administrators learn of it.

use jiff::ToSpan;
use payers::{
    begin,
    fault::{Fault, IdTokenFault},
    finish::Outcome,
    health,
    testing::{Differently, Kind, Signed},
};
use serde_json::json;
use store::testing::on_each_database;

use crate::world::{BROWSER, World, member};

#[tokio::test]
async fn discovery_that_speaks_for_another_issuer_is_refused() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        world.op.set_metadata(json!({ "issuer": "https://evil.example" }));
        let refused = world.begin(World::start(BROWSER)).await;
        assert!(matches!(refused, Err(begin::Error::Provider(Fault::Metadata(_)))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn discovery_and_keys_are_asked_for_once_an_hour() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let count = |what: &str| world.op.asked().iter().filter(|asked| *asked == what).count();
        world.sign_in(&member()).await;
        world.sign_in(&member()).await;
        assert_eq!((count("openid-configuration"), count("jwks")), (1, 1));
        test.clock.advance(1.hour());
        world.sign_in(&member()).await;
        assert_eq!((count("openid-configuration"), count("jwks")), (2, 2));
    })
    .await;
}

#[tokio::test]
async fn an_unknown_key_is_looked_for_once_more_and_then_refused() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let keys = || world.op.asked().iter().filter(|asked| *asked == "jwks").count();
        world.sign_in(&member()).await;
        world.op.rotate(Kind::Rs256, "key-2");
        world.sign_in(&member()).await;
        assert_eq!(keys(), 2);
        let header = json!({ "kid": "../../etc/passwd" });
        let outcome = world.outcome(&Differently { header, ..Differently::default() }).await;
        assert!(matches!(outcome, Outcome::Failed(Fault::IdToken(IdTokenFault::UnknownKey))), "{outcome:?}");
        assert_eq!(keys(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_kid_that_several_keys_have_is_no_hindrance() {
    on_each_database(async |test| {
        for kind in [Kind::Es256, Kind::Rs256] {
            let world = World::signing(test, kind).await;
            // Another kind of key of the same name, two of the same kind, and the one that signs is the last, then the only.
            world.op.add(Kind::Ps256, "key-1");
            world.op.add(kind, "key-1");
            world.sign_in(&member()).await;
            let stranger = Differently { signed: Signed::ByAStranger, ..member() };
            let outcome = world.outcome(&stranger).await;
            assert!(matches!(outcome, Outcome::Failed(Fault::IdToken(IdTokenFault::Signature))), "{outcome:?}");
            world.op.rotate(kind, "key-1");
            world.sign_in(&member()).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_without_kid_is_taken_where_one_of_several_keys_has_signed_it() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        world.op.add(Kind::Es256, "key-2");
        let header = json!({ "kid": null });
        world.sign_in(&Differently { header: header.clone(), ..member() }).await;
        let stranger = Differently { header, signed: Signed::ByAStranger, ..member() };
        let outcome = world.outcome(&stranger).await;
        assert!(matches!(outcome, Outcome::Failed(Fault::IdToken(IdTokenFault::Signature))), "{outcome:?}");
    })
    .await;
}

#[tokio::test]
async fn a_token_without_kid_is_taken_where_one_key_alone_fits() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let header = json!({ "kid": null });
        world.sign_in(&Differently { header, ..member() }).await;
    })
    .await;
}

#[tokio::test]
async fn administrators_see_success_and_failure_and_no_attackers_doing() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let health = async || health::of(&mut world.read().await, &world.university().home).await.unwrap();
        assert_eq!(health().await, health::Health::default());
        world.sign_in(&member()).await;
        let signed_in_at = world.now();
        test.clock.advance(2.hours());
        world.op.set_down(true);
        let down = world.begin(World::start(BROWSER)).await;
        assert!(matches!(down, Err(begin::Error::Provider(Fault::NoAnswer("discovery", _)))), "{down:?}");
        let seen = health().await;
        assert_eq!((seen.succeeded_at, seen.failed_at), (Some(signed_in_at), Some(world.now())));
        assert_eq!(seen.failure.as_deref(), Some("discovery: no answer: connection refused"));
        assert_eq!(seen.failing_since, Some(world.now()));
        let failing_since = seen.failing_since;
        world.op.set_down(false);
        test.clock.advance(1.hour());
        let url = world.begin(World::start(BROWSER)).await.unwrap();
        let mut forged = world.op.agree(&url, world.now(), &member());
        forged[0].1 = "made-up".to_owned();
        assert!(matches!(world.finish(BROWSER, &forged).await.unwrap().outcome, Outcome::Failed(_)));
        assert_eq!(health().await, seen, "anyone can send a code that does not exist");
        world.outcome(&Differently { signed: Signed::ByAStranger, ..Differently::default() }).await;
        let later = health().await;
        assert_eq!(later.failure.as_deref(), Some("id_token: the signature is wrong"));
        assert_eq!(later.failing_since, failing_since, "since the first failure");
        world.sign_in(&member()).await;
        assert_eq!(health().await.failing_since, None);
        assert!(world.university().keys_fetched_at().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_fails_between_there_and_back_signs_nobody_in() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let url = world.begin(World::start(BROWSER)).await.unwrap();
        let answer = world.op.agree(&url, world.now(), &member());
        world.op.set_down(true);
        let outcome = world.finish(BROWSER, &answer).await.unwrap().outcome;
        assert!(matches!(outcome, Outcome::Failed(Fault::NoAnswer("token endpoint", _))), "{outcome:?}");
    })
    .await;
}

#[tokio::test]
async fn sign_ins_that_nobody_finished_are_removed_when_they_are_over() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        world.begin(World::start(BROWSER)).await.unwrap();
        let purge = async || {
            let mut ctx = test.store.write().await.unwrap();
            let rows = payers::housekeeping::purge(&mut ctx).await.unwrap();
            ctx.commit().await.unwrap();
            rows
        };
        assert_eq!(purge().await, 0);
        test.clock.advance(10.minutes());
        assert_eq!(purge().await, 1);
    })
    .await;
}

#[tokio::test]
async fn signing_out_there_names_us_and_the_way_back_but_no_token() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        assert_eq!(world.university().end_session_url("https://flex.example.org/"), None, "not asked yet");
        world.sign_in(&member()).await;
        let url = world.university().end_session_url("https://flex.example.org/").unwrap();
        assert_eq!(
            url,
            "https://login.uc.example/logout?client_id=flex-at-the-provider&post_logout_redirect_uri=https%3A%2F%2Fflex.example.org%2F"
        );
    })
    .await;
}
