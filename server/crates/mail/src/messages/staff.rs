//! To staff, about their roles and those of others.

use model::{account::Role, texts::Text};

use crate::{
    message::Message,
    reader::Reader,
    site::{ACCOUNT, ADMIN, STAFF, Site},
    texts::staff as text,
};

/// A change of someone else's roles.
pub struct Change<'a> {
    pub name: &'a str,
    pub healthcare_id: &'a str,
    pub role: Role,
    /// `None`: the command line of the server.
    pub by: Option<&'a str>,
}

/// The reader has a new role. `has_factor`: whether their account has a second factor.
pub fn role_given(site: &Site, reader: Reader<'_>, role: Role, reason: &str, has_factor: bool) -> Message {
    let (locale, role) = (reader.locale, text::role(role).of(reader.locale));
    let letter = reader.letter(text::role_given_subject(locale, role)).paragraph(text::role_given(locale, role));
    let letter = letter.quote(reason);
    let letter = if has_factor { letter } else { letter.paragraph(text::SET_UP_FIRST) };
    letter.button(text::OPEN_PORTAL, site.page(ADMIN)).to(site, reader.to)
}

/// The reader lost a role.
pub fn role_taken(site: &Site, reader: Reader<'_>, role: Role, reason: &str) -> Message {
    let (locale, role) = (reader.locale, text::role(role).of(reader.locale));
    let letter = reader.letter(text::role_taken_subject(locale, role)).paragraph(text::role_taken(locale, role));
    letter.quote(reason).button(text::OPEN_ACCOUNT, site.page(ACCOUNT)).to(site, reader.to)
}

/// To an administrator: someone else has a new role.
pub fn others_role_given(site: &Site, reader: Reader<'_>, change: &Change<'_>, reason: &str) -> Message {
    let subject = text::others_role_given(reader.locale, change.name);
    others(site, reader, subject, text::OTHERS_ROLE_GIVEN_BODY, change, reason)
}

/// To an administrator: someone else lost a role.
pub fn others_role_taken(site: &Site, reader: Reader<'_>, change: &Change<'_>, reason: &str) -> Message {
    let subject = text::others_role_taken(reader.locale, change.name);
    others(site, reader, subject, text::OTHERS_ROLE_TAKEN_BODY, change, reason)
}

fn others(
    site: &Site,
    reader: Reader<'_>,
    subject: String,
    what_happened: Text,
    change: &Change<'_>,
    reason: &str,
) -> Message {
    let person = text::person(reader.locale, change.name, change.healthcare_id);
    let by = change.by.unwrap_or(text::COMMAND_LINE.of(reader.locale));
    let role = text::role(change.role).of(reader.locale);
    reader
        .letter(subject)
        .paragraph(what_happened)
        .facts(&[(text::PERSON, person.as_str()), (text::ROLE, role), (text::BY, by)])
        .quote(reason)
        .paragraph(text::NOT_EXPECTED)
        .button(text::SEE_STAFF, site.page(STAFF))
        .to(site, reader.to)
}
