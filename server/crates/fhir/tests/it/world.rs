//! A partition with resources to search.

use std::{path::PathBuf, sync::Arc};

use fhir::{
    authority::Authority,
    engine::Engine,
    error::Error,
    load::{self, Item, Options, Origin, Reject, check::Checks, report::Report},
    search::request::Request,
};
use model::{
    id::PatientId,
    partition::{Environment, Partition, ProgramId},
    scope::Scope,
};
use programs::{Programs, program::Program};
use serde_json::Value;
use store::testing::TestStore;

pub const BASE: &str = "http://127.0.0.1:3000/fhir";

pub struct World<'a> {
    pub test: &'a TestStore,
    pub programs: Arc<Programs>,
    pub engine: Engine,
    pub partition: Partition,
}

impl<'a> World<'a> {
    pub async fn new(test: &'a TestStore, program: &str) -> Self {
        let public_url = "http://127.0.0.1:3000".parse().expect("a URL");
        let programs = Arc::new(Programs::embedded().expect("the programs are right").at(&public_url));
        let engine = Engine::new(test.store.clone(), programs.clone()).await.expect("an engine");
        let partition = Partition::new(&ProgramId::new(program), Environment::Production);
        Self { test, programs, engine, partition }
    }

    pub fn program(&self) -> &Arc<Program> {
        self.programs.get(&self.partition.program).expect("the program is there")
    }

    pub async fn load(&self, resources: &[Value]) -> (Report, Vec<Reject>) {
        let items = resources.iter().map(Value::to_string).collect();
        self.load_texts(items).await
    }

    pub async fn load_texts(&self, texts: Vec<String>) -> (Report, Vec<Reject>) {
        let items = texts.into_iter().enumerate();
        let items = items
            .map(|(index, json)| Ok(Item { origin: Origin { path: "test".into(), line: index as u64 + 1 }, json }));
        self.load_items(items).await
    }

    pub async fn load_paths(&self, paths: &[PathBuf]) -> (Report, Vec<Reject>) {
        self.load_items(load::files(paths).expect("the files are there")).await
    }

    pub async fn load_items(
        &self,
        items: impl Iterator<Item = Result<Item, Reject>> + Send + 'static,
    ) -> (Report, Vec<Reject>) {
        let options = Options { partition: self.partition.clone(), dry_run: false, checks: Checks::none() };
        let mut rejects = Vec::new();
        let observe = |event: load::Event<'_>| {
            if let load::Event::Reject(reject) = event {
                rejects.push(reject.clone());
            }
        };
        let report = load::run(&self.test.store, &self.programs, &options, items, observe).await.expect("a load");
        self.engine.refresh().await.expect("a refresh");
        (report, rejects)
    }

    pub fn public(&self) -> Authority {
        Authority::public(self.program(), self.partition.environment)
    }

    /// The authority of a token with these scopes for this patient.
    pub fn granted(&self, patient: Option<&str>, scopes: &[&str]) -> Authority {
        let scopes: Vec<Scope> = scopes.iter().map(|scope| scope.parse().expect("a scope")).collect();
        let scopes = scopes.iter().filter_map(Scope::resource);
        Authority::granted(self.program(), self.partition.environment, patient.map(PatientId::new), scopes)
    }

    /// Every patient scope of the program.
    pub fn member(&self, patient: &str) -> Authority {
        let scopes: Vec<&str> = self.program().scopes.iter().map(|scope| scope.name.as_str()).collect();
        let patients: Vec<&str> = scopes.into_iter().filter(|scope| scope.starts_with("patient/")).collect();
        self.granted(Some(patient), &patients)
    }

    /// `Practitioner?name=x`, as a Bundle.
    pub async fn search(&self, authority: &Authority, query: &str) -> Value {
        let bundle = self.try_search(authority, query).await.unwrap_or_else(|error| panic!("{query}: {error}"));
        serde_json::from_str(&bundle).unwrap_or_else(|error| panic!("{query}: {error}\n{bundle}"))
    }

    pub async fn try_search(&self, authority: &Authority, query: &str) -> Result<String, Error> {
        let (kind, query) = query.split_once('?').unwrap_or((query, ""));
        let parameters = parameters(query);
        let request = Request { base: BASE, kind, parameters: &parameters, is_lenient: false };
        self.engine.search(authority, &request).await
    }

    /// The ids of the matches.
    pub async fn ids(&self, authority: &Authority, query: &str) -> Vec<String> {
        entries(&self.search(authority, query).await, "match")
    }

    /// The body of a read.
    pub async fn read(&self, authority: &Authority, kind: &str, id: &str) -> Result<Value, Error> {
        let stored = self.engine.read(authority, kind, id).await?;
        Ok(serde_json::from_str(&stored.body).expect("JSON"))
    }
}

/// `id`s of the entries of a mode, sorted.
pub fn entries(bundle: &Value, mode: &str) -> Vec<String> {
    let entries = bundle["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
    let found = entries.iter().filter(|entry| entry["search"]["mode"] == mode);
    let mut ids: Vec<String> = found.map(|entry| entry["resource"]["id"].as_str().expect("an id").to_owned()).collect();
    ids.sort();
    ids
}

pub fn link(bundle: &Value, relation: &str) -> Option<String> {
    let link = bundle["link"].as_array()?.iter().find(|link| link["relation"] == relation)?;
    Some(link["url"].as_str()?.strip_prefix(BASE)?.trim_start_matches('/').to_owned())
}

/// The names and values of a query, decoded.
pub fn parameters(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| (decode(name), decode(value))).collect()
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex: String = rest.by_ref().take(2).map(char::from).collect();
            bytes.push(u8::from_str_radix(&hex, 16).expect("two digits"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}
