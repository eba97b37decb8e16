//! From a page function to the whole answer: the page is awaited first, so that its status and cookies are known
//! before the first byte, and redirects need no script (what `SsrMode::Async` does for routes of `leptos_router`).

use std::{future::Future, sync::Arc};

use hydration_context::SsrSharedContext;
use leptos::{
    nonce::Nonce,
    prelude::*,
    reactive::{computed::ScopedFuture, owner::Owner},
};

use crate::{failure::Failure, failure_page, page::Page, shell::shell, web::Web};

/// An answer to be written as HTTP.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// For 303.
    pub location: Option<String>,
    pub cookies: Vec<String>,
    /// `Content-Security-Policy`
    pub policy: String,
    pub html: String,
}

/// Runs the page function and renders what it returns, or the page that says why there is none.
pub async fn render(web: Web, page: impl Future<Output = Result<Page, Failure>> + Send) -> Answer {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let answer = owner.with(|| ScopedFuture::new(answer(web, page))).await;
    owner.unset_with_forced_cleanup();
    answer
}

async fn answer(web: Web, page: impl Future<Output = Result<Page, Failure>> + Send) -> Answer {
    let nonce = Nonce::new();
    let page = match page.await {
        Err(Failure::Redirect(path)) => return redirect(&web, path),
        Err(failure) => failure_page::page(&failure, web.locale()),
        Ok(page) => page,
    };
    let policy = policy(&nonce, page.leaves);
    let status = page.status;
    let html = format!("<!DOCTYPE html>{}", shell(&web, page, &nonce).to_html());
    Answer { status, location: None, cookies: web.take_reply().cookies, policy, html }
}

/// 303: the browser follows with GET.
fn redirect(web: &Web, path: String) -> Answer {
    let cookies = web.take_reply().cookies;
    Answer { status: 303, location: Some(path), cookies, policy: NOTHING.to_owned(), html: String::new() }
}

/// What an answer without a page may do.
pub const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// Scripts with the nonce or from this site, which the islands' modules are; styles, images and requests of this site.
/// Chromium applies `form-action` to every redirect behind a form, so a page whose form leads to an app has none: the
/// app's `https` callback may itself go on to another host or to a custom scheme.
fn policy(nonce: &Nonce, leaves: bool) -> String {
    let form_action = if leaves { "" } else { "; form-action 'self'" };
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; \
         img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; object-src 'none'; \
         frame-ancestors 'none'{form_action}"
    )
}
