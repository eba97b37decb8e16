//! Inside an app's authorization request: which payer, who, whose data, and the member's answer. Everything that the app asked
//! for stays on the server. The pages know only a handle, which does not work in another browser.

pub mod answer;
pub mod answered;
pub mod ask;
pub mod changed;
pub mod decide;
pub mod details;
pub mod ending;
pub mod frame;
pub mod groups;
pub mod length;
pub mod link_member;
pub mod member;
pub mod member_code;
pub mod mistake;
pub mod payer;
pub mod person;
pub mod practice;
pub mod scopes;
pub mod send_code;
pub mod switch_account;
pub mod test_member;
pub mod who;

use model::application::Stopped;
use oauth::requests::{self, Error, Step, Visit};

use crate::{
    account::sign_in::with_next,
    components::time::show_in,
    consent::{ending::Back, frame::Frame},
    failure::Failure,
    page::Page,
    payers,
    routes::{Route, route},
    web::Web,
};

pub fn routes() -> Vec<Route> {
    vec![
        route("/consent/{handle}", page),
        route("/consent/{handle}/plan", payer::another),
        route("/consent/{handle}/member", test_member::another),
        route("/consent/{handle}/person", person::another),
    ]
}

/// The address of a request's pages.
pub fn path(handle: &str) -> String {
    format!("/consent/{handle}")
}

/// The handle of the request that an address of ours leads to, if it leads to one.
pub fn handle(address: &str) -> Option<&str> {
    address.strip_prefix("/consent/")?.split(['/', '?', '#']).next()
}

/// The step that has to happen next.
async fn page(web: Web) -> Result<Page, Failure> {
    let handle = web.request.param("handle")?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.read().await?;
    let (request, step) = match requests::get(&mut ctx, &visit).await {
        Err(Error::NotFound) => return answered::page(&web, &mut ctx, &visit).await,
        found => found?,
    };
    show_in(&web.services.programs, [&request.partition.program]);
    if let Some(payer) = member::payer(&web, &request)
        && payer.lacks_provider(request.partition.environment)
    {
        let plans = requests::payers(&web.services.programs, &request).len();
        return Ok(payers::problem::not_connected(&payer.name, handle, plans, web.locale()));
    }
    if step == Step::Consent {
        return ask::page(&web, ctx, &visit).await;
    }
    let Some(frame) = Frame::of(&web, &mut ctx, &request, handle).await? else {
        let back = Back::answering(handle, "cancel", web.locale());
        return Ok(mistake::stopped(Stopped::Deleted, back, web.locale()));
    };
    // What follows takes a database connection of its own.
    drop(ctx);
    match step {
        Step::Payer => payer::page(&web, &request, &frame).await,
        Step::SignIn => Err(Failure::redirect(with_next("/signin", &path(handle)))),
        Step::Provider => payers::start::from_consent(&web, &request).await,
        Step::Member => member::page(&web, &request, &frame).await,
        Step::Person => person::page(&web, &request, &frame, &visit).await,
        Step::Consent => Err(Failure::redirect(path(handle))),
    }
}
