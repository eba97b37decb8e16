//! What comes back through the browser: state, code, issuer. Changing any of it gains nothing.

use jiff::{SignedDuration, ToSpan};
use payers::{
    begin::{Prompt, Start},
    fault::{Fault, IdTokenFault},
    finish::{Error, Outcome, Visitor, origin},
    testing::Differently,
};
use serde_json::json;
use store::testing::{at_once, on_each_database, racing_on_each_database};

use crate::world::{BROWSER, World, home, member, query, university, with};

#[tokio::test]
async fn the_request_is_by_code_with_pkce_state_and_nonce() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let url = world.begin(World::start(BROWSER)).await.unwrap();
        let asked = query(&url);
        assert!(url.starts_with("https://login.uc.example/authorize?"), "{url}");
        for (name, expect) in [
            ("response_type", "code"),
            ("response_mode", "query"),
            ("client_id", payers::testing::CLIENT_ID),
            (
                "redirect_uri",
                "https://flex.example.org/signin/payer/oph-ca/production/university-of-california/callback",
            ),
            ("scope", "openid profile email"),
            ("code_challenge_method", "S256"),
            ("max_age", "43200"),
            ("ui_locales", "en"),
        ] {
            assert_eq!(asked[name], expect, "{name}");
        }
        assert!(!asked.contains_key("prompt") && !asked.contains_key("client_secret"));
        let secrets = [&asked["state"], &asked["nonce"], &asked["code_challenge"]];
        assert!(secrets.iter().all(|secret| secret.len() == 43), "{secrets:?}");
        let again = query(&world.begin(World::start(BROWSER)).await.unwrap());
        assert!(["state", "nonce", "code_challenge"].iter().all(|name| asked[*name] != again[*name]));
    })
    .await;
}

#[tokio::test]
async fn a_state_works_once_in_the_browser_where_it_began_and_for_ten_minutes() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let not_found = async |browser, answer: &[(String, String)]| {
            let finished = world.finish(browser, answer).await;
            assert!(matches!(finished, Err(Error::NotFound)), "{finished:?}");
        };
        let url = world.begin(World::start(BROWSER)).await.unwrap();
        let answer = world.op.agree(&url, world.now(), &member());
        not_found("another browser", &answer).await;
        not_found(BROWSER, &with(&answer, "state", None)).await;
        not_found(BROWSER, &with(&answer, "state", Some("made up"))).await;
        let stranger = world.finish_as(Visitor::default(), &university(), &answer).await;
        assert!(matches!(stranger, Err(Error::NotFound)), "a browser without the cookie: {stranger:?}");
        assert!(matches!(world.finish(BROWSER, &answer).await.unwrap().outcome, Outcome::SignedIn(_)), "unharmed");
        not_found(BROWSER, &answer).await;

        let url = world.begin(World::start(BROWSER)).await.unwrap();
        let answer = world.op.agree(&url, world.now(), &member());
        test.clock.advance(10.minutes());
        not_found(BROWSER, &answer).await;
        assert_eq!(origin(&test.store, &query(&url)["state"]).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn of_many_that_bring_one_state_at_once_one_signs_in() {
    racing_on_each_database(async |test| {
        let world = World::new(test).await;
        let url = world.begin(World::start(BROWSER)).await.unwrap();
        let answer = world.op.agree(&url, world.now(), &member());
        let all = at_once((0..8).map(|_| world.finish(BROWSER, &answer))).await;
        assert_eq!(all.iter().filter(|one| one.is_ok()).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn another_payers_code_is_refused() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let url = world.begin(World::start(BROWSER)).await.unwrap();
        let theirs = world.other.agree(&url, world.now(), &member());
        // As it comes: it names its own issuer (RFC 9207).
        let outcome = world.finish(BROWSER, &theirs).await.unwrap().outcome;
        assert!(matches!(outcome, Outcome::Failed(Fault::MixUp)), "{outcome:?}");
        // And with the university's name put on.
        let url = world.begin(World::start(BROWSER)).await.unwrap();
        let theirs = with(&world.other.agree(&url, world.now(), &member()), "iss", Some(&world.op.issuer));
        let outcome = world.finish(BROWSER, &theirs).await.unwrap().outcome;
        assert!(matches!(outcome, Outcome::Failed(Fault::Token("invalid_grant"))), "{outcome:?}");
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_comes_to_another_payers_address_is_refused_before_its_code_goes_anywhere() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        // Neither provider names itself (RFC 9207), so the address alone can tell.
        for op in [&world.op, &world.other] {
            op.set_metadata(json!({ "authorization_response_iss_parameter_supported": null }));
        }
        let url = world.begin(World::start(BROWSER)).await.unwrap();
        let answer = with(&world.op.agree(&url, world.now(), &member()), "iss", None);
        let visitor = Visitor { browser: Some(BROWSER), ..Visitor::default() };
        let mixed_up = world.finish_as(visitor, &home("county-of-ventura"), &answer).await.unwrap();
        assert!(matches!(mixed_up.outcome, Outcome::Failed(Fault::MixUp)), "{mixed_up:?}");
        let asked = [world.op.asked(), world.other.asked()].concat();
        assert!(!asked.contains(&"token".to_owned()), "{asked:?}");
        let again = world.finish(BROWSER, &answer).await;
        assert!(matches!(again, Err(Error::NotFound)), "the state is used up: {again:?}");
        let health = payers::health::of(&mut world.read().await, &world.university().home).await.unwrap();
        assert_eq!(health.failed_at, None, "anyone could make a provider look broken that way");
    })
    .await;
}

#[tokio::test]
async fn every_payer_has_an_address_of_its_own() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let addresses: std::collections::BTreeSet<String> =
            world.payers.iter().map(|provider| world.payers.redirect_uri(&provider.home)).collect();
        assert_eq!(addresses.len(), world.payers.iter().count());
    })
    .await;
}

