//! What a member reads if a provider did not sign them in: what happened, how to try again, and the way back.

use leptos::prelude::*;
use model::texts::Text;
use oauth::requests::{self, Error, Visit};
use payers::provider::Provider;

use crate::{
    consent::{
        self,
        ending::{Back, Ending, On},
    },
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    texts::{consent::ending::NOTHING_SHARED, payers as text},
    web::Web,
};

/// Where a sign-in leads that did not begin here, or that has ended.
pub const ENDED: &str = "/signin/payer/ended";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The member said no there.
    Refused,
    /// The provider does not answer, or does not answer as it should.
    Failed,
    /// The provider does not say clearly which member this is.
    Unclear,
}

impl Problem {
    /// For addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unclear => "unclear",
        }
    }

    pub fn find(code: &str) -> Option<Self> {
        [Self::Refused, Self::Failed, Self::Unclear].into_iter().find(|problem| problem.code() == code)
    }

    /// For the consent pages and the member portal.
    pub fn heading(self, payer: &str, locale: Locale) -> String {
        match self {
            Self::Refused => text::refused(locale, payer),
            Self::Failed => text::failed(locale, payer),
            Self::Unclear => text::unclear(locale, payer),
        }
    }
}

/// Whether the sign-in belongs to an app's authorization request.
pub fn is_consent(next: &str) -> bool {
    next.starts_with("/consent/")
}

/// The sign-in page of the member portal, which shows the problem.
pub fn portal_path(provider: &Provider, problem: Problem) -> String {
    let home = &provider.home;
    let (program, environment) = (&home.partition.program, home.partition.environment);
    format!(
        "/member/signin?program={program}&environment={environment}&payer={}&problem={}",
        home.payer,
        problem.code()
    )
}

/// `/consent/{handle}/provider?problem=failed`
pub async fn in_consent(web: Web) -> Result<Page, Failure> {
    let handle = web.request.param("handle")?;
    let problem = web.request.query("problem").and_then(Problem::find).ok_or(Failure::NotFound)?;
    let (browser, signed_in) = (web.browser(), web.signed_in());
    let visit = Visit { handle, browser: browser.as_ref(), signed_in: signed_in.as_ref() };
    let mut ctx = web.services.store.read().await?;
    let request = match requests::get(&mut ctx, &visit).await {
        Err(Error::NotFound) => return consent::answered::page(&web, &mut ctx, &visit).await,
        found => found?.0,
    };
    let payer = request.payer.as_ref().ok_or(Failure::NotFound)?;
    let provider = web.services.payers.find(&request.partition, payer).ok_or(Failure::NotFound)?;
    Ok(page(&web, &provider.name, handle, problem))
}

/// "Try again" leads to the request's own page, which leads to the provider. The other button leads back to the app.
pub fn page(web: &Web, payer: &str, handle: &str, problem: Problem) -> Page {
    let locale = web.locale();
    // The app gets `access_denied` or `temporarily_unavailable` (RFC 6749 §4.1.2.1).
    let (answer, status) = match problem {
        Problem::Refused => ("cancel", 200),
        Problem::Failed | Problem::Unclear => ("unavailable", 503),
    };
    let on = On::Button(consent::path(handle), text::TRY_AGAIN);
    closed((problem.heading(payer, locale), text::problem(problem)), on, handle, answer, locale).status(status)
}

/// A member whom the provider knows and the payer's data does not include.
pub fn unknown_member(payer: &str, handle: &str, locale: Locale) -> Page {
    let texts = (text::unknown_member(locale, payer), text::UNKNOWN_MEMBER);
    closed(texts, On::portal(), handle, "cancel", locale)
}

/// For a request that waits, with the answer that the way back gives.
fn closed((title, why): (String, Text), on: On, handle: &str, answer: &'static str, locale: Locale) -> Page {
    let body = view! { <p>{why.of(locale)} " " {NOTHING_SHARED.of(locale)}</p> }.into_any();
    Ending { title, body, on, back: Back::answering(handle, answer, locale) }.page(locale)
}

/// The payer's members sign in at its own provider, which this deployment does not know, so it cannot know who they are.
/// `plans` is how many there are to choose from.
pub fn not_connected(payer: &str, handle: &str, plans: usize, locale: Locale) -> Page {
    let texts = (text::not_connected(locale, payer), text::NOT_CONNECTED);
    closed(texts, On::plan(handle, plans), handle, "unavailable", locale).status(503)
}

/// The payer's members cannot prove who they are in any way that works here.
pub fn unlinkable(payer: &str, handle: &str, locale: Locale) -> Page {
    closed((text::unlinkable(locale, payer), text::UNLINKABLE), On::portal(), handle, "cancel", locale)
}

/// `/member/unknown`: the same in the member portal.
pub async fn no_member(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let account = web.account()?;
    let home = identity::payer_accounts::home(&mut web.services.store.read().await?, &account.id).await?;
    let provider = home.and_then(|home| web.services.payers.find(&home.partition, &home.payer));
    let provider = provider.ok_or_else(|| Failure::redirect("/member"))?;
    let title = text::unknown_member(locale, &provider.name);
    let view = view! {
        <h1>{title.clone()}</h1>
        <p class="usa-intro">{text::UNKNOWN_MEMBER.of(locale)}</p>
        <p><a href="/member">{text::EARLIER_APPS.of(locale)}</a></p>
    };
    Ok(Page::new(Portal::Member, title, view))
}

/// `/signin/payer/ended`
pub async fn ended(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let title = text::ENDED.of(locale);
    let view = view! {
        <div class="card card--narrow">
            <h1>{title}</h1>
            <p>{text::WHY_ENDED.of(locale)}</p>
            <p><a href="/member">{text::TO_PORTAL.of(locale)}</a></p>
        </div>
    };
    Ok(Page::new(Portal::Consent, title, view).status(404))
}
