//! To staff, about their roles and those of others.

use model::account::Role;

use crate::{
    letter::Letter,
    message::Message,
    reader::Reader,
    site::{ADMIN, STAFF, Site},
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
    let letter = Letter::new(text::ROLE_GIVEN).greeting(reader.name).paragraph(text::role_given(text::role(role)));
    let letter = letter.quote(reason);
    let letter = if has_factor { letter } else { letter.paragraph(text::SET_UP_FIRST) };
    letter.button(text::OPEN_PORTAL, site.page(ADMIN)).to(site, reader.to)
}

/// The reader lost a role.
pub fn role_taken(site: &Site, reader: Reader<'_>, role: Role, reason: &str) -> Message {
    let letter = Letter::new(text::ROLE_TAKEN).greeting(reader.name).paragraph(text::role_taken(text::role(role)));
    letter.quote(reason).to(site, reader.to)
}

/// To an administrator: someone else has a new role.
pub fn others_role_given(site: &Site, reader: Reader<'_>, change: &Change<'_>, reason: &str) -> Message {
    others(site, reader, text::OTHERS_ROLE_GIVEN, text::OTHERS_ROLE_GIVEN_BODY, change, reason)
}

/// To an administrator: someone else lost a role.
pub fn others_role_taken(site: &Site, reader: Reader<'_>, change: &Change<'_>, reason: &str) -> Message {
    others(site, reader, text::OTHERS_ROLE_TAKEN, text::OTHERS_ROLE_TAKEN_BODY, change, reason)
}

fn others(
    site: &Site,
    reader: Reader<'_>,
    subject: &'static str,
    what_happened: &'static str,
    change: &Change<'_>,
    reason: &str,
) -> Message {
    let person = text::person(change.name, change.healthcare_id);
    let by = change.by.unwrap_or(text::COMMAND_LINE);
    Letter::new(subject)
        .greeting(reader.name)
        .paragraph(what_happened)
        .facts(&[(text::PERSON, person.as_str()), (text::ROLE, text::role(change.role)), (text::BY, by)])
        .quote(reason)
        .paragraph(text::NOT_EXPECTED)
        .button(text::SEE_STAFF, site.page(STAFF))
        .to(site, reader.to)
}
