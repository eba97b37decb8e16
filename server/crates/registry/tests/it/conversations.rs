//! Questions and answers, appeals, comments: whose turn it is, and by when.

use jiff::{Timestamp, ToSpan};
use model::{
    application::{AccessType::Both, Approval},
    decision::{Outcome, ReviewKind},
    history::{Action, Side},
    organization::OrganizationStatus,
    partition::Environment::{Production, Sandbox},
    team::TeamRole,
};
use registry::{
    applications,
    conversations::{self, Filter, Turn},
    desks::Reach,
    error::Error,
    history, organizations, reviews,
    subject::Subject,
    team::{self, Member},
};
use store::{
    Part,
    testing::{both, on_each_database, racing_on_each_database},
};

use crate::desk::{Desk, application, approve, ask, deny, organization, subject, words};

async fn turn(desk: &Desk<'_>, of: &Subject) -> Turn {
    conversations::turn(&mut desk.read().await, of).await.unwrap().unwrap()
}

async fn answer(desk: &Desk<'_>, member: &Member, of: &Subject) -> Result<(), Error> {
    let mut ctx = desk.write().await;
    reviews::answer(&mut ctx, &desk.registry, member, of, &words("It is Globex."), &[]).await?;
    ctx.commit().await.map_err(Error::from)
}

async fn appeal(desk: &Desk<'_>, member: &Member, of: &Subject) -> Result<(), Error> {
    let mut ctx = desk.write().await;
    reviews::appeal(&mut ctx, &desk.registry, member, of, &words("The policy names them."), &[]).await?;
    ctx.commit().await.map_err(Error::from)
}

async fn status(desk: &Desk<'_>, member: &Member) -> OrganizationStatus {
    organizations::get(&mut desk.read().await, &member.organization).await.unwrap().status
}

fn at(text: &str) -> Option<Timestamp> {
    Some(text.parse().unwrap())
}

/// An administrator who hears of what arrives.
async fn administrator(desk: &Desk<'_>, name: &str) -> model::id::AccountId {
    let account = desk.account(name).await;
    let mut ctx = desk.write().await;
    store::sql("INSERT INTO account_role (account_id, role, granted_at) VALUES ($1, 'administrator', 0)")
        .bind(&account)
        .execute(&mut ctx.tx)
        .await
        .unwrap();
    ctx.commit().await.unwrap();
    account
}

#[tokio::test]
async fn an_answer_opens_the_review_again_and_everyone_knows_whose_turn_it_is() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        administrator(&desk, "ada").await;
        let (member, rita) = (desk.vendor("acme").await, desk.account("rita").await);
        let of = Subject::Organization(member.organization.clone());
        let now = turn(&desk, &of).await;
        // Monday, 11:00 Central, in winter; the clocks change before the next one.
        assert_eq!((now.side, now.due_at), (Some(Side::Administration), at("2026-03-09T16:00:00Z")));
        let early = answer(&desk, &member, &of).await;
        assert!(matches!(early, Err(Error::NotAllowed(_))), "nothing was asked: {early:?}");

        test.clock.advance(1.hours());
        desk.decide(&rita, &of, ask()).await.unwrap();
        let now = turn(&desk, &of).await;
        assert_eq!((now.side, now.due_at), (Some(Side::Vendor), at("2026-04-01T18:00:00Z")), "30 days");
        test.clock.advance(24.hours());
        answer(&desk, &member, &of).await.unwrap();

        let now = turn(&desk, &of).await;
        assert_eq!((now.side, now.since), (Some(Side::Administration), "2026-03-03T18:00:00Z".parse().unwrap()));
        assert_eq!(status(&desk, &member).await, OrganizationStatus::PendingReview);
        let review = desk.review(&of).await;
        assert_eq!((review.kind, review.decision.is_none()), (ReviewKind::Registration, true));
        let lines = history::list(&mut desk.read().await, &of, Part::ALL).await.unwrap();
        let newest = (lines[0].action, lines[0].comment.as_deref(), lines[0].version);
        assert_eq!(newest, (Action::Answered, Some("It is Globex."), Some(1)));
        let told = desk.mail_to("ada").await;
        assert_eq!(told, ["Organization to review: acme Inc.", "Answer to your question: acme Inc."]);
        test.clock.advance(1.hours());
        desk.decide(&rita, &of, approve()).await.unwrap();
        assert_eq!(turn(&desk, &of).await.side, None);
    })
    .await;
}

