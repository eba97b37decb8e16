//! To the owner of an app. Secrets are shown once, on the page, and are never in a message.

use model::{account::PersonName, email::Email};

use crate::{
    letter::Letter,
    message::Message,
    site::{OWNER, Site},
};

/// An app as its owner knows it.
#[derive(Clone, Copy, Debug)]
pub struct App<'a> {
    pub name: &'a str,
    /// Its program's printed name.
    pub program: &'a str,
    /// `Sandbox` or `Production`.
    pub environment: &'a str,
    pub client_id: &'a str,
}

impl App<'_> {
    fn letter(&self, subject: &str, name: &PersonName, what_happened: &str) -> Letter {
        Letter::new(subject).greeting(name).paragraph(what_happened).facts(&[
            ("Application", self.name),
            ("Program", self.program),
            ("Environment", self.environment),
            ("Client ID", self.client_id),
        ])
    }
}

/// Registered and usable as far as it needs no review.
pub fn registered(site: &Site, to: &Email, name: &PersonName, app: &App) -> Message {
    app.letter("Your application is registered", name, "Your application was registered, and its credentials work now.")
        .button("Open the App Owner portal", site.page(OWNER))
        .to(site, to)
}

/// Registered; what concerns members waits for review. `what_works` tells in words which scopes work already.
pub fn received(site: &Site, to: &Email, name: &PersonName, app: &App, what_works: &str) -> Message {
    app.letter(
        "We received your application",
        name,
        "Your application was registered, and its access to member data waits for review.",
    )
    .paragraph(what_works)
    .paragraph("We answer within 5 business days (Monday to Friday, US Central time, without federal holidays).")
    .button("See its status", site.page(OWNER))
    .to(site, to)
}

pub fn approved(site: &Site, to: &Email, name: &PersonName, app: &App, comment: &str) -> Message {
    app.letter("Your application was approved", name, "Your application was approved. Its credentials work now.")
        .quote(comment)
        .button("Open the App Owner portal", site.page(OWNER))
        .to(site, to)
}

pub fn denied(site: &Site, to: &Email, name: &PersonName, app: &App, criterion: &str, comment: &str) -> Message {
    app.letter("Your application was not approved", name, "Your application was not approved.")
        .facts(&[("Criterion", criterion)])
        .quote(comment)
        .paragraph("You can correct the registration and send it in again.")
        .button("See the decision", site.page(OWNER))
        .to(site, to)
}

/// A change of an approved app waits; what was approved stays as it is.
pub fn change_received(site: &Site, to: &Email, name: &PersonName, app: &App) -> Message {
    app.letter(
        "We received the change of your application",
        name,
        "Your change waits for review. Until it is approved, members see your application as it was approved before.",
    )
    .paragraph("We answer within 5 business days (Monday to Friday, US Central time, without federal holidays).")
    .button("See its status", site.page(OWNER))
    .to(site, to)
}

pub fn change_approved(site: &Site, to: &Email, name: &PersonName, app: &App, comment: &str) -> Message {
    app.letter("The change of your application was approved", name, "Your change was approved. It works now.")
        .quote(comment)
        .button("Open the App Owner portal", site.page(OWNER))
        .to(site, to)
}

pub fn change_denied(site: &Site, to: &Email, name: &PersonName, app: &App, criterion: &str, comment: &str) -> Message {
    app.letter(
        "The change of your application was not approved",
        name,
        "Your change was not approved. Your application goes on as it was approved before.",
    )
    .facts(&[("Criterion", criterion)])
    .quote(comment)
    .paragraph("You can correct the change and send it in again.")
    .button("See the decision", site.page(OWNER))
    .to(site, to)
}

pub fn information_asked(site: &Site, to: &Email, name: &PersonName, app: &App, comment: &str) -> Message {
    app.letter(
        "We need more information about your application",
        name,
        "Before we decide on your application, please answer this:",
    )
    .quote(comment)
    .button("Answer", site.page(OWNER))
    .to(site, to)
}

/// Its tokens ended at once.
pub fn suspended(site: &Site, to: &Email, name: &PersonName, app: &App, comment: &str) -> Message {
    app.letter(
        "Your application was suspended",
        name,
        "Your application was suspended. Its tokens have stopped working.",
    )
    .quote(comment)
    .button("See what happened", site.page(OWNER))
    .to(site, to)
}

pub fn reactivated(site: &Site, to: &Email, name: &PersonName, app: &App, comment: &str) -> Message {
    app.letter(
        "Your application is active again",
        name,
        "Your application was reactivated, and its credentials work again.",
    )
    .quote(comment)
    .button("Open the App Owner portal", site.page(OWNER))
    .to(site, to)
}

/// `old_secret` tells until when the one before works, in words.
pub fn secret_generated(site: &Site, to: &Email, name: &PersonName, app: &App, old_secret: &str) -> Message {
    app.letter("A new client secret was generated", name, "A new client secret was generated for your application.")
        .paragraph(old_secret)
        .paragraph("If it was nobody of your team, sign in, generate another one and end the old ones now.")
        .button("Open the App Owner portal", site.page(OWNER))
        .to(site, to)
}

/// `happened` tells whether keys were registered or removed, in a sentence.
pub fn keys_changed(site: &Site, to: &Email, name: &PersonName, app: &App, happened: &str) -> Message {
    app.letter("The public keys of your application changed", name, happened)
        .paragraph("If it was nobody of your team, sign in, and register your own keys again or remove them.")
        .button("Open the App Owner portal", site.page(OWNER))
        .to(site, to)
}
