//! A deployment whose University of California has a provider, and beside it another payer's.

use std::{collections::BTreeMap, sync::Arc};

use fhir::load::{self, Item, Options, Origin, check::Checks};
use identity::{members, payer_accounts::Home, sessions};
use jiff::{Timestamp, ToSpan};
use mail::{delivery::deliver, mailer::Mailer, message::Message};
use model::{
    id::{AccountId, GrantId, PatientId, PayerId},
    partition::{Environment, Partition, ProgramId},
};
use payers::{
    Payers,
    begin::{self, Prompt, Start, begin},
    finish::{Answer, Error, Finished, Outcome, SignedIn, Visitor, finish},
    provider::{Credentials, Issuer, Provider},
    testing::{CLIENT_ID, CLIENT_SECRET, Differently, FakeProvider, Kind, Network},
};
use programs::Programs;
use serde_json::{Value, json};
use store::{Ctx, sql, testing::TestStore};
use url::Url;
use zeroize::Zeroizing;

pub const BROWSER: &str = "the cookie of the browser";
pub const SYSTEM: &str = "https://university-of-california.example.org/member-id";

pub struct World<'t> {
    pub test: &'t TestStore,
    pub payers: Payers,
    /// The University of California's.
    pub op: Arc<FakeProvider>,
    /// The County of Ventura's.
    pub other: Arc<FakeProvider>,
    mailer: Mailer,
}

pub fn home(payer: &str) -> Home {
    Home { partition: Partition::new(&ProgramId::new("oph-ca"), Environment::Production), payer: PayerId::new(payer) }
}

pub fn university() -> Home {
    home("university-of-california")
}

/// A right id_token of the member M-1.
pub fn member() -> Differently {
    Differently::claims(json!({ "member_id": "M-1", "name": "Jordan Rivera" }))
}

impl<'t> World<'t> {
    pub async fn new(test: &'t TestStore) -> Self {
        Self::signing(test, Kind::Es256).await
    }

    pub async fn signing(test: &'t TestStore, kind: Kind) -> Self {
        Self::with(test, kind, None).await
    }

    /// Whose provider names, in this claim, for whom a person acts.
    pub async fn acting(test: &'t TestStore, claim: &str) -> Self {
        Self::with(test, Kind::Es256, Some(claim)).await
    }

    async fn with(test: &'t TestStore, kind: Kind, acts_for: Option<&str>) -> Self {
        let op = FakeProvider::new("https://login.uc.example", kind);
        let other = FakeProvider::new("https://login.ventura.example/op", Kind::Es256);
        let programs = Programs::embedded().unwrap();
        let providers = [(university(), &op), (home("county-of-ventura"), &other)];
        let providers = providers.map(|(home, op)| provider(&programs, home, &op.issuer, acts_for)).into();
        let network = Arc::new(Network(vec![op.clone(), other.clone()]));
        let payers = Payers::new(providers, &"https://flex.example.org".parse().unwrap(), network);
        let world = Self { test, payers, op, other, mailer: Mailer::memory() };
        world.load(&programs).await;
        world
    }

    async fn load(&self, programs: &Programs) {
        let patient = |id: &str, number: &str, payer: &str| {
            json!({ "resourceType": "Patient", "id": id, "name": [{ "family": "Rivera", "given": ["Jordan"] }],
                "identifier": [{ "system": SYSTEM, "value": number }], "gender": "other",
                "managingOrganization": { "reference": format!("Organization/{payer}") } })
        };
        let patients = [
            patient("jordan", "M-1", "university-of-california"),
            patient("kim", "M-2", "university-of-california"),
            patient("twin-1", "M-3", "university-of-california"),
            patient("twin-2", "M-3", "university-of-california"),
            patient("elsewhere", "M-4", "ibew-local-18"),
            patient("number", "77", "university-of-california"),
        ];
        let origin = || Origin { path: "test".into(), line: 1 };
        let items = patients.map(|json| Ok(Item { origin: origin(), json: json.to_string() })).into_iter();
        let options = Options { partition: university().partition, dry_run: false, checks: Checks::none() };
        load::run(&self.test.store, programs, &options, items, |_| ()).await.unwrap();
    }

    pub async fn read(&self) -> Ctx {
        self.test.store.read().await.unwrap()
    }

    pub fn now(&self) -> Timestamp {
        self.test.store.now()
    }

    pub fn university(&self) -> &Provider {
        let home = university();
        self.payers.find(&home.partition, &home.payer).unwrap()
    }

