//! Ada with a passkey.

use identity::{
    accounts::Account,
    error::Result,
    second_factor::{
        Given,
        change::Proof,
        passkeys::{
            self, Passkey as Kept,
            enrol::{self, Added},
            proof,
        },
    },
    sessions::{self, Session, Started},
    sign_in::SignedIn,
};
use model::{id::SessionId, text::Name};
use store::{sql, testing::TestStore};
use webauthn::testing::{Claims, Passkey};

use crate::{
    enrolled::{NONE, signed_in},
    world::{ORIGIN, PASSWORD, World, home},
};

pub struct Holder {
    pub ada: Account,
    pub passkey: Passkey,
    /// The session in which it was added.
    pub session: Started,
    pub recovery_codes: Vec<String>,
}

pub fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

/// What the passkey says to the challenge that waits in this session for a new one.
pub async fn answer(world: &World, ada: &Account, session: &SessionId, passkey: &Passkey) -> String {
    let mut ctx = world.read().await;
    let waiting = enrol::find(&mut ctx, &world.identity.relying_party, ada, session).await.unwrap();
    passkey.create(&waiting.expect("a challenge").options, ORIGIN)
}

/// Adds the passkey.
pub async fn add(
    world: &World,
    ada: &Account,
    session: &Session,
    passkey: &Passkey,
    proof: &Proof<'_>,
) -> Result<Added> {
    enrol::begin(&world.identity, ada, session, &name("Key"), proof).await?;
    let answer = answer(world, ada, &session.id, passkey).await;
    enrol::confirm(&world.identity, ada, &session.id, &answer).await
}

impl Holder {
    /// With Ada's new account.
    pub async fn begin(test: &TestStore) -> (World, Self) {
        let (world, ada) = World::with_ada(test).await;
        let (ada, session) = signed_in(&world, &ada).await;
        let passkey = Passkey::new();
        let added = add(&world, &ada, &session, &passkey, &NONE).await.unwrap();
        let Added::First(session, codes) = added else { panic!("the first factor") };
        (world, Self { ada, passkey, session, recovery_codes: codes.expose().to_vec() })
    }

    /// The session in which it was added, as it stands.
    pub async fn load(&self, world: &World) -> Session {
        sessions::load(&mut world.read().await, &self.session.token).await.unwrap().unwrap()
    }

    /// What the browser is asked for in this session.
    pub async fn options(&self, world: &World, session: &SessionId) -> String {
        let mut ctx = world.read().await;
        let options = proof::find(&mut ctx, &world.identity.relying_party, &self.ada.id, session).await.unwrap();
        options.expect("a challenge")
    }

    pub async fn answer(&self, world: &World, session: &SessionId) -> String {
        self.passkey.get(&self.options(world, session).await, ORIGIN)
    }

    pub async fn give(&self, world: &World, session: &SessionId, answer: &str) -> Result<SignedIn> {
        world.give(session, Given::Passkey { session, answer }, home()).await
    }

    /// Both steps, at home.
    pub async fn sign_in(&self, world: &World) -> Result<SignedIn> {
        let session = world.give_password("ada.lovelace", home()).await;
        let answer = self.answer(world, &session).await;
        self.give(world, &session, &answer).await
    }

    /// The same, with an authenticator that counts.
    pub async fn sign_in_counting(&self, world: &World, sign_count: u32) -> Result<SignedIn> {
        let session = world.give_password("ada.lovelace", home()).await;
        let claims = self.passkey.claims(&self.options(world, &session).await, ORIGIN);
        let answer = self.passkey.assert(&Claims { sign_count, ..claims });
        self.give(world, &session, &answer.to_string()).await
    }
}

/// The account's.
pub async fn kept(world: &World, ada: &Account) -> Vec<Kept> {
    passkeys::list(&mut world.read().await, &ada.id).await.unwrap()
}

/// What the log has of the account's factors.
pub async fn actions(world: &World) -> Vec<String> {
    let query =
        sql("SELECT action FROM audit WHERE action LIKE 'account.second_factor%' OR action LIKE 'account.passkey%'
         ORDER BY sequence");
    let rows: Vec<(String,)> = query.fetch_all(&mut world.read().await.tx).await.unwrap();
    rows.into_iter().map(|(action,)| action).collect()
}

/// A proof by a passkey, and what it borrows.
pub struct ByPasskey<'a>(&'a SessionId, String);

impl ByPasskey<'_> {
    pub fn proof(&self) -> Proof<'_> {
        Proof { password: PASSWORD, given: Given::Passkey { session: self.0, answer: &self.1 } }
    }
}

/// Asks for the passkey in this session, and answers.
pub async fn proof_of<'a>(world: &World, ada: &Account, session: &'a SessionId, passkey: &Passkey) -> ByPasskey<'a> {
    let mut ctx = world.write().await;
    proof::ask(&mut ctx, &ada.id, session).await.unwrap();
    ctx.commit().await.unwrap();
    let mut ctx = world.read().await;
    let options = proof::find(&mut ctx, &world.identity.relying_party, &ada.id, session).await.unwrap().unwrap();
    ByPasskey(session, passkey.get(&options, ORIGIN))
}
