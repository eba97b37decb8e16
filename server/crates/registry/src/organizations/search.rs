//! Finding organizations.

use model::id::OrganizationId;
use store::{Ctx, Part, Query, sql};

use super::{Organization, row};
use crate::{desks::Reach, error::Result, search::Wanted};

/// A part of the organizations that the desk reaches: those whose name has every word, or whose id, tax identifier, team's Healthcare ID
/// or email address is the text. What is exactly the text comes first, then by name. An empty search finds all.
pub async fn search(ctx: &mut Ctx, wanted: &Wanted, reach: &Reach, part: Part) -> Result<Vec<Organization>> {
    // The ids first, from an index that has a tenth of the table.
    let mut query = sql("SELECT o.id FROM organization o");
    push(&mut query, wanted, reach);
    query.push(" ORDER BY CASE WHEN ");
    push_exact(&mut query, wanted);
    query.push(" THEN 0 ELSE 1 END, LOWER(o.name), o.id").push_part(part);
    let ids: Vec<(OrganizationId,)> = query.fetch_all(&mut ctx.tx).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = sql(row::SELECT);
    for (place, (id,)) in ids.iter().enumerate() {
        query.push(if place == 0 { " WHERE id IN (" } else { ", " }).push_bind(id);
    }
    query.push(")");
    let mut found: Vec<Organization> = query.fetch_list(&mut ctx.tx).await?;
    found.sort_by_key(|one| ids.iter().position(|(id,)| *id == one.id));
    Ok(found)
}

/// How many there are.
pub async fn count(ctx: &mut Ctx, wanted: &Wanted, reach: &Reach) -> Result<usize> {
    let mut query = sql("SELECT COUNT(*) FROM organization o");
    push(&mut query, wanted, reach);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

fn push(query: &mut Query, wanted: &Wanted, reach: &Reach) {
    query.push(" WHERE (");
    wanted.push_name(query, "o.name");
    if !wanted.is_empty() {
        query.push(" OR ");
        push_exact(query, wanted);
    }
    query.push(")");
    reach.push_organization(query, "o.id");
}

/// A condition: the text names this organization, and no one else.
fn push_exact(query: &mut Query, wanted: &Wanted) {
    query.push("(LOWER(o.name) = ").push_bind(wanted.text()).push(" OR ");
    wanted.push_id(query, "o.id");
    wanted.push_tin(query, "o.tin");
    query.push(" OR o.id IN (SELECT m.organization_id FROM account c JOIN membership m ON m.account_id = c.id");
    query.push(" WHERE c.email_folded = ").push_bind(wanted.text());
    query.push(" OR c.healthcare_id = ").push_bind(wanted.text()).push("))");
}
