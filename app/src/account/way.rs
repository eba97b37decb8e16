//! Where people continue after something that they had to do first: create an account, confirm an address, get a password
//! back. We keep the way with the link of the mail, never in it. It leads to a page of this site or nowhere.

use leptos::prelude::*;
use oauth::requests::{self, Browser, Visit, cookie_name};

use crate::{
    account::sign_in::{portal, with_next},
    consent::{frame::Frame, handle},
    failure::Failure,
    page::Page,
    payers::start::origin,
    texts::notices::Notice,
    web::{Web, request::local_path},
};

/// Marks an address that was passed on, so that it is passed on only once.
const PASSED_ON: &str = "here";

/// Where a page leads that people pass before they are signed in.
#[derive(Default)]
pub struct Way {
    /// Empty, or a page of ours.
    next: String,
    /// Of the app's request to which it leads.
    frame: Option<Frame>,
}

impl Way {
    /// By the page's own address: `?next=/owner`.
    pub async fn of_page(web: &Web) -> Result<Self, Failure> {
        Self::to(web, web.request.query("next")).await
    }

    /// By the link of a mail, for the page that it leads to. An app's request belongs to the browser that brought it, and to the
    /// host where it began: the page exists there, too.
    pub async fn of_mail(web: &Web, next: Option<&str>) -> Result<Self, Failure> {
        match Self::from_here(web, next).await? {
            Some(way) => Ok(way),
            None => match next.and_then(handle) {
                Some(handle) if web.request.query(PASSED_ON).is_none() => pass_on(web, handle).await,
                _ => Ok(Self::default()),
            },
        }
    }

    /// `None` where it leads to an app's request that this browser does not have here, or that has expired.
    async fn from_here(web: &Web, next: Option<&str>) -> Result<Option<Self>, Failure> {
        let way = Self::to(web, next).await?;
        let is_elsewhere = handle(&way.next).is_some() && !way.is_to_app();
        Ok((!is_elsewhere).then_some(way))
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

/// The same page on the host where the app's request of this handle began: mails lead to the main host, and browsers keep
/// cookies separate by host. The way ends here if the request began on this host, or no longer waits.
async fn pass_on(web: &Web, handle: &str) -> Result<Way, Failure> {
    let issuer = requests::issuer(&mut web.services.store.read().await?, handle).await?;
    match issuer.map(|issuer| origin(&issuer)).transpose()? {
        Some(origin) if origin != web.services.payers.origin() => {
            Err(Failure::redirect(format!("{origin}{}&{PASSED_ON}=1", web.request.path_and_query())))
        }
        _ => Ok(Way::default()),
    }
}

/// A form's or an address's `next`, if it is a page of ours.
pub fn kept(next: &str) -> Option<&str> {
    local_path(next).filter(|next| *next != "/")
}

/// The address of the sign-in page, after a link of a mail has done its work. If this browser cannot continue with the app's
/// request, the notice says so.
pub async fn to_sign_in(web: &Web, done: Notice, next: Option<&str>) -> Result<String, Failure> {
    Ok(match Way::from_here(web, next).await? {
        Some(way) => done.on(&way.by("/signin")),
        None => elsewhere(done).on("/signin"),
    })
}

/// The same notice with the advice to continue in the browser where it began.
fn elsewhere(done: Notice) -> Notice {
    match done {
        Notice::Verified => Notice::VerifiedElsewhere,
        Notice::Reset => Notice::ResetElsewhere,
        other => other,
    }
}

/// Keeps the app's request of this way open while its member waits for mail.
pub async fn hold_open(web: &Web, next: &str) -> Result<(), Failure> {
    let (Some(handle), Some(browser)) = (handle(next), web.browser()) else { return Ok(()) };
    let mut ctx = web.services.store.write().await?;
    requests::hold_open(&mut ctx, &Visit { handle, browser: Some(&browser), signed_in: None }).await?;
    Ok(ctx.commit().await?)
}

/// Ties what begins here to this browser: its cookie, set again so that it lasts until the browser is closed.
pub async fn browser(web: &Web) -> Result<Browser, Failure> {
    let browser = match web.browser() {
        Some(browser) => browser,
        None => Browser::fresh(&web.services.store.read().await?),
    };
    web.set_cookie(cookie_name(web.is_https()), browser.as_str(), None);
    Ok(browser)
}
