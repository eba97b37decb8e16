//! Authorization requests: what is a page, what goes back to the app.

use model::{
    application::{AccessType, Stopped},
    partition::Environment,
    text::Paragraph,
};
use oauth::{
    authorize::{Mistake, Refusal},
    error::Code,
};
use registry::applications;
use store::testing::{on_each_database, sqlite};

use crate::world::{App, CA, CALLBACK, IDAHO, IDAHO_SANDBOX, Person, World, but, query, request};

const SCOPE: &str = "patient/Patient.read";

/// The mistake on the page, or the error that the app gets, or neither.
async fn outcome(world: &World<'_>, authz: &str, parameters: &[(&str, &str)], person: &Person) -> String {
    match world.authorize(authz, None, parameters, person).await {
        Ok(_) => "kept".to_owned(),
        Err(Refusal::Page(mistake)) => format!("page: {mistake:?}"),
        Err(Refusal::Redirect(target)) => {
            let answer = query(target.as_str());
            assert_eq!(answer["iss"], format!("http://127.0.0.1:3000{authz}"));
            format!("{} {}", answer["error"], answer.get("state").map_or("-", String::as_str))
        }
        Err(Refusal::Shown(shown)) => {
            format!("shown: {} {}", shown.target.place(), query(shown.target.as_str())["error"])
        }
        Err(Refusal::Stopped(stopped, back)) => {
            let answer = query(back.as_str());
            assert_eq!((answer["error"].as_str(), answer["state"].as_str()), ("access_denied", "1234zyx"));
            format!("stopped: {stopped:?}")
        }
        Err(Refusal::Store(error)) => panic!("{error}"),
    }
}

#[tokio::test]
async fn until_client_and_redirect_uri_are_good_every_mistake_is_a_page() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let app = world.confidential().await;
    let ann = world.person("ann").await;
    let right = || request(&app, SCOPE);
    let twice = |name: &'static str| [right(), vec![(name, "x")]].concat();

    for (parameters, expect) in [
        (but(right(), "client_id", ""), Mistake::ClientMissing),
        (but(right(), "client_id", "unknown"), Mistake::ClientUnknown),
        (twice("client_id"), Mistake::Repeated("client_id")),
        (but(right(), "redirect_uri", ""), Mistake::RedirectMissing),
        (twice("redirect_uri"), Mistake::Repeated("redirect_uri")),
        (but(right(), "client_secret", "x"), Mistake::SecretInQuery),
    ] {
        assert_eq!(outcome(&world, CA, &parameters, &ann).await, format!("page: {expect:?}"), "{parameters:?}");
    }
    for trick in [
        "https://acme.example/callback/",
        "https://acme.example/callback?x=1",
        "https://acme.example/callback#x",
        "https://acme.example/Callback",
        "https://ACME.example/callback",
        "https://acme.example:443/callback",
        "https://acme.example:8443/callback",
        "http://acme.example/callback",
        "https://user@acme.example/callback",
        "https://acme.example@evil.example/callback",
        "https://acme.example.evil.example/callback",
        "https://acme.example/x/../callback",
        "https://acme.example/%63allback",
        "https://acme.example\\callback",
        "https:\\\\acme.example/callback",
        "https:///acme.example/callback",
        "https://acm\u{435}.example/callback",
        " https://acme.example/callback",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//acme.example/callback",
    ] {
        let parameters = but(right(), "redirect_uri", trick);
        let expect = format!("page: {:?}", Mistake::RedirectUnregistered);
        assert_eq!(outcome(&world, CA, &parameters, &ann).await, expect, "{trick}");
    }
    assert_eq!(outcome(&world, CA, &right(), &ann).await, "kept");
}

