//! A server whose payers have a provider: the County of Ventura and Optum Idaho, both in the sandbox.

use std::{env, fs, sync::Arc};

use ::payers::{
    Payers,
    provider::{Credentials, Issuer, Provider},
    testing::{CLIENT_ID, CLIENT_SECRET, Differently, FakeProvider, Kind, Network},
};
use identity::payer_accounts::Home;
use model::{
    id::PayerId,
    partition::{Environment, Partition, ProgramId},
};
use programs::Programs;
use serde_json::{Value, json};
use store::testing::sqlite;
use url::{Url, form_urlencoded::Serializer};

use crate::{
    fhir::world::load,
    oauth::site::{App, Reply, Site, encoded, request},
    portals::browser::Browser,
};

pub const SCOPE: &str = "patient/Patient.read patient/Coverage.read";
pub const HOST: &str = "authz.sandbox.localhost:3000";

pub struct World {
    pub site: Site,
    pub op: Arc<FakeProvider>,
}

impl World {
    pub async fn new() -> Self {
        Self::with(None).await
    }

    /// Whose provider names, in this claim, for whom a person acts.
    pub async fn acting(claim: &str) -> Self {
        Self::with(Some(claim)).await
    }

    async fn with(acts_for: Option<&str>) -> Self {
        let mut programs = programs();
        let op = FakeProvider::new("https://login.example", Kind::Es256);
        let providers = [("oph-ca", "county-of-ventura"), ("idaho", "optum-idaho")];
        let mut provider = |(program, payer)| {
            let mut provider = provider(&mut programs, program, payer, &op.issuer);
            provider.acts_for = acts_for.map(str::to_owned);
            provider
        };
        let providers = providers.map(&mut provider).into();
        let network = Arc::new(Network(vec![op.clone()]));
        let payers = Payers::new(providers, &"http://127.0.0.1:3000".parse().unwrap(), network);
        let site = Site::with(sqlite().await, Arc::new(programs), payers).await;
        for program in ["oph-ca", "idaho"] {
            let patient = json!({ "resourceType": "Patient", "id": "jordan", "gender": "other", "birthDate": "1984-09-02",
                "identifier": [{ "system": "https://county-of-ventura.example.org/member-id", "value": "M-1" }],
                "name": [{ "family": "Rivera", "given": ["Jordan"] }] });
            load(&site, program, &[patient]).await;
        }
        Self { site, op }
    }

    /// The user agrees at the provider's address; returns where that leads, below our own host.
    pub fn agree(&self, address: &str) -> String {
        self.agree_as(address, "M-1")
    }

    pub fn agree_as(&self, address: &str, member_id: &str) -> String {
        self.agree_with(address, &format!("subject of {member_id}"), member_id)
    }

    /// As this subject, with this member number from the provider.
    pub fn agree_with(&self, address: &str, subject: &str, member_id: &str) -> String {
        self.agree_saying(address, json!({ "sub": subject, "member_id": member_id, "name": "Jordan R." }))
    }

    /// As M-1's subject, with this value for a member number.
    pub fn agree_claiming(&self, address: &str, member_id: &Value) -> String {
        self.agree_saying(address, json!({ "sub": "subject of M-1", "member_id": member_id, "name": "Jordan R." }))
    }

    pub fn agree_saying(&self, address: &str, claims: Value) -> String {
        assert!(address.starts_with("https://login.example/authorize?"), "{address}");
        let answer = self.op.agree(address, self.site.state.services.store.now(), &Differently::claims(claims));
        format!("{}?{}", callback(address), Serializer::new(String::new()).extend_pairs(&answer).finish())
    }

    /// Takes an app's request to the provider; returns the request's page and the provider's address.
    pub async fn reach_provider(&self, browser: &Browser<'_>, app: &App) -> (String, String) {
        let path = self.ask(browser, app).await;
        let handle = path.strip_prefix("/consent/").unwrap();
        browser.post("choose-payer", &[("handle", handle), ("payer", "county-of-ventura")]).await;
        let due = browser.get(&path).await;
        (path, due.header("location").to_owned())
    }

    /// The request's page.
    pub async fn ask(&self, browser: &Browser<'_>, app: &App) -> String {
        let reply = browser.get(&format!("/authz/oph/ca/oauth/authorize?{}", encoded(&request(app, SCOPE)))).await;
        reply.header("location").to_owned()
    }

    /// The same, up to the consent page.
    pub async fn reach_consent(&self, browser: &Browser<'_>, app: &App) -> (String, Reply) {
        let (path, address) = self.reach_provider(browser, app).await;
        let back = browser.get(&self.agree(&address)).await;
        assert_eq!(back.header("location"), path, "{}", back.body);
        let page = browser.get(&path).await;
        (path, page)
    }
}

/// Where the provider's answer to this request goes, below our own host.
pub fn callback(address: &str) -> String {
    let url = Url::parse(address).unwrap();
    let (_, redirect_uri) = url.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap();
    redirect_uri.strip_prefix("http://127.0.0.1:3000").unwrap().to_owned()
}

/// The built-in ones, and a provider for Idaho, which has its own hosts.
fn programs() -> Programs {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../programs");
    let folder =
        env::temp_dir().join(format!("flex-programs-{}-{:?}", std::process::id(), std::thread::current().id()));
    fs::create_dir_all(&folder).unwrap();
    for name in ["oph-ca.toml", "idaho.toml"] {
        let text = fs::read_to_string(format!("{source}/{name}")).unwrap();
        let rule = "identity_provider = { environments = [\"sandbox\"], member_id = { claim = \"member_id\", \
                    system = \"https://county-of-ventura.example.org/member-id\" } }";
        let payer = "id = \"optum-idaho\"\n";
        fs::write(folder.join(name), text.replace(payer, &format!("{payer}{rule}\n"))).unwrap();
    }
    let programs = Programs::from_folder(&folder).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    programs
}

fn provider(programs: &mut Programs, program: &str, payer: &str, issuer: &str) -> Provider {
    let partition = Partition::new(&ProgramId::new(program), Environment::Sandbox);
    let home = Home { partition, payer: PayerId::new(payer) };
    programs.configure_provider(&home.partition, &home.payer).unwrap();
    let payer = programs.get(&home.partition.program).unwrap().payer(&home.payer).unwrap();
    let client_secret = CLIENT_SECRET.to_owned().into();
    let credentials = Credentials { client_id: CLIENT_ID.to_owned(), client_secret };
    let rule = payer.identity_provider.as_ref().unwrap();
    Provider::new(home.clone(), payer.name.clone(), Issuer::parse(issuer).unwrap(), credentials, rule)
}
