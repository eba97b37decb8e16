//! Whom a provider vouches for: (issuer, subject) is the identity, a claim names the member.

use identity::{
    accounts, members,
    payer_accounts::{self, Home},
};
use model::id::PatientId;
use payers::{finish::Visitor, testing::Differently};
use serde_json::{Value, json};
use store::testing::{at_once, on_each_database, racing_on_each_database};

use crate::world::{BROWSER, World, member, university};

/// Signs in; which patient that is.
async fn patient(world: &World<'_>, claims: Value) -> Option<PatientId> {
    let signed_in = world.sign_in(&Differently::claims(claims)).await;
    let account = world.account(&signed_in).await;
    let Home { partition, payer } = university();
    let link = members::find_link(&mut world.read().await, &account, &partition, &payer).await.unwrap();
    assert_eq!(link.is_some(), signed_in.is_member);
    link.map(|link| link.patient)
}

#[tokio::test]
async fn the_claim_names_the_member_to_the_letter() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let check = async |claim: Value, expect: Option<&str>| {
            let found = patient(&world, json!({ "member_id": claim })).await;
            assert_eq!(found, expect.map(PatientId::new), "{claim}");
        };
        check(json!("M-1"), Some("jordan")).await;
        check(json!("m-1"), None).await;
        check(json!("M-9"), None).await;
        // Two have it; the plan of another payer.
        check(json!("M-3"), None).await;
        check(json!("M-4"), None).await;
        check(json!(["M-1"]), None).await;
        check(Value::Null, None).await;
        check(json!("M-2"), Some("kim")).await;
    })
    .await;
}

#[tokio::test]
async fn a_claim_kept_out_of_the_id_token_is_asked_for_and_only_about_the_same_subject() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let userinfo = json!({ "member_id": "M-1" });
        let signed_in = world.sign_in(&Differently { userinfo, ..Differently::default() }).await;
        assert!(signed_in.is_member);
        assert_eq!(world.op.asked().last().unwrap(), "userinfo");
        let userinfo = json!({ "sub": "somebody else", "member_id": "M-2" });
        let outcome = world.outcome(&Differently { userinfo, ..Differently::default() }).await;
        assert!(format!("{outcome:?}").contains("OtherSubject"), "{outcome:?}");
    })
    .await;
}

#[tokio::test]
async fn issuer_and_subject_are_the_identity_and_the_address_is_not() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let sign_in = async |subject: &str, email: &str| {
            let claims = json!({ "sub": subject, "email": email, "email_verified": true });
            let signed_in = world.sign_in(&Differently::claims(claims)).await;
            world.account(&signed_in).await
        };
        let first = sign_in("subject-1", "jordan@uc.example").await;
        let same = sign_in("subject-1", "renamed@uc.example").await;
        let another = sign_in("subject-2", "renamed@uc.example").await;
        assert_eq!(first, same);
        assert_ne!(first, another);
        let account = accounts::get(&mut world.read().await, &first).await.unwrap();
        assert_eq!(account.mailbox().unwrap().as_str(), "renamed@uc.example");
        assert_eq!(payer_accounts::home(&mut world.read().await, &first).await.unwrap(), Some(university()));
    })
    .await;
}

#[tokio::test]
async fn an_address_that_the_provider_did_not_confirm_gets_no_mail() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        for claims in [json!({ "email": "jordan@uc.example" }), json!({ "email": "nonsense", "email_verified": true })]
        {
            let signed_in = world.sign_in(&Differently::claims(claims)).await;
            let account = world.account(&signed_in).await;
            assert_eq!(accounts::get(&mut world.read().await, &account).await.unwrap().mailbox(), None);
        }
    })
    .await;
}

#[tokio::test]
async fn a_first_sign_in_made_many_times_at_once_makes_one_account() {
    racing_on_each_database(async |test| {
        let world = World::new(test).await;
        let differently = member();
        let sign_in = async |browser: String| {
            let url = world.begin(World::start(&browser)).await.unwrap();
            let answer = world.op.agree(&url, world.now(), &differently);
            world.finish(&browser, &answer).await.unwrap();
        };
        at_once((0..6).map(|number| sign_in(format!("browser {number}")))).await;
        let count = store::sql("SELECT COUNT(*) FROM account");
        let (accounts,): (i64,) = count.fetch_one(&mut world.read().await.tx).await.unwrap();
        assert_eq!(accounts, 1);
    })
    .await;
}

#[tokio::test]
async fn no_login_finds_such_an_account() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let signed_in = world.sign_in(&member()).await;
        let account = world.account(&signed_in).await;
        let account = accounts::get(&mut world.read().await, &account).await.unwrap();
        let logins = [account.healthcare_id.to_string(), account.email.to_string(), format!("payer:{}", account.id)];
        for login in logins {
            assert!(accounts::find_by_login(&mut world.read().await, &login).await.unwrap().is_none(), "{login}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_is_renewed_and_another_accounts_session_ends() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let mut ctx = test.store.write().await.unwrap();
        let planted = identity::sessions::start_anonymous(&mut ctx).await.unwrap();
        ctx.commit().await.unwrap();
        let url = world.begin(World::start(BROWSER)).await.unwrap();
        let answer = world.op.agree(&url, world.now(), &member());
        let visitor = Visitor { browser: Some(BROWSER), session: Some(&planted.id), user_agent: Some("test") };
        world.finish_as(visitor, &answer).await.unwrap();
        let mut ctx = world.read().await;
        assert!(
            identity::sessions::load(&mut ctx, &planted.token).await.unwrap().is_none(),
            "the old token is worthless"
        );
    })
    .await;
}
