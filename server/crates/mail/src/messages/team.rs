//! About an organization's team: to its members, and to the people it invites.

use model::{account::PersonName, email::Email, team::TeamRole};

use crate::{
    letter::Letter,
    message::Message,
    site::{INVITATION, OWNER, Site, TEAM},
    texts::{HELLO, OPEN_PORTAL, team as text},
};

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
    pub organization: &'a str,
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
    Letter::new(text::joined_subject(joined.organization))
        .greeting(name)
        .paragraph(text::joined(joined.organization))
        .facts(&facts)
        .paragraph(text::JOINED_WRONGLY)
        .button(text::SEE_TEAM, site.page(TEAM))
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
pub fn left(site: &Site, to: &Email, name: &PersonName, organization: &str, who: &str) -> Message {
    Letter::new(text::left_subject(organization))
        .greeting(name)
        .paragraph(text::left(who, organization))
        .button(text::SEE_TEAM, site.page(TEAM))
        .to(site, to)
}

/// To a member who is an owner or a developer from now on.
pub fn role_changed(site: &Site, to: &Email, name: &PersonName, organization: &str, role: TeamRole) -> Message {
    Letter::new(text::role_subject(organization))
        .greeting(name)
        .paragraph(text::role_changed(organization, text::as_role(role)))
        .paragraph(text::may(role))
        .button(text::SEE_TEAM, site.page(TEAM))
        .to(site, to)
}

/// To each owner, the new one too.
pub fn owner_named(
    site: &Site,
    to: &Email,
    name: &PersonName,
    organization: &str,
    owner: &str,
    reason: &str,
) -> Message {
    Letter::new(text::owner_named_subject(organization))
        .greeting(name)
        .paragraph(text::owner_named(owner, organization))
        .quote(reason)
        .paragraph(text::OWNER_NAMED_WRONGLY)
        .button(text::SEE_TEAM, site.page(TEAM))
        .to(site, to)
}
