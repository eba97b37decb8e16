//! Ada with an authenticator app.

use identity::{
    accounts::{self, Account},
    error::{Error, Result},
    second_factor::{Given, change::Proof, enrol},
    sessions::{self, Session, Started},
    testing::Authenticator,
};
use jiff::ToSpan;
use model::id::{AccountId, SessionId};
use store::testing::TestStore;

use crate::world::{PASSWORD, World, home};

pub struct Enrolled {
    pub ada: Account,
    pub app: Authenticator,
    /// The session in which it was done.
    pub session: Started,
    pub recovery_codes: Vec<String>,
}

/// A proof that fits nothing.
pub const NONE: Proof<'static> = Proof { password: "", given: Given::Code("") };

/// Ada, signed in at home.
pub async fn signed_in(world: &World, ada: &AccountId) -> (Account, Session) {
    let token = world.sign_in("ada.lovelace", PASSWORD).await.unwrap().session.token;
    let mut ctx = world.read().await;
    (accounts::get(&mut ctx, ada).await.unwrap(), sessions::load(&mut ctx, &token).await.unwrap().unwrap())
}

/// The app that was given the key which waits in this session.
pub async fn app(world: &World, ada: &Account, session: &SessionId) -> Authenticator {
    let found = enrol::find(&mut world.read().await, &world.identity.sealing, ada, session).await.unwrap();
    Authenticator::new(&found.expect("a key that waits").secret)
}

/// Enrols in the session, and lets the step of the first code go by.
pub async fn enrol(test: &TestStore, world: &World, ada: Account, session: &Session, proof: &Proof<'_>) -> Enrolled {
    enrol::begin(&world.identity, &ada, session, proof).await.unwrap();
    let app = app(world, &ada, &session.id).await;
    let code = app.code(test.store.now());
    let (session, codes) = enrol::confirm(&world.identity, &ada, &session.id, &code).await.unwrap();
    test.clock.advance(30.seconds());
    Enrolled { ada, app, session, recovery_codes: codes.expect("the first factor").expose().to_vec() }
}

impl Enrolled {
    /// With Ada's new account.
    pub async fn begin(test: &TestStore) -> (World, Self) {
        let (world, ada) = World::with_ada(test).await;
        let (ada, session) = signed_in(&world, &ada).await;
        let enrolled = enrol(test, &world, ada, &session, &NONE).await;
        (world, enrolled)
    }

    /// Both steps, with this code, at home.
    pub async fn sign_in_with(&self, world: &World, code: &str) -> Result<Started, Error> {
        let session = world.give_password("ada.lovelace", home()).await;
        world.give_code(&session, code, home()).await.map(|signed_in| signed_in.session)
    }
}
