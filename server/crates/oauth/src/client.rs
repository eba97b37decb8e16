//! An app as the authorization server sees it.

use model::{
    application::{ClientKind, Liveness, Stopped},
    id::{ApplicationId, ClientId, OrganizationId},
    partition::{Partition, ProgramId},
    redirect_uri::RedirectUri,
    scope::{Level, Scope},
};
use programs::surface::Surface;
use store::{Ctx, Row, sql};

use crate::{
    column,
    digest::{same, sha256},
};

/// A client of one program.
#[derive(Clone, Debug)]
pub struct Client {
    pub id: ClientId,
    pub application: ApplicationId,
    pub organization: OrganizationId,
    pub partition: Partition,
    pub confidential: bool,
    pub redirect_uri: RedirectUri,
    pub liveness: Liveness,
}

impl Client {
    /// Whether it may use this scope now, and if not, why.
    pub fn may_use(&self, scope: &Scope) -> Result<(), Stopped> {
        match scope {
            _ if scope.needs_patient() => self.liveness.patient(),
            Scope::Resource(resource) if resource.level == Level::Public => self.liveness.public(),
            _ => self.liveness.any(),
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
    sql("SELECT a.client_id, a.id, a.organization_id, p.program, a.environment, a.client_kind, a.redirect_uri, \
         a.access, a.approval, a.standing, o.status \
         FROM application a \
         JOIN application_program p ON p.application_id = a.id \
         JOIN organization o ON o.id = a.organization_id \
         WHERE a.client_id = $1 AND p.program = $2 AND a.standing <> 'deleted'")
    .bind(id)
    .bind(program)
    .fetch_optional(&mut ctx.tx)
    .await
}

/// Whether the secret is one of the client's, or, for a public client, whether there is none. Takes as long for an
/// unknown client as for a wrong secret.
pub(crate) async fn prove(ctx: &mut Ctx, client: Option<&Client>, secret: Option<&str>) -> store::Result<bool> {
    let application = client.map_or("", |client| client.application.as_str());
    let hashes: Vec<(String,)> =
        sql("SELECT hash FROM client_secret WHERE application_id = $1 AND (expires_at IS NULL OR expires_at > $2)")
            .bind(application)
            .bind(ctx.now)
            .fetch_all(&mut ctx.tx)
            .await?;
    let given = sha256(secret.unwrap_or_default());
    let mut known = false;
    for (hash,) in &hashes {
        known |= same(hash, &given);
    }
    Ok(match client {
        Some(client) if client.confidential => known && secret.is_some(),
        Some(_) => secret.is_none(),
        None => false,
    })
}

impl store::FromRow for Client {
    fn from_row(row: &Row) -> store::Result<Self> {
        let program: ProgramId = row.get(3)?;
        Ok(Self {
            id: row.get(0)?,
            application: row.get(1)?,
            organization: row.get(2)?,
            partition: Partition { program, environment: row.get(4)? },
            confidential: column::text::<ClientKind>(row, 5)? == ClientKind::Confidential,
            redirect_uri: column::text(row, 6)?,
            liveness: Liveness {
                access: column::text(row, 7)?,
                approval: column::text(row, 8)?,
                standing: column::text(row, 9)?,
                organization: column::text(row, 10)?,
            },
        })
    }
}
