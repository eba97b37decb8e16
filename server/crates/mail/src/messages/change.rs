//! To the owner of an organization, about a program that its apps use.

use crate::{message::Message, reader::Reader, site::Site, texts::change as text};

/// A change as the program's file describes it.
pub struct Facts<'a> {
    pub program: &'a str,
    pub title: &'a str,
    pub text: &'a str,
    /// Of the page that lists it.
    pub path: &'a str,
}

/// Something changed that the owner's apps may depend on.
pub fn announced(site: &Site, reader: Reader<'_>, facts: &Facts<'_>) -> Message {
    reader
        .letter(text::subject(reader.locale, facts.program, facts.title))
        .paragraph(text::announced(reader.locale, facts.program))
        .quote(facts.text)
        .button(text::SEE_CHANGES, site.page(facts.path))
        .paragraph(text::WHY)
        .to(site, reader.to)
}
