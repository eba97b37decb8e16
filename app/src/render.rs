//! From a page function to the whole answer: the page is awaited first, so that its status and cookies are known
//! before the first byte, and redirects need no script (what `SsrMode::Async` does for routes of `leptos_router`).

use std::{future::Future, sync::Arc};

use hydration_context::SsrSharedContext;
use leptos::{
    nonce::Nonce,
    prelude::*,
    reactive::{computed::ScopedFuture, owner::Owner},
};

use crate::{
    components::{bulletins, time::show_in},
    failure::Failure,
    failure_page, markers, opener,
    page::{Page, Portal},
    shell::shell,
    web::{
        Web,
        reply::{Cookie, Reply},
    },
};

/// An answer to be written as HTTP.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// For 303.
    pub location: Option<String>,
    pub cookies: Vec<Cookie>,
    /// The session that goes on or begins with this answer.
    pub session: Option<Cookie>,
    /// `Content-Security-Policy`
    pub policy: String,
    /// Whether the window that opened this one may stay in touch with it.
    pub keeps_opener: bool,
    pub html: String,
    /// A file to save, in place of a page: its name and type.
    pub file: Option<(String, &'static str)>,
}

/// Runs the page function and renders the page that it returns, or the page that says what went wrong.
pub async fn render(web: Web, page: impl Future<Output = Result<Page, Failure>> + Send) -> Answer {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let answer = owner.with(|| ScopedFuture::new(answer(web, page))).await;
    owner.unset_with_forced_cleanup();
    answer
}

async fn answer(web: Web, page: impl Future<Output = Result<Page, Failure>> + Send) -> Answer {
    let nonce = Nonce::new();
    // A page of one program says so itself.
    let programs = &web.services.programs;
    show_in(programs, programs.iter().map(|program| &program.id));
    let page = match page.await {
        Err(Failure::Redirect(path)) => return Answer::redirect(path, web.take_reply()),
        Err(failure) => failure_page::page(&failure, &web).await,
        Ok(page) => page,
    };
    if let Some(file) = page.file {
        let Reply { cookies, session, .. } = web.take_reply();
        let (policy, html, file) = (NOTHING.to_owned(), file.content, Some((file.name, file.media_type)));
        return Answer { status: 200, location: None, cookies, session, policy, keeps_opener: false, html, file };
    }
    if let Some(html) = page.document {
        let Reply { cookies, session, .. } = web.take_reply();
        let policy = DOCUMENT.to_owned();
        return Answer { status: 200, location: None, cookies, session, policy, keeps_opener: false, html, file: None };
    }
    let banners = bulletins::banners(&web, page.portal).await;
    let page = Page { banners, ..page };
    let policy = policy(&nonce, page.leaves, page.frames);
    let status = page.status;
    let keeps_opener = page.portal == Portal::Consent || opener::may_stay(&web.request.path_and_query());
    let html = format!("<!DOCTYPE html>{}", markers::removed(&shell(&web, page, &nonce).to_html()));
    let Reply { cookies, session, .. } = web.take_reply();
    Answer { status, location: None, cookies, session, policy, keeps_opener, html, file: None }
}

impl Answer {
    /// 303: the browser follows with GET.
    pub fn redirect(location: String, reply: Reply) -> Self {
        let keeps_opener = opener::may_stay(&location);
        let (policy, html) = (NOTHING.to_owned(), String::new());
        let Reply { cookies, session, .. } = reply;
        Self { status: 303, location: Some(location), cookies, session, policy, keeps_opener, html, file: None }
    }
}

/// What an answer without a page may do.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// What a document in a frame of ours may do: be styled by itself. `sandbox` gives it an origin of its own.
const DOCUMENT: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'";

/// Scripts with the nonce or from this site, which the islands' modules are; styles, images and requests of this site.
/// Chromium applies `form-action` to every redirect behind a form, so a page whose form leads to an app has none: the
/// app's `https` callback may itself go on to another host or to a custom scheme.
fn policy(nonce: &Nonce, leaves: bool, frames: bool) -> String {
    let form_action = if leaves { "" } else { "; form-action 'self'" };
    let frame_src = if frames { "; frame-src 'self'" } else { "" };
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; \
         img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; object-src 'none'; \
         frame-ancestors 'none'{form_action}{frame_src}"
    )
}
