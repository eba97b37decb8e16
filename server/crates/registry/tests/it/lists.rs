//! Which apps of an organization may be used in a program.

use std::collections::BTreeSet;

use model::{
    application::{AccessType::Patient, ListKind, Stopped},
    id::ApplicationId,
    partition::{Environment::Sandbox, ProgramId},
};
use registry::{
    applications::Application,
    clients,
    error::Error,
    lists::{self, Choice},
};
use store::{Ctx, testing::on_each_database};

use crate::desk::{Desk, application, words};

async fn live(ctx: &mut Ctx, program: &ProgramId, app: &Application) -> Result<(), Stopped> {
    clients::find(ctx, program, &app.client_id).await.unwrap().unwrap().live.patient()
}

#[tokio::test]
async fn only_the_apps_that_the_list_lets_in_may_be_used_and_new_ones_wait_for_it() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, admin) = (desk.approved_vendor("acme").await, desk.account("ada").await);
        let one = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap().application;
        let two = desk.register(&member, &application("Costs", Sandbox, Patient)).await.unwrap().application;
        let program = one.registration.programs.first().unwrap().clone();
        let why = words("Only what was tested.");
        let choice = |kind, listed: &[&ApplicationId]| Choice {
            program: program.clone(),
            kind,
            listed: listed.iter().map(|id| (*id).clone()).collect(),
        };
        let id = &member.organization;

        let mut ctx = desk.write().await;
        lists::set(&mut ctx, &desk.registry, &admin, id, &choice(Some(ListKind::Allow), &[&one.id]), &why)
            .await
            .unwrap();
        assert_eq!(live(&mut ctx, &program, &one).await, Ok(()));
        assert_eq!(live(&mut ctx, &program, &two).await, Err(Stopped::Unlisted));
        assert_eq!(lists::keeping_out(&mut ctx, &two.id).await.unwrap(), BTreeSet::from([program.clone()]));
        ctx.commit().await.unwrap();
        let three = desk.register(&member, &application("Visits", Sandbox, Patient)).await.unwrap().application;
        let mut ctx = desk.write().await;
        assert_eq!(live(&mut ctx, &program, &three).await, Err(Stopped::Unlisted), "no one has added it");

        lists::set(&mut ctx, &desk.registry, &admin, id, &choice(Some(ListKind::Deny), &[&one.id]), &why)
            .await
            .unwrap();
        assert_eq!(live(&mut ctx, &program, &one).await, Err(Stopped::Unlisted));
        assert_eq!(live(&mut ctx, &program, &three).await, Ok(()));
        let shown = lists::of_organization(&mut ctx, id).await.unwrap();
        assert_eq!(
            (shown.len(), shown[0].kind, shown[0].reason.as_str()),
            (1, ListKind::Deny, "Only what was tested.")
        );

        lists::set(&mut ctx, &desk.registry, &admin, id, &choice(None, &[]), &why).await.unwrap();
        assert_eq!(live(&mut ctx, &program, &one).await, Ok(()));
        assert!(lists::of_organization(&mut ctx, id).await.unwrap().is_empty());
        ctx.commit().await.unwrap();
        let mails = desk.mail_to("acme").await;
        let told = mails.iter().filter(|subject| subject.contains("may be used in ")).count();
        assert_eq!(told, 3, "{mails:?}");
    })
    .await;
}

#[tokio::test]
async fn a_list_names_only_the_organizations_own_apps_and_no_one_sets_that_of_their_own() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, admin) = (desk.approved_vendor("acme").await, desk.account("ada").await);
        let other = desk.approved_vendor("borealis").await;
        let own = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap().application;
        let foreign = desk.register(&other, &application("Costs", Sandbox, Patient)).await.unwrap().application;
        let program = own.registration.programs.first().unwrap().clone();
        let why = words("Tested.");
        let choice = |program: &ProgramId, id: &ApplicationId| Choice {
            program: program.clone(),
            kind: Some(ListKind::Deny),
            listed: BTreeSet::from([id.clone()]),
        };
        let mut ctx = desk.write().await;
        for (by, choice, forbidden) in [
            (&admin, choice(&program, &foreign.id), false),
            (&admin, choice(&ProgramId::new("utah"), &own.id), false),
            (&member.account, choice(&program, &own.id), true),
        ] {
            let refused = lists::set(&mut ctx, &desk.registry, by, &member.organization, &choice, &why).await;
            let expected = if forbidden {
                matches!(refused, Err(Error::OwnOrganization))
            } else {
                matches!(refused, Err(Error::NotFound))
            };
            assert!(expected, "{refused:?}");
        }
        assert_eq!(live(&mut ctx, &program, &own).await, Ok(()));
        assert_eq!(live(&mut ctx, &program, &foreign).await, Ok(()));
    })
    .await;
}
