//! Codes on paper.

use std::collections::HashSet;

use identity::{
    error::Error,
    second_factor::{
        self, Given,
        change::{self, Proof},
    },
};
use store::{
    sql,
    testing::{at_once, on_each_database, racing_on_each_database},
};

use crate::{
    enrolled::Enrolled,
    world::{PASSWORD, World, home},
};

async fn left(world: &World, ada: &Enrolled) -> i64 {
    second_factor::find(&mut world.read().await, &ada.ada.id).await.unwrap().unwrap().recovery_codes
}

#[tokio::test]
async fn a_recovery_code_signs_in_once_and_its_owner_is_told() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let code = &ada.recovery_codes[3];
        ada.sign_in_with(&world, code).await.unwrap();
        let again = ada.sign_in_with(&world, code).await;
        assert!(matches!(again, Err(Error::WrongCode)), "{again:?}");
        assert_eq!(left(&world, &ada).await, 9);
        let mails = world.mails().await;
        let mail = mails.iter().find(|mail| mail.subject == "A recovery code was used").unwrap();
        assert!(mail.text.contains("You have 9 codes left."), "{}", mail.text);
        assert!(!mail.text.contains(code.as_str()));
    })
    .await;
}

#[tokio::test]
async fn of_ten_who_give_one_recovery_code_at_once_one_signs_in() {
    racing_on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let mut browsers = Vec::new();
        for _ in 0..5 {
            browsers.push(world.give_password("ada.lovelace", home()).await);
        }
        let code = &ada.recovery_codes[0];
        let twice = browsers.iter().chain(&browsers);
        let results = at_once(twice.map(|session| world.give_code(session, code, home()))).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        assert_eq!(left(&world, &ada).await, 9);
    })
    .await;
}

#[tokio::test]
async fn codes_are_typed_as_people_type_them() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        for typed in [ada.recovery_codes[0].to_uppercase(), ada.recovery_codes[1].replace('-', " ")] {
            ada.sign_in_with(&world, &format!(" {typed} ")).await.unwrap();
        }
        let code = ada.app.code(test.store.now());
        ada.sign_in_with(&world, &format!("{} {}", &code[..3], &code[3..])).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn new_codes_end_the_ones_before() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let proof = Proof { password: PASSWORD, given: Given::Code(&ada.recovery_codes[0]) };
        let new = change::recovery_codes(&world.identity, &ada.ada, &proof).await.unwrap();
        assert_eq!(left(&world, &ada).await, 10);
        let old = ada.sign_in_with(&world, &ada.recovery_codes[1]).await;
        assert!(matches!(old, Err(Error::WrongCode)), "{old:?}");
        ada.sign_in_with(&world, &new.expose()[1]).await.unwrap();
        assert!(world.subjects().await.contains(&"You have new recovery codes".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn ten_different_codes_are_made_and_none_is_kept_as_it_is() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let codes: HashSet<_> = ada.recovery_codes.iter().collect();
        assert_eq!(codes.len(), 10);
        let kept: Vec<(String,)> =
            sql("SELECT code_digest FROM recovery_code").fetch_all(&mut world.read().await.tx).await.unwrap();
        for (digest,) in kept {
            let plain = |code: &&String| digest.contains(&code.replace('-', ""));
            assert!(digest.len() == 43 && !codes.iter().any(plain), "{digest}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_account_without_an_app_has_no_recovery_codes() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let proof = Proof { password: PASSWORD, given: Given::Code(&ada.recovery_codes[0]) };
        change::remove(&world.identity, &ada.ada, &ada.session.id, &proof).await.unwrap();
        let proof = Proof { password: PASSWORD, given: Given::Code(&ada.recovery_codes[1]) };
        let refused = change::recovery_codes(&world.identity, &ada.ada, &proof).await;
        assert!(matches!(refused, Err(Error::WrongCode)), "{refused:?}");
    })
    .await;
}
