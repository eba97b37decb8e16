//! An app as the authorization server sees it.

use std::ops::Deref;

use model::{
    application::{ClientKind, Stopped},
    id::ClientId,
    partition::{Partition, ProgramId},
    scope::{Level, Scope},
};
use programs::surface::Surface;
use registry::{clients, credentials};
use store::Ctx;

/// A registered app, within one of the programs that it is registered for.
#[derive(Clone, Debug)]
pub struct Client {
    registered: clients::Client,
    pub partition: Partition,
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

    /// Whether it may use this scope now, and if not, why.
    pub fn may_use(&self, scope: &Scope) -> Result<(), Stopped> {
        match scope {
            _ if scope.needs_patient() => self.live.patient(),
            Scope::Resource(resource) if resource.level == Level::Public => self.live.public(),
            _ => self.live.any(),
        }
    }
}

/// The client of this id, as far as this authorization server serves it.
pub async fn find(ctx: &mut Ctx, authz: &Surface, id: &ClientId) -> store::Result<Option<Client>> {
    let client = find_in_program(ctx, &authz.program, id).await?;
    Ok(client.filter(|client| authz.environments.contains(&client.partition.environment)))
}

/// The client of this id in a program, in whichever environment it was registered for.
pub async fn find_in_program(ctx: &mut Ctx, program: &ProgramId, id: &ClientId) -> store::Result<Option<Client>> {
    let registered = clients::find(ctx, program, id).await?;
    Ok(registered.map(|registered| {
        let partition = Partition::new(program, registered.environment);
        Client { registered, partition }
    }))
}

/// Whether the request proved to come from the client: with its secret, or, for a public client, without any. Takes
/// the same steps for an unknown client as for a wrong secret.
pub(crate) async fn prove(
    ctx: &mut Ctx,
    client: Option<&Client>,
    id: &ClientId,
    secret: Option<&str>,
) -> store::Result<bool> {
    let found = credentials::verify(ctx, id, secret.unwrap_or_default()).await?;
    Ok(match client {
        Some(client) if client.is_confidential() => secret.is_some() && found.is_some(),
        Some(_) => secret.is_none(),
        None => false,
    })
}
