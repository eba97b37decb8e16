//! For whom else a person may act, by a claim of the payer's provider.

use identity::{members::People, payer_accounts::Home};
use model::id::{AccountId, PatientId};
use payers::{
    fault::{Fault, MemberIdFault},
    finish::Outcome,
    testing::Differently,
};
use serde_json::{Value, json};
use store::testing::on_each_database;

use crate::world::{World, university};

const CLAIM: &str = "acts_for";

/// Jordan, who is M-1, acts for these.
fn jordan(listed: &Value) -> Differently {
    Differently::claims(json!({ "sub": "jordan", "member_id": "M-1", "name": "Jordan Rivera", CLAIM: listed }))
}

async fn people(world: &World<'_>, account: &AccountId) -> People {
    let Home { partition, payer } = university();
    identity::members::people(&mut world.read().await, account, &partition, &payer).await.unwrap()
}

async fn represented(world: &World<'_>, account: &AccountId) -> Vec<String> {
    people(world, account).await.represented.into_iter().map(|one| one.patient.to_string()).collect()
}

#[tokio::test]
async fn the_claim_names_members_of_the_payer_to_the_letter() {
    on_each_database(async |test| {
        let world = World::acting(test, CLAIM).await;
        // Of another payer, of two people, of no one, spelled otherwise, and Jordan's own.
        let signed_in = world.sign_in(&jordan(&json!(["M-2", "M-4", "M-3", "M-9", "m-2", "M-1", "M-2"]))).await;
        let account = world.account(&signed_in).await;
        assert_eq!(represented(&world, &account).await, ["kim"]);
        assert_eq!(people(&world, &account).await.own, Some(PatientId::new("jordan")));
        let silent = World::new(test).await;
        let again = silent.sign_in(&jordan(&json!(["M-2", "77"]))).await;
        let account = silent.account(&again).await;
        assert_eq!(represented(&silent, &account).await, Vec::<String>::new(), "no claim is configured any longer");
    })
    .await;
}

#[tokio::test]
async fn each_sign_in_replaces_what_was_said_before_and_ends_what_hung_on_it() {
    on_each_database(async |test| {
        let world = World::acting(test, CLAIM).await;
        let account = world.account(&world.sign_in(&jordan(&json!(["M-2", "77"]))).await).await;
        assert_eq!(represented(&world, &account).await.len(), 2);
        let (own, kims) = (world.grant(&account).await, world.grant_about(&account, &PatientId::new("kim")).await);
        let number = world.grant_about(&account, &PatientId::new("number")).await;

        world.sign_in(&jordan(&json!(["77"]))).await;
        assert_eq!(represented(&world, &account).await, ["number"]);
        assert!(!world.is_live(&kims).await, "no one acts for Kim any longer");
        assert!(world.is_live(&own).await && world.is_live(&number).await);

        // Jordan leaves the plan and still acts for another member.
        let left = json!({ "sub": "jordan", "member_id": "M-9", "name": "Jordan Rivera", CLAIM: ["77"] });
        let signed_in = world.sign_in(&Differently::claims(left)).await;
        assert!(signed_in.is_member, "the plan knows them as a representative");
        assert!(!world.is_live(&own).await && world.is_live(&number).await);
        world.sign_in(&jordan(&Value::Null)).await;
        assert!(!world.is_live(&number).await && represented(&world, &account).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_is_no_member_signs_in_if_they_act_for_one() {
    on_each_database(async |test| {
        let world = World::acting(test, CLAIM).await;
        let only = |listed: Value| {
            Differently::claims(json!({ "sub": "parent", "member_id": null, "name": "Pat", CLAIM: listed }))
        };
        let outcome = world.outcome(&only(json!([]))).await;
        let missing =
            |outcome: &Outcome| matches!(outcome, Outcome::Failed(Fault::MemberId(_, MemberIdFault::Missing)));
        assert!(missing(&outcome), "{outcome:?}");
        let signed_in = world.sign_in(&only(json!(["M-2"]))).await;
        assert!(signed_in.is_member);
        let account = world.account(&signed_in).await;
        let people = people(&world, &account).await;
        assert_eq!((people.own, people.represented.len()), (None, 1));
        // A member whose number is missing has not said that they left.
        let known = world.account(&world.sign_in(&jordan(&json!(["M-2"]))).await).await;
        let grant = world.grant(&known).await;
        let silent = json!({ "sub": "jordan", "member_id": null, "name": "Jordan Rivera", CLAIM: ["M-2"] });
        let outcome = world.outcome(&Differently::claims(silent)).await;
        assert!(missing(&outcome), "{outcome:?}");
        assert!(world.is_live(&grant).await);
    })
    .await;
}

#[tokio::test]
async fn a_list_that_cannot_be_read_ends_nothing_and_signs_no_one_in() {
    on_each_database(async |test| {
        let world = World::acting(test, CLAIM).await;
        let account = world.account(&world.sign_in(&jordan(&json!(["M-2"]))).await).await;
        let grant = world.grant_about(&account, &PatientId::new("kim")).await;
        for claim in [json!([["M-2"]]), json!({ "M-2": true }), json!(["M-2", null]), json!(vec!["M-2"; 51])] {
            let outcome = world.outcome(&jordan(&claim)).await;
            let Outcome::Failed(fault) = outcome else { panic!("{claim}: {outcome:?}") };
            assert_eq!(fault, Fault::MemberId(CLAIM.to_owned(), MemberIdFault::MalformedList), "{claim}");
            assert!(world.is_live(&grant).await && represented(&world, &account).await == ["kim"], "{claim}");
        }
    })
    .await;
}
