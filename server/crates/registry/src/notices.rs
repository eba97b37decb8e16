//! Mail to an organization's owners.

use mail::{message::Message, messages::application::App, outbox};
use model::{account::PersonName, email::Email, id::OrganizationId, partition::Environment};
use store::{Ctx, FromRow, Row, sql};

use crate::{Registry, applications::Application, column, error::Result};

/// What owners read about. `id` makes the event unique.
pub(crate) struct Notice<'a> {
    pub event: &'static str,
    pub id: &'a str,
}

struct Owner {
    account: String,
    name: PersonName,
    email: Email,
}

/// Writes to each owner of the organization, once for each event.
pub(crate) async fn to_owners(
    ctx: &mut Ctx,
    organization: &OrganizationId,
    notice: Notice<'_>,
    message: impl Fn(&Email, &PersonName) -> Message,
) -> Result<()> {
    let owners: Vec<Owner> = sql("SELECT a.id, a.name, a.email FROM membership m JOIN account a ON a.id = m.account_id
         WHERE m.organization_id = $1 AND m.role = 'owner' ORDER BY m.joined_at, a.id")
    .bind(organization)
    .fetch_all(&mut ctx.tx)
    .await?;
    for owner in owners {
        let event = format!("{}:{}:{}", notice.event, notice.id, owner.account);
        outbox::enqueue(ctx, &event, &message(&owner.email, &owner.name)).await?;
    }
    Ok(())
}

impl FromRow for Owner {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { account: row.get(0)?, name: column::stored(row, 1)?, email: column::stored(row, 2)? })
    }
}

/// What letters say of an app.
pub(crate) struct AppFacts {
    name: String,
    programs: String,
    environment: Environment,
    client_id: String,
}

impl AppFacts {
    pub(crate) fn of(registry: &Registry, application: &Application) -> Self {
        let name = |id| registry.programs.get(id).map_or_else(|| id.to_string(), |program| program.name.clone());
        let programs: Vec<String> = application.registration.programs.iter().map(name).collect();
        let environment = application.registration.environment;
        let (name, client_id) = (application.name().to_owned(), application.client_id.to_string());
        Self { name, programs: programs.join(", "), environment, client_id }
    }

    pub(crate) fn app(&self) -> App<'_> {
        App { name: &self.name, program: &self.programs, environment: self.environment, client_id: &self.client_id }
    }
}
