//! What staff look up and end for members.

use jiff::Span;
use model::{id::PatientId, partition::Partition, text::Paragraph};
use oauth::{
    grants::{
        EndedBy,
        ending::Revoked,
        extent::{self, Extent},
        member::{self, Error},
    },
    on_behalf::{self, LookUp, Subject},
};
use registry::applications;
use store::{Part, sql, testing::on_each_database};

use crate::world::{Person, World};

async fn look_up(world: &World<'_>, partition: &Partition, payer: usize, subject: Subject) -> LookUp {
    let payer = world.programs.get(&partition.program).unwrap().payers[payer].id.clone();
    let mut ctx = world.write().await;
    let id = on_behalf::begin(&mut ctx, &world.reviewer, partition, &payer, &subject).await.unwrap();
    let look_up = on_behalf::get(&mut ctx, &world.reviewer, &id).await.unwrap();
    ctx.commit().await.unwrap();
    look_up
}

fn patient(name: &str) -> Subject {
    Subject::Patient(PatientId::new(format!("patient-{name}")))
}

async fn count(world: &World<'_>, of: &LookUp) -> usize {
    let mut ctx = world.read().await;
    let found = on_behalf::connected(&mut ctx, of, Part::ALL).await.unwrap();
    assert_eq!(on_behalf::count(&mut ctx, of).await.unwrap(), found.len());
    found.len()
}

#[tokio::test]
async fn a_look_up_shows_what_is_connected_of_one_member_at_one_payer_to_the_person_who_made_it() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (app, other) = (world.confidential().await, world.confidential().await);
        let (ann, bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        world.tokens(&app, "patient/Patient.read", &ann).await;
        world.tokens(&other, "patient/Patient.read", &ann).await;
        world.tokens(&app, "patient/Patient.read", &bob).await;
        let payer = {
            let mut ctx = world.read().await;
            member::connected(&mut ctx, &ann.signed_in.account).await.unwrap()[0].grant.payer.clone()
        };
        let payers = &world.programs.get(&app.partition.program).unwrap().payers;
        let here = payers.iter().position(|one| one.id == payer).unwrap();
        let elsewhere = (here + 1) % payers.len();

        let of_ann = look_up(&world, &app.partition, here, patient("ann")).await;
        assert_eq!(count(&world, &of_ann).await, 2);
        let of_account = look_up(&world, &app.partition, here, Subject::Account(bob.signed_in.account.clone())).await;
        assert_eq!(count(&world, &of_account).await, 1);
        for (place, subject) in [(elsewhere, patient("ann")), (here, patient("nobody"))] {
            let empty = look_up(&world, &app.partition, place, subject).await;
            assert_eq!(count(&world, &empty).await, 0);
        }
        let shown = on_behalf::connected(&mut world.read().await, &of_account, Part::ALL).await.unwrap();
        assert!(shown[0].by.is_some() && shown[0].connection.grant.account == bob.signed_in.account);

        // Another person, a later hour, and another member's grant find nothing.
        let mut ctx = world.read().await;
        let foreign = on_behalf::get(&mut ctx, &world.vendor().account, &of_ann.id).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
        let of_bob = on_behalf::find(&mut ctx, &of_ann, &shown[0].connection.grant.id).await;
        assert!(matches!(of_bob, Err(Error::NotFound)), "{of_bob:?}");
        drop(ctx);
        test.clock.advance(Span::new().minutes(61));
        let late = on_behalf::get(&mut world.read().await, &world.reviewer, &of_ann.id).await;
        assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
        let mut ctx = world.write().await;
        assert_eq!(on_behalf::purge(&mut ctx).await.unwrap(), 4);
        let (logged,): (i64,) = sql("SELECT COUNT(*) FROM audit WHERE action = 'member.looked_up' AND actor_id = $1")
            .bind(&world.reviewer)
            .fetch_one(&mut ctx.tx)
            .await
            .unwrap();
        assert_eq!(logged, 4, "one line for each look-up");
    })
    .await;
}

