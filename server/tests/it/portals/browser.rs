//! A browser without JavaScript: follows no redirects on its own, keeps cookies, sends forms like browsers do.

use std::{cell::RefCell, collections::BTreeMap};

use axum::http::{Method, StatusCode};
use identity::{
    accounts::{self, NewAccount},
    testing::Authenticator,
};
use model::id::AccountId;

use super::desk::text_of;
use crate::oauth::site::{MAIN, Reply, Site, encoded};

pub const PASSWORD: &str = "quiet harbor lamp";

pub struct Browser<'s> {
    site: &'s Site,
    host: &'static str,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl<'s> Browser<'s> {
    pub fn of(site: &'s Site) -> Self {
        Self::at(site, MAIN)
    }

    /// On another host of the deployment, which has its own cookies.
    pub fn at(site: &'s Site, host: &'static str) -> Self {
        Self { site, host, cookies: RefCell::default() }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, &[], "").await
    }

    /// In another language.
    pub async fn get_in(&self, language: &str, path: &str) -> Reply {
        self.send(Method::GET, path, &[("accept-language", language)], "").await
    }

    /// Sends a form of one of our pages.
    pub async fn post(&self, function: &str, form: &[(&str, &str)]) -> Reply {
        self.post_from("same-origin", function, form).await
    }

    /// Sends a form of this page of ours, which the browser names.
    pub async fn send_form_of(&self, page: &str, function: &str, form: &[(&str, &str)]) -> Reply {
        let came_from = format!("http://{}{page}", self.host);
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
            ("accept", "text/html,*/*"),
            ("referer", came_from.as_str()),
        ];
        self.send(Method::POST, &format!("/api/{function}"), &headers, &encoded(form)).await
    }

    /// Sends a form from a page with this relation to our site.
    pub async fn post_from(&self, fetch_site: &str, function: &str, form: &[(&str, &str)]) -> Reply {
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", fetch_site),
            ("accept", "text/html,*/*"),
        ];
        self.send(Method::POST, &format!("/api/{function}"), &headers, &encoded(form)).await
    }

    /// Posts, expects 303, and opens the page that follows.
    pub async fn follow(&self, function: &str, form: &[(&str, &str)]) -> Reply {
        let reply = self.post(function, form).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{function}: {}", reply.body);
        let page = reply.header("location").split('#').next().unwrap_or_default();
        self.get(page).await
    }

    /// What the consent page of this request shows, in the form that its own form sends.
    pub async fn shown(&self, handle: &str) -> String {
        let page = self.get(&format!("/consent/{handle}")).await.body;
        let (_, rest) = page.split_once("name=\"shown\" value=\"").expect("a consent page");
        rest.split('"').next().unwrap().to_owned()
    }

    /// Allows these scopes on the consent page, with these further fields.
    pub async fn allow(&self, handle: &str, scopes: &[&str], more: &[(&str, &str)]) -> Reply {
        let shown = self.shown(handle).await;
        let scopes = scopes.iter().map(|scope| ("scopes[]", *scope));
        let form = [("handle", handle), ("answer", "allow"), ("shown", &shown)];
        let form: Vec<_> = form.into_iter().chain(scopes).chain(more.iter().copied()).collect();
        self.post("decide", &form).await
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// Gives the browser a cookie that was set elsewhere.
    pub fn keep(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    /// Sends anything, with the cookies.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
        let pairs: Vec<String> = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookie = pairs.join("; ");
        let cookie = (!cookie.is_empty()).then_some(("cookie", cookie.as_str()));
        let headers: Vec<_> = headers.iter().copied().chain(cookie).collect();
        let reply = self.site.send_to(self.host, method, path, &headers, body).await;
        for line in reply.headers.get_all("set-cookie") {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.keep(name, value);
            }
        }
        reply
    }

    /// Sets up two-step sign-in for someone who has just signed in.
    pub async fn enrol(&self) -> Authenticator {
        let page = self.follow("begin-second-factor", &[]).await;
        let app = Authenticator::new(text_of(&page.body, "totp-secret").expect("a key to give to the app"));
        let on = self.follow("confirm-second-factor", &[("code", &self.code_of(&app))]).await;
        assert!(on.body.contains("Two-step sign-in is on."), "{}", on.body);
        app
    }

    /// The code that the app shows now.
    pub fn code_of(&self, app: &Authenticator) -> String {
        app.code(self.site.state.services.store.now())
    }

    /// Enters the password of an account with two-step sign-in.
    pub async fn give_password(&self, healthcare_id: &str) {
        let reply = self.post("sign-in", &[("login", healthcare_id), ("password", PASSWORD)]).await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/signin/code"));
    }

    pub async fn sign_in(&self, healthcare_id: &str) {
        let reply = self.post("sign-in", &[("login", healthcare_id), ("password", PASSWORD)]).await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/"));
    }
}

/// An account whose address is confirmed.
pub async fn account(site: &Site, healthcare_id: &str) -> AccountId {
    let new = NewAccount {
        name: "Vera Lindqvist".parse().unwrap(),
        email: format!("{healthcare_id}@example.org").parse().unwrap(),
        healthcare_id: healthcare_id.parse().unwrap(),
        password: PASSWORD.parse().unwrap(),
    };
    accounts::create_verified(&site.state.services.identity, &new).await.unwrap()
}

/// Text without the handles of refused forms, which differ each time.
pub fn without_handles(text: &str) -> String {
    let mut parts = text.split("form=");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.trim_start_matches(|char: char| char.is_ascii_alphanumeric() || ".-".contains(char))
    })
}