#[tokio::test]
async fn when_the_member_signed_in_must_be_said_for_an_app_and_for_nobody_else() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let now = world.now();
        let nothing = [json!(null), json!("now"), json!(1.0e300), json!(now.as_second() * 1000), json!({})];
        for auth_time in nothing {
            let differently = Differently::claims(json!({ "auth_time": auth_time, "member_id": "M-1" }));
            let outcome = async |start: Start<'_>| {
                let url = world.begin(start).await.unwrap();
                let answer = world.op.agree(&url, now, &differently);
                world.finish(BROWSER, &answer).await.unwrap().outcome
            };
            assert!(matches!(outcome(World::start(BROWSER)).await, Outcome::SignedIn(_)), "{auth_time}");
            // The member said "Not you?": the provider asked them, and need not say when.
            let own = Start { signed_in_since: Some(now), prompt: Prompt::Login, ..World::start(BROWSER) };
            let Outcome::SignedIn(signed_in) = outcome(own).await else { panic!("{auth_time}") };
            let session = identity::sessions::load(&mut world.read().await, &signed_in.session.token).await.unwrap();
            assert_eq!(session.unwrap().authenticated_at, Some(now));
            let outcome = outcome(Start { for_app: true, ..own }).await;
            assert!(matches!(outcome, Outcome::Failed(Fault::IdToken(IdTokenFault::AuthTime))), "{outcome:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_of_another_sign_in_is_refused() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (own, others) =
            (world.begin(World::start(BROWSER)).await.unwrap(), world.begin(World::start("thief")).await.unwrap());
        let stolen = with(&world.op.agree(&own, world.now(), &member()), "state", Some(&query(&others)["state"]));
        let outcome = world.finish("thief", &stolen).await.unwrap().outcome;
        assert!(matches!(outcome, Outcome::Failed(Fault::Token("invalid_grant"))), "{outcome:?}");
    })
    .await;
}

#[tokio::test]
async fn an_answer_without_issuer_is_refused_where_the_provider_always_names_itself() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let url = world.begin(World::start(BROWSER)).await.unwrap();
        let nameless = with(&world.op.agree(&url, world.now(), &member()), "iss", None);
        let outcome = world.finish(BROWSER, &nameless).await.unwrap().outcome;
        assert!(matches!(outcome, Outcome::Failed(Fault::MixUp)), "{outcome:?}");

        world.op.set_metadata(json!({ "authorization_response_iss_parameter_supported": null }));
        test.clock.advance(1.hour());
        let url = world.begin(World::start(BROWSER)).await.unwrap();
        let nameless = with(&world.op.agree(&url, world.now(), &member()), "iss", None);
        assert!(matches!(world.finish(BROWSER, &nameless).await.unwrap().outcome, Outcome::SignedIn(_)));
    })
    .await;
}

#[tokio::test]
async fn an_error_ends_the_sign_in_and_is_never_repeated_as_it_came() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let answer = async |error: &str| {
            let url = world.begin(World::start(BROWSER)).await.unwrap();
            let state = query(&url)["state"].clone();
            let pairs = [("error", error), ("state", &state), ("iss", &world.op.issuer)];
            let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let outcome = world.finish(BROWSER, &pairs).await.unwrap().outcome;
            assert!(matches!(world.finish(BROWSER, &pairs).await, Err(Error::NotFound)), "used up");
            outcome
        };
        assert!(matches!(answer("access_denied").await, Outcome::Refused));
        assert!(matches!(answer("server_error").await, Outcome::Failed(Fault::Authorization("server_error"))));
        let made_up = answer("<script>").await;
        assert!(matches!(made_up, Outcome::Failed(Fault::Authorization("an unregistered error"))), "{made_up:?}");
    })
    .await;
}

#[tokio::test]
async fn what_an_app_wants_to_know_of_the_sign_in_is_asked_for_and_checked() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let now = world.now();
        let since = now - SignedDuration::from_mins(5);
        let start = Start { signed_in_since: Some(since), for_app: true, ..World::start(BROWSER) };
        let outcome = async |auth_time: serde_json::Value| {
            let url = world.begin(start).await.unwrap();
            assert_eq!(query(&url)["max_age"], "300");
            let answer =
                world.op.agree(&url, now, &Differently::claims(json!({ "auth_time": auth_time, "member_id": "M-1" })));
            world.finish(BROWSER, &answer).await.unwrap().outcome
        };
        for wrong in [json!(null), json!(since.as_second() - 61)] {
            let outcome = outcome(wrong).await;
            assert!(matches!(outcome, Outcome::Failed(Fault::IdToken(IdTokenFault::AuthTime))), "{outcome:?}");
        }
        for (told, expect) in [(since.as_second() - 30, since), (since.as_second() + 60, since + 60.seconds())] {
            let Outcome::SignedIn(signed_in) = outcome(json!(told)).await else { panic!("{told}") };
            let session = identity::sessions::load(&mut world.read().await, &signed_in.session.token).await.unwrap();
            assert_eq!(session.unwrap().authenticated_at, Some(expect));
        }
        let login = Start { prompt: Prompt::Login, signed_in_since: Some(now), login_hint: Some("jordan"), ..start };
        let asked = query(&world.begin(login).await.unwrap());
        assert_eq!((&*asked["prompt"], &*asked["max_age"], &*asked["login_hint"]), ("login", "0", "jordan"));
    })
    .await;
}
