//! Two-step sign-in: setting it up, passkeys, new recovery codes, another app, turning it off.

pub mod add_passkey;
pub mod ask_passkey;
pub mod new_passkey;
pub mod overview;
pub mod passkeys;
pub mod proof;
pub mod qr;
pub mod recovery_codes;
pub mod remove;
pub mod remove_app;
pub mod remove_passkey;
pub mod rename_passkey;
pub mod replace;
pub mod setup;
pub mod start;
pub mod ways;

use leptos::prelude::IntoView;

use crate::{
    page::{Page, Portal},
    texts::account::{MANAGE, second_factor as text},
    web::{Web, request::local_path},
};

/// The page from which everything about it starts. Takes `next`: where people continue who had to set it up first.
pub const PATH: &str = "/account/second-factor";

/// Where to go afterwards.
fn next(web: &Web) -> String {
    web.request.query("next").and_then(local_path).unwrap_or_default().to_owned()
}

/// A page below the overview.
fn page(web: &Web, title: &'static str, view: impl IntoView + 'static) -> Page {
    let locale = web.locale();
    Page::new(Portal::Site, title, view).under("/account", MANAGE.of(locale)).under(PATH, text::TITLE.of(locale))
}
