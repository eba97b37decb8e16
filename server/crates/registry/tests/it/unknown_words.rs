//! Words that another version of this program wrote: they hide no list, and permit nothing.

use model::{
    application::{AccessType::Patient, Platform, Stopped},
    decision::Outcome,
    history::{Action, Side},
    organization::OrganizationStatus,
    partition::Environment::Sandbox,
    team::TeamRole,
};
use registry::{
    applications::{self, Application},
    clients,
    desks::Reach,
    history, organizations, reviews,
    search::Wanted,
    subject::Subject,
    team::{self, Member},
};
use store::{Part, sql, testing::on_each_database};

use crate::desk::{Desk, application, approve};

/// As a newer version would write it.
async fn write(desk: &Desk<'_>, statement: &'static str) {
    let mut ctx = desk.write().await;
    assert_ne!(sql(statement).execute(&mut ctx.tx).await.unwrap(), 0, "{statement}");
    ctx.commit().await.unwrap();
}

async fn with_an_app(desk: &Desk<'_>) -> (Member, Application) {
    let member = desk.approved_vendor("acme").await;
    let app = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap().application;
    (member, app)
}

#[tokio::test]
async fn an_app_in_an_unknown_state_is_listed_and_may_do_nothing() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, app) = with_an_app(&desk).await;
        for (statement, expect) in [
            ("UPDATE application SET approval = 'escalated'", Err(Stopped::UnknownState)),
            ("UPDATE application SET approval = 'approved', standing = 'archived'", Err(Stopped::UnknownState)),
            ("UPDATE application SET standing = 'active', access = 'payer'", Err(Stopped::NotRegistered)),
            ("UPDATE application SET access = 'patient', platform = 'watch'", Ok(())),
            ("UPDATE organization SET status = 'merged'", Err(Stopped::UnknownState)),
        ] {
            write(&desk, statement).await;
            let mut ctx = desk.read().await;
            let listed = applications::list(&mut ctx, &member.organization).await.unwrap();
            assert_eq!(
                applications::search(&mut ctx, &Wanted::of("claims"), &Reach::All, Part::ALL).await.unwrap(),
                listed,
                "{statement}"
            );
            let live = clients::status(&mut ctx, &app.client_id).await.unwrap().unwrap();
            assert_eq!((live, live.patient()), (listed[0].liveness(), expect), "{statement}");
        }
        let found =
            organizations::search(&mut desk.read().await, &Wanted::of("acme"), &Reach::All, Part::ALL).await.unwrap();
        assert_eq!(found[0].status, OrganizationStatus::Unknown);
        let another = application("Costs", Sandbox, Patient);
        assert!(desk.register(&member, &another).await.is_err(), "whether it may is not known");
        let listed = applications::list(&mut desk.read().await, &member.organization).await.unwrap();
        assert!(listed[0].liveness().is_blocked() && listed[0].registration.platform.platform == Platform::Unknown);
    })
    .await;
}

#[tokio::test]
async fn a_client_of_an_unknown_kind_is_nobodys_public_client() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, app) = with_an_app(&desk).await;
        write(&desk, "UPDATE application SET client_kind = 'attested'").await;
        let mut ctx = desk.read().await;
        assert_eq!(applications::list(&mut ctx, &member.organization).await.unwrap().len(), 1);
        let program = app.registration.programs.first().unwrap();
        assert!(clients::find(&mut ctx, program, &app.client_id).await.is_err(), "how it proves itself is not known");
    })
    .await;
}

#[tokio::test]
async fn an_unknown_line_does_not_hide_a_history_nor_an_unknown_outcome_the_reviews() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let subject = Subject::Organization(member.organization.clone());
        write(&desk, "UPDATE history SET action = 'merged', side = 'robot' WHERE action = 'approved'").await;
        write(&desk, "UPDATE review SET outcome = 'deferred', criterion = 'weather'").await;
        write(&desk, "UPDATE membership SET role = 'guest'").await;
        let mut ctx = desk.read().await;
        let lines = history::list(&mut ctx, &subject, Part::ALL).await.unwrap();
        let unknown = lines.iter().filter(|line| (line.action, line.side) == (Action::Unknown, Side::Unknown)).count();
        assert_eq!((lines.len(), unknown), (2, 1));
        let past = reviews::of_subject(&mut ctx, &subject).await.unwrap().remove(0).decision.unwrap();
        assert_eq!(past.outcome, Outcome::Unknown);
        assert_eq!(team::list(&mut ctx, &member.organization).await.unwrap()[0].role, TeamRole::Unknown);
    })
    .await;
}

#[tokio::test]
async fn a_row_that_cannot_be_read_at_all_is_left_out_of_its_list() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, app) = with_an_app(&desk).await;
        let kept = desk.register(&member, &application("Costs", Sandbox, Patient)).await.unwrap().application;
        let mut ctx = desk.write().await;
        let query = sql("UPDATE application SET environment = 'staging' WHERE id = $1").bind(&app.id);
        query.execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        let mut ctx = desk.read().await;
        let listed = applications::list(&mut ctx, &member.organization).await.unwrap();
        assert_eq!(listed.iter().map(|one| &one.id).collect::<Vec<_>>(), [&kept.id]);
        assert!(applications::get_any(&mut ctx, &app.id).await.is_err(), "by itself it is an error that is logged");
    })
    .await;
}

#[tokio::test]
async fn an_organization_in_an_unknown_state_cannot_be_decided_on() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, reviewer) = (desk.vendor("acme").await, desk.account("rita").await);
        write(&desk, "UPDATE organization SET status = 'merged'").await;
        assert_eq!(reviews::count(&mut desk.read().await, &reviews::Filter::default()).await.unwrap(), 1);
        let decided = desk.decide(&reviewer, &Subject::Organization(member.organization.clone()), approve()).await;
        assert!(decided.is_err(), "{decided:?}");
    })
    .await;
}
