//! What most tests begin with.

use std::net::IpAddr;

use audit::security::Watch;
use identity::{
    Identity,
    accounts::{self, NewAccount},
    hasher::Hasher,
    recovery,
    second_factor::Given,
    sessions::Started,
    sign_in::{
        self, Progress, SignIn, SignedIn,
        code::{self, Code},
    },
};
use mail::{delivery::deliver, mailer::Mailer, message::Message, site::Site};
use model::id::{AccountId, SessionId};
use store::{Ctx, SealingKey, testing::TestStore};
use webauthn::relying_party::RelyingParty;

pub const ORIGIN: &str = "https://flex.example.org";
pub const PASSWORD: &str = "correct horse battery";
pub const OTHER_PASSWORD: &str = "staple a paper boat";

/// The services, on the test's database, and the mail that left so far.
pub struct World {
    pub identity: Identity,
    mailer: Mailer,
}

impl World {
    pub fn new(test: &TestStore) -> Self {
        let site = Site::new(ORIGIN);
        let identity = Identity {
            store: test.store.clone(),
            hasher: Hasher::new(2),
            sealing: SealingKey::new([7; 32]),
            site,
            relying_party: RelyingParty::new(&ORIGIN.parse().unwrap(), []),
            watch: Watch::default(),
        };
        Self { identity, mailer: Mailer::memory() }
    }

    /// With a confirmed account.
    pub async fn with_ada(test: &TestStore) -> (Self, AccountId) {
        let world = Self::new(test);
        let ada = accounts::create_verified(&world.identity, &ada()).await.unwrap();
        (world, ada)
    }

    pub async fn read(&self) -> Ctx {
        self.identity.store.read().await.unwrap()
    }

    pub async fn write(&self) -> Ctx {
        self.identity.store.write().await.unwrap()
    }

    pub async fn sign_in(&self, login: &str, password: &str) -> identity::error::Result<SignedIn> {
        self.sign_in_from(login, password, home()).await
    }

    pub async fn sign_in_from(
        &self,
        login: &str,
        password: &str,
        address: IpAddr,
    ) -> identity::error::Result<SignedIn> {
        let request = SignIn { login, password, session: None, address: Some(address), user_agent: Some("test") };
        match sign_in::sign_in(&self.identity, request).await? {
            Progress::SignedIn(signed_in) => Ok(signed_in),
            Progress::CodeDue(session) => panic!("a code is due in {}", session.id),
        }
    }

    /// The password of an account with a second factor: the session in which the code is due.
    pub async fn give_password(&self, login: &str, address: IpAddr) -> SessionId {
        self.give_this_password(login, PASSWORD, address).await
    }

    pub async fn give_this_password(&self, login: &str, password: &str, address: IpAddr) -> SessionId {
        let request = SignIn { login, password, session: None, address: Some(address), user_agent: Some("test") };
        self.until_code(request).await.id
    }

    /// Ada's, at home, in this session.
    pub async fn give_password_in(&self, session: Option<&SessionId>) -> Started {
        let (login, address) = ("ada.lovelace", Some(home()));
        self.until_code(SignIn { login, password: PASSWORD, session, address, user_agent: Some("test") }).await
    }

    async fn until_code(&self, request: SignIn<'_>) -> Started {
        match sign_in::sign_in(&self.identity, request).await.unwrap() {
            Progress::CodeDue(session) => session,
            Progress::SignedIn(_) => panic!("no code is due"),
        }
    }

    pub async fn give_code(
        &self,
        session: &SessionId,
        code: &str,
        address: IpAddr,
    ) -> identity::error::Result<SignedIn> {
        self.give(session, Given::Code(code), address).await
    }

    pub async fn give(
        &self,
        session: &SessionId,
        given: Given<'_>,
        address: IpAddr,
    ) -> identity::error::Result<SignedIn> {
        let given = Code { given, session: Some(session), address: Some(address), user_agent: Some("test") };
        code::sign_in(&self.identity, given).await
    }

    /// Lets the worker work; every mail so far.
    pub async fn mails(&self) -> Vec<Message> {
        recovery::process(&self.identity.store, &self.identity.site).await.unwrap();
        deliver(&self.identity.store, &self.mailer).await.unwrap();
        self.mailer.sent()
    }

    /// The subjects of all mail so far, in any order.
    pub async fn subjects(&self) -> Vec<String> {
        let mut subjects: Vec<String> = self.mails().await.into_iter().map(|mail| mail.subject).collect();
        subjects.sort();
        subjects
    }

    /// The token in the newest mail with this subject.
    pub async fn token(&self, subject: &str) -> String {
        let mails = self.mails().await;
        let mail = mails.iter().rfind(|mail| mail.subject == subject).expect("such a mail");
        let (_, rest) = mail.text.split_once("?token=").expect("a link");
        rest.lines().next().unwrap().to_owned()
    }
}

pub fn ada() -> NewAccount {
    account("ada.lovelace", "ada@example.org")
}

pub fn account(healthcare_id: &str, email: &str) -> NewAccount {
    NewAccount {
        name: "Ada Lovelace".parse().unwrap(),
        email: email.parse().unwrap(),
        healthcare_id: healthcare_id.parse().unwrap(),
        password: PASSWORD.parse().unwrap(),
    }
}

/// Where Ada signs in from.
pub fn home() -> IpAddr {
    "192.0.2.1".parse().unwrap()
}

pub fn elsewhere() -> IpAddr {
    "198.51.100.1".parse().unwrap()
}
