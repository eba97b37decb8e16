//! An organization as a row.

use model::{
    attestation::Attestation,
    organization_form::{Demographics, OrganizationDraft},
    text::Name,
    tin::{Tin, TinKind},
};
use store::{FromRow, Query, Result, Row};

use super::Organization;
use crate::column;

pub(super) const SELECT: &str =
    "SELECT id, name, tin_kind, tin, mailing_address, physical_address, attestation, status,
    version, terms_agreed_at, created_at, updated_at FROM organization";

impl FromRow for Organization {
    fn from_row(row: &Row) -> Result<Self> {
        let (name, kind): (Name, TinKind) = (column::stored(row, 1)?, row.word(2)?);
        let tin = Tin::stored(kind, row.get(3)?);
        let (mailing_address, physical_address) = (column::json(row, 4)?, column::json(row, 5)?);
        let attestation: Attestation = column::json(row, 6)?;
        let demographics = Demographics { name, mailing_address, tin, physical_address };
        Ok(Self {
            id: row.get(0)?,
            registration: OrganizationDraft { demographics, attestation },
            status: row.word(7)?,
            version: row.get(8)?,
            terms_agreed_at: row.get(9)?,
            created_at: row.get(10)?,
            updated_at: row.get(11)?,
        })
    }
}

/// Binds what was typed, as the six placeholders from the next one on.
pub(super) fn bind(query: Query, draft: &OrganizationDraft) -> Query {
    let OrganizationDraft { demographics, attestation } = draft;
    query
        .bind(demographics.name.as_str())
        .bind(demographics.tin.kind().as_str())
        .bind(demographics.tin.number())
        .bind(column::to_json(&demographics.mailing_address))
        .bind(column::to_json(&demographics.physical_address))
        .bind(column::to_json(attestation))
}
