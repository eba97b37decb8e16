//! To the staff of the Administrative & Support Portal.

use crate::{
    message::Message,
    moment::When,
    reader::Reader,
    site::{ADMIN, Site},
    texts::desk as text,
};

/// What the staff hears of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    Organization,
    Application,
    Change,
    Answer,
    Appeal,
    Comment,
    Ticket,
    Reply,
}

impl Arrival {
    pub const ALL: [Self; 8] = [
        Self::Organization,
        Self::Application,
        Self::Change,
        Self::Answer,
        Self::Appeal,
        Self::Comment,
        Self::Ticket,
        Self::Reply,
    ];
}

/// What arrived.
pub struct Facts<'a> {
    pub arrival: Arrival,
    /// Of the organization or app, or a ticket's title.
    pub name: &'a str,
    /// By when we answer.
    pub due: &'a When,
    /// Its page.
    pub path: &'a str,
}

pub fn arrived(site: &Site, reader: Reader<'_>, facts: &Facts<'_>) -> Message {
    let subject = match facts.arrival {
        Arrival::Organization => text::organization(reader.locale, facts.name),
        Arrival::Application => text::application(reader.locale, facts.name),
        Arrival::Change => text::change(reader.locale, facts.name),
        Arrival::Answer => text::answer(reader.locale, facts.name),
        Arrival::Appeal => text::appeal(reader.locale, facts.name),
        Arrival::Comment => text::comment(reader.locale, facts.name),
        Arrival::Ticket => text::ticket(reader.locale, facts.name),
        Arrival::Reply => text::ticket_replied(reader.locale, facts.name),
    };
    reader
        .letter(subject.clone())
        .paragraph(text::WAITS)
        .facts(&[(text::ABOUT, subject.as_str()), (text::DUE, facts.due.of(reader.locale).as_str())])
        .button(text::OPEN, site.page(facts.path))
        .to(site, reader.to)
}

/// The reader works for these programs from now on; for all if none is named.
pub fn changed(site: &Site, reader: Reader<'_>, programs: &[&str]) -> Message {
    let every = text::EVERY_PROGRAM.of(reader.locale);
    let (named, body) = match programs {
        [] => (every.to_owned(), text::CHANGED_TO_ALL),
        named => (named.join(", "), text::CHANGED_BODY),
    };
    reader
        .letter(text::changed(reader.locale, &named))
        .paragraph(body)
        .facts(&[(text::PROGRAMS, named.as_str())])
        .button(text::OPEN_PORTAL, site.page(ADMIN))
        .to(site, reader.to)
}
