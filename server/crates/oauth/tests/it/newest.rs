//! A later consent takes the place of the earlier choice (oauth.md D10), for tokens of either.

use jiff::Span;
use model::{id::PatientId, scope::Scopes};
use oauth::{
    consent::{self, Choice},
    endpoint::Endpoint,
    error::Code,
    grants::member,
    introspection::{Introspection, introspect},
    parameters::Parameters,
    tokens::Issuer,
};
use store::{
    sql,
    testing::{both, on_each_database, racing_on_each_database},
};

use crate::world::{App, CA, Person, World, all, but, code_exchange, refresh, request};

const FHIR: &str = "/fhir/oph/ca/R4";
const PAYER: Option<&str> = Some("ibew-neca-sound-communications");
const ALL: &str = "openid patient/Patient.read patient/Coverage.read patient/ExplanationOfBenefit.read";
const SOME: &str = "patient/Patient.read patient/Coverage.read";

fn choice(scope: &str, days: u16) -> Choice {
    Choice { days: Some(days), ..all(scope) }
}

/// What a token is worth to its own app: the scopes, or nothing.
async fn worth(world: &World<'_>, app: &App, token: &str) -> Option<String> {
    let surface = world.surface(CA);
    let parameters: Parameters =
        [("client_id", app.id.as_str()), ("client_secret", &app.secret), ("token", token)].into_iter().collect();
    let client = world.authenticate(CA, Endpoint::Introspection, None, &parameters).await.unwrap();
    let program = world.programs.get(&surface.program).unwrap();
    let issuer = Issuer { program, surface: &surface, bases: &world.bases, keys: &world.keys };
    let told = introspect(&world.test.store, &world.tokens, &issuer, &client, &parameters).await.unwrap();
    assert!(told.active || told == Introspection::default());
    told.scope
}

async fn scopes_at_fhir(world: &World<'_>, token: &str) -> String {
    world.call(FHIR, token).await.map(|access| access.scopes.to_string()).unwrap_or_else(|denied| denied.to_string())
}

async fn only(world: &World<'_>, person: &Person) -> member::Connection {
    let mut list = member::connected(&mut world.read().await, &person.signed_in.account).await.unwrap();
    assert_eq!(list.len(), 1, "one live grant");
    list.remove(0)
}

#[tokio::test]
async fn tokens_of_a_wider_consent_keep_what_the_narrower_one_still_allows_until_its_end() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let first = world.tokens_for(&app, ALL, &ann, &choice(ALL, 365)).await;
        test.clock.advance(Span::new().seconds(10));

        let second = world.tokens_for(&app, ALL, &ann, &choice(SOME, 30)).await;

        let left = "openid patient/Patient.read patient/Coverage.read";
        assert_eq!(second.scope, left);
        let token = first.refresh_token.unwrap();
        let refreshed = world.token(CA, &refresh(&app, &token)).await.unwrap();
        assert_eq!(refreshed.scope, left);
        assert_eq!(refreshed.access_grant_expiration, second.access_grant_expiration);
        for token in [&first.access_token, &refreshed.access_token, &second.access_token] {
            assert_eq!(scopes_at_fhir(&world, token).await, left);
            assert_eq!(worth(&world, &app, token).await.as_deref(), Some(left));
        }
        assert_eq!(worth(&world, &app, &token).await.as_deref(), Some(left), "the refresh token itself");
        let connection = only(&world, &ann).await;
        assert_eq!((connection.grant.scopes.to_string().as_str(), connection.grant.days), (left, Some(30)));

        test.clock.advance(Span::new().hours(24 * 30));
        let late = world.token(CA, &refresh(&app, &token)).await.unwrap_err();
        assert!(late.reason.starts_with("grant_expired:"), "{late}");
    })
    .await;
}

#[tokio::test]
async fn a_wider_consent_gives_nothing_to_the_tokens_of_the_narrower_one_but_time() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let first = world.tokens_for(&app, SOME, &ann, &choice("patient/Patient.read", 30)).await;
        let second = world.tokens_for(&app, ALL, &ann, &choice(ALL, 365)).await;

        assert_eq!(second.scope, ALL);
        assert_eq!(scopes_at_fhir(&world, &first.access_token).await, "patient/Patient.read");
        let token = first.refresh_token.unwrap();
        let refreshed = world.token(CA, &refresh(&app, &token)).await.unwrap();
        assert_eq!((refreshed.scope.as_str(), refreshed.id_token), ("patient/Patient.read", None));
        let wider = world.token(CA, &but(refresh(&app, &token), "scope", "patient/Coverage.read")).await.unwrap_err();
        assert_eq!(wider.code, Code::InvalidScope);
        test.clock.advance(Span::new().hours(24 * 31));
        assert!(world.token(CA, &refresh(&app, &token)).await.is_ok(), "until the newest end");
    })
    .await;
}

