//! What was shown is what is granted; and what is shown, and to whom, after a request was answered.

use identity::members;
use jiff::Span;
use model::id::{PatientId, PayerId, SessionId};
use oauth::{
    answered::{self, What},
    consent::{self, Choice, Error},
    grants::member,
    requests,
    shown::Part,
};
use store::testing::on_each_database;

use crate::world::{App, CA, CALLBACK, Person, World, all, code_exchange, query, request};

const UC: Option<&str> = Some("university-of-california");
const SCOPE: &str = "patient/Patient.read patient/Coverage.read";

async fn ask(world: &World<'_>, app: &App, person: &Person) -> String {
    world.authorize(CA, UC, &request(app, SCOPE), person).await.unwrap()
}

/// A choice of everything on the page as it is now.
async fn shown(world: &World<'_>, handle: &str, person: &Person) -> Choice {
    let view = consent::view(&mut world.read().await, &world.programs, &person.visit(handle)).await.unwrap();
    Choice { shown: view.shown, ..all(SCOPE) }
}

async fn cancel(world: &World<'_>, handle: &str, person: &Person) -> Result<String, Error> {
    let mut ctx = world.write().await;
    let target = consent::deny(&mut ctx, &person.visit(handle)).await?;
    ctx.commit().await?;
    Ok(target.as_str().to_owned())
}

async fn back(world: &World<'_>, handle: &str, person: &Person) -> Result<String, Error> {
    let mut ctx = world.write().await;
    let target = answered::back(&mut ctx, &world.programs, &person.visit(handle)).await?;
    ctx.commit().await?;
    Ok(target.as_str().to_owned())
}

async fn outcome(world: &World<'_>, handle: &str, person: &Person) -> Result<answered::Outcome, Error> {
    answered::outcome(&mut world.read().await, &person.visit(handle)).await
}

async fn connected(world: &World<'_>, person: &Person) -> usize {
    member::connected(&mut world.read().await, &person.signed_in.account).await.unwrap().len()
}

#[tokio::test]
async fn an_answer_to_a_page_about_somebody_or_something_else_gives_nothing() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (ann, mut bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        bob.browser = ann.browser.clone();
        let handle = ask(&world, &app, &ann).await;
        let choice = shown(&world, &handle, &ann).await;
        let changed = async |person: &Person, choice: &Choice| match world.answer(&handle, person, choice).await {
            Err(Error::Changed(parts)) => parts,
            other => panic!("{other:?}"),
        };

        assert_eq!(changed(&bob, &choice).await, [Part::Account, Part::Patient]);
        let payer = PayerId::new(UC.unwrap());
        let link = async |patient: &str| {
            let mut ctx = world.write().await;
            let (account, patient) = (&ann.signed_in.account, PatientId::new(patient));
            members::link_sandbox(&mut ctx, account, &app.partition, &payer, &patient).await.unwrap();
            ctx.commit().await.unwrap();
        };
        link("patient-eve").await;
        assert_eq!(changed(&ann, &choice).await, [Part::Patient]);
        link("patient-ann").await;
        let mut ctx = world.write().await;
        let other = &world.programs.get(&app.partition.program).unwrap().payers;
        let other = other.iter().find(|known| known.id != payer).unwrap();
        requests::choose_payer(&mut ctx, &world.programs, &ann.visit(&handle), &other.id).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(changed(&ann, &choice).await, [Part::Payer]);
        for forged in ["", "....", "a.b.c.d", &choice.shown.replace('.', "")] {
            assert!(!changed(&ann, &Choice { shown: forged.to_owned(), ..choice.clone() }).await.is_empty());
        }
        // A digest of another request is worth nothing here.
        let elsewhere = ask(&world, &app, &ann).await;
        let theirs = shown(&world, &elsewhere, &ann).await;
        assert_eq!(changed(&ann, &theirs).await, Part::ALL);
        assert_eq!((connected(&world, &ann).await, connected(&world, &bob).await), (0, 0));

        let choice = shown(&world, &handle, &ann).await;
        assert!(world.answer(&handle, &ann, &choice).await.unwrap().contains_key("code"));
    })
    .await;
}

