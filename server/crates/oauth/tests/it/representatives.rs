//! Sharing the data of a person for whom the account may act.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::representatives::change::{self, Proposal};
use jiff::{Timestamp, ToSpan};
use model::{
    id::{AccountId, PatientId, PayerId, RepresentativeId},
    representative::Evidence,
    text::Paragraph,
};
use oauth::{
    consent::{self, Error},
    grants::{EndedBy, expiry, member, representation},
    requests::{self, Step},
    shown::Part,
    token::TokenResponse,
    whose::{self, Whose},
};
use registry::notice_address;
use store::testing::{both, on_each_database, racing_on_each_database};

use crate::world::{App, CA, Person, World, all, code_exchange, request};

const SCOPE: &str = "openid fhirUser launch/patient patient/Patient.read";

fn payer(world: &World<'_>, app: &App) -> PayerId {
    world.programs.get(&app.partition.program).unwrap().payers[0].id.clone()
}

fn child() -> PatientId {
    PatientId::new("patient-child")
}

/// Ann may act for this patient until then, says the reviewer.
async fn represent_until(
    world: &World<'_>,
    app: &App,
    ann: &Person,
    patient: &PatientId,
    ends_at: Timestamp,
) -> RepresentativeId {
    let proposal = Proposal {
        account: ann.signed_in.account.clone(),
        payer: payer(world, app),
        patient: patient.clone(),
        first_name: "Sam".to_owned(),
        evidence: Evidence::ParentOfMinor,
        note: None,
        starts_at: world.test.store.now(),
        ends_at,
    };
    let mut ctx = world.write().await;
    let id = change::propose(&mut ctx, &world.reviewer, &app.partition, &proposal).await.unwrap();
    change::confirm(&mut ctx, &world.registry.site, &world.reviewer, &app.partition, &id).await.unwrap();
    ctx.commit().await.unwrap();
    id
}

async fn represent(world: &World<'_>, app: &App, ann: &Person) -> RepresentativeId {
    represent_until(world, app, ann, &child(), world.test.store.now() + 24.hours() * 3650).await
}

async fn end(world: &World<'_>, app: &App, id: &RepresentativeId) {
    let reason = "Of age now.".parse::<Paragraph>().unwrap();
    let mut ctx = world.write().await;
    representation::revoke(&mut ctx, &world.registry.site, &world.reviewer, &app.partition, id, &reason).await.unwrap();
    ctx.commit().await.unwrap();
}

/// A request whose payer is chosen.
async fn ask(world: &World<'_>, app: &App, person: &Person) -> String {
    let payer = payer(world, app);
    world.authorize(CA, Some(payer.as_str()), &request(app, SCOPE), person).await.unwrap()
}

async fn step(world: &World<'_>, person: &Person, handle: &str) -> Step {
    requests::get(&mut world.read().await, &person.visit(handle)).await.unwrap().1
}

async fn choose(world: &World<'_>, person: &Person, handle: &str, whose: Whose) -> Result<(), requests::Error> {
    let mut ctx = world.write().await;
    whose::choose(&mut ctx, &person.visit(handle), &whose).await?;
    ctx.commit().await?;
    Ok(())
}

/// Tokens for the child.
async fn tokens(world: &World<'_>, app: &App, person: &Person) -> TokenResponse {
    let handle = ask(world, app, person).await;
    choose(world, person, &handle, Whose::Patient(child())).await.unwrap();
    let answer = world.allow(&handle, person, &all(SCOPE)).await.unwrap();
    world.token(CA, &code_exchange(app, &answer["code"])).await.unwrap()
}

async fn live(world: &World<'_>, account: &AccountId) -> Vec<Option<String>> {
    let connected = member::connected(&mut world.read().await, account).await.unwrap();
    connected.into_iter().map(|one| one.grant.patient.map(|patient| patient.to_string())).collect()
}