#[tokio::test]
async fn where_nothing_is_left_the_app_is_told_that_the_member_narrowed_it() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let claims = "patient/ExplanationOfBenefit.read";
        let first = world.tokens(&app, claims, &ann).await;
        world.tokens(&app, "patient/Patient.read", &ann).await;

        let token = first.refresh_token.unwrap();
        let refused = world.token(CA, &refresh(&app, &token)).await.unwrap_err();

        assert_eq!(refused.code, Code::InvalidGrant);
        assert!(refused.reason.starts_with("grant_narrowed:"), "{refused}");
        assert_eq!(world.refused(&first.access_token).await, Some("grant_narrowed"));
        for token in [&token, &first.access_token] {
            assert_eq!(worth(&world, &app, token).await, None);
        }
    })
    .await;
}

#[tokio::test]
async fn an_app_may_go_on_asking_for_what_was_taken_back_and_gets_the_rest() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let token = world.tokens(&app, SOME, &ann).await.refresh_token.unwrap();
        world.tokens_for(&app, SOME, &ann, &all("patient/Patient.read")).await;
        let ask = async |scope: &str| world.token(CA, &but(refresh(&app, &token), "scope", scope)).await;

        assert_eq!(ask(SOME).await.unwrap().scope, "patient/Patient.read");
        let gone = ask("patient/Coverage.read").await.unwrap_err();
        assert!(gone.reason.starts_with("grant_narrowed:"), "{gone}");
        assert_eq!(ask("patient/ExplanationOfBenefit.read").await.unwrap_err().code, Code::InvalidScope);
    })
    .await;
}

#[tokio::test]
async fn a_part_of_a_permission_is_a_part() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let first = world.tokens(&app, SOME, &ann).await;
        world.tokens(&app, "patient/Coverage.s", &ann).await;

        assert_eq!(scopes_at_fhir(&world, &first.access_token).await, "patient/Coverage.s");
        let refreshed = world.token(CA, &refresh(&app, &first.refresh_token.unwrap())).await.unwrap();
        assert_eq!(refreshed.scope, "patient/Coverage.s");
    })
    .await;
}

#[tokio::test]
async fn a_code_that_was_still_on_its_way_gives_what_both_consents_allow() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let wide = world.code(CA, &request(&app, ALL), &ann).await;
        let narrow = world.code(CA, &request(&app, "patient/Patient.read"), &ann).await;
        let tokens = world.token(CA, &code_exchange(&app, &wide)).await.unwrap();
        assert_eq!(tokens.scope, "patient/Patient.read");
        let wider = world.code(CA, &request(&app, ALL), &ann).await;
        assert_eq!(world.token(CA, &code_exchange(&app, &narrow)).await.unwrap().scope, "patient/Patient.read");
        assert_eq!(world.token(CA, &code_exchange(&app, &wider)).await.unwrap().scope, ALL);

        let lost = world.code(CA, &request(&app, "patient/Coverage.read"), &ann).await;
        world.code(CA, &request(&app, "patient/Patient.read"), &ann).await;
        let refused = world.token(CA, &code_exchange(&app, &lost)).await.unwrap_err();
        assert!(refused.reason.starts_with("grant_narrowed:"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn saying_no_to_the_second_request_changes_nothing() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let first = world.tokens_for(&app, SOME, &ann, &choice(SOME, 90)).await;
        let before = only(&world, &ann).await.grant;
        test.clock.advance(Span::new().minutes(1));

        let handle = world.authorize(CA, PAYER, &request(&app, ALL), &ann).await.unwrap();
        let mut ctx = world.write().await;
        consent::deny(&mut ctx, &ann.visit(&handle)).await.unwrap();
        ctx.commit().await.unwrap();
        let handle = world.authorize(CA, PAYER, &request(&app, ALL), &ann).await.unwrap();
        assert_eq!(world.allow(&handle, &ann, &choice("", 30)).await.unwrap()["error"], "access_denied");

        let after = only(&world, &ann).await.grant;
        assert_eq!((&after.scopes, after.expires_at, after.changed_at), (&before.scopes, before.expires_at, None));
        assert_eq!(scopes_at_fhir(&world, &first.access_token).await, SOME);
        let refreshed = world.token(CA, &refresh(&app, &first.refresh_token.unwrap())).await.unwrap();
        assert_eq!(refreshed.scope, SOME);
    })
    .await;
}

