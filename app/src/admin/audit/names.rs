//! The names of the people, apps and organizations that entries mention, in one statement for each kind.

use std::collections::{BTreeMap, BTreeSet};

use ::audit::{entry::Entry, event::Actor};
use identity::accounts;
use model::id::{AccountId, ClientId};
use registry::labels::{self, App};
use store::Ctx;

use crate::{failure::Failure, texts::admin::audit as text};

/// By their ids.
#[derive(Debug, Default)]
pub struct Names {
    accounts: BTreeMap<AccountId, String>,
    organizations: BTreeMap<String, String>,
    applications: BTreeMap<String, App>,
    clients: BTreeMap<ClientId, App>,
}

/// Keys of details whose values are accounts.
const ACCOUNTS: [&str; 2] = ["account", "from"];

impl Names {
    pub async fn of(ctx: &mut Ctx, entries: &[Entry]) -> Result<Self, Failure> {
        let subjects = |kind: &str| -> Vec<&str> {
            let own = entries.iter().filter(|entry| entry.subject_kind == kind);
            Vec::from_iter(own.map(|entry| entry.subject_id.as_str()).collect::<BTreeSet<_>>())
        };
        let details = |keys: &[&str]| -> Vec<&str> {
            let values =
                entries.iter().flat_map(|entry| keys.iter().filter_map(|key| entry.detail.get(*key)?.as_str()));
            values.collect()
        };
        let actors = entries.iter().filter_map(|entry| match &entry.actor {
            Some(Actor::Account(id)) => Some(id.as_str()),
            _ => None,
        });
        let acted = entries.iter().filter_map(|entry| match &entry.actor {
            Some(Actor::Client(id)) => Some(id.as_str()),
            _ => None,
        });
        let people: BTreeSet<&str> = actors.chain(subjects("account")).chain(details(&ACCOUNTS)).collect();
        let people: Vec<AccountId> = people.into_iter().map(AccountId::new).collect();
        let clients: BTreeSet<&str> = acted.chain(subjects("client")).chain(details(&["client"])).collect();
        Ok(Self {
            accounts: accounts::names(ctx, &people).await?,
            organizations: labels::organizations(ctx, &subjects("organization")).await?,
            applications: labels::applications(ctx, &subjects("application")).await?,
            clients: labels::clients(ctx, &Vec::from_iter(clients)).await?,
        })
    }

    /// Who acted.
    pub fn actor(&self, actor: Option<&Actor>) -> String {
        match actor {
            Some(Actor::Account(id)) => self.account(id.as_str()).unwrap_or_else(|| id.to_string()),
            Some(Actor::Client(id)) => self.client(id.as_str()).unwrap_or_else(|| id.to_string()),
            Some(Actor::Operator) => text::OPERATOR.to_owned(),
            Some(Actor::System) => text::SYSTEM.to_owned(),
            None => text::UNKNOWN.to_owned(),
        }
    }

    /// What the entry is about; nothing where it has no name.
    pub fn subject(&self, entry: &Entry) -> Option<String> {
        let id = entry.subject_id.as_str();
        match entry.subject_kind.as_str() {
            "account" => self.account(id),
            "organization" => self.organizations.get(id).cloned(),
            "application" => self.applications.get(id).map(name),
            "client" => self.client(id),
            _ => None,
        }
    }

    /// The value of a detail, as people know it.
    pub fn detail(&self, key: &str, value: &str) -> String {
        let named = match key {
            "client" => self.client(value),
            key if ACCOUNTS.contains(&key) => self.account(value),
            _ => None,
        };
        named.unwrap_or_else(|| value.to_owned())
    }

    /// The application of a client id.
    pub fn application(&self, client: &str) -> Option<&App> {
        self.clients.get(&ClientId::new(client))
    }

    fn account(&self, id: &str) -> Option<String> {
        self.accounts.get(&AccountId::new(id)).cloned()
    }

    fn client(&self, id: &str) -> Option<String> {
        self.application(id).map(name)
    }
}

fn name(app: &App) -> String {
    text::app(&app.name, &app.organization)
}
