//! To owners, about a conversation: comments, appeals, tickets. Each names the thing in its subject and leads to it.

use model::{account::PersonName, email::Email};

use crate::{
    letter::Letter,
    message::Message,
    site::Site,
    texts::{CRITERION, SEE_DECISION, conversation as text},
};

/// An administrator's comment.
pub fn commented(site: &Site, to: &Email, name: &PersonName, subject: &str, comment: &str, path: &str) -> Message {
    Letter::new(text::commented(subject))
        .greeting(name)
        .paragraph(text::commented_body(subject))
        .quote(comment)
        .button(text::READ, site.page(path))
        .to(site, to)
}

/// `due` is the moment as people read it.
pub fn appeal_received(site: &Site, to: &Email, name: &PersonName, subject: &str, due: &str, path: &str) -> Message {
    Letter::new(text::appeal_received(subject))
        .greeting(name)
        .paragraph(text::appeal_received_body(due))
        .button(text::SEE_APPEAL, site.page(path))
        .to(site, to)
}

pub fn appeal_accepted(
    site: &Site,
    to: &Email,
    name: &PersonName,
    subject: &str,
    comment: &str,
    path: &str,
) -> Message {
    Letter::new(text::appeal_accepted(subject))
        .greeting(name)
        .paragraph(text::APPEAL_ACCEPTED_BODY)
        .quote(comment)
        .button(SEE_DECISION, site.page(path))
        .to(site, to)
}

/// The criterion and what the reviewer wrote.
pub fn appeal_refused(
    site: &Site,
    to: &Email,
    name: &PersonName,
    subject: &str,
    (criterion, comment): (&str, &str),
    path: &str,
) -> Message {
    Letter::new(text::appeal_refused(subject))
        .greeting(name)
        .paragraph(text::APPEAL_REFUSED_BODY)
        .facts(&[(CRITERION, criterion)])
        .quote(comment)
        .button(SEE_DECISION, site.page(path))
        .to(site, to)
}

/// `due` is the moment as people read it.
pub fn ticket_opened(site: &Site, to: &Email, name: &PersonName, title: &str, due: &str, path: &str) -> Message {
    Letter::new(text::ticket_opened(title))
        .greeting(name)
        .paragraph(text::ticket_opened_body(due))
        .button(text::SEE_TICKET, site.page(path))
        .to(site, to)
}

pub fn ticket_answered(site: &Site, to: &Email, name: &PersonName, title: &str, answer: &str, path: &str) -> Message {
    Letter::new(text::ticket_answered(title))
        .greeting(name)
        .paragraph(text::TICKET_ANSWERED_BODY)
        .quote(answer)
        .button(text::SEE_TICKET, site.page(path))
        .to(site, to)
}

/// Closed by us, with what we said last.
pub fn ticket_closed(site: &Site, to: &Email, name: &PersonName, title: &str, answer: &str, path: &str) -> Message {
    Letter::new(text::ticket_closed(title))
        .greeting(name)
        .paragraph(text::TICKET_CLOSED_BODY)
        .quote(answer)
        .button(text::SEE_TICKET, site.page(path))
        .to(site, to)
}