#[tokio::test]
async fn another_member_payer_or_app_is_another_grant() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (app, other) = (world.confidential().await, world.confidential().await);
        let (ann, bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        let tokens = world.tokens(&app, SOME, &ann).await;
        world.tokens(&app, "patient/Patient.read", &bob).await;
        world.tokens(&other, "patient/Patient.read", &ann).await;
        let payers = world.programs.get(&app.partition.program).unwrap().payers.clone();
        let payer = &payers.iter().find(|payer| Some(payer.id.as_str()) != PAYER).unwrap().id;
        let asked = request(&app, "patient/Patient.read");
        let handle = world.authorize(CA, Some(payer.as_str()), &asked, &ann).await.unwrap();
        world.allow(&handle, &ann, &all("patient/Patient.read")).await.unwrap();
        let first = payers[0].id.clone();
        if Some(first.as_str()) == PAYER {
            assert_eq!(scopes_at_fhir(&world, &tokens.access_token).await, SOME);
        }

        // The same account as another test member.
        let mut ctx = world.write().await;
        let (account, patient) = (&ann.signed_in.account, PatientId::new("patient-eve"));
        identity::members::link_sandbox(&mut ctx, account, &app.partition, &first, &patient).await.unwrap();
        ctx.commit().await.unwrap();
        let eves = world.tokens(&app, "patient/Coverage.read", &ann).await;
        assert_eq!(eves.patient.unwrap().as_str(), "patient-eve");
        assert_eq!(world.call(FHIR, &tokens.access_token).await.unwrap().patient.unwrap().as_str(), "patient-ann");
    })
    .await;
}

#[tokio::test]
async fn two_consents_at_once_leave_one_grant_and_no_token_wider_than_it() {
    racing_on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let one = world.authorize(CA, PAYER, &request(&app, SOME), &ann).await.unwrap();
        let two = world.authorize(CA, PAYER, &request(&app, "patient/Patient.read"), &ann).await.unwrap();

        let (narrow, wide) = (all("patient/Patient.read"), all(SOME));
        let (first, second) = both(world.allow(&one, &ann, &wide), world.allow(&two, &ann, &narrow)).await;

        let granted = only(&world, &ann).await.grant.scopes;
        for answer in [first.unwrap(), second.unwrap()] {
            let tokens = world.token(CA, &code_exchange(&app, &answer["code"])).await.unwrap();
            assert!(tokens.scope.parse::<Scopes>().unwrap().are_within(&granted));
        }
    })
    .await;
}

#[tokio::test]
async fn what_ran_out_stays_history_and_the_next_consent_begins_another_grant() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let first = world.tokens_for(&app, SOME, &ann, &choice(SOME, 30)).await.refresh_token.unwrap();
        test.clock.advance(Span::new().hours(24 * 30));
        world.tokens(&app, SOME, &ann).await;

        let now = only(&world, &ann).await.grant;
        assert_eq!((now.created_at, now.changed_at), (test.store.now(), None));
        let past = member::past(&mut world.read().await, &ann.signed_in.account).await.unwrap();
        assert_eq!(past.len(), 1);
        assert_eq!(past[0].grant.ended.unwrap().at, past[0].grant.expires_at);
        let reason = world.token(CA, &refresh(&app, &first)).await.unwrap_err().reason;
        assert!(reason.starts_with("grant_expired:"), "{reason}");
    })
    .await;
}

#[tokio::test]
async fn each_change_is_mailed_and_written_down() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        for scope in [SOME, "patient/Patient.read", SOME] {
            test.clock.advance(Span::new().minutes(1));
            world.tokens(&app, scope, &ann).await;
        }
        let mut ctx = world.read().await;
        let mail: Vec<(String,)> =
            sql("SELECT subject FROM outbox WHERE recipient = 'ann@example.org' ORDER BY subject")
                .fetch_all(&mut ctx.tx)
                .await
                .unwrap();
        let changed = "You changed what an app may do".to_owned();
        assert_eq!(mail, [(changed.clone(),), (changed,), ("You gave an app access".to_owned(),)]);
        let log: Vec<(String,)> = sql("SELECT action FROM audit WHERE subject_kind = 'grant' ORDER BY sequence")
            .fetch_all(&mut ctx.tx)
            .await
            .unwrap();
        assert_eq!(
            log.iter().map(|(action,)| action.as_str()).collect::<Vec<_>>(),
            ["grant.given", "grant.changed", "grant.changed"]
        );
    })
    .await;
}
