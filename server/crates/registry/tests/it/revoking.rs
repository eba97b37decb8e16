//! What is revoked for good stays so.

use model::{
    application::{AccessType::Patient, Standing, Stopped},
    organization::OrganizationStatus,
    partition::Environment::{Production, Sandbox},
};
use registry::{
    applications::{self, Ending},
    error::Error,
    organizations, reviews,
    subject::Subject,
};
use store::testing::on_each_database;

use crate::desk::{Desk, Nothing, application, approve, subject, words};

#[tokio::test]
async fn an_app_that_is_revoked_comes_back_in_no_way_and_keeps_its_name() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, admin) = (desk.approved_vendor("acme").await, desk.account("ada").await);
        let other = desk.approved_vendor("borealis").await;
        let draft = application("Claims", Production, Patient);
        let app = desk.register(&member, &draft).await.unwrap().application;
        desk.decide(&admin, &subject(&app), approve()).await.unwrap();
        let why = words("Sold data.");
        let (id, registry) = (&app.id, &desk.registry);

        let mut ctx = desk.write().await;
        applications::revoke(&mut ctx, registry, &Nothing, &admin, id, &why).await.unwrap();
        let now = applications::get_any(&mut ctx, id).await.unwrap();
        assert_eq!((now.standing, now.liveness().patient()), (Standing::Active, Err(Stopped::Blocked)));
        assert!(applications::revoked_at(&mut ctx, id).await.unwrap().is_some());
        let unblocked = applications::unblock(&mut ctx, registry, &admin, id, &why).await;
        let again = applications::revoke(&mut ctx, registry, &Nothing, &admin, id, &why).await;
        let blocked = applications::block(&mut ctx, registry, &admin, id, &why).await;
        let deleted = applications::delete(&mut ctx, &Nothing, &member, id).await;
        for refused in [unblocked, again, blocked, deleted] {
            assert!(matches!(refused, Err(Error::NotAllowed(_))), "{refused:?}");
        }
        ctx.commit().await.unwrap();
        let same = desk.register(&other, &draft).await;
        assert!(matches!(same, Err(Error::Fields(_))), "the name stays taken");
        assert!(desk.mail_to("acme").await.contains(&"Claims was revoked".to_owned()));
    })
    .await;
}

/// Counts the apps whose grants end.
struct Counting(std::sync::Mutex<usize>);

impl Ending for Counting {
    async fn ended(
        &self,
        _: &mut store::Ctx,
        _: &model::id::ApplicationId,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        *self.0.lock().unwrap() += 1;
        Ok(())
    }
}

#[tokio::test]
async fn an_organization_that_is_revoked_ends_what_its_apps_have_and_is_never_unblocked() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, admin) = (desk.approved_vendor("acme").await, desk.account("ada").await);
        let app = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap().application;
        let waiting = desk.register(&member, &application("Costs", Production, Patient)).await.unwrap().application;
        let (id, registry, why) = (&member.organization, &desk.registry, words("Sold data."));
        let ending = Counting(std::sync::Mutex::default());

        let mut ctx = desk.write().await;
        organizations::block(&mut ctx, registry, &admin, id, &why).await.unwrap();
        organizations::revoke(&mut ctx, registry, &ending, &admin, id, &why).await.unwrap();
        assert_eq!(organizations::get(&mut ctx, id).await.unwrap().status, OrganizationStatus::Revoked);
        assert_eq!(*ending.0.lock().unwrap(), 2);
        let live = applications::get_any(&mut ctx, &app.id).await.unwrap().liveness();
        assert!(live.is_blocked() && live.any() == Err(Stopped::Organization));
        let open = reviews::of_subject(&mut ctx, &subject(&waiting)).await.unwrap();
        assert!(open.iter().all(|review| review.decision.is_some()), "what was under review is withdrawn");
        let unblocked = organizations::unblock(&mut ctx, registry, &admin, id, &why).await;
        assert!(matches!(unblocked, Err(Error::NotAllowed(_))), "{unblocked:?}");
        let own = organizations::revoke(&mut ctx, registry, &ending, &member.account, id, &why).await;
        assert!(matches!(own, Err(Error::OwnOrganization | Error::NotAllowed(_))), "{own:?}");
        ctx.commit().await.unwrap();
        assert!(desk.register(&member, &application("Visits", Sandbox, Patient)).await.is_err());
        assert_eq!(
            desk.review(&Subject::Organization(id.clone())).await.decision.map(|past| past.outcome.as_str()),
            Some("approved")
        );
    })
    .await;
}
