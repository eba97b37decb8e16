//! About an organization's team: to its members, and to the people it invites.

use model::{account::PersonName, email::Email, locale::Locale, team::TeamRole};

use crate::{
    letter::Letter,
    message::Message,
    reader::Reader,
    site::{INVITATION, OWNER, Site, TEAM},
    texts::{HELLO, OPEN_PORTAL, team as text},
};

/// The organization whose team a letter is about.
#[derive(Clone, Copy, Debug)]
pub struct Team<'a> {
    pub id: &'a str,
    pub name: &'a str,
}

impl Team<'_> {
    /// The page of this team, for readers with several organizations too.
    fn page(self, site: &Site) -> String {
        site.page(&format!("{TEAM}?organization={}", self.id))
    }
}

/// An invitation to a team.
#[derive(Clone, Copy, Debug)]
pub struct Invitation<'a> {
    pub organization: &'a str,
    /// `None` where we no longer know who it was.
    pub by: Option<&'a str>,
    pub role: TeamRole,
    pub token: &'a str,
}

/// To an address that an owner typed: it may belong to anyone. `locale`: of the account with this address, if there is one.
pub fn invited(site: &Site, to: &Email, locale: Locale, invitation: Invitation<'_>) -> Message {
    let Invitation { organization, by, role, token } = invitation;
    let by = by.unwrap_or(text::COLLEAGUE.of(locale));
    Letter::in_language(locale, text::invited_subject(locale, organization))
        .paragraph(HELLO)
        .paragraph(text::invited(locale, by, organization, text::as_role(role).of(locale)))
        .paragraph(text::may(role))
        .paragraph(text::SEVEN_DAYS)
        .button(text::SEE_INVITATION, site.single_use(INVITATION, token))
        .paragraph(text::NOT_EXPECTED)
        .to(site, to)
}

/// Who accepted an invitation.
#[derive(Clone, Copy, Debug)]
pub struct Joined<'a> {
    pub team: Team<'a>,
    pub name: &'a PersonName,
    pub email: &'a Email,
    /// The address that was invited.
    pub invited: &'a Email,
    pub role: TeamRole,
}

/// To each owner: the address tells them if another person than they meant has accepted.
pub fn joined(site: &Site, reader: Reader<'_>, joined: Joined<'_>) -> Message {
    let facts = [
        (text::NAME, joined.name.as_str()),
        (text::EMAIL, joined.email.as_str()),
        (text::INVITED_ADDRESS, joined.invited.as_str()),
        (text::ROLE, text::role(joined.role).of(reader.locale)),
    ];
    reader
        .letter(text::joined_subject(reader.locale, joined.team.name))
        .paragraph(text::joined(reader.locale, joined.team.name))
        .facts(&facts)
        .paragraph(text::JOINED_WRONGLY)
        .button(text::SEE_TEAM, joined.team.page(site))
        .to(site, reader.to)
}

/// To a former member.
pub fn removed(site: &Site, reader: Reader<'_>, organization: &str) -> Message {
    reader
        .letter(text::removed_subject(reader.locale, organization))
        .paragraph(text::removed(reader.locale, organization))
        .paragraph(text::REMOVED_WRONGLY)
        .button(OPEN_PORTAL, site.page(OWNER))
        .to(site, reader.to)
}

/// To each owner.
pub fn left(site: &Site, reader: Reader<'_>, team: Team<'_>, who: &str) -> Message {
    reader
        .letter(text::left_subject(reader.locale, team.name))
        .paragraph(text::left(reader.locale, who, team.name))
        .button(text::SEE_TEAM, team.page(site))
        .to(site, reader.to)
}

/// To a member who is an owner or a developer from now on.
pub fn role_changed(site: &Site, reader: Reader<'_>, team: Team<'_>, role: TeamRole) -> Message {
    reader
        .letter(text::role_subject(reader.locale, team.name))
        .paragraph(text::role_changed(reader.locale, team.name, text::as_role(role).of(reader.locale)))
        .paragraph(text::may(role))
        .button(text::SEE_TEAM, team.page(site))
        .to(site, reader.to)
}

/// To each owner, the new one too.
pub fn owner_named(site: &Site, reader: Reader<'_>, team: Team<'_>, owner: &str, reason: &str) -> Message {
    reader
        .letter(text::owner_named_subject(reader.locale, team.name))
        .paragraph(text::owner_named(reader.locale, owner, team.name))
        .quote(reason)
        .paragraph(text::OWNER_NAMED_WRONGLY)
        .button(text::SEE_TEAM, team.page(site))
        .to(site, reader.to)
}
