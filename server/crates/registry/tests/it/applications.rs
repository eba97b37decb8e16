//! Applications: what of a registration works at once, what waits, who may change it.

use model::{
    application::{AccessType, AccessType::*, Approval, ClientKind, Stopped},
    form::Code,
    partition::{
        Environment,
        Environment::{Production, Sandbox},
        ProgramId,
    },
    redirect_uri::RedirectUri,
};
use registry::{
    applications::{self, RegistrationOutcome},
    clients, conversations,
    desks::Reach,
    error::Error,
    organizations,
    search::Wanted,
};
use store::{
    Part, sql,
    testing::{both, on_each_database, racing_on_each_database},
};

use crate::desk::{Desk, Nothing, application, approve, ask, deny, subject, words};

/// The table of the product: what works at once, what waits.
#[tokio::test]
async fn registration_follows_the_table() {
    use RegistrationOutcome::{Live, PublicLive, UnderReview};
    use Stopped::{NotRegistered, PendingReview};
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        for (environment, access, outcome, public, patient) in [
            (Sandbox, Patient, Live, Err(NotRegistered), Ok(())),
            (Sandbox, Both, Live, Ok(()), Ok(())),
            (Production, Public, Live, Ok(()), Err(NotRegistered)),
            (Production, Patient, UnderReview, Err(NotRegistered), Err(PendingReview)),
            (Production, Both, PublicLive, Ok(()), Err(PendingReview)),
        ] {
            let registered = desk.register(&member, &application("Claims", environment, access)).await.unwrap();
            let live = registered.application.liveness();
            assert_eq!(
                (registered.outcome, live.public(), live.patient()),
                (outcome, public, patient),
                "{environment} {access}"
            );
            assert!(registered.secret.is_some());
        }
        let mail = desk.mail_to("acme").await;
        let count = |subject: &str| mail.iter().filter(|line| line.as_str() == subject).count();
        assert_eq!((count("Claims is registered"), count("We received Claims for review")), (3, 2), "{mail:?}");
    })
    .await;
}

#[tokio::test]
async fn a_public_client_gets_no_secret() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let mut draft = application("Claims", Sandbox, Patient);
        draft.client_kind = ClientKind::Public;
        draft.redirect_uri = RedirectUri::parse("com.example.acme:/callback").unwrap();
        assert!(desk.register(&member, &draft).await.unwrap().secret.is_none());
    })
    .await;
}

#[tokio::test]
async fn only_an_approved_organization_registers_for_programs_that_exist() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (pending, approved) = (desk.vendor("pending").await, desk.approved_vendor("approved").await);
        let mut draft = application("Claims", Sandbox, Patient);
        let early = desk.register(&pending, &draft).await;
        assert!(matches!(early, Err(Error::OrganizationNotApproved)), "{early:?}");
        draft.programs = [ProgramId::new("texas")].into();
        let error = desk.register(&approved, &draft).await.unwrap_err();
        assert!(matches!(&error, Error::Fields(errors) if errors[0].field == "programs"), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn another_organizations_app_is_not_found_and_not_changed() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (acme, eve) = (desk.approved_vendor("acme").await, desk.approved_vendor("eve").await);
        let theirs = desk.register(&acme, &application("Claims", Sandbox, Patient)).await.unwrap().application;
        let mut ctx = desk.write().await;
        let found = applications::get(&mut ctx, &eve, &theirs.id).await;
        assert!(matches!(found, Err(Error::NotFound)));
        assert!(matches!(applications::deactivate(&mut ctx, &eve, &theirs.id).await, Err(Error::NotFound)));
        assert!(matches!(applications::delete(&mut ctx, &Nothing, &eve, &theirs.id).await, Err(Error::NotFound)));
        let said = conversations::comment(&mut ctx, &desk.registry, &eve, Some(&theirs.id), &words("hi"), &[]).await;
        assert!(matches!(said, Err(Error::NotFound)));
        assert!(applications::list(&mut ctx, &eve.organization).await.unwrap().is_empty());
        drop(ctx);
        assert!(matches!(desk.edit(&eve, &theirs, &theirs.registration).await, Err(Error::NotFound)));
        assert_eq!(applications::get_any(&mut desk.read().await, &theirs.id).await.unwrap(), theirs);
    })
    .await;
}

