//! Whom a reviewer can call about an organization.

use model::id::OrganizationId;
use store::{Ctx, FromRow, Row, sql};

use crate::error::Result;

/// An owner, as the staff reaches them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    pub email: String,
    /// As it was typed; absent before the first sign-in to the App Owner portal.
    pub phone: Option<String>,
}

/// The owners, in the order in which they joined.
pub async fn owners(ctx: &mut Ctx, organization: &OrganizationId) -> Result<Vec<Contact>> {
    let query = sql("SELECT a.name, a.email, a.contact_number FROM membership m JOIN account a ON a.id = m.account_id
         WHERE m.organization_id = $1 AND m.role = 'owner' ORDER BY m.joined_at, a.id");
    Ok(query.bind(organization).fetch_list(&mut ctx.tx).await?)
}

impl FromRow for Contact {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { name: row.get(0)?, email: row.get(1)?, phone: row.get(2)? })
    }
}
