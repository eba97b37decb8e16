//! The queue, and one decision for each review.

use jiff::ToSpan;
use model::{
    application::AccessType::Patient,
    decision::Outcome,
    partition::{Environment::Production, ProgramId},
    text::Paragraph,
};
use registry::{
    conversations,
    desks::Reach,
    error::{Error, Kind},
    organizations,
    reviews::{self, Counts, Filter, Order, Which},
    subject::Subject,
};
use store::{
    Part, sql,
    testing::{at_once, both, on_each_database, racing_on_each_database},
};

use crate::desk::{Desk, application, approve, ask, deny, organization};

#[tokio::test]
async fn of_decisions_at_once_one_counts_and_the_others_see_it() {
    racing_on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.vendor("acme").await;
        let subject = Subject::Organization(member.organization.clone());
        let review = desk.review(&subject).await;
        let mut reviewers = Vec::new();
        for name in ["rita", "rosa", "ruth", "robin"] {
            reviewers.push(desk.account(name).await);
        }
        let decisions = [approve(), deny(), ask(), deny()];
        let results = at_once(
            reviewers
                .iter()
                .zip(decisions)
                .map(|(reviewer, decision)| desk.decide_on(reviewer, &review.id, 1, decision)),
        )
        .await;
        let (won, lost): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
        let won = won[0].as_ref().unwrap().decision.clone().unwrap();
        assert_eq!(lost.len(), 3);
        for lost in lost {
            let Err(Error::Decided(decided)) = lost else { panic!("{lost:?}") };
            assert_eq!((decided.outcome, decided.by, decided.at), (won.outcome, won.by_name.clone(), won.at));
        }
        assert_eq!(desk.mail_to("acme").await.len(), 2, "one of receipt, one of decision");
    })
    .await;
}

#[tokio::test]
async fn an_edit_and_a_decision_at_once_never_both_count() {
    racing_on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, reviewer) = (desk.vendor("acme").await, desk.account("rita").await);
        let review = desk.review(&Subject::Organization(member.organization.clone())).await;
        let edit = async {
            let mut ctx = desk.write().await;
            organizations::resubmit(&mut ctx, &desk.registry, &member, 1, &organization("other")).await?;
            ctx.commit().await.map_err(Error::from)
        };
        let (edited, decided) = both(edit, desk.decide_on(&reviewer, &review.id, review.version, approve())).await;
        assert_ne!(edited.is_ok(), decided.is_ok(), "{edited:?} {decided:?}");
        for error in [edited.err(), decided.err()].into_iter().flatten() {
            assert_eq!(error.kind(), Kind::Conflict, "{error:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_decides_on_their_own_organization() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.vendor("acme").await;
        let subject = Subject::Organization(member.organization.clone());
        let own = desk.decide(&member.account, &subject, approve()).await;
        assert!(matches!(own, Err(Error::OwnOrganization)), "{own:?}");
        let review = desk.review(&subject).await;
        let claimed = reviews::claim(&mut desk.write().await, &member.account, &review.id).await;
        assert!(matches!(claimed, Err(Error::OwnOrganization)), "{claimed:?}");
        let released = reviews::release(&mut desk.write().await, &member.account, &review.id).await;
        assert!(matches!(released, Err(Error::OwnOrganization)), "{released:?}");
        let text = Paragraph::parse("We are fine.").unwrap();
        let mut ctx = desk.write().await;
        let said =
            conversations::comment_as_administrator(&mut ctx, &desk.registry, &member.account, &subject, &text, &[])
                .await;
        assert!(matches!(said, Err(Error::OwnOrganization)), "{said:?}");
    })
    .await;
}