#[tokio::test]
async fn an_app_cannot_look_like_another_vendors() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (acme, eve) = (desk.approved_vendor("acme").await, desk.approved_vendor("eve").await);
        desk.register(&acme, &application("Health Sync", Production, Public)).await.unwrap();
        desk.register(&acme, &application("Health-Sync", Production, Public))
            .await
            .expect("its own name on another platform");
        desk.register(&acme, &application("Care+ Now!", Production, Public)).await.unwrap();
        for (name, environment, access) in [
            ("HEALTH SYNC", Production, Public),
            ("Неаlth Sуnc", Production, Patient),
            ("Health Sync®", Sandbox, Patient),
            ("Health Sync!", Production, Public),
            ("(Hea!th $ync!)", Production, Patient),
            ("Care Now", Production, Public),
            ("Caret Now", Sandbox, Patient),
        ] {
            let error = desk.register(&eve, &application(name, environment, access)).await.unwrap_err();
            assert!(matches!(&error, Error::Fields(errors) if errors[0].code == Code::LookAlike), "{name}: {error:?}");
        }
        for name in ["Health Link!", "(Health Sink)", "Care Later!", "Care + Wow"] {
            desk.register(&eve, &application(name, Production, Public)).await.expect(name);
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_vendors_at_once_whose_names_differ_by_signs_one_gets_the_name() {
    racing_on_each_database(async |test| {
        let desk = Desk::new(test);
        let (acme, eve) = (desk.approved_vendor("acme").await, desk.approved_vendor("eve").await);
        let [one, other] = ["!Health Sync", "Health Sync!!"].map(|name| application(name, Production, Public));
        let (one, other) = both(desk.register(&acme, &one), desk.register(&eve, &other)).await;
        assert_ne!(one.is_ok(), other.is_ok());
    })
    .await;
}

#[tokio::test]
async fn of_two_vendors_with_one_name_the_second_is_not_approved() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (acme, eve) = (desk.approved_vendor("acme").await, desk.approved_vendor("eve").await);
        let reviewer = desk.account("rita").await;
        let first = desk.register(&acme, &application("Health Sync", Production, Patient)).await.unwrap().application;
        let second = desk.register(&eve, &application("Health  sync", Production, Patient)).await.unwrap().application;
        desk.decide(&reviewer, &subject(&first), approve()).await.unwrap();
        let error = desk.decide(&reviewer, &subject(&second), approve()).await.unwrap_err();
        assert!(matches!(&error, Error::Fields(errors) if errors[0].code == Code::LookAlike), "{error:?}");
        desk.decide(&reviewer, &subject(&second), deny()).await.expect("nothing was decided by the failure");
    })
    .await;
}

#[tokio::test]
async fn an_edit_under_review_is_what_the_reviewer_decides_on() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, reviewer) = (desk.approved_vendor("acme").await, desk.account("rita").await);
        let before = desk.register(&member, &application("Claims", Production, Patient)).await.unwrap().application;
        let review = desk.review(&subject(&before)).await;
        let after = desk.edit(&member, &before, &application("Claims Plus", Production, Patient)).await.unwrap();
        assert_eq!((after.name(), after.approval), ("Claims Plus", Approval::PendingReview));
        let stale = desk.decide_on(&reviewer, &review.id, review.version, approve()).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        desk.decide_on(&reviewer, &review.id, review.version + 1, approve()).await.unwrap();
        let stale = desk.edit(&member, &before, &before.registration).await;
        assert!(stale.is_err(), "an approved name is not edited from an old form");
    })
    .await;
}

#[tokio::test]
async fn an_edit_moves_the_review_on() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, reviewer) = (desk.approved_vendor("acme").await, desk.account("rita").await);
        let draft = |access: AccessType| application("Claims", Production, access);
        let denied = desk.register(&member, &draft(Patient)).await.unwrap().application;
        desk.decide(&reviewer, &subject(&denied), ask()).await.unwrap();
        let denied = applications::get_any(&mut desk.read().await, &denied.id).await.unwrap();
        let pending = desk.edit(&member, &denied, &draft(Both)).await.unwrap();
        assert_eq!(pending.approval, Approval::PendingReview);
        let public = desk.edit(&member, &pending, &draft(Public)).await.unwrap();
        assert_eq!(public.approval, Approval::NotNeeded);
        assert!(desk.review(&subject(&public)).await.decision.is_some(), "withdrawn");
        let again = desk.edit(&member, &public, &draft(Both)).await.unwrap();
        assert_eq!((again.approval, again.liveness().public()), (Approval::PendingReview, Ok(())));
        desk.decide(&reviewer, &subject(&again), approve()).await.unwrap();
        let approved = applications::get_any(&mut desk.read().await, &again.id).await.unwrap();
        assert_eq!(approved.approval, Approval::Approved);
    })
    .await;
}

