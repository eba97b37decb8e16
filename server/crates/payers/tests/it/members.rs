//! Whom a provider vouches for: (issuer, subject) is the identity, a claim names the member.

use identity::{
    accounts, members,
    payer_accounts::{self, Home},
};
use model::{id::PatientId, locale::Locale};
use payers::{
    fault::{Fault, MemberIdFault},
    finish::{Outcome, Visitor},
    health,
    testing::Differently,
};
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
        let check = async |subject: &str, claim: Value, expect: Option<&str>| {
            let found = patient(&world, json!({ "sub": subject, "member_id": claim })).await;
            assert_eq!(found, expect.map(PatientId::new), "{claim}");
        };
        check("subject-1", json!("M-1"), Some("jordan")).await;
        check("subject-1", json!(" M-1\n"), Some("jordan")).await;
        check("subject-1", json!("M-9"), None).await;
        // The plan of another payer; another spelling, which for a new person matches no one.
        check("subject-1", json!("M-4"), None).await;
        check("subject-2", json!("m-1"), None).await;
        check("subject-1", json!("M-2"), Some("kim")).await;
        check("subject-1", json!(77), Some("number")).await;
    })
    .await;
}

/// A member who has allowed an app; what is left of it after a sign-in with these claims. None of the faults is taken for a
/// member who has left.
#[tokio::test]
async fn a_claim_that_does_not_say_who_it_is_ends_nothing() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let signed_in = world.sign_in(&member()).await;
        let account = world.account(&signed_in).await;
        let grant = world.grant(&account).await;
        let unclear = [
            (Value::Null, MemberIdFault::Missing),
            (json!(""), MemberIdFault::Empty),
            (json!("  \t"), MemberIdFault::Empty),
            (json!([]), MemberIdFault::Malformed),
            (json!(["M-1"]), MemberIdFault::Malformed),
            (json!(["M-1", "M-2"]), MemberIdFault::Malformed),
            (json!({ "value": "M-1" }), MemberIdFault::Malformed),
            (json!(true), MemberIdFault::Malformed),
            (json!(1.5), MemberIdFault::Malformed),
            (json!(1.0e40), MemberIdFault::Malformed),
            (json!("M-1\u{0}"), MemberIdFault::Malformed),
            (json!("M".repeat(5000)), MemberIdFault::Malformed),
            (json!("M-3"), MemberIdFault::Several),
            (json!("m-1"), MemberIdFault::Spelling),
            (json!("M 1"), MemberIdFault::Spelling),
        ];
        for (claim, expect) in unclear {
            let outcome = world.outcome(&Differently::claims(json!({ "member_id": claim }))).await;
            let Outcome::Failed(fault) = outcome else { panic!("{claim}: {outcome:?}") };
            assert_eq!(fault, Fault::MemberId("member_id".to_owned(), expect), "{claim}");
            assert!(world.is_live(&grant).await, "{claim}");
            let health = health::of(&mut world.read().await, &world.university().home).await.unwrap();
            assert_eq!(health.failure, Some(fault.to_string()), "red, and named");
            assert!(fault.to_string().contains("`member_id`") && !fault.to_string().contains("M-"), "{fault}");
        }
        assert!(world.sign_in(&member()).await.is_member, "the link stands");
        assert!(world.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_number_of_nobody_is_no_member_who_has_left_where_the_data_is_not_there() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let account = world.account(&world.sign_in(&member()).await).await;
        let grant = world.grant(&account).await;
        // As after a restored database, before the first load.
        let mut ctx = test.store.write().await.unwrap();
        for statement in ["DELETE FROM fhir_token", "DELETE FROM fhir_resource"] {
            store::sql(statement).execute(&mut ctx.tx).await.unwrap();
        }
        ctx.commit().await.unwrap();
        let outcome = world.outcome(&member()).await;
        assert!(matches!(&outcome, Outcome::Failed(Fault::MemberId(_, MemberIdFault::NoData))), "{outcome:?}");
        assert!(world.is_live(&grant).await);
    })
    .await;
}

#[tokio::test]
async fn a_member_who_has_left_is_told_by_mail_that_their_apps_have_no_access() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let claims = json!({ "member_id": "M-1", "email": "jordan@uc.example", "email_verified": true });
        let url = world.begin(World::start(BROWSER)).await.unwrap();
        let answer = world.op.agree(&url, world.now(), &Differently::claims(claims));
        let visitor = Visitor { browser: Some(BROWSER), language: Locale::Spanish, ..Visitor::default() };
        let finished = world.finish_as(visitor, &university(), &answer).await.unwrap();
        let Outcome::SignedIn(signed_in) = finished.outcome else { panic!("{:?}", finished.outcome) };
        let account = world.account(&signed_in).await;
        let grants = [world.grant(&account).await, world.grant(&account).await];
        // The provider no longer has an address of theirs, either.
        world.sign_in(&Differently::claims(json!({ "member_id": "M-9" }))).await;
        for grant in &grants {
            assert!(!world.is_live(grant).await);
        }
        let mails = world.mails().await;
        assert_eq!((mails.len(), mails[0].to.as_str()), (1, "jordan@uc.example"), "one letter, however many apps");
        assert!(!mails[0].text.contains("California") && !mails[0].text.contains("M-"), "{}", mails[0].text);
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
        let userinfo = json!({ "sub": "someone else", "member_id": "M-2" });
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
            let claims = json!({ "sub": subject, "member_id": "M-1", "email": email, "email_verified": true });
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
        for claims in [
            json!({ "member_id": "M-1", "email": "jordan@uc.example" }),
            json!({ "member_id": "M-1", "email": "nonsense", "email_verified": true }),
        ] {
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
        let visitor = Visitor { browser: Some(BROWSER), session: Some(&planted.id), ..Visitor::default() };
        world.finish_as(visitor, &university(), &answer).await.unwrap();
        let mut ctx = world.read().await;
        assert!(
            identity::sessions::load(&mut ctx, &planted.token).await.unwrap().is_none(),
            "the old token is worthless"
        );
    })
    .await;
}
