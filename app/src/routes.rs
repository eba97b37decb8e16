//! Which page answers which path. A page is an async function from the request to a [`Page`]; paths name their parts
//! in braces: `/owner/applications/{id}`. Forms are server functions and register themselves under `/api`.

use std::{future::Future, pin::Pin, sync::Arc};

use crate::{account, admin, consent, docs, failure::Failure, home, member, owner, page::Page, payers, web::Web};

type Answer = Pin<Box<dyn Future<Output = Result<Page, Failure>> + Send>>;

/// A path and the page that answers it.
#[derive(Clone)]
pub struct Route {
    pub path: &'static str,
    pub page: Arc<dyn Fn(Web) -> Answer + Send + Sync>,
}

/// Declares a route.
pub fn route<F>(path: &'static str, page: impl Fn(Web) -> F + Send + Sync + 'static) -> Route
where
    F: Future<Output = Result<Page, Failure>> + Send + 'static,
{
    Route { path, page: Arc::new(move |web| Box::pin(page(web))) }
}

/// Every page of every portal.
pub fn routes() -> Vec<Route> {
    [
        home::routes(),
        docs::routes(),
        account::routes(),
        owner::routes(),
        admin::routes(),
        member::routes(),
        consent::routes(),
        payers::routes(),
    ]
    .concat()
}