#[tokio::test]
async fn developers_answer_for_apps_and_owners_alone_for_the_organization() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (owner, rita) = (desk.vendor("acme").await, desk.account("rita").await);
        let account = desk.account("dev").await;
        let mut ctx = desk.write().await;
        team::add(&mut ctx, &owner.organization, &account, TeamRole::Developer).await.unwrap();
        let developer = team::get(&mut ctx, &account).await.unwrap();
        ctx.commit().await.unwrap();
        let of = Subject::Organization(owner.organization.clone());
        desk.decide(&rita, &of, ask()).await.unwrap();
        let refused = answer(&desk, &developer, &of).await;
        assert!(matches!(refused, Err(Error::OwnersOnly)), "{refused:?}");
        answer(&desk, &owner, &of).await.unwrap();
        test.clock.advance(1.hours());
        desk.decide(&rita, &of, approve()).await.unwrap();

        let app = desk.register(&owner, &application("Claims", Production, Both)).await.unwrap().application;
        desk.decide(&rita, &subject(&app), ask()).await.unwrap();
        answer(&desk, &developer, &subject(&app)).await.unwrap();
        let stranger = desk.approved_vendor("globex").await;
        let foreign = answer(&desk, &stranger, &subject(&app)).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
        let foreign = answer(&desk, &stranger, &of).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    })
    .await;
}

#[tokio::test]
async fn an_appeal_is_decided_once_by_another_reviewer_who_can_approve_what_was_denied() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, rita, rosa) = (desk.vendor("acme").await, desk.account("rita").await, desk.account("rosa").await);
        let of = Subject::Organization(member.organization.clone());
        let denial = desk.decide(&rita, &of, deny()).await.unwrap();
        test.clock.advance(1.hours());
        appeal(&desk, &member, &of).await.unwrap();
        let review = desk.review(&of).await;
        assert_eq!(
            (review.kind, &review.appeal_of, &review.submission),
            (ReviewKind::Appeal, &Some(denial.id), &denial.submission)
        );
        assert_eq!(turn(&desk, &of).await.due_at, at("2026-03-09T17:00:00Z"));

        let claimed = reviews::claim(&mut desk.write().await, &rita, &review.id).await;
        assert!(matches!(claimed, Err(Error::OwnDecision)), "{claimed:?}");
        let decided = desk.decide(&rita, &of, approve()).await;
        assert!(matches!(decided, Err(Error::OwnDecision)), "{decided:?}");
        let asked = desk.decide(&rosa, &of, ask()).await;
        assert!(matches!(asked, Err(Error::NotAllowed(_))), "an appeal has two answers: {asked:?}");
        let before = organizations::get(&mut desk.read().await, &member.organization).await.unwrap();
        let edited = organizations::resubmit(
            &mut desk.write().await,
            &desk.registry,
            &member,
            before.version,
            &organization("better"),
        )
        .await;
        assert!(matches!(edited, Err(Error::UnderAppeal)), "{edited:?}");
        desk.decide(&rosa, &of, approve()).await.unwrap();

        assert_eq!(status(&desk, &member).await, OrganizationStatus::Approved);
        let mail = desk.mail_to("acme").await;
        assert!(mail.contains(&"We received your appeal: acme Inc.".to_owned()), "{mail:?}");
        assert!(mail.contains(&"Your appeal succeeded: acme Inc.".to_owned()), "{mail:?}");
    })
    .await;
}

#[tokio::test]
async fn what_an_appeal_decided_is_final_until_something_else_is_sent() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, rita, rosa) =
            (desk.approved_vendor("acme").await, desk.account("rita").await, desk.account("rosa").await);
        let app = desk.register(&member, &application("Claims", Production, Both)).await.unwrap().application;
        let of = subject(&app);
        let early = appeal(&desk, &member, &of).await;
        assert!(matches!(early, Err(Error::NotAllowed(_))), "{early:?}");
        desk.decide(&rita, &of, deny()).await.unwrap();
        test.clock.advance(1.hours());
        appeal(&desk, &member, &of).await.unwrap();
        let twice = appeal(&desk, &member, &of).await;
        assert!(matches!(twice, Err(Error::NotAllowed(_))), "{twice:?}");
        test.clock.advance(1.hours());
        desk.decide(&rosa, &of, deny()).await.unwrap();
        let app = applications::get_any(&mut desk.read().await, &app.id).await.unwrap();
        assert_eq!(app.approval, Approval::Denied);
        let again = appeal(&desk, &member, &of).await;
        assert!(matches!(again, Err(Error::NotAllowed(_))), "{again:?}");
        assert!(desk.mail_to("acme").await.contains(&"Your appeal was not accepted: Claims".to_owned()));

        test.clock.advance(1.hours());
        desk.edit(&member, &app, &app.registration).await.unwrap();
        test.clock.advance(1.hours());
        desk.decide(&rita, &of, deny()).await.unwrap();
        test.clock.advance(1.hours());
        appeal(&desk, &member, &of).await.expect("a new decision can be appealed");
    })
    .await;
}