fn claims(tokens: &TokenResponse) -> serde_json::Value {
    let payload = tokens.id_token.as_deref().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

#[tokio::test]
async fn tokens_are_about_the_person_that_was_chosen() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let own = world.tokens(&app, SCOPE, &ann).await;
        assert_eq!(own.patient, Some(PatientId::new("patient-ann")), "no one to choose from, so no one asks");
        assert!(claims(&own)["fhirUser"].as_str().unwrap().ends_with("/Patient/patient-ann"));

        represent(&world, &app, &ann).await;
        let tokens = tokens(&world, &app, &ann).await;
        assert_eq!(tokens.patient, Some(child()));
        let access = world.call("/fhir/oph/ca/R4", &tokens.access_token).await.unwrap();
        assert_eq!((access.patient, access.account.as_ref()), (Some(child()), Some(&ann.signed_in.account)));
        assert!(access.as_representative);
        let claims = claims(&tokens);
        assert_eq!(claims["sub"], ann.signed_in.account.as_str());
        assert_eq!(claims.get("fhirUser"), None, "the person who signed in is not the patient");
        assert_eq!(live(&world, &ann.signed_in.account).await.len(), 2, "one grant for each person");
    })
    .await;
}

#[tokio::test]
async fn whose_data_is_asked_where_there_is_a_choice_and_only_those_can_be_chosen() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (ann, bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        represent(&world, &app, &ann).await;
        let handle = ask(&world, &app, &ann).await;
        assert_eq!(step(&world, &ann, &handle).await, Step::Person);
        let early = world.answer(&handle, &ann, &all(SCOPE)).await;
        assert!(matches!(early, Err(Error::Due(Step::Person))), "{early:?}");
        for stranger in ["patient-bob", "patient-nobody", "' OR ''='"] {
            let chosen = choose(&world, &ann, &handle, Whose::Patient(PatientId::new(stranger))).await;
            assert!(matches!(chosen, Err(requests::Error::UnknownPerson)), "{stranger}");
        }
        choose(&world, &ann, &handle, Whose::Patient(child())).await.unwrap();
        assert_eq!(step(&world, &ann, &handle).await, Step::Consent);
        choose(&world, &ann, &handle, Whose::Own).await.unwrap();
        let view = consent::view(&mut world.read().await, &world.programs, &ann.visit(&handle)).await.unwrap();
        assert_eq!(view.patient, Some(PatientId::new("patient-ann")));
        assert!(view.may_choose_person && view.basis.is_own());

        // Another account in the same browser is asked for itself, whatever was chosen before.
        choose(&world, &ann, &handle, Whose::Patient(child())).await.unwrap();
        let other = Person { browser: ann.browser.clone(), signed_in: bob.signed_in.clone() };
        assert_eq!(step(&world, &other, &handle).await, Step::Person);
        let chosen = choose(&world, &other, &handle, Whose::Patient(child())).await;
        assert!(matches!(chosen, Err(requests::Error::UnknownPerson)));
    })
    .await;
}

#[tokio::test]
async fn signing_in_again_or_another_plan_forgets_the_person() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        represent(&world, &app, &ann).await;
        let handle = ask(&world, &app, &ann).await;
        let whose = async || requests::find(&mut world.read().await, &ann.visit(&handle)).await.unwrap().whose;
        choose(&world, &ann, &handle, Whose::Patient(child())).await.unwrap();
        assert_eq!(whose().await, Some(Whose::Patient(child())));
        let mut ctx = world.write().await;
        let another = &world.programs.get(&app.partition.program).unwrap().payers[1].id;
        requests::choose_payer(&mut ctx, &world.programs, &ann.visit(&handle), another).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(whose().await, None);
        assert_eq!(step(&world, &ann, &handle).await, Step::Consent, "with that plan there is no choice");
        choose(&world, &ann, &handle, Whose::Own).await.unwrap();
        let mut ctx = world.write().await;
        requests::sign_in_again(&mut ctx, &ann.visit(&handle)).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(whose().await, None);
    })
    .await;
}

