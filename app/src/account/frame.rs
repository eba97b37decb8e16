//! Around the account pages: the portal that the person came from, which the link in its header names. Choosing is not a right: we
//! check each time whether the portal is one that they may use, and by default it is theirs by what they are.

use std::future::Future;

use identity::{accounts::Account, payer_accounts, roles, second_factor};

use crate::{
    admin::desk::Desk,
    failure::Failure,
    owner::vendor::Vendor,
    page::{Page, Portal},
    routes::{Route, route},
    web::Web,
};

/// The parameter of the header's link.
pub const PORTAL: &str = "portal";

/// Declares the route of an account page.
pub fn framed<F>(path: &'static str, page: impl Fn(Web) -> F + Send + Sync + 'static) -> Route
where
    F: Future<Output = Result<Page, Failure>> + Send + 'static,
{
    route(path, move |web| {
        let answer = page(web.clone());
        async move { around(&web, answer.await?).await }
    })
}

/// The page within the portal; the page itself has checked who asks.
async fn around(web: &Web, page: Page) -> Result<Page, Failure> {
    let Ok(account) = web.account() else { return Ok(page) };
    let portal = portal(web, account).await?;
    if web.request.query(PORTAL).is_some() && !web.request.only_looks {
        web.remember_portal(portal);
    }
    let page = page.within(portal);
    // What waits there is a convenience: no account page fails because of it.
    Ok(match portal {
        Portal::Admin => match Desk::enter(web).await {
            Ok(desk) => desk.around(page),
            Err(_) => page,
        },
        Portal::Owner if account.contact_number.is_some() => match Vendor::enter(web).await {
            Ok(vendor) => vendor.around(page),
            Err(_) => page,
        },
        _ => page,
    })
}

/// The one that the address names, or that this browser came from before; otherwise staff belong to theirs, vendors to theirs, and
/// everyone is a member.
async fn portal(web: &Web, account: &Account) -> Result<Portal, Failure> {
    let mut ctx = web.services.store.read().await?;
    if payer_accounts::home(&mut ctx, &account.id).await?.is_some() {
        return Ok(Portal::Member);
    }
    // Without a second factor, that portal is closed to them.
    let is_staff = !roles::of(&mut ctx, &account.id).await?.is_empty()
        && second_factor::is_enrolled(&mut ctx, &account.id).await?;
    let named = web.request.query(PORTAL).and_then(Portal::named);
    let chosen = named.or_else(|| web.remembered_portal()).filter(|portal| *portal != Portal::Admin || is_staff);
    Ok(chosen.unwrap_or(if is_staff {
        Portal::Admin
    } else if account.contact_number.is_some() {
        Portal::Owner
    } else {
        Portal::Member
    }))
}