#[tokio::test]
async fn nobody_but_who_allowed_gets_the_second_answer() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (mut ann, mut bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        bob.browser = ann.browser.clone();
        let handle = ask(&world, &app, &ann).await;
        let choice = shown(&world, &handle, &ann).await;
        let first = world.answer(&handle, &ann, &choice).await.unwrap();

        let own = ann.signed_in.session.clone();
        ann.signed_in.session = SessionId::new("session-later");
        for person in [&bob, &ann] {
            let answer = world.answer(&handle, person, &choice).await;
            assert!(matches!(answer, Err(Error::AnothersAnswer)), "{answer:?}");
            assert!(matches!(back(&world, &handle, person).await, Err(Error::AnothersAnswer)));
        }
        let anonymous = requests::Visit { signed_in: None, ..ann.visit(&handle) };
        let mut ctx = world.write().await;
        let answer = consent::allow(&mut ctx, &world.programs, &world.registry.site, &anonymous, &choice).await;
        assert!(matches!(answer, Err(Error::AnothersAnswer)), "{answer:?}");
        drop(ctx);
        assert!(world.token(CA, &code_exchange(&app, &first["code"])).await.is_ok(), "no code was replaced");
        ann.signed_in.session = own;
        assert!(matches!(world.answer(&handle, &ann, &choice).await, Err(Error::NotFound)), "the code was used");
    })
    .await;
}

#[tokio::test]
async fn another_choice_in_another_tab_is_no_second_answer() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let handle = ask(&world, &app, &ann).await;
        let choice = shown(&world, &handle, &ann).await;
        world.answer(&handle, &ann, &choice).await.unwrap();

        let narrower = Choice { scopes: vec!["patient/Patient.read".to_owned()], ..choice.clone() };
        for other in [narrower, Choice { days: Some(30), ..choice.clone() }] {
            assert!(matches!(world.answer(&handle, &ann, &other).await, Err(Error::NotFound)));
        }
        assert!(world.answer(&handle, &ann, &choice).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn afterwards_the_truth_is_told_and_there_is_a_way_back() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (ann, mut bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        bob.browser = ann.browser.clone();
        let denied = |target: &str| assert_eq!(query(target)["error"], "access_denied");

        let refused = ask(&world, &app, &ann).await;
        denied(&cancel(&world, &refused, &ann).await.unwrap());
        let after = outcome(&world, &refused, &ann).await.unwrap();
        assert!(matches!(after.what, What::Refused(_)) && after.live.is_none());
        denied(&back(&world, &refused, &ann).await.unwrap());

        let handle = ask(&world, &app, &ann).await;
        let answer = world.allow(&handle, &ann, &all("patient/Patient.read")).await.unwrap();
        assert!(matches!(cancel(&world, &handle, &ann).await, Err(Error::NotFound)), "too late");
        let after = outcome(&world, &handle, &ann).await.unwrap();
        let What::Allowed(at, scopes) = &after.what else { panic!("{after:?}") };
        assert_eq!((*at, scopes.to_string().as_str()), (test.store.now(), "patient/Patient.read"));
        assert!(after.live.is_some());
        assert!(outcome(&world, &refused, &ann).await.unwrap().live.is_some(), "it reads by another consent");
        assert!(matches!(outcome(&world, &handle, &bob).await, Err(Error::NotFound)), "no one else sees it");

        let again = query(&back(&world, &handle, &ann).await.unwrap());
        assert!(world.token(CA, &code_exchange(&app, &answer["code"])).await.is_err(), "replaced");
        assert!(world.token(CA, &code_exchange(&app, &again["code"])).await.is_ok());
        assert_eq!(back(&world, &handle, &ann).await.unwrap(), "https://acme.example/");
        assert!(CALLBACK.starts_with("https://acme.example/"));

        let late = ask(&world, &app, &ann).await;
        test.clock.advance(Span::new().minutes(15));
        assert!(matches!(cancel(&world, &late, &ann).await, Err(Error::NotFound)));
        assert!(matches!(outcome(&world, &late, &ann).await.unwrap().what, What::RanOut(_)));
        denied(&back(&world, &late, &ann).await.unwrap());
        assert!(matches!(outcome(&world, "unknown", &ann).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn what_was_chosen_is_remembered_for_the_same_page_alone() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (ann, mut bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        bob.browser = ann.browser.clone();
        let handle = ask(&world, &app, &ann).await;
        let choice = shown(&world, &handle, &ann).await;
        let scopes = ["patient/Coverage.read", "<b>", "patient/ExplanationOfBenefit.read"].map(str::to_owned).to_vec();
        let mut ctx = world.write().await;
        let draft = Choice { scopes, days: Some(30), shown: choice.shown.clone(), ..Choice::default() };
        consent::remember(&mut ctx, &world.programs, &ann.visit(&handle), draft).await.unwrap();
        ctx.commit().await.unwrap();

        let draft = async |person: &Person| {
            let view = consent::view(&mut world.read().await, &world.programs, &person.visit(&handle)).await.unwrap();
            view.draft
        };
        let kept = draft(&ann).await.unwrap();
        assert_eq!((kept.scopes, kept.days), (vec!["patient/Coverage.read".to_owned()], Some(30)));
        assert!(draft(&bob).await.is_none());
    })
    .await;
}
