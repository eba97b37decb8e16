//! Where somebody goes on who had to do something else first: create an account, confirm an address, get a password back.
//! The way is kept with the link of the mail, never in it; it leads to a page of this site or nowhere.

use leptos::prelude::*;
use oauth::requests::{self, Browser, Visit, cookie_name};

use crate::{
    account::sign_in::with_next,
    failure::Failure,
    web::{Web, request::local_path},
};

/// A form's or an address's `next`, if it is a page of ours.
pub fn kept(next: &str) -> Option<&str> {
    local_path(next).filter(|next| *next != "/")
}

/// Signing in, after a link of a mail has done its work: `done` is the notice. An app's request lives in the browser that
/// brought it; in any other, and where it has run out, the page says so instead of leading to a request that is not there.
pub async fn to_sign_in(web: &Web, done: &str, next: Option<&str>) -> Result<String, Failure> {
    let next = next.and_then(kept).unwrap_or_default();
    let elsewhere = is_elsewhere(web, next).await?;
    let (done, next) = if elsewhere { (format!("{done}-elsewhere"), "") } else { (done.to_owned(), next) };
    let path = with_next("/signin", next);
    let joint = if path.contains('?') { '&' } else { '?' };
    Ok(format!("{path}{joint}done={done}"))
}

/// Whether the way leads to an app's request that this browser has not got.
pub async fn is_elsewhere(web: &Web, next: &str) -> Result<bool, Failure> {
    let Some(handle) = handle(next) else { return Ok(false) };
    let browser = web.browser();
    let visit = Visit { handle, browser: browser.as_ref(), signed_in: None };
    match requests::get(&mut web.services.store.read().await?, &visit).await {
        Err(requests::Error::NotFound) => Ok(true),
        found => found.map(|_| false).map_err(Failure::from),
    }
}

/// Keeps the app's request of this way open while its member waits for mail.
pub async fn hold_open(web: &Web, next: &str) -> Result<(), Failure> {
    let (Some(handle), Some(browser)) = (handle(next), web.browser()) else { return Ok(()) };
    let mut ctx = web.services.store.write().await?;
    requests::hold_open(&mut ctx, &Visit { handle, browser: Some(&browser), signed_in: None }).await?;
    Ok(ctx.commit().await?)
}

/// What ties what is begun here to this browser: its cookie, given once more so that it lasts until the browser is closed.
pub async fn browser(web: &Web) -> Result<Browser, Failure> {
    let browser = match web.browser() {
        Some(browser) => browser,
        None => Browser::fresh(&web.services.store.read().await?),
    };
    web.set_cookie(cookie_name(web.is_https()), browser.as_str(), None);
    Ok(browser)
}

fn handle(next: &str) -> Option<&str> {
    next.strip_prefix("/consent/")?.split(['/', '?', '#']).next()
}

/// The hidden field of a form that keeps the way.
pub fn field(next: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name="next" value=next.to_owned() /> }
}
