//! The names of organizations and applications that a list mentions, in one statement for each kind.

use std::collections::BTreeMap;

use model::id::ClientId;
use store::{Ctx, FromRow, Query, Result, sql};

/// An application and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    pub id: String,
    pub name: String,
    pub organization: String,
}

/// By id. Those that do not exist have none.
pub async fn organizations(ctx: &mut Ctx, ids: &[&str]) -> Result<BTreeMap<String, String>> {
    let found: Vec<(String, String)> = fetch(ctx, sql("SELECT id, name FROM organization WHERE id IN ("), ids).await?;
    Ok(found.into_iter().collect())
}

/// By id, deleted ones too.
pub async fn applications(ctx: &mut Ctx, ids: &[&str]) -> Result<BTreeMap<String, App>> {
    let query = sql("SELECT a.id, a.name, o.name FROM application a JOIN organization o ON o.id = a.organization_id
        WHERE a.id IN (");
    let found: Vec<(String, String, String)> = fetch(ctx, query, ids).await?;
    Ok(found.into_iter().map(|(id, name, organization)| (id.clone(), App { id, name, organization })).collect())
}

/// By client id, deleted ones too.
pub async fn clients(ctx: &mut Ctx, ids: &[&str]) -> Result<BTreeMap<ClientId, App>> {
    let query = sql("SELECT a.client_id, a.id, a.name, o.name
        FROM application a JOIN organization o ON o.id = a.organization_id WHERE a.client_id IN (");
    let found: Vec<(ClientId, String, String, String)> = fetch(ctx, query, ids).await?;
    Ok(found.into_iter().map(|(client, id, name, organization)| (client, App { id, name, organization })).collect())
}

async fn fetch<T: FromRow>(ctx: &mut Ctx, mut query: Query, ids: &[&str]) -> Result<Vec<T>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    for (place, id) in ids.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " }).push_bind(*id);
    }
    query.push(")");
    query.fetch_all(&mut ctx.tx).await
}