#[tokio::test]
async fn everything_else_goes_back_to_the_app_with_its_state() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let app = world.confidential().await;
    let ann = world.person("ann").await;
    let right = || request(&app, SCOPE);
    let long = "x".repeat(5000);
    let hostile = "<script>&\"'%00\r\nSet-Cookie: a=b é";
    let hostile_answer = format!("invalid_request {hostile}");

    for (parameters, expect) in [
        (but(right(), "response_type", ""), "invalid_request 1234zyx"),
        (but(right(), "response_type", "token"), "unsupported_response_type 1234zyx"),
        (but(right(), "response_type", "code id_token"), "unsupported_response_type 1234zyx"),
        (but(right(), "response_mode", "fragment"), "invalid_request 1234zyx"),
        (but(right(), "state", ""), "invalid_request -"),
        ([right(), vec![("state", "y")]].concat(), "invalid_request -"),
        ([right(), vec![("scope", "openid")]].concat(), "invalid_request 1234zyx"),
        ([right(), vec![("other", "1"), ("other", "2")]].concat(), "invalid_request 1234zyx"),
        (but(but(right(), "state", hostile), "prompt", "x"), &hostile_answer),
        (but(right(), "nonce", &long), "invalid_request 1234zyx"),
        (but(right(), "nonce", "a\0b"), "invalid_request 1234zyx"),
        (but(right(), "request", "eyJ"), "request_not_supported 1234zyx"),
        (but(right(), "request_uri", "http://127.0.0.1/x"), "request_uri_not_supported 1234zyx"),
        (but(right(), "aud", "https://evil.example/R4"), "invalid_request 1234zyx"),
        (but(right(), "aud", "http://127.0.0.1:3000/fhir/idaho/R4"), "invalid_request 1234zyx"),
        (but(right(), "aud", "http://127.0.0.1:3000/fhir/oph/ca/R4"), "kept"),
        (but(right(), "aud", "http://127.0.0.1:3000/fhir/oph/ca/R4/"), "kept"),
        (but(right(), "prompt", "none"), "consent_required 1234zyx"),
        (but(right(), "prompt", "none login"), "invalid_request 1234zyx"),
        (but(right(), "max_age", "-1"), "invalid_request 1234zyx"),
        (but(right(), "code_challenge_method", "plain"), "invalid_request 1234zyx"),
        (but(right(), "code_challenge_method", ""), "invalid_request 1234zyx"),
        (but(right(), "code_challenge", ""), "invalid_request 1234zyx"),
        (but(but(right(), "code_challenge", ""), "code_challenge_method", ""), "kept"),
    ] {
        assert_eq!(outcome(&world, CA, &parameters, &ann).await, expect, "{parameters:?}");
    }
}

#[tokio::test]
async fn a_scope_is_asked_for_exactly_as_the_program_lists_it() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let app = world.confidential().await;
    let directory = world.app("oph-ca", Environment::Sandbox, AccessType::Both, "confidential").await;
    let patient = world.app("oph-ca", Environment::Sandbox, AccessType::Patient, "confidential").await;
    let ann = world.person("ann").await;

    let cases: &[(&App, &str, bool)] = &[
        (&app, "patient/Patient.read patient/Coverage.read patient/ExplanationOfBenefit.read", true),
        (&app, "launch/patient openid fhirUser profile offline_access patient/Patient.rs patient/Coverage.s", true),
        (&directory, "public/Network.read public/InsurancePlan.read", true),
        (&app, "", false),
        (&app, "patient/patient.read", false),
        (&app, "patient/Patient.Read", false),
        (&app, "patient/*.read", false),
        (&app, "patient/Patient.*", false),
        (&app, "patient/Patient.write", false),
        (&app, "patient/Patient.cruds", false),
        (&app, "patient/Condition.read", false),
        (&app, "public/Endpoint.read", false),
        (&app, "user/Practitioner.read", false),
        (&app, "system/Patient.read", false),
        (&app, "launch", false),
        (&app, "patient/Patient.read nonsense", false),
        (&patient, "patient/Patient.read", true),
        (&patient, "public/Location.read", false),
    ];
    for (app, scope, expect) in cases {
        let parameters = but(request(app, scope), "scope", scope);
        let expect = if *expect { "kept" } else { "invalid_scope 1234zyx" };
        assert_eq!(outcome(&world, CA, &parameters, &ann).await, expect, "{scope}");
    }
}

#[tokio::test]
async fn a_public_client_must_send_a_challenge() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let app = world.public().await;
    let ann = world.person("ann").await;

    let plain = but(but(request(&app, SCOPE), "code_challenge", ""), "code_challenge_method", "");

    assert_eq!(outcome(&world, CA, &plain, &ann).await, "invalid_request 1234zyx");
    assert_eq!(outcome(&world, CA, &request(&app, SCOPE), &ann).await, "kept");
}

