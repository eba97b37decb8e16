//! The names and navigation of the portals.

use model::texts::Text;

use crate::{docs, locale::Locale, page::Portal, texts::frame as text};

/// A navigation entry: address and name.
pub type Entry = (&'static str, Text);

impl Portal {
    pub fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Site => text::SITE,
            Self::Owner => text::OWNER,
            Self::Admin => text::ADMIN,
            Self::Member => text::MEMBER.of(locale),
            Self::Consent => text::CONSENT.of(locale),
        }
    }

    /// What it is for, in a sentence.
    pub fn about(self, locale: Locale) -> &'static str {
        match self {
            Self::Site => text::ABOUT_SITE.of(locale),
            Self::Owner => text::ABOUT_OWNER,
            Self::Admin => text::ABOUT_ADMIN,
            Self::Member => text::ABOUT_MEMBER.of(locale),
            Self::Consent => text::ABOUT_CONSENT.of(locale),
        }
    }

    /// The portal that an address belongs to.
    pub fn of(address: &str) -> Self {
        let is_below = |start: &str| {
            address.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
        };
        let portals = [Self::Owner, Self::Admin, Self::Member];
        let portal = portals.into_iter().find(|portal| is_below(portal.home()));
        portal.unwrap_or(if is_below("/consent") { Self::Consent } else { Self::Site })
    }

    /// The word for it in addresses, and the portal of a word: only those with a navigation have one.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Site | Self::Consent => None,
            Self::Owner => Some("owner"),
            Self::Admin => Some("admin"),
            Self::Member => Some("member"),
        }
    }

    pub fn named(word: &str) -> Option<Self> {
        [Self::Owner, Self::Admin, Self::Member].into_iter().find(|portal| portal.word() == Some(word))
    }

    /// The start page of the portal.
    pub fn home(self) -> &'static str {
        match self {
            Self::Site | Self::Consent => "/",
            Self::Owner => "/owner",
            Self::Admin => "/admin",
            Self::Member => "/member",
        }
    }

    /// The class that gives the portal its accent colour.
    pub fn accent(self) -> &'static str {
        match self {
            Self::Site => "accent-site",
            Self::Owner => "accent-owner",
            Self::Admin => "accent-admin",
            Self::Member | Self::Consent => "accent-member",
        }
    }

    /// Shown to those who are signed in.
    pub fn navigation(self) -> &'static [Entry] {
        match self {
            Self::Site | Self::Consent => &[],
            Self::Owner => &OWNER,
            Self::Admin => &ADMIN,
            Self::Member => &MEMBER,
        }
    }
}

const OWNER: [Entry; 9] = [
    ("/owner", Text::english(text::DASHBOARD)),
    ("/owner/inbox", Text::english(text::INBOX)),
    ("/owner/applications", Text::english(text::APPLICATIONS)),
    ("/owner/applications/new", Text::english(text::REGISTER_APP)),
    ("/owner/profile", Text::english(text::PROFILE)),
    ("/owner/organization", Text::english(text::ORGANIZATION_PROFILE)),
    ("/owner/team", Text::english(text::TEAM)),
    (docs::PATH, text::DOCUMENTATION),
    ("/owner/support", Text::english(text::SUPPORT)),
];

const ADMIN: [Entry; 12] = [
    ("/admin", Text::english(text::DASHBOARD)),
    ("/admin/inbox", Text::english(text::INBOX)),
    ("/admin/queues", Text::english(text::REVIEWS)),
    ("/admin/queues/tickets", Text::english(text::TICKETS)),
    ("/admin/search", Text::english(text::SEARCH)),
    ("/admin/members", Text::english(text::MEMBERS)),
    ("/admin/programs", Text::english(text::PROGRAMS)),
    ("/admin/reports", Text::english(text::REPORTS)),
    ("/admin/feeds", Text::english(text::FEEDS)),
    ("/admin/staff", Text::english(text::STAFF)),
    ("/admin/bulletins", Text::english(text::BULLETINS)),
    ("/admin/audit", Text::english(text::AUDIT_LOG)),
];

const MEMBER: [Entry; 4] = [
    ("/member", text::CONNECTED_APPS),
    ("/member/history", text::ACCESS_HISTORY),
    ("/member/past", text::PAST_ACCESS),
    ("/member/advice", text::CHOOSING),
];
