//! An app as the authorization server sees it.

use std::ops::Deref;

use model::{
    application::{ClientKind, Liveness, Stopped},
    client_keys::ClientKeys,
    id::ClientId,
    partition::{Environment, Partition, ProgramId},
    scope::{Level, Scope},
};
use programs::surface::Surface;
use registry::{client_keys, clients, credentials::Secrets};
use store::{Ctx, Lookups, Store};

/// A registered app, within one of the programs that it is registered for.
#[derive(Clone, Debug)]
pub struct Client {
    registered: clients::Client,
    pub partition: Partition,
    /// What proved that the request comes from it: `secret:` and an id, or `key:` and a `kid`.
    pub credential: Option<String>,
}

impl Deref for Client {
    type Target = clients::Client;

    fn deref(&self) -> &clients::Client {
        &self.registered
    }
}

impl Client {
    /// RFC 6749 §2.1.
    pub fn is_confidential(&self) -> bool {
        self.kind == ClientKind::Confidential
    }

    /// Where this authorization server serves it.
    fn at(authz: &Surface, registered: &clients::Client) -> Option<Self> {
        let here = registered.programs.contains(&authz.program) && authz.environments.contains(&registered.environment);
        let partition = Partition::new(&authz.program, registered.environment);
        here.then(|| Self { registered: registered.clone().within(&authz.program), partition, credential: None })
    }

    /// The same, after this credential proved that a request comes from it.
    pub(crate) fn proved_by(self, credential: Option<String>) -> Self {
        Self { credential, ..self }
    }

    /// Whether it may ask members for anything now, and if not, why.
    pub fn may_ask_members(&self) -> Result<(), Stopped> {
        may_ask_members(self.partition.environment, self.live)
    }

    /// Whether it may use this scope now, and if not, why.
    pub fn may_use(&self, scope: &Scope) -> Result<(), Stopped> {
        match scope {
            _ if scope.needs_patient() => self.live.patient(),
            Scope::Resource(resource) if resource.level == Level::Public => self.live.public(),
            _ => self.live.any(),
        }
    }
}

/// An app that was not reviewed cannot ask a production member for anything (oauth.md D13): only patient access is reviewed there.
pub(crate) fn may_ask_members(environment: Environment, live: Liveness) -> Result<(), Stopped> {
    match environment {
        Environment::Production => live.patient(),
        Environment::Sandbox => live.any(),
    }
}

/// The client of this id, if this authorization server serves it.
pub async fn find(ctx: &mut Ctx, authz: &Surface, id: &ClientId) -> store::Result<Option<Client>> {
    let client = find_in_program(ctx, &authz.program, id).await?;
    Ok(client.filter(|client| authz.environments.contains(&client.partition.environment)))
}

/// The client of this id in a program, in whichever environment it was registered for.
pub async fn find_in_program(ctx: &mut Ctx, program: &ProgramId, id: &ClientId) -> store::Result<Option<Client>> {
    if !is_text(id) {
        return Ok(None);
    }
    let registered = clients::find(ctx, program, id).await?;
    Ok(registered.map(|registered| {
        let partition = Partition::new(program, registered.environment);
        Client { registered, partition, credential: None }
    }))
}

/// Clients that authenticate with a secret, and public clients, which have none.
pub(crate) struct Clients {
    secrets: Secrets,
    registered: Lookups<clients::Client>,
}

impl Clients {
    pub(crate) fn new(store: &Store) -> Self {
        Self { secrets: Secrets::new(store), registered: clients::lookups(store) }
    }

    /// The client of this id, if the request proved that it comes from it: with its secret, or without one for a public client.
    /// An unknown client and a wrong secret take the same steps: we look at the client only after its secret matched.
    pub(crate) async fn find_proved(
        &self,
        authz: &Surface,
        id: &ClientId,
        secret: Option<&str>,
    ) -> store::Result<Option<Client>> {
        let used = match secret {
            Some(secret) => self.secrets.verify(id, secret).await?,
            None => None,
        };
        let fits = used.is_some();
        if secret.is_some() && !fits {
            return Ok(None);
        }
        let found = self.registered.find(id.as_str()).await?;
        let client = found.first().and_then(|registered| Client::at(authz, registered));
        let client = client.filter(|client| client.is_confidential() == fits);
        Ok(client.map(|client| client.proved_by(used.map(|secret| format!("secret:{secret}")))))
    }

    /// In whichever program and environment.
    pub(crate) async fn is_registered(&self, id: &ClientId) -> store::Result<bool> {
        Ok(!self.registered.find(id.as_str()).await?.is_empty())
    }
}

/// The public keys of the client of this id, in whichever program and environment it works.
pub(crate) async fn find_keys(ctx: &mut Ctx, id: &ClientId) -> store::Result<Option<ClientKeys>> {
    if is_text(id) { client_keys::find(ctx, id).await } else { Ok(None) }
}

/// PostgreSQL refuses a null character in any text, and no id of ours has one.
fn is_text(id: &ClientId) -> bool {
    !id.as_str().contains('\0')
}
