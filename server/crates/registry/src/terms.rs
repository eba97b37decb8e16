//! The terms that vendors agree to, kept as they were. A text that we have not seen before becomes the next version.

use std::fmt::Write;

use jiff::Timestamp;
use model::partition::ProgramId;
use store::{Ctx, FromRow, Row, digest, sql};

use crate::{
    Registry,
    error::{Error, Result},
};

/// A version of the terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// 1, 2, 3.
    pub version: i64,
    pub text: String,
    /// When someone first agreed to it.
    pub since: Timestamp,
}

/// The text that one agrees to who registers for these programs: the general terms, then those of each program.
pub fn text<'p>(registry: &Registry, programs: impl IntoIterator<Item = &'p ProgramId>) -> String {
    let mut text = registry.terms.to_string();
    for program in programs.into_iter().filter_map(|id| registry.programs.get(id)) {
        _ = write!(text, "\n\n{}", program.name);
        for part in &program.terms {
            _ = write!(text, "\n\n{}\n{}", part.title, part.text);
        }
    }
    text
}

/// The version that has this text.
pub(crate) async fn version_of(ctx: &mut Ctx, text: &str) -> Result<i64> {
    let digest = digest::sha256(text);
    // SQLite needs the `WHERE` to tell ON CONFLICT from a join.
    sql("INSERT INTO terms (version, digest, text, since)
         SELECT COALESCE(MAX(version), 0) + 1, $1, $2, $3 FROM terms WHERE TRUE ON CONFLICT (digest) DO NOTHING")
    .bind(&digest)
    .bind(text)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await
    .map_err(|error| if error.is_unique("terms_pkey") { Error::Stale } else { error.into() })?;
    let query = sql("SELECT version FROM terms WHERE digest = $1").bind(&digest);
    let (version,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(version)
}

/// [`Error::NotFound`] if there is no such version.
pub async fn get(ctx: &mut Ctx, version: i64) -> Result<Terms> {
    let query = sql("SELECT version, text, since FROM terms WHERE version = $1").bind(version);
    query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

impl FromRow for Terms {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { version: row.get(0)?, text: row.get(1)?, since: row.get(2)? })
    }
}