#[tokio::test]
async fn the_denied_change_of_a_live_app_can_be_appealed_and_the_app_stays_live() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, rita, rosa) =
            (desk.approved_vendor("acme").await, desk.account("rita").await, desk.account("rosa").await);
        let app = desk.register(&member, &application("Claims", Production, Both)).await.unwrap().application;
        let of = subject(&app);
        desk.decide(&rita, &of, approve()).await.unwrap();
        let live = applications::get_any(&mut desk.read().await, &app.id).await.unwrap();
        let mut wanted = live.registration.clone();
        wanted.description = words("Shows more.");
        test.clock.advance(1.hours());
        desk.edit(&member, &live, &wanted).await.unwrap();
        desk.decide(&rita, &of, deny()).await.unwrap();
        test.clock.advance(1.hours());
        appeal(&desk, &member, &of).await.unwrap();
        let during = applications::get_any(&mut desk.read().await, &app.id).await.unwrap();
        assert_eq!((during.approval, &during.registration), (Approval::Approved, &live.registration));
        desk.decide(&rosa, &of, approve()).await.unwrap();
        assert_eq!(applications::get_any(&mut desk.read().await, &app.id).await.unwrap().registration, wanted);
    })
    .await;
}

#[tokio::test]
async fn an_appeal_can_be_taken_back_and_the_denial_stays() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, rita) = (desk.vendor("acme").await, desk.account("rita").await);
        let of = Subject::Organization(member.organization.clone());
        desk.decide(&rita, &of, deny()).await.unwrap();
        test.clock.advance(1.hours());
        appeal(&desk, &member, &of).await.unwrap();
        let mut ctx = desk.write().await;
        reviews::withdraw_appeal(&mut ctx, &member, &of).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(status(&desk, &member).await, OrganizationStatus::Denied);
        assert_eq!(desk.review(&of).await.decision.unwrap().outcome, Outcome::Withdrawn);
        let again = appeal(&desk, &member, &of).await;
        assert!(matches!(again, Err(Error::NotAllowed(_))), "once for each decision: {again:?}");
        let twice = reviews::withdraw_appeal(&mut desk.write().await, &member, &of).await;
        assert!(matches!(twice, Err(Error::NotAllowed(_))), "{twice:?}");
        let mut ctx = desk.write().await;
        let before = organizations::get(&mut ctx, &member.organization).await.unwrap();
        organizations::resubmit(&mut ctx, &desk.registry, &member, before.version, &organization("better"))
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn of_an_appeal_and_a_correction_at_once_one_counts() {
    racing_on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, rita) = (desk.vendor("acme").await, desk.account("rita").await);
        let of = Subject::Organization(member.organization.clone());
        desk.decide(&rita, &of, deny()).await.unwrap();
        let version = organizations::get(&mut desk.read().await, &member.organization).await.unwrap().version;
        let correct = async {
            let mut ctx = desk.write().await;
            organizations::resubmit(&mut ctx, &desk.registry, &member, version, &organization("other")).await?;
            ctx.commit().await.map_err(Error::from)
        };
        let (corrected, appealed) = both(correct, appeal(&desk, &member, &of)).await;
        assert_ne!(corrected.is_ok(), appealed.is_ok(), "{corrected:?} {appealed:?}");
    })
    .await;
}

