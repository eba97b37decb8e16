//! The request a page or form answers, and its answer: everything they know of the web. No HTTP library is known here;
//! `server/src/portals.rs` fills a [`Request`] and writes the [`Reply`] out.

pub mod access;
pub mod flash;
pub mod reply;
pub mod request;
pub mod reveal;

use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::use_context;
use model::partition::ProgramId;

use crate::{
    failure::Failure,
    locale::Locale,
    services::Services,
    web::{
        access::Visitor,
        reply::{Cookie, File, Reply},
        request::{Request, Uploaded},
    },
};

/// One request and what has been decided about its answer. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    pub services: Services,
    pub request: Arc<Request>,
    visitor: Arc<Visitor>,
    reply: Arc<Mutex<Reply>>,
}

impl Web {
    /// Without a visitor; see [`Web::open`].
    pub fn new(services: Services, request: Request) -> Self {
        Self { services, request: Arc::new(request), visitor: Arc::default(), reply: Arc::default() }
    }

    /// The same with what was sent besides the form's text.
    #[must_use]
    pub fn with_files(self, files: Vec<Uploaded>) -> Self {
        if files.is_empty() {
            return self;
        }
        let request = Request { files, ..Request::clone(&self.request) };
        Self { request: Arc::new(request), ..self }
    }

    /// The request that the running server function answers. To be asked before the first `await`.
    pub fn current() -> Result<Self, Failure> {
        use_context().ok_or(Failure::Internal)
    }

    pub fn locale(&self) -> Locale {
        self.request.locale()
    }

    /// The program whose own host the request names; `None` on the host that all of them share.
    pub fn host_of(&self) -> Option<ProgramId> {
        let host = self.request.host.as_deref()?;
        let surfaces = self.services.programs.surfaces(&self.services.public_url);
        let is_here = |name: &str| name.eq_ignore_ascii_case(host);
        surfaces.into_iter().find(|surface| surface.host.as_deref().is_some_and(is_here)).map(|surface| surface.program)
    }

    /// Whether browsers reach us by https.
    pub fn is_https(&self) -> bool {
        self.services.public_url.scheme() == "https"
    }

    /// Answers the form with 303 to a path of this site.
    pub fn redirect(&self, path: impl Into<String>) {
        self.change(|reply| reply.location = Some(path.into()));
    }

    /// Answers the form with a file to save.
    pub fn save(&self, file: File) {
        self.change(|reply| reply.file = Some(file));
    }

    /// Adds a cookie to the answer, kept for so many seconds, else until the browser is closed; 0 deletes it.
    pub fn set_cookie(&self, name: &'static str, value: &str, max_age: Option<i64>) {
        let cookie = Cookie { name, value: value.to_owned(), secure: self.is_https(), max_age };
        self.change(|reply| reply.cookies.push(cookie));
    }

    /// What has been decided so far; the answer is written from it.
    pub fn take_reply(&self) -> Reply {
        let mut taken = Reply::default();
        self.change(|reply| std::mem::swap(reply, &mut taken));
        taken
    }

    fn change(&self, change: impl FnOnce(&mut Reply)) {
        change(&mut self.reply.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