#[tokio::test]
async fn environment_and_client_kind_are_fixed() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let sandbox = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap().application;
        let mut draft = application("Claims", Production, Patient);
        draft.client_kind = ClientKind::Public;
        let error = desk.edit(&member, &sandbox, &draft).await.unwrap_err();
        assert!(
            matches!(&error, Error::Fields(errors) if errors.len() == 2 && errors[0].code == Code::Fixed),
            "{error:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn each_side_switches_off_and_only_it_switches_on_again() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, admin) = (desk.approved_vendor("acme").await, desk.account("ada").await);
        let id = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap().application.id;
        let mut ctx = desk.write().await;
        let stopped = async |ctx: &mut store::Ctx| applications::get_any(ctx, &id).await.unwrap().liveness().patient();
        applications::deactivate(&mut ctx, &member, &id).await.unwrap();
        assert_eq!(stopped(&mut ctx).await, Err(Stopped::Deactivated));
        applications::reactivate(&mut ctx, &member, &id).await.unwrap();
        assert_eq!(stopped(&mut ctx).await, Ok(()));
        applications::block(&mut ctx, &desk.registry, &admin, &id, &words("Leaks.")).await.unwrap();
        assert_eq!(stopped(&mut ctx).await, Err(Stopped::Blocked));
        assert!(matches!(applications::reactivate(&mut ctx, &member, &id).await, Err(Error::NotAllowed(_))));
        applications::unblock(&mut ctx, &desk.registry, &admin, &id, &words("Mended.")).await.unwrap();
        assert_eq!(stopped(&mut ctx).await, Ok(()));
    })
    .await;
}

#[tokio::test]
async fn deleting_withdraws_the_review() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, reviewer) = (desk.approved_vendor("acme").await, desk.account("rita").await);
        let application =
            desk.register(&member, &application("Claims", Production, Patient)).await.unwrap().application;
        let mut ctx = desk.write().await;
        applications::delete(&mut ctx, &Nothing, &member, &application.id).await.unwrap();
        ctx.commit().await.unwrap();
        let late = desk.decide(&reviewer, &subject(&application), approve()).await;
        assert!(matches!(late, Err(Error::Decided(_))), "{late:?}");
        assert!(applications::list(&mut desk.read().await, &member.organization).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_app_may_belong_to_both_programs() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        for environment in Environment::ALL {
            let mut draft = application("Claims", environment, Patient);
            draft.programs = [ProgramId::new("idaho"), ProgramId::new("oph-ca")].into();
            let registered = desk.register(&member, &draft).await.unwrap().application;
            assert_eq!(registered.registration, draft);
        }
    })
    .await;
}

#[tokio::test]
async fn what_todays_rules_would_refuse_is_listed_all_the_same() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let stale = desk.register(&member, &application("Claims", Sandbox, Both)).await.unwrap().application;
        let fresh = desk.register(&member, &application("Costs", Sandbox, Both)).await.unwrap().application;
        let mut ctx = desk.write().await;
        for statement in [
            "UPDATE application SET name = '<b>', privacy_url = 'http://x', redirect_uri = 'http://x', description = '',
                support_phone = 'none', support_email = 'nobody', support_website = 'x', support_name = '',
                platform_id = '', platform_name = '', purpose = 'x', retention = '', terms_url = 'x' WHERE id = $1",
            "UPDATE organization SET name = '<i>', tin = 'x', mailing_address = '{}', physical_address = '{\"country\":\"DD\"}'
                WHERE $1 <> ''",
        ] {
            sql(statement).bind(&stale.id).execute(&mut ctx.tx).await.unwrap();
        }
        let mut names: Vec<_> =
            applications::list(&mut ctx, &member.organization).await.unwrap().iter().map(|app| app.name().to_owned()).collect();
        names.sort();
        assert_eq!(names, ["<b>", "Costs"]);
        assert_eq!(applications::search(&mut ctx, &Wanted::default(), &Reach::All, Part::ALL).await.unwrap().len(), 2);
        assert_eq!(organizations::search(&mut ctx, &Wanted::default(), &Reach::All, Part::ALL).await.unwrap()[0].name(), "<i>");
        let program = ProgramId::new("idaho");
        let client = clients::find(&mut ctx, &program, &stale.client_id).await.unwrap().unwrap();
        assert_eq!(client.redirect_uri.as_str(), "http://x");
        assert!(clients::find(&mut ctx, &program, &fresh.client_id).await.unwrap().is_some());
    })
    .await;
}