#[tokio::test]
async fn a_round_without_answer_is_closed_after_thirty_days_and_not_before() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, rita) = (desk.vendor("acme").await, desk.account("rita").await);
        let of = Subject::Organization(member.organization.clone());
        desk.decide(&rita, &of, ask()).await.unwrap();
        let lapse = async || {
            let mut ctx = desk.write().await;
            let closed = reviews::lapse(&mut ctx, &desk.registry, &rita, &of, &words("No answer came.")).await?;
            ctx.commit().await?;
            Ok::<_, Error>(closed)
        };
        test.clock.set("2026-04-01T16:59:59.999Z");
        let early = lapse().await;
        assert!(matches!(early, Err(Error::NotAllowed(_))), "{early:?}");
        test.clock.set("2026-04-01T17:00:00Z");
        let closed = lapse().await.unwrap().decision.unwrap();
        assert_eq!((closed.outcome, closed.comment.as_deref()), (Outcome::Denied, Some("No answer came.")));
        assert_eq!(status(&desk, &member).await, OrganizationStatus::Denied);
        test.clock.advance(1.hours());
        appeal(&desk, &member, &of).await.expect("it can be appealed like any other denial");
    })
    .await;
}

#[tokio::test]
async fn a_comment_gets_an_answer_within_support_hours_and_our_word_ends_the_wait() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, rita) = (desk.approved_vendor("acme").await, desk.account("rita").await);
        let app = desk.register(&member, &application("Claims", Sandbox, Both)).await.unwrap().application;
        let of = subject(&app);
        let (registry, text) = (&desk.registry, words("When do you add dental?"));
        let mut ctx = desk.write().await;
        conversations::comment(&mut ctx, registry, &member, Some(&app.id), &text, &[]).await.unwrap();
        ctx.commit().await.unwrap();
        let now = turn(&desk, &of).await;
        // 48 business hours of seven a day: Monday 11:00 to Wednesday of the next week, 10:00, after the clocks changed.
        assert_eq!((now.side, now.due_at), (Some(Side::Administration), at("2026-03-11T15:00:00Z")));
        let mut ctx = desk.write().await;
        conversations::comment_as_administrator(&mut ctx, registry, &rita, &of, &words("In May."), &[]).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(turn(&desk, &of).await.side, None);
        assert!(desk.mail_to("acme").await.contains(&"New message about Claims".to_owned()));

        let mut ctx = desk.write().await;
        conversations::comment(&mut ctx, registry, &member, None, &words("Thank you."), &[]).await.unwrap();
        let of = Subject::Organization(member.organization.clone());
        conversations::acknowledge(&mut ctx, &rita, &of).await.unwrap();
        let twice = conversations::acknowledge(&mut ctx, &rita, &of).await;
        assert!(matches!(twice, Err(Error::Stale)), "{twice:?}");
    })
    .await;
}

#[tokio::test]
async fn a_comment_during_a_review_changes_neither_turn_nor_time() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, rita) = (desk.vendor("acme").await, desk.account("rita").await);
        let of = Subject::Organization(member.organization.clone());
        let before = turn(&desk, &of).await;
        test.clock.advance(3.hours());
        let (registry, text) = (&desk.registry, words("Our policy moved."));
        let mut ctx = desk.write().await;
        conversations::comment(&mut ctx, registry, &member, None, &text, &[]).await.unwrap();
        conversations::comment_as_administrator(&mut ctx, registry, &rita, &of, &words("Noted."), &[]).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(turn(&desk, &of).await, before);
    })
    .await;
}

#[tokio::test]
async fn each_side_finds_what_waits_for_it() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (acme, rita) = (desk.vendor("acme").await, desk.account("rita").await);
        desk.vendor("globex").await;
        desk.decide(&rita, &Subject::Organization(acme.organization.clone()), ask()).await.unwrap();
        let names = async |organization: Option<&Member>, turn, overdue| {
            let organization = organization.map(|member| member.organization.clone());
            let filter = Filter { organization, turn, overdue, reach: Reach::All };
            let mut ctx = desk.read().await;
            let found = conversations::list(&mut ctx, &filter, Part::ALL).await.unwrap();
            assert_eq!(conversations::count(&mut ctx, &filter).await.unwrap(), found.len());
            found.into_iter().map(|one| one.organization_name).collect::<Vec<_>>()
        };
        assert_eq!(names(None, Some(Side::Administration), false).await, ["globex Inc."]);
        assert_eq!(names(None, Some(Side::Vendor), false).await, ["acme Inc."]);
        assert_eq!(names(Some(&acme), None, false).await, ["acme Inc."]);
        assert_eq!(names(Some(&acme), Some(Side::Administration), false).await, Vec::<String>::new());
        assert_eq!(names(None, Some(Side::Administration), true).await, Vec::<String>::new());
        test.clock.advance(240.hours());
        assert_eq!(names(None, Some(Side::Administration), true).await, ["globex Inc."]);
    })
    .await;
}
