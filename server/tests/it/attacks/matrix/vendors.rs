//! What an administrator does to an app and to its vendor.

use model::{
    id::{AccountId, ApplicationId, OrganizationId},
    text::Paragraph,
};
use registry::{applications, organizations};
use store::sql;

use crate::oauth::site::{App, Site};

/// Suspends the app.
pub async fn suspend(site: &Site, app: &App) {
    let (id, _) = ids(site, app).await;
    let mut ctx = site.state.services.store.write().await.unwrap();
    let registry = &site.state.services.registry;
    applications::block(&mut ctx, registry, &reviewer(), &id, &reason()).await.unwrap();
    ctx.commit().await.unwrap();
}

/// Ends the suspension: while an app is blocked, the apps that a test registers next cannot use its redirect URI.
pub async fn release(site: &Site, app: &App) {
    let (id, _) = ids(site, app).await;
    let mut ctx = site.state.services.store.write().await.unwrap();
    let registry = &site.state.services.registry;
    applications::unblock(&mut ctx, registry, &reviewer(), &id, &reason()).await.unwrap();
    ctx.commit().await.unwrap();
}

/// Suspends the app's organization, with all its apps.
pub async fn suspend_vendor(site: &Site, app: &App) {
    let (_, id) = ids(site, app).await;
    let mut ctx = site.state.services.store.write().await.unwrap();
    let registry = &site.state.services.registry;
    organizations::block(&mut ctx, registry, &reviewer(), &id, &reason()).await.unwrap();
    ctx.commit().await.unwrap();
}

async fn ids(site: &Site, app: &App) -> (ApplicationId, OrganizationId) {
    let mut ctx = site.state.services.store.read().await.unwrap();
    let query = sql("SELECT id, organization_id FROM application WHERE client_id = $1").bind(app.id.clone());
    query.fetch_one(&mut ctx.tx).await.unwrap()
}

fn reviewer() -> AccountId {
    AccountId::new("account-reviewer")
}

fn reason() -> Paragraph {
    Paragraph::parse("It sold data.").unwrap()
}
