//! Organizations: registered once, reviewed, corrected, stopped.

use model::{
    history::{Action, Side},
    organization::OrganizationStatus::{Approved, Denied, InformationAsked, PendingReview, Suspended},
    team::TeamRole,
};
use registry::{
    desks::Reach,
    error::{Error, Kind},
    history, organizations,
    search::Wanted,
    subject::Subject,
    team,
};
use store::{Part, testing::on_each_database};

use crate::desk::{Desk, approve, ask, deny, organization, tin, words};

#[tokio::test]
async fn a_registration_waits_for_review_and_says_so() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.vendor("acme").await;
        let organization = organizations::get(&mut desk.read().await, &member.organization).await.unwrap();
        assert_eq!(
            (organization.status, organization.registration),
            (PendingReview, crate::desk::organization("acme"))
        );
        let review = desk.review(&Subject::Organization(member.organization.clone())).await;
        assert_eq!(review.due_at, "2026-03-09T16:00:00Z".parse().unwrap());
        assert_eq!(desk.mail_to("acme").await, ["We received the registration of acme Inc."]);
    })
    .await;
}

#[tokio::test]
async fn an_account_registers_several_organizations_and_no_flood_of_them() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let account = desk.account("acme").await;
        let mut ctx = desk.write().await;
        for number in 0..team::MOST_ORGANIZATIONS {
            let draft = organization(&format!("acme{number}"));
            organizations::register(&mut ctx, &desk.registry, &account, &draft).await.unwrap();
        }
        let more = organizations::register(&mut ctx, &desk.registry, &account, &organization("more")).await;
        assert!(matches!(more, Err(Error::TooMany)), "{more:?}");
    })
    .await;
}

#[tokio::test]
async fn a_decision_reaches_owner_history_and_audit_log() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.vendor("acme").await;
        let reviewer = desk.account("rita").await;
        let subject = Subject::Organization(member.organization.clone());
        desk.decide(&reviewer, &subject, deny()).await.unwrap();
        let entries = history::list(&mut desk.read().await, &subject, Part::ALL).await.unwrap();
        let told: Vec<_> = entries.iter().map(|entry| (entry.side, entry.action, entry.comment.as_deref())).collect();
        let denied = (Side::Administration, Action::Denied, Some("The policy names no recipients."));
        assert!(told.contains(&(Side::Vendor, Action::Registered, None)) && told.contains(&denied), "{told:?}");
        assert!(desk.mail_to("acme").await.contains(&"acme Inc. was not approved".to_owned()));
        let filter = audit::log::Filter { action: Some("organization.denied".to_owned()), ..Default::default() };
        let audited = audit::log::list(&mut desk.read().await, &filter, audit::log::Page { before: None, limit: 9 })
            .await
            .unwrap();
        assert_eq!(audited.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_was_denied_or_asked_about_goes_back_to_review() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        for (decision, status) in [(deny(), Denied), (ask(), InformationAsked)] {
            let name = status.as_str().replace('_', "");
            let (member, reviewer) = (desk.vendor(&name).await, desk.account(&format!("rita{name}")).await);
            let subject = Subject::Organization(member.organization.clone());
            desk.decide(&reviewer, &subject, decision).await.unwrap();
            let mut ctx = desk.write().await;
            let before = organizations::get(&mut ctx, &member.organization).await.unwrap();
            assert_eq!(before.status, status);
            let draft = organization("better");
            let after =
                organizations::resubmit(&mut ctx, &desk.registry, &member, before.version, &draft).await.unwrap();
            assert_eq!((after.status, after.name()), (PendingReview, "better Inc."));
            ctx.commit().await.unwrap();
            assert!(desk.review(&subject).await.decision.is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn a_suspended_organization_is_not_edited_and_a_stale_form_is_refused() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (pending, approved) = (desk.vendor("pending").await, desk.approved_vendor("approved").await);
        let mut ctx = desk.write().await;
        let stale = organizations::resubmit(&mut ctx, &desk.registry, &pending, 7, &organization("x1")).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        drop(ctx);
        let admin = desk.account("ada").await;
        let mut ctx = desk.write().await;
        let reason = words("Sold data.");
        organizations::block(&mut ctx, &desk.registry, &admin, &approved.organization, &reason).await.unwrap();
        let suspended = organizations::resubmit(&mut ctx, &desk.registry, &approved, 3, &organization("x1")).await;
        assert!(matches!(suspended, Err(Error::NotAllowed(_))), "{suspended:?}");
    })
    .await;
}

#[tokio::test]
async fn developers_do_not_edit_the_organization() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let owner = desk.vendor("acme").await;
        let account = desk.account("dev").await;
        let mut ctx = desk.write().await;
        team::add(&mut ctx, &owner.organization, &account, TeamRole::Developer).await.unwrap();
        let developer = team::get(&mut ctx, &account).await.unwrap();
        let edited = organizations::resubmit(&mut ctx, &desk.registry, &developer, 1, &organization("x1")).await;
        assert!(matches!(edited, Err(Error::OwnersOnly)), "{edited:?}");
        let names: Vec<_> =
            team::list(&mut ctx, &owner.organization).await.unwrap().into_iter().map(|one| one.name).collect();
        assert_eq!(names.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn blocking_needs_an_approved_organization_and_can_be_undone() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, admin) = (desk.vendor("acme").await, desk.account("ada").await);
        let (id, reason) = (&member.organization, words("Sold data."));
        let blocked = organizations::block(&mut desk.write().await, &desk.registry, &admin, id, &reason).await;
        assert!(matches!(blocked, Err(Error::NotAllowed(_))), "{blocked:?}");
        desk.decide(&admin, &Subject::Organization(id.clone()), approve()).await.unwrap();
        let mut ctx = desk.write().await;
        organizations::block(&mut ctx, &desk.registry, &admin, id, &reason).await.unwrap();
        assert_eq!(organizations::get(&mut ctx, id).await.unwrap().status, Suspended);
        organizations::unblock(&mut ctx, &desk.registry, &admin, id, &reason).await.unwrap();
        assert_eq!(organizations::get(&mut ctx, id).await.unwrap().status, Approved);
        ctx.commit().await.unwrap();
        assert!(desk.mail_to("acme").await.contains(&"acme Inc. was suspended".to_owned()));
        let own = organizations::block(&mut desk.write().await, &desk.registry, &member.account, id, &reason).await;
        assert!(matches!(own, Err(Error::OwnOrganization)), "{own:?}");
    })
    .await;
}

#[tokio::test]
async fn search_takes_its_text_literally() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        desk.vendor("acme").await;
        desk.vendor("100%care").await;
        let number = tin("acme");
        for (text, count) in [("ACME", 1), ("%", 1), ("_", 0), (number.as_str(), 1), ("", 2), ("' OR 1=1 --", 0)] {
            let found =
                organizations::search(&mut desk.read().await, &Wanted::of(text), &Reach::All, Part::ALL).await.unwrap();
            assert_eq!(found.len(), count, "{text}");
            assert_eq!(
                organizations::count(&mut desk.read().await, &Wanted::of(text), &Reach::All).await.unwrap(),
                count,
                "{text}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn an_unknown_organization_is_not_found() {
    on_each_database(async |test| {
        let id = model::id::OrganizationId::new("none");
        let found = organizations::get(&mut Desk::new(test).read().await, &id).await;
        assert_eq!(found.unwrap_err().kind(), Kind::NotFound);
    })
    .await;
}
