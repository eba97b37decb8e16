//! Visitors who try a sandbox.

use identity::{
    accounts,
    error::Error,
    guests::{self, Arrived, Guest, Role},
    housekeeping, members,
};
use jiff::ToSpan;
use model::{
    id::{ClientId, PatientId, PayerId},
    partition::{Environment, Partition, ProgramId},
};
use store::testing::on_each_database;

use crate::world::World;

async fn arrive(world: &World, environment: Environment) -> Result<Arrived, Error> {
    let partition = Partition::new(&ProgramId::new("idaho"), environment);
    let (payer, patient, client) = (PayerId::new("idaho"), PatientId::new("1"), ClientId::new("page"));
    let role = Role { partition: &partition, payer: &payer, patient: &patient, client: &client };
    let mut ctx = world.write().await;
    let arrived = guests::arrive(&mut ctx, &world.identity.sealing, &role).await?;
    ctx.commit().await?;
    Ok(arrived)
}

async fn find(world: &World, token: &str, program: &str) -> Option<Guest> {
    let mut ctx = world.read().await;
    guests::find(&mut ctx, &world.identity.sealing, token, &ProgramId::new(program)).await.unwrap()
}

#[tokio::test]
async fn a_guest_is_a_test_member_and_is_found_by_the_token_alone() {
    on_each_database(async |test| {
        let world = World::new(test);
        let Arrived { mut guest, token, ticket } = arrive(&world, Environment::Sandbox).await.unwrap();
        let links = members::links(&mut world.read().await, &guest.account).await.unwrap();
        assert_eq!((links.len(), links[0].patient.as_str()), (1, "1"));
        let account = accounts::find(&mut world.read().await, &guest.account).await.unwrap().unwrap();
        assert!(account.mailbox().is_none(), "no one writes to a guest");
        assert!(find(&world, &ticket, "idaho").await.is_none());
        assert!(find(&world, &token, "oph-ca").await.is_none());

        guest.held = "the verifier".to_owned();
        let mut ctx = world.write().await;
        guests::hold(&mut ctx, &world.identity.sealing, &token, &guest).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(find(&world, &token, "idaho").await.unwrap().held, "the verifier");
        let stored: (String,) =
            store::sql("SELECT held FROM guest").fetch_optional(&mut world.read().await.tx).await.unwrap().unwrap();
        assert!(!stored.0.contains("verifier"));
    })
    .await;
}

#[tokio::test]
async fn there_are_no_guests_among_real_members() {
    on_each_database(async |test| {
        let refused = arrive(&World::new(test), Environment::Production).await;
        assert!(matches!(refused, Err(Error::WrongEnvironment)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_ticket_admits_once_and_to_its_app_alone() {
    on_each_database(async |test| {
        let world = World::new(test);
        let Arrived { guest, token, ticket } = arrive(&world, Environment::Sandbox).await.unwrap();
        let admit = async |ticket: &str, client: &str| {
            let mut ctx = world.write().await;
            let admitted = guests::admit(&mut ctx, ticket, &ClientId::new(client)).await.unwrap();
            ctx.commit().await.unwrap();
            admitted
        };
        assert_eq!(admit(&ticket, "another").await, None);
        assert_eq!(admit(&token, "page").await, None);
        assert_eq!(admit("vera@example.org", "page").await, None);
        assert_eq!(admit(&ticket, "page").await, Some(guest.account));
        assert_eq!(admit(&ticket, "page").await, None);
    })
    .await;
}

#[tokio::test]
async fn nothing_stays_of_a_guest_who_left_or_whose_time_is_over() {
    on_each_database(async |test| {
        let world = World::new(test);
        let left = arrive(&world, Environment::Sandbox).await.unwrap();
        let over = arrive(&world, Environment::Sandbox).await.unwrap();
        let mut ctx = world.write().await;
        guests::leave(&mut ctx, &left.token).await.unwrap();
        ctx.commit().await.unwrap();
        assert!(find(&world, &left.token, "idaho").await.is_none());
        assert!(find(&world, &over.token, "idaho").await.is_some());

        test.clock.advance(2.hours());
        assert!(find(&world, &over.token, "idaho").await.is_none());
        let mut ctx = world.write().await;
        let client = ClientId::new("page");
        assert_eq!(guests::admit(&mut ctx, &over.ticket, &client).await.unwrap(), None);
        assert_eq!(housekeeping::purge(&mut ctx).await.unwrap(), 1);
        ctx.commit().await.unwrap();
        for table in ["guest", "account", "member_link"] {
            let mut ctx = world.read().await;
            let mut count = store::sql("SELECT COUNT(*) FROM ");
            count.push(table);
            let left: (i64,) = count.fetch_optional(&mut ctx.tx).await.unwrap().unwrap();
            assert_eq!(left.0, 0, "{table}");
        }
    })
    .await;
}
