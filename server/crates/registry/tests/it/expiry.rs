//! Letters about secrets that will end.

use jiff::{SignedDuration, ToSpan};
use model::{application::AccessType::Patient, id::ApplicationId, partition::Environment::Sandbox};
use registry::{
    credentials::{self, Overlap},
    expiry,
    team::Member,
};
use store::testing::{both, on_each_database, racing_on_each_database};

use crate::desk::{Desk, application};

const SUBJECT: &str = "A client secret of Claims ends soon";

/// An app whose first secret ends after this many days.
async fn rotated(desk: &Desk<'_>, member: &Member, days: i64) -> ApplicationId {
    let registered = desk.register(member, &application("Claims", Sandbox, Patient)).await.unwrap();
    let (id, overlap) = (registered.application.id, Overlap::For(SignedDuration::from_hours(24 * days)));
    let mut ctx = desk.write().await;
    credentials::generate(&mut ctx, &desk.registry, member, &id, overlap).await.unwrap();
    ctx.commit().await.unwrap();
    id
}

async fn announce(desk: &Desk<'_>) -> u64 {
    let mut ctx = desk.write().await;
    let announced = expiry::announce(&mut ctx, &desk.registry).await.unwrap();
    ctx.commit().await.unwrap();
    announced
}

async fn letters(desk: &Desk<'_>) -> usize {
    desk.mail_to("acme").await.iter().filter(|subject| *subject == SUBJECT).count()
}

#[tokio::test]
async fn owners_hear_of_an_end_30_7_and_1_days_before_once_each() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        rotated(&desk, &member, 60).await;
        for (hours, due) in
            [(0, 0), (29 * 24, 0), (24, 1), (1, 0), (22 * 24, 0), (23, 1), (6 * 24 - 1, 0), (2, 1), (22, 0), (72, 0)]
        {
            test.clock.advance(hours.hours());
            assert_eq!(announce(&desk).await, due, "after {hours} hours more");
            assert_eq!(announce(&desk).await, 0, "twice");
        }
        assert_eq!(letters(&desk).await, 3);
    })
    .await;
}

#[tokio::test]
async fn the_end_that_was_just_chosen_is_not_announced() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        rotated(&desk, &member, 7).await;
        assert_eq!(announce(&desk).await, 0, "the letter about the new secret says it");
        test.clock.advance(144.hours());
        assert_eq!(announce(&desk).await, 1);
    })
    .await;
}

#[tokio::test]
async fn after_a_pause_of_the_server_one_letter_says_what_is_left() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        rotated(&desk, &member, 60).await;
        test.clock.advance((59 * 24 + 12).hours());
        assert_eq!(announce(&desk).await, 1);
        assert_eq!((announce(&desk).await, letters(&desk).await), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn of_two_nodes_one_writes() {
    racing_on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        rotated(&desk, &member, 60).await;
        test.clock.advance((31 * 24).hours());
        let (one, other) = both(announce(&desk), announce(&desk)).await;
        assert_eq!((one + other, letters(&desk).await), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn the_dashboard_lists_what_ends_within_30_days() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, eve) = (desk.approved_vendor("acme").await, desk.approved_vendor("eve").await);
        let app = rotated(&desk, &member, 40).await;
        let listed = async |member: &Member| {
            expiry::of_organization(&mut desk.read().await, &member.organization).await.unwrap()
        };
        assert!(listed(&member).await.is_empty());
        test.clock.advance((11 * 24).hours());
        let found = listed(&member).await;
        assert_eq!(found.iter().map(|secret| &secret.application).collect::<Vec<_>>(), [&app]);
        assert!(listed(&eve).await.is_empty());
        test.clock.advance((30 * 24).hours());
        assert!(listed(&member).await.is_empty());
    })
    .await;
}