#[tokio::test]
async fn one_reviewer_takes_a_review_on() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.vendor("acme").await;
        let (rita, rosa) = (desk.account("rita").await, desk.account("rosa").await);
        let review = desk.review(&Subject::Organization(member.organization)).await.id;
        let mut ctx = desk.write().await;
        reviews::claim(&mut ctx, &rita, &review).await.unwrap();
        reviews::claim(&mut ctx, &rita, &review).await.expect("it is hers already");
        let error = reviews::claim(&mut ctx, &rosa, &review).await.unwrap_err();
        assert!(matches!(&error, Error::Claimed { by } if by == "rita"), "{error:?}");
        let error = reviews::release(&mut ctx, &rosa, &review).await.unwrap_err();
        assert!(matches!(error, Error::Claimed { .. }), "no one releases what another has claimed: {error:?}");
        reviews::release(&mut ctx, &rita, &review).await.unwrap();
        reviews::claim(&mut ctx, &rosa, &review).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_queue_shows_what_is_open_the_most_urgent_first() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (first, reviewer) = (desk.approved_vendor("first").await, desk.account("rita").await);
        let app = desk.register(&first, &application("Claims", Production, Patient)).await.unwrap().application;
        test.clock.advance(3.hours());
        let second = desk.vendor("second").await;
        let names = async |filter: Filter| {
            let queue = reviews::queue(&mut desk.read().await, &filter, Part::ALL).await.unwrap();
            queue
                .into_iter()
                .map(|review| review.application_name.unwrap_or(review.organization_name))
                .collect::<Vec<_>>()
        };
        let kind = |which| Filter { which: Some(which), ..Filter::default() };
        assert_eq!(names(Filter::default()).await, ["Claims", "second Inc."]);
        assert_eq!(names(kind(Which::Organizations)).await, ["second Inc."]);
        assert_eq!(names(kind(Which::Applications)).await, ["Claims"]);
        let review = desk.review(&Subject::Organization(second.organization)).await;
        let mut ctx = desk.write().await;
        reviews::claim(&mut ctx, &reviewer, &review.id).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(names(Filter { assigned_to: Some(reviewer.clone()), ..Filter::default() }).await, ["second Inc."]);
        assert_eq!(names(Filter { unassigned: true, ..Filter::default() }).await, ["Claims"]);
        test.clock.set("2026-03-09T17:30:00Z");
        assert_eq!(names(Filter { overdue: true, ..Filter::default() }).await, ["Claims"]);
        desk.decide(&reviewer, &crate::desk::subject(&app), approve()).await.unwrap();
        assert_eq!(names(Filter::default()).await, ["second Inc."]);
    })
    .await;
}

#[tokio::test]
async fn a_failed_decision_leaves_nothing_behind() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, reviewer) = (desk.vendor("acme").await, desk.account("rita").await);
        let review = desk.review(&Subject::Organization(member.organization.clone())).await;
        let stale = desk.decide_on(&reviewer, &review.id, 9, approve()).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        let decided = desk.decide_on(&reviewer, &review.id, 1, deny()).await.unwrap().decision.unwrap();
        assert_eq!((decided.outcome, decided.by), (Outcome::Denied, reviewer));
        assert_eq!(desk.mail_to("acme").await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_queue_of_any_length_is_counted_and_shown_in_parts() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (first, reviewer) = (desk.vendor("first").await, desk.account("rita").await);
        let mut ctx = desk.write().await;
        for number in 0..600_i64 {
            let id = format!("{number:03}");
            sql("INSERT INTO organization (id, name, tin_kind, tin, mailing_address, physical_address, attestation, status,
                 version, terms_agreed_at, created_at, updated_at)
                 SELECT $1, name, tin_kind, tin, mailing_address, physical_address, attestation, status,
                 version, terms_agreed_at, created_at, updated_at FROM organization WHERE id = $2")
            .bind(&id)
            .bind(&first.organization)
            .execute(&mut ctx.tx)
            .await
            .unwrap();
            sql("INSERT INTO review (id, organization_id, version, submitted_by, submitted_at, due_at)
                 SELECT $1, $1, version, submitted_by, submitted_at, due_at + $2 FROM review WHERE organization_id = $3")
            .bind(&id)
            .bind(number + 1)
            .bind(&first.organization)
            .execute(&mut ctx.tx)
            .await
            .unwrap();
        }
        ctx.commit().await.unwrap();
        let mut ctx = desk.read().await;
        let (all, mine) = (Filter::default(), Filter { assigned_to: Some(reviewer), ..Filter::default() });
        assert_eq!(reviews::count(&mut ctx, &all).await.unwrap(), 601);
        assert_eq!(reviews::count(&mut ctx, &mine).await.unwrap(), 0);
        let last = reviews::queue(&mut ctx, &all, Part { from: 600, rows: 50 }).await.unwrap();
        assert_eq!(last.iter().map(|review| review.id.as_str()).collect::<Vec<_>>(), ["599"]);
        assert_eq!(reviews::queue(&mut ctx, &all, Part { from: 550, rows: 50 }).await.unwrap().len(), 50);
    })
    .await;
}

