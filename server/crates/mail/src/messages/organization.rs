//! To the owner of an organization, about its registration.

use crate::{
    message::Message,
    moment::When,
    reader::Reader,
    site::{REGISTER_APP, Site},
    texts::{
        ANSWER, ANSWER_BY, BUSINESS_DAYS, CRITERION, NO_ANSWER, PROGRAM, SEE_DECISION, SEE_ORGANIZATION, SEE_STATUS,
        SEE_WHAT_HAPPENED, organization as text,
    },
};

/// The organization that a letter is about.
#[derive(Clone, Copy, Debug)]
pub struct Organization<'a> {
    pub id: &'a str,
    pub name: &'a str,
}

impl Organization<'_> {
    /// Its page in the App Owner portal, for readers with several organizations too.
    fn page(self, site: &Site) -> String {
        site.page(&owner_path(self.id))
    }
}

/// The path of an organization's page in the App Owner portal.
pub fn owner_path(organization: &str) -> String {
    format!("/owner/organization?organization={organization}")
}

/// The registration is in the administrators' queue.
pub fn received(site: &Site, reader: Reader<'_>, of: Organization<'_>) -> Message {
    reader
        .letter(text::received_subject(reader.locale, of.name))
        .paragraph(text::received(reader.locale, of.name))
        .paragraph(BUSINESS_DAYS)
        .button(SEE_STATUS, of.page(site))
        .to(site, reader.to)
}

/// Apps can be registered now.
pub fn approved(site: &Site, reader: Reader<'_>, of: Organization<'_>, comment: &str) -> Message {
    reader
        .letter(text::approved_subject(reader.locale, of.name))
        .paragraph(text::approved(reader.locale, of.name))
        .quote(comment)
        .button(text::REGISTER_APP, site.page(&format!("{REGISTER_APP}?organization={}", of.id)))
        .to(site, reader.to)
}

/// Refused by an objective criterion, with the reviewer's words.
pub fn denied(site: &Site, reader: Reader<'_>, of: Organization<'_>, criterion: &str, comment: &str) -> Message {
    reader
        .letter(text::denied_subject(reader.locale, of.name))
        .paragraph(text::denied(reader.locale, of.name))
        .facts(&[(CRITERION, criterion)])
        .quote(comment)
        .paragraph(text::SUBMIT_AGAIN)
        .button(SEE_DECISION, of.page(site))
        .to(site, reader.to)
}

/// The change of an approved organization is in the administrators' queue.
pub fn change_received(site: &Site, reader: Reader<'_>, of: Organization<'_>) -> Message {
    reader
        .letter(text::change_received_subject(reader.locale, of.name))
        .paragraph(text::change_received(reader.locale, of.name))
        .paragraph(BUSINESS_DAYS)
        .button(SEE_STATUS, of.page(site))
        .to(site, reader.to)
}

pub fn change_approved(site: &Site, reader: Reader<'_>, of: Organization<'_>, comment: &str) -> Message {
    reader
        .letter(text::change_approved_subject(reader.locale, of.name))
        .paragraph(text::change_approved(reader.locale, of.name))
        .quote(comment)
        .button(SEE_ORGANIZATION, of.page(site))
        .to(site, reader.to)
}

/// The approved values stay.
pub fn change_denied(site: &Site, reader: Reader<'_>, of: Organization<'_>, criterion: &str, comment: &str) -> Message {
    reader
        .letter(text::change_denied_subject(reader.locale, of.name))
        .paragraph(text::change_denied(reader.locale, of.name))
        .facts(&[(CRITERION, criterion)])
        .quote(comment)
        .paragraph(text::SUBMIT_CHANGE_AGAIN)
        .button(SEE_DECISION, of.page(site))
        .to(site, reader.to)
}

/// The reviewer needs to know more before deciding. `until`: how long we wait for the answer.
pub fn information_asked(
    site: &Site,
    reader: Reader<'_>,
    of: Organization<'_>,
    comment: &str,
    until: &When,
) -> Message {
    reader
        .letter(text::asked_subject(reader.locale, of.name))
        .paragraph(text::asked(reader.locale, of.name))
        .quote(comment)
        .facts(&[(ANSWER_BY, until.of(reader.locale).as_str())])
        .paragraph(NO_ANSWER)
        .button(ANSWER, of.page(site))
        .to(site, reader.to)
}

/// Its apps and their tokens have stopped.
pub fn suspended(site: &Site, reader: Reader<'_>, of: Organization<'_>, comment: &str) -> Message {
    reader
        .letter(text::suspended_subject(reader.locale, of.name))
        .paragraph(text::suspended(reader.locale, of.name))
        .quote(comment)
        .button(SEE_WHAT_HAPPENED, of.page(site))
        .to(site, reader.to)
}

pub fn reactivated(site: &Site, reader: Reader<'_>, of: Organization<'_>, comment: &str) -> Message {
    reader
        .letter(text::reactivated_subject(reader.locale, of.name))
        .paragraph(text::reactivated(reader.locale, of.name))
        .quote(comment)
        .button(SEE_ORGANIZATION, of.page(site))
        .to(site, reader.to)
}

/// For good: it, its apps, and their tokens.
pub fn revoked(site: &Site, reader: Reader<'_>, of: Organization<'_>, comment: &str) -> Message {
    reader
        .letter(text::revoked_subject(reader.locale, of.name))
        .paragraph(text::revoked(reader.locale, of.name))
        .quote(comment)
        .button(SEE_WHAT_HAPPENED, of.page(site))
        .to(site, reader.to)
}

/// Which of its apps may be used in a program.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    pub organization: Organization<'a>,
    pub program: &'a str,
    /// The names of the apps that may not be used now; empty if all may.
    pub kept_out: &'a str,
}

/// An administrator changed it.
pub fn list_set(site: &Site, reader: Reader<'_>, list: List<'_>, comment: &str) -> Message {
    let of = list.organization;
    let kept_out = if list.kept_out.is_empty() { text::ALL_USABLE.of(reader.locale) } else { list.kept_out };
    reader
        .letter(text::list_set_subject(reader.locale, of.name, list.program))
        .paragraph(text::list_set(reader.locale, of.name))
        .facts(&[(PROGRAM, list.program), (text::KEPT_OUT, kept_out)])
        .quote(comment)
        .button(SEE_WHAT_HAPPENED, of.page(site))
        .to(site, reader.to)
}