    /// A usual sign-in, from this browser to the university.
    pub fn start(browser: &str) -> Start<'_> {
        Start {
            browser,
            origin: "https://flex.example.org",
            next: "/member",
            signed_in_since: None,
            for_app: false,
            prompt: Prompt::Usual,
            login_hint: None,
            language: "en",
        }
    }

    /// The authentication request.
    pub async fn begin(&self, start: Start<'_>) -> Result<String, begin::Error> {
        begin(&self.payers, &self.test.store, self.university(), start).await
    }

    /// Back with this query, in this browser.
    pub async fn finish(&self, browser: &str, query: &[(String, String)]) -> Result<Finished, Error> {
        self.finish_as(Visitor { browser: Some(browser), ..Visitor::default() }, &university(), query).await
    }

    /// Back at this payer's address.
    pub async fn finish_as(
        &self,
        visitor: Visitor<'_>,
        home: &Home,
        query: &[(String, String)],
    ) -> Result<Finished, Error> {
        let get = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let home = Some(home);
        let answer = Answer { home, state: get("state"), code: get("code"), error: get("error"), iss: get("iss") };
        finish(&self.payers, &self.test.store, answer, visitor).await
    }

    /// There and back with an id_token like this.
    pub async fn outcome(&self, differently: &Differently) -> Outcome {
        let url = self.begin(Self::start(BROWSER)).await.unwrap();
        let query = self.op.agree(&url, self.now(), differently);
        self.finish(BROWSER, &query).await.unwrap().outcome
    }

    /// Signed in with an id_token like this.
    pub async fn sign_in(&self, differently: &Differently) -> SignedIn {
        match self.outcome(differently).await {
            Outcome::SignedIn(signed_in) => signed_in,
            outcome => panic!("{outcome:?}"),
        }
    }

    /// What this account allowed an app as the member it is.
    pub async fn grant(&self, account: &AccountId) -> GrantId {
        let Home { partition, payer } = university();
        let link = members::find_link(&mut self.read().await, account, &partition, &payer).await.unwrap().unwrap();
        self.grant_about(account, &link.patient).await
    }

    /// What this account allowed an app about this patient.
    pub async fn grant_about(&self, account: &AccountId, patient: &PatientId) -> GrantId {
        let Home { partition, payer } = university();
        let mut ctx = self.test.store.write().await.unwrap();
        let (app, grant, later) = (ctx.random_id(), GrantId::new(ctx.random_id()), ctx.now + 24.hours());
        sql("INSERT INTO organization (id, name, tin_kind, tin, mailing_address, physical_address, attestation, \
             terms_agreed_at, status, version, created_at, updated_at) \
             VALUES ($1, 'Acme', 'ein', $1, '{}', '{}', '{}', 0, 'approved', 1, 0, 0)")
        .bind(&app)
        .execute(&mut ctx.tx)
        .await
        .unwrap();
        sql("INSERT INTO application (id, organization_id, client_id, environment, access, client_kind, name, redirect_uri, \
             description, support_phone, support_email, support_website, support_name, platform, platform_name, \
             terms_agreed_at, approval, standing, version, created_at, updated_at) \
             VALUES ($1, $1, $1, 'production', 'patient', 'public', 'An app', '', '', '', '', '', '', '', '', 0, 'approved', \
             'active', 1, 0, 0)")
        .bind(&app)
        .execute(&mut ctx.tx)
        .await
        .unwrap();
        sql(
            "INSERT INTO access_grant (id, program, environment, application_id, client_id, account_id, signed_in_at, \
             payer_id, patient_id, scope, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, 'patient/Patient.read', $6, $9)",
        )
        .bind(&grant)
        .bind(&partition.program)
        .bind(partition.environment)
        .bind(&app)
        .bind(account)
        .bind(ctx.now)
        .bind(&payer)
        .bind(patient)
        .bind(later)
        .execute(&mut ctx.tx)
        .await
        .unwrap();
        ctx.commit().await.unwrap();
        grant
    }

    pub async fn is_live(&self, grant: &GrantId) -> bool {
        let query = sql("SELECT id FROM access_grant WHERE id = $1 AND ended_at IS NULL").bind(grant);
        query.fetch_optional::<(GrantId,)>(&mut self.read().await.tx).await.unwrap().is_some()
    }

    /// All mail so far.
    pub async fn mails(&self) -> Vec<Message> {
        deliver(&self.test.store, &self.mailer).await.unwrap();
        self.mailer.sent()
    }

    /// Whose session it is.
    pub async fn account(&self, signed_in: &SignedIn) -> AccountId {
        sessions::load(&mut self.read().await, &signed_in.session.token).await.unwrap().unwrap().account.unwrap()
    }
}

fn provider(programs: &Programs, home: Home, issuer: &str, acts_for: Option<&str>) -> Provider {
    let payer = programs.get(&home.partition.program).unwrap().payer(&home.payer).unwrap();
    let rule = payer.identity_provider.as_ref().unwrap();
    let client_secret = Zeroizing::new(CLIENT_SECRET.to_owned());
    let credentials = Credentials { client_id: CLIENT_ID.to_owned(), client_secret };
    let mut provider = Provider::new(home, payer.name.clone(), Issuer::parse(issuer).unwrap(), credentials, rule);
    provider.acts_for = acts_for.map(str::to_owned);
    provider
}

/// The query of an address.
pub fn query(url: &str) -> BTreeMap<String, String> {
    Url::parse(url).unwrap().query_pairs().into_owned().collect()
}

/// The answer with this parameter replaced, or without it.
pub fn with(answer: &[(String, String)], name: &str, value: Option<&str>) -> Vec<(String, String)> {
    let others = answer.iter().filter(|(key, _)| key != name).cloned();
    others.chain(value.map(|value| (name.to_owned(), value.to_owned()))).collect()
}

/// An object with one member.
pub fn one(name: &str, value: Value) -> Value {
    Value::Object([(name.to_owned(), value)].into_iter().collect())
}
