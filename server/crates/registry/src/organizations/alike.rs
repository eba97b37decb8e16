//! Organizations that people can confuse, by name or by number.

use model::{id::OrganizationId, organization::OrganizationStatus, organization_form::Demographics};
use store::{Ctx, FromRow, Row, sql};

use crate::{
    error::Result,
    names::{self, OrganizationName},
};

/// Another organization that this one equals or resembles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    pub id: OrganizationId,
    pub name: String,
    pub tin: String,
    pub status: OrganizationStatus,
    /// Whether the names resemble each other. Names or identifiers do, or both.
    pub by_name: bool,
    /// Whether the tax identifiers resemble each other.
    pub by_number: bool,
}

/// Every other organization that one with such a name and number equals or resembles, the oldest first, including denied and suspended ones.
pub async fn alike(ctx: &mut Ctx, id: &OrganizationId, demographics: &Demographics) -> Result<Vec<Alike>> {
    let query = sql("SELECT id, name, tin, status FROM organization WHERE id <> $1 ORDER BY created_at, id");
    let others: Vec<Alike> = query.bind(id).fetch_list(&mut ctx.tx).await?;
    let own = OrganizationName::of(demographics.name.as_str());
    let compared = others.into_iter().map(|other| Alike {
        by_name: own.resembles(&OrganizationName::of(&other.name)),
        by_number: names::numbers_resemble(demographics.tin.number(), &other.tin),
        ..other
    });
    Ok(compared.filter(|other| other.by_name || other.by_number).collect())
}

impl FromRow for Alike {
    fn from_row(row: &Row) -> store::Result<Self> {
        let (id, name, tin) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Self { id, name, tin, status: row.word(3)?, by_name: false, by_number: false })
    }
}
