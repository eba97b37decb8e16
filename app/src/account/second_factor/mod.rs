//! Two-step sign-in: setting it up, passkeys, new recovery codes, another app, switching it off.

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
    web::{Web, request::local_path},
};

/// The page that everything about it starts from. Takes `next`: where somebody goes on who was led here on the way.
pub const PATH: &str = "/account/second-factor";

/// What it is called.
pub fn name(web: &Web) -> &'static str {
    web.locale().of("Two-step sign-in", "Inicio de sesión en dos pasos")
}

/// Where to go afterwards.
fn next(web: &Web) -> String {
    web.request.query("next").and_then(local_path).unwrap_or_default().to_owned()
}

/// A page below the overview.
fn page(web: &Web, title: &'static str, view: impl IntoView + 'static) -> Page {
    Page::new(Portal::Site, title, view)
        .under("/account", web.locale().of("Manage your Healthcare ID", "Administrar su Healthcare ID"))
        .under(PATH, name(web))
}
