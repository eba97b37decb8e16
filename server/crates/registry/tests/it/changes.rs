//! What was reviewed stays what members see: the change of an approved production app waits beside it.

use model::{
    application::{AccessType, AccessType::*, Approval},
    application_form::ApplicationDraft,
    https_url::HttpsUrl,
    partition::{Environment::Production, ProgramId},
    phone::{Phone, PhoneKind},
    redirect_uri::RedirectUri,
    text::{Line, Name, Statement},
};
use registry::{
    applications::{self, Application},
    clients,
    error::Error,
    team::Member,
};
use store::testing::on_each_database;

use crate::desk::{Desk, Nothing, application, approve, ask, deny, subject, words};

/// An approved app of members' data.
async fn approved(desk: &Desk<'_>, member: &Member) -> Application {
    let reviewer = desk.account("rita").await;
    let app = desk.register(member, &draft(Both)).await.unwrap().application;
    desk.decide(&reviewer, &subject(&app), approve()).await.unwrap();
    now(desk, &app).await
}

fn draft(access: AccessType) -> ApplicationDraft {
    application("Claims", Production, access)
}

async fn now(desk: &Desk<'_>, app: &Application) -> Application {
    applications::get_any(&mut desk.read().await, &app.id).await.unwrap()
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn url(text: &str) -> HttpsUrl {
    HttpsUrl::parse(text).unwrap()
}

#[tokio::test]
async fn every_field_of_an_approved_app_waits_for_review_and_the_approved_one_stays() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let before = approved(&desk, &member).await;
        let changes: [fn(&mut ApplicationDraft); 17] = [
            |draft| draft.description = words("Sells your data."),
            |draft| draft.name = name("Claims Plus"),
            |draft| draft.platform.name = name("Claims Plus"),
            |draft| draft.platform.id = Some(Line::parse("example.other").unwrap()),
            |draft| draft.platform.platform = model::application::Platform::Ios,
            |draft| draft.redirect_uri = RedirectUri::parse("https://acme.example/other").unwrap(),
            |draft| draft.privacy_url = Some(url("https://other.example/privacy")),
            |draft| draft.support.website = url("https://other.example/help"),
            |draft| draft.support.name = name("Eve"),
            |draft| draft.support.email = "eve@example.org".parse().unwrap(),
            |draft| draft.purpose = Some(Statement::parse("Sells your data to others.").unwrap()),
            |draft| draft.retention = Some(Statement::parse("We keep it for ever.").unwrap()),
            |draft| draft.terms_url = Some(url("https://other.example/terms")),
            |draft| draft.access = Patient,
            |draft| draft.access = Public,
            |draft| draft.programs = [ProgramId::new("idaho"), ProgramId::new("oph-ca")].into(),
            |draft| draft.support.phone = Phone::from_digits(PhoneKind::Us, "2085550199").unwrap(),
        ];
        let program = ProgramId::new("idaho");
        let live = async || clients::find(&mut desk.read().await, &program, &before.client_id).await.unwrap().unwrap();
        let shown = live().await;
        for (index, change) in changes.into_iter().enumerate() {
            let mut wanted = before.registration.clone();
            change(&mut wanted);
            let after = desk.edit(&member, &now(&desk, &before).await, &wanted).await.unwrap();
            assert_eq!((&after.registration, after.approval), (&before.registration, Approval::Approved), "{index}");
            assert_eq!(live().await, shown, "{index}");
            let waiting = applications::waiting(&mut desk.read().await, &before).await.unwrap().unwrap();
            assert_eq!((waiting.registration, waiting.state), (wanted, Approval::PendingReview), "{index}");
            assert!(desk.review(&subject(&before)).await.decision.is_none(), "{index}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_change_goes_live_with_its_approval_and_not_with_a_denial() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let before = approved(&desk, &member).await;
        let reviewer = desk.account("rosa").await;
        let mut wanted = before.registration.clone();
        wanted.name = name("Claims Plus");
        wanted.description = words("Shows more.");

        desk.edit(&member, &before, &wanted).await.unwrap();
        desk.decide(&reviewer, &subject(&before), ask()).await.unwrap();
        assert_eq!(now(&desk, &before).await.registration, before.registration);
        desk.edit(&member, &now(&desk, &before).await, &wanted).await.expect("the answer opens another round");
        desk.decide(&reviewer, &subject(&before), deny()).await.unwrap();
        let denied = now(&desk, &before).await;
        assert_eq!((denied.registration.clone(), denied.approval), (before.registration.clone(), Approval::Approved));
        let kept = applications::waiting(&mut desk.read().await, &before).await.unwrap().unwrap();
        assert_eq!((kept.registration, kept.state), (wanted.clone(), Approval::Denied), "nothing typed is lost");
        desk.edit(&member, &denied, &wanted).await.unwrap();
        desk.decide(&reviewer, &subject(&before), approve()).await.unwrap();

        let after = now(&desk, &before).await;
        assert_eq!((after.registration, after.approval), (wanted, Approval::Approved));
        assert_eq!(applications::waiting(&mut desk.read().await, &before).await.unwrap(), None);
        let mail = desk.mail_to("acme").await;
        for subject in [
            "We received your change to Claims",
            "Your change to Claims was not approved",
            "Your change to Claims was approved",
        ] {
            assert!(mail.iter().any(|line| line == subject), "{subject}: {mail:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_reviewer_decides_on_the_change_they_read_and_a_vendor_can_take_it_back() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let before = approved(&desk, &member).await;
        let reviewer = desk.account("rosa").await;
        let mut wanted = before.registration.clone();
        wanted.description = words("Harmless.");
        let after = desk.edit(&member, &before, &wanted).await.unwrap();
        let review = desk.review(&subject(&before)).await;
        wanted.description = words("Sells your data.");
        let stale = desk.edit(&member, &before, &wanted).await;
        assert!(matches!(stale, Err(Error::Stale)), "from an older form: {stale:?}");
        let after = desk.edit(&member, &after, &wanted).await.unwrap();
        let read = desk.decide_on(&reviewer, &review.id, review.version, approve()).await;
        assert!(matches!(read, Err(Error::Stale)), "{read:?}");

        let after = desk.edit(&member, &after, &before.registration).await.unwrap();
        assert_eq!(after.registration, before.registration);
        assert_eq!(applications::waiting(&mut desk.read().await, &before).await.unwrap(), None);
        assert!(desk.review(&subject(&before)).await.decision.is_some(), "withdrawn");
        desk.edit(&member, &after, &before.registration).await.expect("nothing changes, nothing waits");
        assert!(desk.review(&subject(&before)).await.decision.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_waiting_change_ends_with_its_app() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, eve) = (desk.approved_vendor("acme").await, desk.approved_vendor("eve").await);
        let before = approved(&desk, &member).await;
        let mut wanted = before.registration.clone();
        wanted.redirect_uri = RedirectUri::parse("com.acme.claims:/cb").unwrap();
        desk.edit(&member, &before, &wanted).await.unwrap();
        let mut theirs = application("Theirs", Production, Patient);
        theirs.redirect_uri = wanted.redirect_uri.clone();
        assert!(desk.register(&eve, &theirs).await.is_err(), "the scheme is wanted");
        let mut ctx = desk.write().await;
        applications::delete(&mut ctx, &Nothing, &member, &before.id).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(applications::waiting(&mut desk.read().await, &before).await.unwrap(), None);
        desk.register(&eve, &theirs).await.expect("and given back");
    })
    .await;
}

#[tokio::test]
async fn members_read_the_approved_statements_and_the_day_of_the_newest_approval() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let before = approved(&desk, &member).await;
        let read = async || applications::disclosure(&mut desk.read().await, &before.id).await.unwrap().unwrap();
        let first = read().await;
        assert_eq!((&first.purpose, &first.retention), (&before.registration.purpose, &before.registration.retention));
        assert_eq!(first.reviewed_at, Some(desk.read().await.now));
        let mut wanted = before.registration.clone();
        wanted.purpose = Some(Statement::parse("Sells your data to others.").unwrap());
        let reviewer = desk.account("rosa").await;

        test.clock.advance(jiff::Span::new().hours(30));
        desk.edit(&member, &before, &wanted).await.unwrap();
        assert_eq!(read().await, first, "the change waits");
        desk.decide(&reviewer, &subject(&before), deny()).await.unwrap();
        assert_eq!(read().await, first, "a denial is not an approval");
        desk.edit(&member, &now(&desk, &before).await, &wanted).await.unwrap();
        desk.decide(&reviewer, &subject(&before), approve()).await.unwrap();

        let after = read().await;
        assert_eq!((after.purpose, after.reviewed_at), (wanted.purpose, Some(desk.read().await.now)));
    })
    .await;
}

#[tokio::test]
async fn a_sandbox_app_is_not_reviewed() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let draft = application("Claims", model::partition::Environment::Sandbox, Both);
        let app = desk.register(&member, &draft).await.unwrap().application;
        let read = applications::disclosure(&mut desk.read().await, &app.id).await.unwrap().unwrap();
        assert_eq!((read.reviewed_at, read.purpose), (None, draft.purpose));
    })
    .await;
}
