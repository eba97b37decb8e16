//! The member's answer, and what has to happen before it.

use std::collections::HashMap;

use jiff::Span;
use model::{application::AccessType, partition::Environment, text::Paragraph};
use oauth::{
    consent::{self, Choice, Error},
    requests::{self, Step, Visit},
};
use registry::applications;
use store::{
    sql,
    testing::{both, on_each_database, racing_on_each_database},
};

use crate::{
    refresh::programs,
    world::{CA, IDAHO, Person, World, all, but, code_exchange, query, request},
};

const UC: Option<&str> = Some("university-of-california");

async fn step(world: &World<'_>, visit: &Visit<'_>) -> Step {
    requests::get(&mut world.read().await, visit).await.unwrap().1
}

async fn grants(world: &World<'_>) -> i64 {
    let count: (i64,) = sql("SELECT COUNT(*) FROM access_grant").fetch_one(&mut world.read().await.tx).await.unwrap();
    count.0
}

#[tokio::test]
async fn payer_sign_in_and_member_come_before_consent() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let stranger = world.person("ann").await;
        let handle = world.authorize(CA, None, &request(&app, "patient/Patient.read"), &stranger).await.unwrap();
        let visit = stranger.visit(&handle);
        let anonymous = Visit { signed_in: None, ..visit };

        assert_eq!(step(&world, &visit).await, Step::Payer);
        let mut ctx = world.write().await;
        let payers = &world.programs.get(&app.partition.program).unwrap().payers;
        requests::choose_payer(&mut ctx, &world.programs, &visit, &payers[1].id).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(step(&world, &anonymous).await, Step::SignIn);
        assert_eq!(step(&world, &visit).await, Step::Member);
        let early = world.allow(&handle, &stranger, &all("patient/Patient.read")).await;
        assert!(matches!(early, Err(Error::Due(Step::Member))));
        identity::members::link_sandbox(
            &mut world.write().await,
            &stranger.signed_in.account,
            &app.partition,
            &payers[0].id,
            &model::id::PatientId::new("p"),
        )
        .await
        .unwrap();
        assert_eq!(step(&world, &visit).await, Step::Member, "a link to another payer, never saved, is none");
    })
    .await;
}

#[tokio::test]
async fn directory_scopes_alone_need_no_member() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let stranger = world.person("ann").await;
        let parameters = request(&app, "openid public/Location.read");

        let code = world.code(CA, &parameters, &stranger).await;

        let tokens = world.token(CA, &code_exchange(&app, &code)).await.unwrap();
        assert_eq!(tokens.patient, None);
    })
    .await;
}

#[tokio::test]
async fn the_page_shows_what_was_asked_and_the_answer_narrows_it() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let asked = "launch/patient patient/Patient.read patient/Coverage.rs";
        let boxes = "patient/Patient.read patient/Coverage.rs";
        let handle = world.authorize(CA, UC, &request(&app, asked), &ann).await.unwrap();

        let view = consent::view(&mut world.read().await, &world.programs, &ann.visit(&handle)).await.unwrap();
        let names: Vec<&str> = view.scopes.iter().map(|scope| scope.name.as_str()).collect();
        assert_eq!((names.join(" ").as_str(), view.context.to_string().as_str()), (boxes, "launch/patient"));
        assert_eq!(
            (view.payer.name.as_str(), view.patient.unwrap().as_str()),
            ("University of California", "patient-ann")
        );
        assert_eq!((view.client.organization_name.as_str(), view.default_days), ("Acme Inc.", 365));

        let choice = Choice {
            scopes: ["patient/Coverage.rs", "patient/ExplanationOfBenefit.read", "openid"].map(str::to_owned).to_vec(),
            days: Some(30),
            ..Choice::default()
        };
        let answer = world.allow(&handle, &ann, &choice).await.unwrap();
        assert_eq!(
            (answer["state"].as_str(), answer["iss"].as_str()),
            ("1234zyx", "http://127.0.0.1:3000/authz/oph/ca")
        );
        let tokens = world.token(CA, &code_exchange(&app, &answer["code"])).await.unwrap();
        assert_eq!(tokens.scope, "launch/patient patient/Coverage.rs", "only of what was asked");
        assert_eq!(tokens.access_grant_expiration.as_deref(), Some("2026-04-01T17:00:00Z"));
    })
    .await;
}

#[tokio::test]
async fn a_sensitive_scope_is_marked_with_its_reason_and_granted_only_if_chosen() {
    let coverage = "name = \"patient/Coverage.read\"";
    let marked = format!("{coverage}\nsensitive = {{ en = \"It names your family.\", es = \"Nombra a su familia.\" }}");
    let programs = programs(coverage, &marked);
    on_each_database(async |test| {
        let world = World::with(test, programs.clone()).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let asked = "patient/Patient.read patient/Coverage.read";
        let handle = world.authorize(CA, UC, &request(&app, asked), &ann).await.unwrap();

        let view = consent::view(&mut world.read().await, &world.programs, &ann.visit(&handle)).await.unwrap();
        let reasons: Vec<_> =
            view.scopes.iter().map(|scope| scope.sensitive.as_ref().map(|why| why.en.as_str())).collect();
        assert_eq!(reasons, [None, Some("It names your family.")]);

        let answer = world.allow(&handle, &ann, &all("patient/Patient.read")).await.unwrap();
        let tokens = world.token(CA, &code_exchange(&app, &answer["code"])).await.unwrap();
        assert_eq!(tokens.scope, "patient/Patient.read");
        let handle = world.authorize(CA, UC, &request(&app, "patient/Coverage.read"), &ann).await.unwrap();
        let view = consent::view(&mut world.read().await, &world.programs, &ann.visit(&handle)).await.unwrap();
        assert_eq!(view.dropped.to_string(), "patient/Patient.read");
        let answer = world.allow(&handle, &ann, &all("patient/Coverage.read")).await.unwrap();
        let tokens = world.token(CA, &code_exchange(&app, &answer["code"])).await.unwrap();
        assert_eq!(tokens.scope, "patient/Coverage.read");
    })
    .await;
}

