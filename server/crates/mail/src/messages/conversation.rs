//! To owners, about a conversation: comments, appeals, tickets. Each names the thing in its subject and leads to it.

use crate::{
    message::Message,
    moment::When,
    reader::Reader,
    site::Site,
    texts::{CRITERION, SEE_DECISION, conversation as text},
};

/// What is talked about: an organization, an app, or a ticket.
#[derive(Clone, Copy, Debug)]
pub struct Thing<'a> {
    /// Its name; of a ticket, the title.
    pub name: &'a str,
    /// Its page in the App Owner portal.
    pub path: &'a str,
}

/// An administrator's comment.
pub fn commented(site: &Site, reader: Reader<'_>, on: Thing<'_>, comment: &str) -> Message {
    reader
        .letter(text::commented(reader.locale, on.name))
        .paragraph(text::commented_body(reader.locale, on.name))
        .quote(comment)
        .button(text::READ, site.page(on.path))
        .to(site, reader.to)
}

pub fn appeal_received(site: &Site, reader: Reader<'_>, on: Thing<'_>, due: &When) -> Message {
    reader
        .letter(text::appeal_received(reader.locale, on.name))
        .paragraph(text::appeal_received_body(reader.locale, due.of(reader.locale)))
        .button(text::SEE_APPEAL, site.page(on.path))
        .to(site, reader.to)
}

pub fn appeal_accepted(site: &Site, reader: Reader<'_>, on: Thing<'_>, comment: &str) -> Message {
    reader
        .letter(text::appeal_accepted(reader.locale, on.name))
        .paragraph(text::APPEAL_ACCEPTED_BODY)
        .quote(comment)
        .button(SEE_DECISION, site.page(on.path))
        .to(site, reader.to)
}

/// The criterion, as the vendor reads it, and what the reviewer wrote.
pub fn appeal_refused(site: &Site, reader: Reader<'_>, on: Thing<'_>, criterion: &str, comment: &str) -> Message {
    reader
        .letter(text::appeal_refused(reader.locale, on.name))
        .paragraph(text::APPEAL_REFUSED_BODY)
        .facts(&[(CRITERION, criterion)])
        .quote(comment)
        .button(SEE_DECISION, site.page(on.path))
        .to(site, reader.to)
}

pub fn ticket_opened(site: &Site, reader: Reader<'_>, on: Thing<'_>, due: &When) -> Message {
    reader
        .letter(text::ticket_opened(reader.locale, on.name))
        .paragraph(text::ticket_opened_body(reader.locale, due.of(reader.locale)))
        .button(text::SEE_TICKET, site.page(on.path))
        .to(site, reader.to)
}

pub fn ticket_answered(site: &Site, reader: Reader<'_>, on: Thing<'_>, answer: &str) -> Message {
    reader
        .letter(text::ticket_answered(reader.locale, on.name))
        .paragraph(text::TICKET_ANSWERED_BODY)
        .quote(answer)
        .button(text::SEE_TICKET, site.page(on.path))
        .to(site, reader.to)
}

/// Closed by us, with what we said last.
pub fn ticket_closed(site: &Site, reader: Reader<'_>, on: Thing<'_>, answer: &str) -> Message {
    reader
        .letter(text::ticket_closed(reader.locale, on.name))
        .paragraph(text::TICKET_CLOSED_BODY)
        .quote(answer)
        .button(text::SEE_TICKET, site.page(on.path))
        .to(site, reader.to)
}
