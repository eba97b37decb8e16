//! Which member an account is.

use identity::{accounts, error::Error, members};
use jiff::ToSpan;
use model::{
    id::{AccountId, PatientId, PayerId},
    partition::{Environment, Partition, ProgramId},
};
use store::testing::on_each_database;

use crate::world::{World, account, elsewhere, home};

fn partition(environment: Environment) -> Partition {
    Partition::new(&ProgramId::new("idaho"), environment)
}

async fn link(world: &World, ada: &AccountId, environment: Environment, patient: &str) -> Result<(), Error> {
    let (partition, payer, patient) = (partition(environment), PayerId::new("idaho"), PatientId::new(patient));
    let mut ctx = world.write().await;
    match environment {
        Environment::Sandbox => members::link_sandbox(&mut ctx, ada, &partition, &payer, &patient).await?,
        Environment::Production => {
            members::link_production(&mut ctx, &world.identity.site, ada, &partition, &payer, &patient).await?;
        }
    }
    Ok(ctx.commit().await?)
}

async fn patient(world: &World, ada: &AccountId, environment: Environment) -> Option<PatientId> {
    let mut ctx = world.read().await;
    let link = members::find_link(&mut ctx, ada, &partition(environment), &PayerId::new("idaho")).await.unwrap();
    link.map(|link| link.patient)
}

#[tokio::test]
async fn a_test_member_may_be_chosen_anew() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        link(&world, &ada, Environment::Sandbox, "1").await.unwrap();
        link(&world, &ada, Environment::Sandbox, "2").await.unwrap();
        assert_eq!(patient(&world, &ada, Environment::Sandbox).await, Some(PatientId::new("2")));
        assert_eq!(patient(&world, &ada, Environment::Production).await, None, "the other environment knows nothing");
    })
    .await;
}

#[tokio::test]
async fn a_real_member_is_linked_once() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        link(&world, &ada, Environment::Production, "1").await.unwrap();
        link(&world, &ada, Environment::Production, "1").await.unwrap();
        let refused = link(&world, &ada, Environment::Production, "2").await;
        assert!(matches!(refused, Err(Error::LinkedToAnother)), "{refused:?}");
        let own = members::links(&mut world.read().await, &ada).await.unwrap();
        assert_eq!((own.len(), own[0].patient.as_str()), (1, "1"));
        let holders =
            members::accounts_of(&mut world.read().await, &own[0].partition, &own[0].payer, &own[0].patient).await;
        assert_eq!(holders.unwrap(), [ada]);
    })
    .await;
}

#[tokio::test]
async fn who_is_linked_to_a_person_is_told_when_another_account_is_too() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let another =
            accounts::create_verified(&world.identity, &account("eve.intruder", "eve@example.org")).await.unwrap();
        link(&world, &ada, Environment::Production, "1").await.unwrap();
        assert!(world.mails().await.is_empty());
        link(&world, &another, Environment::Production, "1").await.unwrap();
        let mails = world.mails().await;
        let told: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(told, ["ada@example.org"], "the first, and not the one who linked");
        assert!(
            mails[0].subject.contains("linked to your records") && !mails[0].text.contains("eve"),
            "{}",
            mails[0].text
        );
        link(&world, &another, Environment::Production, "1").await.unwrap();
        link(&world, &another, Environment::Sandbox, "1").await.unwrap();
        assert_eq!(world.mails().await.len(), 1, "one message, and none about test members");
    })
    .await;
}

#[tokio::test]
async fn a_near_miss_uses_up_no_try() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let near = async || {
            let mut ctx = world.write().await;
            members::admit_attempt(&mut ctx, &ada, Some(home())).await?;
            ctx.commit().await?;
            let mut ctx = world.write().await;
            members::near_miss(&mut ctx, &ada, Some(home())).await?;
            Ok::<(), Error>(ctx.commit().await?)
        };
        for _ in 0..31 {
            near().await.unwrap();
        }
        assert!(matches!(near().await, Err(Error::TooManyAttempts { .. })), "but no one may guess at a name forever");
        let mut ctx = world.write().await;
        members::admit_attempt(&mut ctx, &ada, Some(elsewhere())).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn looking_for_oneself_is_slow_after_a_few_tries() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let attempt = async |address| {
            let mut ctx = world.write().await;
            members::admit_attempt(&mut ctx, &ada, Some(address)).await?;
            Ok::<(), Error>(ctx.commit().await?)
        };
        for _ in 0..6 {
            attempt(home()).await.unwrap();
        }
        assert!(matches!(attempt(elsewhere()).await, Err(Error::TooManyAttempts { .. })));
        test.clock.advance(1.hour());
        attempt(home()).await.unwrap();
        test.clock.advance(1.hour());
        assert!(attempt(home()).await.is_err());
    })
    .await;
}
