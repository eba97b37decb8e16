//! Mail about changes of programs: who gets it, and how often.

use std::{collections::BTreeSet, sync::Arc};

use model::{
    application::AccessType,
    application_form::ApplicationDraft,
    id::{AccountId, ApplicationId},
    partition::{Environment, ProgramId},
};
use programs::Programs;
use registry::{applications, changes, team};
use store::testing::{on_each_database, racing_on_each_database};

use crate::desk::{Desk, Nothing, application, programs};

/// The built-in programs, with a change added to Optum Idaho's file.
fn with_a_change() -> Arc<Programs> {
    let change = "[[changes]]\nid = \"vision-claims\"\ndate = \"2026-12-24\"\ntitle = \"Vision claims & more\"\n\
         text = \"You can read <vision> claims.\"\n\n[[changes]]";
    programs(|name, text| if name == "idaho.toml" { text.replacen("[[changes]]", change, 1) } else { text })
}

async fn announce(desk: &Desk<'_>) -> usize {
    let mut ctx = desk.write().await;
    let count = changes::announce(&mut ctx, &desk.registry).await.unwrap();
    ctx.commit().await.unwrap();
    assert!(!changes::is_due(&mut desk.read().await, &desk.registry).await.unwrap());
    count
}

/// How many messages about a change the owner got.
async fn received(desk: &Desk<'_>, name: &str) -> usize {
    let mail = desk.mail_to(name).await;
    mail.iter().filter(|subject| *subject == "Optum Idaho: Vision claims & more").count()
}

/// A sandbox app for a program.
fn draft(name: &str, program: &str) -> ApplicationDraft {
    let mut draft = application(&format!("{name} app"), Environment::Sandbox, AccessType::Both);
    draft.programs = BTreeSet::from([ProgramId::new(program)]);
    draft
}

/// Registers one of a new vendor.
async fn app(desk: &Desk<'_>, name: &str, program: &str) -> ApplicationId {
    let member = desk.approved_vendor(name).await;
    desk.register(&member, &draft(name, program)).await.unwrap().application.id
}

/// A vendor again.
async fn owner(desk: &Desk<'_>, name: &str) -> team::Member {
    team::get(&mut desk.read().await, &AccountId::new(format!("account-{name}"))).await.unwrap()
}

#[tokio::test]
async fn a_change_is_mailed_once_to_each_owner_of_an_app_of_its_program() {
    on_each_database(async |test| {
        let mut desk = Desk::new(test);
        for (name, program) in [("ida", "idaho"), ("cal", "oph-ca")] {
            app(&desk, name, program).await;
        }
        desk.approved_vendor("without-app").await;
        assert_eq!(announce(&desk).await, 0, "what was there at the beginning is not news");
        desk.registry.programs = with_a_change();
        assert!(changes::is_due(&mut desk.read().await, &desk.registry).await.unwrap());
        assert_eq!(announce(&desk).await, 1);
        assert_eq!(announce(&desk).await, 0);
        let counts = [received(&desk, "ida").await, received(&desk, "cal").await, received(&desk, "without-app").await];
        assert_eq!(counts, [1, 0, 0]);
    })
    .await;
}

#[tokio::test]
async fn the_owner_of_several_apps_gets_one_message_and_of_deleted_ones_none() {
    on_each_database(async |test| {
        let mut desk = Desk::new(test);
        app(&desk, "ida", "idaho").await;
        let ida = owner(&desk, "ida").await;
        desk.register(&ida, &draft("second", "idaho")).await.unwrap();
        let gone = app(&desk, "gone", "idaho").await;
        let member = owner(&desk, "gone").await;
        let mut ctx = desk.write().await;
        applications::delete(&mut ctx, &Nothing, &member, &gone).await.unwrap();
        ctx.commit().await.unwrap();
        announce(&desk).await;
        desk.registry.programs = with_a_change();
        announce(&desk).await;
        assert_eq!([received(&desk, "ida").await, received(&desk, "gone").await], [1, 0]);
    })
    .await;
}

#[tokio::test]
async fn processes_that_start_together_write_once() {
    racing_on_each_database(async |test| {
        let mut desk = Desk::new(test);
        app(&desk, "ida", "idaho").await;
        announce(&desk).await;
        desk.registry.programs = with_a_change();
        let desk = &desk;
        let counts = store::testing::at_once((0..4).map(|_| announce(desk))).await;
        assert_eq!(counts.iter().sum::<usize>(), 1, "{counts:?}");
        assert_eq!(received(desk, "ida").await, 1);
    })
    .await;
}