#[tokio::test]
async fn an_end_before_allow_leads_a_step_back_and_shares_nothing() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let id = represent(&world, &app, &ann).await;
        let handle = ask(&world, &app, &ann).await;
        choose(&world, &ann, &handle, Whose::Patient(child())).await.unwrap();
        let view = consent::view(&mut world.read().await, &world.programs, &ann.visit(&handle)).await.unwrap();
        end(&world, &app, &id).await;
        let choice = consent::Choice { shown: view.shown, ..all(SCOPE) };
        let answer = world.answer(&handle, &ann, &choice).await;
        assert!(matches!(answer, Err(Error::Due(Step::Person))), "never the own record in its place: {answer:?}");
        assert!(live(&world, &ann.signed_in.account).await.is_empty());
        choose(&world, &ann, &handle, Whose::Own).await.unwrap();
        let changed = world.answer(&handle, &ann, &choice).await;
        assert!(matches!(&changed, Err(Error::Changed(parts)) if parts == &[Part::Patient]), "{changed:?}");
        world.allow(&handle, &ann, &all(SCOPE)).await.unwrap();
        assert_eq!(live(&world, &ann.signed_in.account).await, [Some("patient-ann".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn an_end_stops_what_was_allowed_under_it_and_nothing_else() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (ann, sam) = (world.member("ann", &app.partition).await, world.member("child", &app.partition).await);
        let (account, own) = (ann.signed_in.account.clone(), world.tokens(&app, SCOPE, &ann).await);
        let childs_own = world.tokens(&app, SCOPE, &sam).await;
        let id = represent(&world, &app, &ann).await;
        let tokens = tokens(&world, &app, &ann).await;
        assert_eq!(world.refused(&tokens.access_token).await, None);
        let address = notice_address::parse("https://acme.example/events").unwrap();
        let mut ctx = world.write().await;
        notice_address::set(&mut ctx, &world.registry, world.vendor(), &app.application, &address).await.unwrap();
        ctx.commit().await.unwrap();

        end(&world, &app, &id).await;

        assert_eq!(world.refused(&tokens.access_token).await, Some("grant_revoked"));
        let refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh_token.as_deref().unwrap())];
        let client = [("client_id", app.id.as_str()), ("client_secret", app.secret.as_str())];
        let refused = world.token(CA, &[refresh, client].concat()).await.unwrap_err();
        assert!(refused.to_string().contains("grant_revoked"), "{refused}");
        assert_eq!(world.refused(&own.access_token).await, None, "Ann's own");
        assert_eq!(world.refused(&childs_own.access_token).await, None, "what the child allowed");
        let past = member::past(&mut world.read().await, &account).await.unwrap();
        assert_eq!(past.iter().map(|past| past.grant.ended.unwrap().by).collect::<Vec<_>>(), [EndedBy::Representation]);
        let query = store::sql("SELECT COUNT(*) FROM app_notice WHERE grant_id = $1").bind(&past[0].grant.id);
        let (notices,): (i64,) = query.fetch_one(&mut world.read().await.tx).await.unwrap();
        assert_eq!(notices, 1, "the app hears of it");
        let mail: Vec<(String,)> =
            store::sql("SELECT event FROM outbox WHERE recipient = 'ann@example.org' AND event = $1")
                .bind(format!("representative-ended:{id}"))
                .fetch_all(&mut world.read().await.tx)
                .await
                .unwrap();
        assert_eq!(mail.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn access_ends_with_the_last_second_whatever_was_chosen() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let ends_at = test.store.now() + 24.hours() * 60;
        represent_until(&world, &app, &ann, &child(), ends_at).await;
        let handle = ask(&world, &app, &ann).await;
        choose(&world, &ann, &handle, Whose::Patient(child())).await.unwrap();
        let view = consent::view(&mut world.read().await, &world.programs, &ann.visit(&handle)).await.unwrap();
        assert_eq!((view.days, view.default_days), (vec![30, 90], 90), "longer ones would end on the same day");
        let tokens = tokens(&world, &app, &ann).await;
        let grant = member::connected(&mut world.read().await, &ann.signed_in.account).await.unwrap().remove(0).grant;
        assert_eq!(grant.expires_at, ends_at);

        let mut ctx = world.write().await;
        let (site, account) = (&world.registry.site, &ann.signed_in.account);
        member::change_length(&mut ctx, &world.programs, site, account, &grant.id, 365).await.unwrap();
        ctx.commit().await.unwrap();
        let grant = member::get(&mut world.read().await, account, &grant.id).await.unwrap().grant;
        assert_eq!(grant.expires_at, ends_at, "a renewal does not outlast it either");

        test.clock.advance(24.hours() * 60);
        assert!(world.refused(&tokens.access_token).await.is_some(), "before any worker has seen it");
        let mut ctx = world.write().await;
        assert_eq!(representation::close(&mut ctx, site).await.unwrap(), 1);
        assert_eq!(representation::close(&mut ctx, site).await.unwrap(), 0);
        assert_eq!(expiry::close(&mut ctx).await.unwrap(), 0, "it has ended by that");
        ctx.commit().await.unwrap();
        let past = member::past(&mut world.read().await, account).await.unwrap();
        assert_eq!(past[0].grant.ended.unwrap().by, EndedBy::Representation);
    })
    .await;
}

