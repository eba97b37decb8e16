//! To the owner of an organization, about a program that its apps use.

use model::{account::PersonName, email::Email};

use crate::{letter::Letter, message::Message, site::Site, texts::change as text};

/// A change as the program's file describes it.
pub struct Facts<'a> {
    pub program: &'a str,
    pub title: &'a str,
    pub text: &'a str,
    /// Of the page that lists it.
    pub path: &'a str,
}

/// Something changed that the owner's apps may depend on.
pub fn announced(site: &Site, to: &Email, name: &PersonName, facts: &Facts<'_>) -> Message {
    Letter::new(text::subject(facts.program, facts.title))
        .greeting(name)
        .paragraph(text::announced(facts.program))
        .quote(facts.text)
        .button(text::SEE_CHANGES, site.page(facts.path))
        .paragraph(text::WHY)
        .to(site, to)
}