#[tokio::test]
async fn declining_all_data_is_a_refusal_and_final() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let asked = "openid patient/Patient.read";
        let denied = |answer: &HashMap<String, String>| {
            (answer["error"].clone(), answer["state"].clone(), answer.get("code").cloned())
        };
        let expect = ("access_denied".to_owned(), "1234zyx".to_owned(), None);

        let handle = world.authorize(CA, UC, &request(&app, asked), &ann).await.unwrap();
        let answer = world.allow(&handle, &ann, &all("openid")).await.unwrap();
        assert_eq!(denied(&answer), expect);
        assert!(matches!(world.allow(&handle, &ann, &all(asked)).await, Err(Error::NotFound)));

        let handle = world.authorize(CA, UC, &request(&app, asked), &ann).await.unwrap();
        let mut ctx = world.write().await;
        let target = consent::deny(&mut ctx, &ann.visit(&handle)).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(denied(&query(target.as_str())), expect);
        assert_eq!(grants(&world).await, 0);
    })
    .await;
}

#[tokio::test]
async fn submitted_twice_one_grant_comes_of_it_and_the_second_answer_works() {
    racing_on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let asked = "patient/Patient.read";
        let handle = world.authorize(CA, UC, &request(&app, asked), &ann).await.unwrap();
        let choice = all(asked);

        let (one, two) = both(world.allow(&handle, &ann, &choice), world.allow(&handle, &ann, &choice)).await;

        let codes = [one.unwrap()["code"].clone(), two.unwrap()["code"].clone()];
        let mut answers = Vec::new();
        for code in &codes {
            answers.push(world.token(CA, &code_exchange(&app, code)).await.is_ok());
        }
        answers.sort_unstable();
        assert_eq!(answers, [false, true], "the later code replaced the earlier");
        assert_eq!(grants(&world).await, 1);
        assert!(matches!(world.allow(&handle, &ann, &choice).await, Err(Error::NotFound)), "the code was used");
    })
    .await;
}

#[tokio::test]
async fn a_request_is_of_one_browser_for_a_time() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (ann, eve) = (world.member("ann", &app.partition).await, world.member("eve", &app.partition).await);
        let asked = "patient/Patient.read";
        let handle = world.authorize(CA, UC, &request(&app, asked), &ann).await.unwrap();

        let stolen = world.allow(&handle, &eve, &all(asked)).await;
        assert!(matches!(stolen, Err(Error::NotFound)));
        let cookieless = Visit { browser: None, ..ann.visit(&handle) };
        assert!(matches!(requests::get(&mut world.read().await, &cookieless).await, Err(requests::Error::NotFound)));
        assert!(matches!(world.allow("unknown", &ann, &all(asked)).await, Err(Error::NotFound)));

        test.clock.advance(Span::new().minutes(15));
        assert!(matches!(world.allow(&handle, &ann, &all(asked)).await, Err(Error::NotFound)), "expired");
    })
    .await;
}

#[tokio::test]
async fn an_app_blocked_meanwhile_gets_nothing() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let asked = "patient/Patient.read";
        let code = world.code(CA, &request(&app, asked), &ann).await;
        let handle = world.authorize(CA, UC, &request(&app, asked), &ann).await.unwrap();
        let why = Paragraph::parse("Sold data.").unwrap();
        let mut ctx = world.write().await;
        applications::block(&mut ctx, &world.registry, &world.reviewer, &app.application, &why).await.unwrap();
        ctx.commit().await.unwrap();

        assert!(matches!(world.allow(&handle, &ann, &all(asked)).await, Err(Error::Stopped(_))));
        let refused = world.token(CA, &code_exchange(&app, &code)).await.unwrap_err();
        assert!(refused.reason.starts_with("app_suspended:"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn an_old_sign_in_does_not_count_where_the_app_asks_for_a_fresh_one() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let mut ann: Person = world.member("ann", &app.partition).await;
        test.clock.advance(Span::new().minutes(10));
        for (name, value, expect) in [
            ("max_age", "600", Step::Consent),
            ("max_age", "599", Step::SignIn),
            ("max_age", "0", Step::SignIn),
            ("prompt", "login", Step::SignIn),
            ("prompt", "consent", Step::Consent),
        ] {
            let parameters = but(request(&app, "patient/Patient.read"), name, value);
            let handle = world.authorize(CA, UC, &parameters, &ann).await.unwrap();
            assert_eq!(step(&world, &ann.visit(&handle)).await, expect, "{name}={value}");
        }
        let parameters = but(request(&app, "patient/Patient.read"), "prompt", "login");
        let handle = world.authorize(CA, UC, &parameters, &ann).await.unwrap();
        test.clock.advance(Span::new().seconds(1));
        ann.signed_in.at = test.store.now();
        assert_eq!(step(&world, &ann.visit(&handle)).await, Step::Consent, "signed in again");
    })
    .await;
}

#[tokio::test]
async fn a_program_with_one_payer_asks_for_none() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.app("idaho", Environment::Production, AccessType::Patient, "confidential").await;
        let ann = world.member("ann", &app.partition).await;

        let handle = world.authorize(IDAHO, None, &request(&app, "patient/Patient.read"), &ann).await.unwrap();

        assert_eq!(step(&world, &ann.visit(&handle)).await, Step::Consent);
    })
    .await;
}