#[tokio::test]
async fn what_another_works_on_is_decided_only_by_who_takes_it_over_knowingly() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, rita, rosa) = (desk.vendor("acme").await, desk.account("rita").await, desk.account("rosa").await);
        let subject = Subject::Organization(member.organization.clone());
        let review = desk.review(&subject).await;
        let mut ctx = desk.write().await;
        reviews::claim(&mut ctx, &rita, &review.id).await.unwrap();
        ctx.commit().await.unwrap();
        for decision in [approve(), deny(), ask()] {
            let error = desk.decide(&rosa, &subject, decision).await.unwrap_err();
            assert!(matches!(&error, Error::Claimed { by } if by == "rita"), "{error:?}");
        }

        let mut ctx = desk.write().await;
        let mistaken = reviews::take_over(&mut ctx, &rosa, &review.id, &rosa).await;
        assert!(matches!(mistaken, Err(Error::Claimed { .. })), "from whom it is not: {mistaken:?}");
        let own = reviews::take_over(&mut ctx, &member.account, &review.id, &rita).await;
        assert!(matches!(own, Err(Error::OwnOrganization)), "{own:?}");
        reviews::take_over(&mut ctx, &rosa, &review.id, &rita).await.unwrap();
        ctx.commit().await.unwrap();

        assert!(matches!(desk.decide(&rita, &subject, approve()).await, Err(Error::Claimed { .. })));
        desk.decide(&rosa, &subject, approve()).await.unwrap();
        let actions: Vec<(String,)> = sql("SELECT action FROM audit WHERE subject_id = $1 ORDER BY sequence")
            .bind(&review.id)
            .fetch_all(&mut desk.read().await.tx)
            .await
            .unwrap();
        assert_eq!(actions, [("review.taken_over".to_owned(),)]);
    })
    .await;
}

#[tokio::test]
async fn each_review_is_in_one_queue_and_filters_narrow_it() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, rita) = (desk.approved_vendor("acme").await, desk.account("rita").await);
        desk.vendor("waits").await;
        let denied = desk.vendor("denied").await;
        let of = Subject::Organization(denied.organization.clone());
        desk.decide(&rita, &of, deny()).await.unwrap();
        let mut ctx = desk.write().await;
        let text = Paragraph::parse("The policy names them.").unwrap();
        reviews::appeal(&mut ctx, &desk.registry, &denied, &of, &text, &[]).await.unwrap();
        let version = organizations::get(&mut ctx, &member.organization).await.unwrap().version;
        organizations::resubmit(&mut ctx, &desk.registry, &member, version, &organization("changed")).await.unwrap();
        ctx.commit().await.unwrap();
        test.clock.advance(48.hours());
        desk.register(&member, &application("Claims", Production, Patient)).await.unwrap();

        let mut ctx = desk.read().await;
        let counts = reviews::counts(&mut ctx, &Reach::All).await.unwrap();
        assert_eq!(counts, Counts { organizations: 1, applications: 1, changes: 1, appeals: 1 });
        drop(ctx);
        let names = async |filter: Filter| {
            let mut ctx = desk.read().await;
            let found = reviews::queue(&mut ctx, &filter, Part::ALL).await.unwrap();
            assert_eq!(reviews::count(&mut ctx, &filter).await.unwrap(), found.len());
            let name = |review: reviews::Review| review.application_name.unwrap_or(review.organization_name);
            found.into_iter().map(name).collect::<Vec<_>>()
        };
        let all = Filter::default;
        assert_eq!(names(Filter { which: Some(Which::Organizations), ..all() }).await, ["waits Inc."]);
        assert_eq!(names(Filter { which: Some(Which::Applications), ..all() }).await, ["Claims"]);
        assert_eq!(names(Filter { which: Some(Which::Changes), ..all() }).await, ["acme Inc."]);
        assert_eq!(names(Filter { which: Some(Which::Appeals), ..all() }).await, ["denied Inc."]);
        assert_eq!(names(Filter { program: Some(ProgramId::new("idaho")), ..all() }).await, ["Claims"]);
        assert_eq!(names(Filter { program: Some(ProgramId::new("oph-ca")), ..all() }).await, Vec::<String>::new());
        assert_eq!(names(Filter { environment: Some(Production), reads_members: true, ..all() }).await, ["Claims"]);
        let old = Filter { older_than: Some(jiff::SignedDuration::from_hours(24)), order: Order::Name, ..all() };
        assert_eq!(names(old).await, ["acme Inc.", "denied Inc.", "waits Inc."]);
        assert_eq!(names(Filter { order: Order::Newest, ..all() }).await[0], "Claims");
    })
    .await;
}
