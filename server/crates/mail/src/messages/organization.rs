//! To the owner of an organization, about its registration.

use model::{account::PersonName, email::Email};

use crate::{
    letter::Letter,
    message::Message,
    site::{OWNER, Site},
    texts::{
        ANSWER, BUSINESS_DAYS, CRITERION, OPEN_PORTAL, SEE_DECISION, SEE_STATUS, SEE_WHAT_HAPPENED,
        organization as text,
    },
};

/// The registration is in the administrators' queue.
pub fn received(site: &Site, to: &Email, name: &PersonName, organization: &str) -> Message {
    Letter::new(text::RECEIVED)
        .greeting(name)
        .paragraph(text::received(organization))
        .paragraph(BUSINESS_DAYS)
        .button(SEE_STATUS, site.page(OWNER))
        .to(site, to)
}

/// Apps can be registered now.
pub fn approved(site: &Site, to: &Email, name: &PersonName, organization: &str, comment: &str) -> Message {
    Letter::new(text::APPROVED)
        .greeting(name)
        .paragraph(text::approved(organization))
        .quote(comment)
        .button(text::REGISTER_APP, site.page(OWNER))
        .to(site, to)
}

/// Refused by an objective criterion, with the reviewer's words.
pub fn denied(
    site: &Site,
    to: &Email,
    name: &PersonName,
    organization: &str,
    criterion: &str,
    comment: &str,
) -> Message {
    Letter::new(text::DENIED)
        .greeting(name)
        .paragraph(text::denied(organization))
        .facts(&[(CRITERION, criterion)])
        .quote(comment)
        .paragraph(text::SUBMIT_AGAIN)
        .button(SEE_DECISION, site.page(OWNER))
        .to(site, to)
}

/// The change of an approved organization is in the administrators' queue.
pub fn change_received(site: &Site, to: &Email, name: &PersonName, organization: &str) -> Message {
    Letter::new(text::CHANGE_RECEIVED)
        .greeting(name)
        .paragraph(text::change_received(organization))
        .paragraph(BUSINESS_DAYS)
        .button(SEE_STATUS, site.page(OWNER))
        .to(site, to)
}

pub fn change_approved(site: &Site, to: &Email, name: &PersonName, organization: &str, comment: &str) -> Message {
    Letter::new(text::CHANGE_APPROVED)
        .greeting(name)
        .paragraph(text::change_approved(organization))
        .quote(comment)
        .button(OPEN_PORTAL, site.page(OWNER))
        .to(site, to)
}

/// The approved values stay.
pub fn change_denied(
    site: &Site,
    to: &Email,
    name: &PersonName,
    organization: &str,
    criterion: &str,
    comment: &str,
) -> Message {
    Letter::new(text::CHANGE_DENIED)
        .greeting(name)
        .paragraph(text::change_denied(organization))
        .facts(&[(CRITERION, criterion)])
        .quote(comment)
        .paragraph(text::SUBMIT_CHANGE_AGAIN)
        .button(SEE_DECISION, site.page(OWNER))
        .to(site, to)
}

/// The reviewer needs to know more before deciding.
pub fn information_asked(site: &Site, to: &Email, name: &PersonName, organization: &str, comment: &str) -> Message {
    Letter::new(text::ASKED)
        .greeting(name)
        .paragraph(text::asked(organization))
        .quote(comment)
        .button(ANSWER, site.page(OWNER))
        .to(site, to)
}

/// Its apps and their tokens have stopped.
pub fn suspended(site: &Site, to: &Email, name: &PersonName, organization: &str, comment: &str) -> Message {
    Letter::new(text::SUSPENDED)
        .greeting(name)
        .paragraph(text::suspended(organization))
        .quote(comment)
        .button(SEE_WHAT_HAPPENED, site.page(OWNER))
        .to(site, to)
}

pub fn reactivated(site: &Site, to: &Email, name: &PersonName, organization: &str, comment: &str) -> Message {
    Letter::new(text::REACTIVATED)
        .greeting(name)
        .paragraph(text::reactivated(organization))
        .quote(comment)
        .button(OPEN_PORTAL, site.page(OWNER))
        .to(site, to)
}

/// For good: it, its apps, and their tokens.
pub fn revoked(site: &Site, to: &Email, name: &PersonName, organization: &str, comment: &str) -> Message {
    Letter::new(text::REVOKED)
        .greeting(name)
        .paragraph(text::revoked(organization))
        .quote(comment)
        .button(SEE_WHAT_HAPPENED, site.page(OWNER))
        .to(site, to)
}

/// Which of its apps may be used in a program.
pub struct List<'a> {
    pub organization: &'a str,
    pub program: &'a str,
    /// The names of the apps that may not be used now; empty if all may.
    pub kept_out: &'a str,
}

/// An administrator changed it.
pub fn list_set(site: &Site, to: &Email, name: &PersonName, list: &List<'_>, comment: &str) -> Message {
    let kept_out = if list.kept_out.is_empty() { text::ALL_USABLE } else { list.kept_out };
    Letter::new(text::LIST_SET)
        .greeting(name)
        .paragraph(text::list_set(list.organization))
        .facts(&[(text::PROGRAM, list.program), (text::KEPT_OUT, kept_out)])
        .quote(comment)
        .button(SEE_WHAT_HAPPENED, site.page(OWNER))
        .to(site, to)
}