#[tokio::test]
async fn an_app_that_may_not_ask_stops_before_sign_in() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let ann = world.person("ann").await;
        let pending = world.unreviewed_app("oph-ca", Environment::Production, AccessType::Both, "confidential").await;
        let blocked = world.confidential().await;
        let why = Paragraph::parse("Sold data.").unwrap();
        let mut ctx = world.write().await;
        applications::block(&mut ctx, &world.registry, &world.reviewer, &blocked.application, &why).await.unwrap();
        ctx.commit().await.unwrap();

        let page = |why| format!("stopped: {why:?}");
        assert_eq!(outcome(&world, CA, &request(&pending, SCOPE), &ann).await, page(Stopped::PendingReview));
        for scope in ["public/Location.read", "openid profile", "openid offline_access"] {
            let asked = request(&pending, scope);
            assert_eq!(outcome(&world, CA, &asked, &ann).await, page(Stopped::PendingReview), "{scope}");
        }
        assert_eq!(outcome(&world, CA, &request(&blocked, SCOPE), &ann).await, page(Stopped::Blocked));
    })
    .await;
}

#[tokio::test]
async fn errors_of_an_app_are_shown_first_where_an_administrator_says_so() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let ann = world.person("ann").await;
        let app = world.confidential().await;
        let mistakes = [
            but(request(&app, SCOPE), "scope", "patient/Nothing.read"),
            but(request(&app, SCOPE), "response_type", "token"),
            but(request(&app, SCOPE), "prompt", "none"),
        ];
        for on in [true, false] {
            let mut ctx = world.write().await;
            applications::set_error_page(&mut ctx, &world.reviewer, &app.application, on).await.unwrap();
            ctx.commit().await.unwrap();
            for mistake in &mistakes {
                let outcome = outcome(&world, CA, mistake, &ann).await;
                assert_eq!(outcome.starts_with("shown: "), on, "{outcome}");
            }
            assert_eq!(outcome(&world, CA, &request(&app, SCOPE), &ann).await, "kept");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_unreviewed_asks_a_production_member_for_anything() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let ann = world.person("ann").await;
        let access = AccessType::Public;
        let app = world.app("oph-ca", Environment::Production, access, "confidential").await;
        let stopped = format!("stopped: {:?}", Stopped::NotRegistered);
        for scope in ["openid profile", "openid", "offline_access", "public/Location.read", "openid fhirUser", SCOPE] {
            assert_eq!(outcome(&world, CA, &request(&app, scope), &ann).await, stopped, "{scope}");
        }
        let sandbox = world.app("oph-ca", Environment::Sandbox, AccessType::Both, "confidential").await;
        assert_eq!(
            outcome(&world, CA, &request(&sandbox, "openid profile"), &ann).await,
            "kept",
            "no real person is asked"
        );
        let push = but(request(&app, "openid profile"), "client_secret", &app.secret);
        assert_eq!(world.push(CA, &push).await.unwrap_err().code, Code::UnauthorizedClient);
        let own = [("grant_type", "client_credentials"), ("scope", "public/Location.read"), ("client_id", &*app.id)];
        let own = [&own[..], &[("client_secret", &*app.secret)]].concat();
        assert!(world.token(CA, &own).await.is_ok(), "it reads the directory on its own");
    })
    .await;
}

#[tokio::test]
async fn an_app_is_unknown_to_other_programs_and_environments() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let ann = world.person("ann").await;
        let app = world.app("idaho", Environment::Sandbox, AccessType::Patient, "confidential").await;

        let unknown = format!("page: {:?}", Mistake::ClientUnknown);
        assert_eq!(outcome(&world, IDAHO_SANDBOX, &request(&app, SCOPE), &ann).await, "kept");
        let odd = but(request(&app, SCOPE), "client_id", "a\0b");
        assert_eq!(outcome(&world, IDAHO_SANDBOX, &odd, &ann).await, unknown);
        for elsewhere in [IDAHO, CA] {
            assert_eq!(outcome(&world, elsewhere, &request(&app, SCOPE), &ann).await, unknown, "{elsewhere}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_launch_url_names_a_payer_of_the_program() {
    let test = sqlite().await;
    let world = World::new(&test).await;
    let app = world.confidential().await;
    let ann = world.person("ann").await;
    assert!(CALLBACK.starts_with("https://"));

    let known = world.authorize(CA, Some("university-of-california"), &request(&app, SCOPE), &ann).await;
    let unknown = world.authorize(CA, Some("optum-idaho"), &request(&app, SCOPE), &ann).await;

    assert!(known.is_ok());
    assert!(matches!(unknown, Err(Refusal::Page(Mistake::PayerUnknown))));
}
