//! Finding apps.

use model::id::ApplicationId;
use store::{Ctx, Part, Query, sql};

use super::{Application, row};
use crate::{desks::Reach, error::Result, search::Wanted};

/// A part of the apps that the desk reaches: those whose name has every word, whose id, client id or support address is the text, or
/// whose redirect URI has the host. What is exactly the text comes first, then by name. An empty search finds all.
pub async fn search(ctx: &mut Ctx, wanted: &Wanted, reach: &Reach, part: Part) -> Result<Vec<Application>> {
    // The ids first, from an index that has a tenth of the table.
    let mut query = sql("SELECT a.id FROM application a");
    push(&mut query, wanted, reach);
    query.push(" ORDER BY CASE WHEN ");
    push_exact(&mut query, wanted);
    query.push(" THEN 0 ELSE 1 END, LOWER(a.name), a.id").push_part(part);
    let ids: Vec<(ApplicationId,)> = query.fetch_all(&mut ctx.tx).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = sql(row::SELECT);
    for (place, (id,)) in ids.iter().enumerate() {
        query.push(if place == 0 { " WHERE a.id IN (" } else { ", " }).push_bind(id);
    }
    query.push(")");
    let mut found: Vec<Application> = query.fetch_list(&mut ctx.tx).await?;
    found.sort_by_key(|one| ids.iter().position(|(id,)| *id == one.id));
    Ok(found)
}

/// How many there are.
pub async fn count(ctx: &mut Ctx, wanted: &Wanted, reach: &Reach) -> Result<usize> {
    let mut query = sql("SELECT COUNT(*) FROM application a");
    push(&mut query, wanted, reach);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

fn push(query: &mut Query, wanted: &Wanted, reach: &Reach) {
    query.push(" WHERE (");
    wanted.push_name(query, "a.name");
    if !wanted.is_empty() {
        query.push(" OR ");
        push_exact(query, wanted);
        wanted.push_host(query, "a.redirect_uri");
    }
    query.push(")");
    reach.push_application(query, "a.id");
}

/// A condition: the text names this app, and no one else.
fn push_exact(query: &mut Query, wanted: &Wanted) {
    query.push("(LOWER(a.name) = ").push_bind(wanted.text()).push(" OR ");
    wanted.push_id(query, "a.id");
    query.push(" OR ");
    wanted.push_id(query, "a.client_id");
    query.push(" OR LOWER(a.support_email) = ").push_bind(wanted.text()).push(")");
}
