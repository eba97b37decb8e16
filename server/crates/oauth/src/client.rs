//! An app as the authorization server sees it.

use std::ops::Deref;

use model::{
    application::{ClientKind, Stopped},
    client_keys::ClientKeys,
    id::ClientId,
    partition::{Partition, ProgramId},
    scope::{Level, Scope},
};
use programs::surface::Surface;
use registry::{client_keys, clients, credentials};
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
    if !is_text(id) {
        return Ok(None);
    }
    let registered = clients::find(ctx, program, id).await?;
    Ok(registered.map(|registered| {
        let partition = Partition::new(program, registered.environment);
        Client { registered, partition }
    }))
}

/// The client of this id, if the request proved to come from it: with its secret, or, for a public client, without any.
/// An unknown client and a wrong secret take the same steps: the client is looked at only after its secret fitted.
pub(crate) async fn find_proved(
    ctx: &mut Ctx,
    authz: &Surface,
    id: &ClientId,
    secret: Option<&str>,
) -> store::Result<Option<Client>> {
    let fits = match secret {
        Some(secret) if is_text(id) => credentials::verify(ctx, id, secret).await?.is_some(),
        _ => false,
    };
    if secret.is_some() && !fits {
        return Ok(None);
    }
    let client = find(ctx, authz, id).await?;
    Ok(client.filter(|client| client.is_confidential() == fits))
}

/// The public keys of the client of this id, in whichever program and environment it works.
pub(crate) async fn find_keys(ctx: &mut Ctx, id: &ClientId) -> store::Result<Option<ClientKeys>> {
    if is_text(id) { client_keys::find(ctx, id).await } else { Ok(None) }
}

/// PostgreSQL refuses a null character in any text, and no id of ours has one.
fn is_text(id: &ClientId) -> bool {
    !id.as_str().contains('\0')
}