#[tokio::test]
async fn ending_for_a_member_stops_the_tokens_and_says_who_and_why() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (app, other) = (world.confidential().await, world.confidential().await);
        let ann = world.member("ann", &app.partition).await;
        let token = world.tokens(&app, "patient/Patient.read", &ann).await.access_token;
        let kept = world.tokens(&other, "patient/Patient.read", &ann).await.access_token;
        let connections = member::connected(&mut world.read().await, &ann.signed_in.account).await.unwrap();
        let grant = connections.iter().find(|one| one.grant.application == app.application).unwrap().grant.clone();
        let payers = &world.programs.get(&app.partition.program).unwrap().payers;
        let place = payers.iter().position(|one| one.id == grant.payer).unwrap();
        let of = look_up(&world, &app.partition, place, patient("ann")).await;
        let (site, why) = (&world.registry.site, Paragraph::parse("The member called us.").unwrap());

        let mut ctx = world.write().await;
        on_behalf::revoke(&mut ctx, site, &world.reviewer, &of, &grant.id, &why).await.unwrap();
        let again = on_behalf::revoke(&mut ctx, site, &world.reviewer, &of, &grant.id, &why).await;
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
        ctx.commit().await.unwrap();

        assert_eq!(world.refused(&token).await, Some("grant_revoked"));
        assert_eq!(world.refused(&kept).await, None);
        let past = member::past(&mut world.read().await, &ann.signed_in.account).await.unwrap();
        assert_eq!(past[0].grant.ended.unwrap().by, EndedBy::Administrator);
        let mut ctx = world.read().await;
        let mail: Vec<(String,)> =
            sql("SELECT event FROM outbox WHERE recipient = 'ann@example.org' AND event LIKE 'access-revoked:%'")
                .fetch_all(&mut ctx.tx)
                .await
                .unwrap();
        assert_eq!(mail, [(format!("access-revoked:{}", grant.id),)]);
        let (actor, detail): (String, String) =
            sql("SELECT actor_id, detail FROM audit WHERE action = 'grant.revoked_by_staff' AND subject_id = $1")
                .bind(&grant.id)
                .fetch_one(&mut ctx.tx)
                .await
                .unwrap();
        assert!(actor == world.reviewer.as_str() && detail.contains("The member called us."), "{detail}");
    })
    .await;
}

async fn extent(world: &World<'_>, people: &[&Person]) -> (Extent, Extent) {
    assert!(!people.is_empty());
    let mut ctx = world.read().await;
    let of_all = extent::of_organization(&mut ctx, &world.vendor().organization).await.unwrap();
    let grants = member::connected(&mut ctx, &people[0].signed_in.account).await.unwrap();
    let of_one = match grants.first() {
        Some(one) => extent::of_application(&mut ctx, &one.grant.application).await.unwrap(),
        None => Extent::default(),
    };
    (of_all, of_one)
}

#[tokio::test]
async fn revoking_for_good_counts_what_stops_and_ends_it_with_mail_to_each_member() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (ann, bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        let offline = "patient/Patient.read offline_access";
        let token = world.tokens(&app, offline, &ann).await.access_token;
        world.tokens(&app, offline, &ann).await;
        world.tokens(&app, "patient/Patient.read", &bob).await;
        let (all, one) = extent(&world, &[&ann, &bob]).await;
        assert_eq!((all, one.members), (one, 2));
        // Three access tokens, and two refresh tokens or one for each sign-in, by what the program gives.
        assert!(5 <= one.tokens && one.tokens <= 6, "{one:?}");

        let mut ctx = world.write().await;
        let (site, why) = (&world.registry.site, Paragraph::parse("Sold data.").unwrap());
        let ending = Revoked { site };
        applications::revoke(&mut ctx, &world.registry, &ending, &world.reviewer, &app.application, &why)
            .await
            .unwrap();
        ctx.commit().await.unwrap();
        assert!(world.refused(&token).await.is_some());
        assert_eq!(extent(&world, &[&ann]).await.0, Extent::default());
        for (person, name) in [(&ann, "ann"), (&bob, "bob")] {
            let past = member::past(&mut world.read().await, &person.signed_in.account).await.unwrap();
            assert_eq!(past[0].grant.ended.unwrap().by, EndedBy::Administrator);
            let (mails,): (i64,) =
                sql("SELECT COUNT(*) FROM outbox WHERE recipient = $1 AND event LIKE 'app-revoked:%'")
                    .bind(format!("{name}@example.org"))
                    .fetch_one(&mut world.read().await.tx)
                    .await
                    .unwrap();
            assert_eq!(mails, 1);
        }
    })
    .await;
}
