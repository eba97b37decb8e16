//! Where somebody goes on who had to do something else first: create an account, confirm an address, get a password back.
//! The way is kept with the link of the mail, never in it; it leads to a page of this site or nowhere.

use leptos::prelude::*;
use oauth::requests::{self, Browser, Visit, cookie_name};

use crate::{
    account::sign_in::{portal, with_next},
    consent::{frame::Frame, handle},
    failure::Failure,
    page::Page,
    web::{Web, request::local_path},
};

/// Where a page leads on to that somebody passes before they are signed in.
pub struct Way {
    /// Empty, or a page of ours.
    next: String,
    /// Of the app's request that it leads to.
    frame: Option<Frame>,
}

impl Way {
    /// By the page's own address: `?next=/owner`.
    pub async fn of_page(web: &Web) -> Result<Self, Failure> {
        Self::to(web, web.request.query("next")).await
    }

    /// By the link of a mail. An app's request lives in the browser that brought it; in any other, and where it has run out,
    /// there is no way on.
    pub async fn of_mail(web: &Web, next: Option<&str>) -> Result<Self, Failure> {
        let way = Self::to(web, next).await?;
        let is_elsewhere = handle(&way.next).is_some() && !way.is_to_app();
        Ok(if is_elsewhere { Self { next: String::new(), frame: None } } else { way })
    }

    async fn to(web: &Web, next: Option<&str>) -> Result<Self, Failure> {
        let next = next.and_then(kept).unwrap_or_default().to_owned();
        Ok(Self { frame: Frame::leading_to(web, &next).await?, next })
    }

    pub fn next(&self) -> &str {
        &self.next
    }

    pub fn is_to_app(&self) -> bool {
        self.frame.is_some()
    }

    /// The address of another page on the same way.
    pub fn by(&self, path: &str) -> String {
        with_next(path, &self.next)
    }

    /// Which app asks, and for which plan.
    pub fn facts(&self) -> Option<impl IntoView + use<>> {
        self.frame.as_ref().map(Frame::facts)
    }

    /// Back to the app.
    pub fn cancel(&self) -> Option<impl IntoView + use<>> {
        self.frame.as_ref().map(Frame::cancel)
    }

    /// A page on the way: inside the app's request, as long as it leads there.
    pub fn page(&self, title: impl Into<String>, view: impl IntoView + 'static) -> Page {
        let page = Page::new(portal(&self.next), title, view);
        // Cancel leads back to the app.
        if self.is_to_app() { page.leaving() } else { page }
    }
}

/// A form's or an address's `next`, if it is a page of ours.
pub fn kept(next: &str) -> Option<&str> {
    local_path(next).filter(|next| *next != "/")
}

/// Signing in, after a link of a mail has done its work: `done` is the notice. Where there is no way on to the app's request,
/// the page says so.
pub async fn to_sign_in(web: &Web, done: &str, next: Option<&str>) -> Result<String, Failure> {
    let way = Way::of_mail(web, next).await?;
    let is_elsewhere = way.next.is_empty() && next.and_then(kept).is_some();
    let (path, elsewhere) = (way.by("/signin"), if is_elsewhere { "-elsewhere" } else { "" });
    let joint = if path.contains('?') { '&' } else { '?' };
    Ok(format!("{path}{joint}done={done}{elsewhere}"))
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

/// The hidden field of a form that keeps the way.
pub fn field(next: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name="next" value=next.to_owned() /> }
}
