//! The token endpoint: what providers get wrong and a sign-in does not need, and what ends it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use payers::{
    fault::Fault,
    fetch::{Body, Failed},
    finish::Outcome,
    health,
    testing::{CLIENT_ID, Differently},
};
use serde_json::{Value, json};
use store::testing::on_each_database;

use crate::world::{BROWSER, World, member, query};

/// How a sign-in ends to which the token endpoint says this.
async fn outcome(world: &World<'_>, answer: Result<(u16, &str), Failed>) -> Outcome {
    world.op.set_token_answer(answer);
    world.outcome(&member()).await
}

#[tokio::test]
async fn what_a_sign_in_does_not_need_may_be_missing_or_wrong() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        for more in [
            "",
            r#","access_token":"a""#,
            r#","access_token":null"#,
            r#","access_token":"""#,
            r#","access_token":"a","token_type":"Bearer""#,
            r#","access_token":"a","token_type":"bEARER""#,
            r#","access_token":"a","token_type":"mac""#,
            r#","access_token":"a","token_type":null"#,
            r#","access_token":"a","token_type":"Bearer","expires_in":"300""#,
            r#","access_token":"a","token_type":"Bearer","expires_in":-1.5"#,
            r#","access_token":"a","token_type":"Bearer","scope":null"#,
            r#","access_token":"a","token_type":"Bearer","scope":["openid","email"]"#,
            r#","access_token":"a","token_type":"Bearer","refresh_token":false,"x":{"y":[1,{}]},"error":"invalid_grant""#,
        ] {
            let answer = format!("\n {{\"id_token\":\"{{id_token}}\"{more}}} ");
            let outcome = outcome(&world, Ok((200, &answer))).await;
            assert!(matches!(outcome, Outcome::SignedIn(_)), "{more}: {outcome:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_without_tokens_is_a_fault_of_the_provider_and_says_which() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let malformed = Fault::Malformed("token endpoint");
        let status = |status| Fault::Status("token endpoint", status);
        let right = r#"{"id_token":"{id_token}","access_token":"a","token_type":"Bearer"}"#;
        for (code, answer, expect) in [
            (200, r#"{"error":"invalid_grant"}"#, malformed.clone()),
            (200, r#"{"access_token":"a","token_type":"Bearer"}"#, malformed.clone()),
            (200, r#"{"id_token":null,"access_token":"a","token_type":"Bearer"}"#, malformed.clone()),
            (200, r#"{"id_token":["{id_token}"],"access_token":"a","token_type":"Bearer"}"#, malformed.clone()),
            (200, r#"{"id_token":"{id_token}","access_token":7,"token_type":"Bearer"}"#, malformed.clone()),
            (200, r#"{"id_token":"{id_token}","id_token":"{id_token}"}"#, malformed.clone()),
            (200, "", malformed.clone()),
            (200, "<!doctype html><title>Sign in</title>", malformed.clone()),
            (200, r#"{"id_token":"{id_token}","#, malformed.clone()),
            (200, &format!("{right}{right}"), malformed.clone()),
            (200, &format!("{right} // a comment"), malformed.clone()),
            (200, r#"["{id_token}"]"#, malformed),
            (201, right, status(201)),
            (204, "", status(204)),
            (302, "", status(302)),
            (302, right, status(302)),
            (400, "<h1>Bad Request</h1>", status(400)),
            (400, "", status(400)),
            (400, r#"{"error":5}"#, status(400)),
            (400, r#"{"error":"invalid_client"} and more"#, status(400)),
            (500, r#"{"message":"no"}"#, status(500)),
            (503, "down", status(503)),
            (400, r#"{"error":"invalid_request"}"#, Fault::Token("invalid_request")),
            (
                401,
                r#"{"error":"invalid_client","error_description":"Jordan's secret"}"#,
                Fault::Token("invalid_client"),
            ),
            (401, r#"{"error":"invalid_client","error_description":5,"error_uri":{}}"#, Fault::Token("invalid_client")),
            (400, r#"{"error":"<script>"}"#, Fault::Token("an unregistered error")),
            (500, r#"{"error":"server_error"}"#, Fault::Token("server_error")),
        ] {
            match outcome(&world, Ok((code, answer))).await {
                Outcome::Failed(fault) => assert_eq!(fault, expect, "{code} {answer}"),
                outcome => panic!("{code} {answer}: {outcome:?}"),
            }
            let seen = health::of(&mut world.read().await, &world.university().home).await.unwrap();
            assert_eq!(seen.failure, Some(expect.to_string()), "{code} {answer}");
            assert_eq!(seen.succeeded_at, None);
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_that_the_provider_does_not_know_is_no_fault_of_the_provider() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let outcome = outcome(&world, Ok((400, r#"{"error":"invalid_grant"}"#))).await;
        assert!(matches!(outcome, Outcome::Failed(Fault::Token("invalid_grant"))), "{outcome:?}");
        let seen = health::of(&mut world.read().await, &world.university().home).await.unwrap();
        assert_eq!(seen, health::Health::default());
    })
    .await;
}

#[tokio::test]
async fn what_the_fetcher_refuses_ends_the_sign_in_with_its_reason() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        for why in ["more than 256 KiB", "no answer within five seconds"] {
            let outcome = outcome(&world, Err(Failed(why.to_owned()))).await;
            let Outcome::Failed(Fault::NoAnswer("token endpoint", failed)) = outcome else { panic!("{outcome:?}") };
            assert_eq!(failed.to_string(), why);
        }
    })
    .await;
}

#[tokio::test]
async fn a_secret_goes_in_the_header_with_each_half_form_encoded_else_in_the_form() {
    on_each_database(async |test| {
        for (methods, in_header) in [
            (Value::Null, true),
            (json!(["private_key_jwt", "client_secret_post", "client_secret_basic"]), true),
            (json!(["client_secret_post"]), false),
        ] {
            let world = World::new(test).await;
            world.op.set_metadata(json!({ "token_endpoint_auth_methods_supported": methods }));
            let url = world.begin(World::start(BROWSER)).await.unwrap();
            let redirect_uri = query(&url)["redirect_uri"].clone();
            let answer = world.op.agree(&url, world.now(), &member());
            let outcome = world.finish(BROWSER, &answer).await.unwrap().outcome;
            assert!(matches!(outcome, Outcome::SignedIn(_)), "{outcome:?}");

            let requests = world.op.token_requests();
            let [request] = &requests[..] else { panic!("{requests:?}") };
            let pair = "flex-at-the-provider:a+secret%3A+with+%25%2C+%2B+and+spaces";
            assert_eq!(request.authorization, in_header.then(|| format!("Basic {}", STANDARD.encode(pair))));
            let Some(Body::Form(form)) = &request.body else { panic!("{request:?}") };
            let sent = query(&format!("https://token.example/?{form}"));
            assert_eq!(sent.get("client_id").map(String::as_str), (!in_header).then_some(CLIENT_ID));
            assert_eq!(sent.contains_key("client_secret"), !in_header);
            assert_eq!((&*sent["grant_type"], &sent["redirect_uri"]), ("authorization_code", &redirect_uri));
            assert_eq!((&sent["code"], sent["code_verifier"].len()), (&answer[0].1, 43));
        }
    })
    .await;
}

#[tokio::test]
async fn without_an_access_token_userinfo_is_not_asked() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        world.op.set_token_answer(Ok((200, r#"{"id_token":"{id_token}","access_token":"","token_type":"Bearer"}"#)));
        let without_claim = Differently { userinfo: json!({ "member_id": "M-1" }), ..Differently::default() };
        let outcome = world.outcome(&without_claim).await;
        assert!(matches!(outcome, Outcome::Failed(Fault::MemberId(..))), "{outcome:?}");
        assert!(!world.op.asked().contains(&"userinfo".to_owned()));
    })
    .await;
}