#[tokio::test]
async fn a_representative_sees_and_ends_only_what_they_allowed() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (ann, bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        let sam = world.member("child", &app.partition).await;
        represent(&world, &app, &ann).await;
        represent(&world, &app, &bob).await;
        world.tokens(&app, SCOPE, &sam).await;
        tokens(&world, &app, &ann).await;
        let bobs = tokens(&world, &app, &bob).await;
        for person in [&ann, &bob, &sam] {
            assert_eq!(live(&world, &person.signed_in.account).await, [Some("patient-child".to_owned())]);
        }
        let of_bob =
            member::connected(&mut world.read().await, &bob.signed_in.account).await.unwrap().remove(0).grant.id;
        let mut ctx = world.write().await;
        for other in [&ann, &sam] {
            let refused = member::revoke(&mut ctx, &world.registry.site, &other.signed_in.account, &of_bob).await;
            assert!(matches!(refused, Err(member::Error::NotFound)));
        }
        drop(ctx);
        assert_eq!(world.refused(&bobs.access_token).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_member_whom_the_payer_no_longer_has_is_lost_to_representatives_too() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        represent(&world, &app, &ann).await;
        let tokens = tokens(&world, &app, &ann).await;
        let mut ctx = world.write().await;
        let (site, gone) = (&world.registry.site, [child()]);
        assert_eq!(representation::members_left(&mut ctx, site, &app.partition, &gone).await.unwrap(), 1);
        assert_eq!(member::end_as_gone(&mut ctx, site, &app.partition, &gone).await.unwrap(), 0);
        ctx.commit().await.unwrap();
        assert_eq!(world.refused(&tokens.access_token).await, Some("grant_revoked"));
        let handle = ask(&world, &app, &ann).await;
        assert_eq!(step(&world, &ann, &handle).await, Step::Consent, "there is no one to choose any longer");
    })
    .await;
}

#[tokio::test]
async fn an_end_and_a_consent_at_once_leave_no_access() {
    racing_on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        for _ in 0..6 {
            let id = represent(&world, &app, &ann).await;
            let handle = ask(&world, &app, &ann).await;
            choose(&world, &ann, &handle, Whose::Patient(child())).await.unwrap();
            let view = consent::view(&mut world.read().await, &world.programs, &ann.visit(&handle)).await.unwrap();
            let choice = consent::Choice { shown: view.shown, ..all(SCOPE) };
            let (answer, ()) = both(world.answer(&handle, &ann, &choice), end(&world, &app, &id)).await;
            assert!(matches!(answer, Ok(_) | Err(Error::Due(Step::Person))), "{answer:?}");
            assert_eq!(live(&world, &ann.signed_in.account).await, Vec::<Option<String>>::new());
        }
    })
    .await;
}
