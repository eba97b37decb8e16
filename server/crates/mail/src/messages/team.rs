//! About an organization's team: to its members, and to the people it invites.

use model::{account::PersonName, email::Email, team::TeamRole};

use crate::{
    letter::Letter,
    message::Message,
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

/// To an address that an owner typed: it may belong to anyone.
pub fn invited(site: &Site, to: &Email, organization: &str, by: Option<&str>, role: TeamRole, token: &str) -> Message {
    Letter::new(text::invited_subject(organization))
        .paragraph(HELLO)
        .paragraph(text::invited(by.unwrap_or(text::COLLEAGUE), organization, text::as_role(role)))
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
pub fn joined(site: &Site, to: &Email, name: &PersonName, joined: Joined<'_>) -> Message {
    let facts = [
        (text::NAME, joined.name.as_str()),
        (text::EMAIL, joined.email.as_str()),
        (text::INVITED_ADDRESS, joined.invited.as_str()),
        (text::ROLE, text::role(joined.role)),
    ];
    Letter::new(text::joined_subject(joined.team.name))
        .greeting(name)
        .paragraph(text::joined(joined.team.name))
        .facts(&facts)
        .paragraph(text::JOINED_WRONGLY)
        .button(text::SEE_TEAM, joined.team.page(site))
        .to(site, to)
}

/// To a former member.
pub fn removed(site: &Site, to: &Email, name: &PersonName, organization: &str) -> Message {
    Letter::new(text::removed_subject(organization))
        .greeting(name)
        .paragraph(text::removed(organization))
        .paragraph(text::REMOVED_WRONGLY)
        .button(OPEN_PORTAL, site.page(OWNER))
        .to(site, to)
}

/// To each owner.
pub fn left(site: &Site, to: &Email, name: &PersonName, team: Team<'_>, who: &str) -> Message {
    Letter::new(text::left_subject(team.name))
        .greeting(name)
        .paragraph(text::left(who, team.name))
        .button(text::SEE_TEAM, team.page(site))
        .to(site, to)
}

/// To a member who is an owner or a developer from now on.
pub fn role_changed(site: &Site, to: &Email, name: &PersonName, team: Team<'_>, role: TeamRole) -> Message {
    Letter::new(text::role_subject(team.name))
        .greeting(name)
        .paragraph(text::role_changed(team.name, text::as_role(role)))
        .paragraph(text::may(role))
        .button(text::SEE_TEAM, team.page(site))
        .to(site, to)
}

/// To each owner, the new one too.
pub fn owner_named(site: &Site, to: &Email, name: &PersonName, team: Team<'_>, owner: &str, reason: &str) -> Message {
    Letter::new(text::owner_named_subject(team.name))
        .greeting(name)
        .paragraph(text::owner_named(owner, team.name))
        .quote(reason)
        .paragraph(text::OWNER_NAMED_WRONGLY)
        .button(text::SEE_TEAM, team.page(site))
        .to(site, to)
}
