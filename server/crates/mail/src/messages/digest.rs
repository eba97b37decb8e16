//! To the staff, once a week: what is late. Counts and links alone, nothing about anyone.

use model::{locale::Locale, texts::Text};

use crate::{message::Message, moment::When, reader::Reader, site::Site, texts::digest as text};

/// What can be late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Late {
    Organizations,
    Applications,
    Changes,
    Appeals,
    Tickets,
    /// What vendors wrote beside a review.
    Comments,
    /// Vendors who did not answer our question in time.
    Silent,
    Feeds,
}

impl Late {
    pub const ALL: [Self; 8] = [
        Self::Organizations,
        Self::Applications,
        Self::Changes,
        Self::Appeals,
        Self::Tickets,
        Self::Comments,
        Self::Silent,
        Self::Feeds,
    ];

    /// The list that shows exactly what is late.
    pub fn path(self) -> &'static str {
        match self {
            Self::Organizations => "/admin/queues/organizations?show=overdue",
            Self::Applications => "/admin/queues/applications?show=overdue",
            Self::Changes => "/admin/queues/changes?show=overdue",
            Self::Appeals => "/admin/queues/appeals?show=overdue",
            Self::Tickets => "/admin/queues/tickets?show=overdue",
            Self::Comments => "/admin/inbox?show=overdue",
            Self::Silent => "/admin/inbox?show=silent",
            Self::Feeds => "/admin/feeds",
        }
    }

    /// `3 appeals to decide`
    fn counted(self, locale: Locale, count: usize) -> String {
        let (one, more): (Text, fn(Locale, usize) -> String) = match self {
            Self::Organizations => (text::ONE_ORGANIZATION, |locale, count| text::organizations(locale, count)),
            Self::Applications => (text::ONE_APPLICATION, |locale, count| text::applications(locale, count)),
            Self::Changes => (text::ONE_CHANGE, |locale, count| text::changes(locale, count)),
            Self::Appeals => (text::ONE_APPEAL, |locale, count| text::appeals(locale, count)),
            Self::Tickets => (text::ONE_TICKET, |locale, count| text::tickets(locale, count)),
            Self::Comments => (text::ONE_COMMENT, |locale, count| text::comments(locale, count)),
            Self::Silent => (text::ONE_SILENT, |locale, count| text::silent(locale, count)),
            Self::Feeds => (text::ONE_FEED, |locale, count| text::feeds(locale, count)),
        };
        if count == 1 { one.of(locale).to_owned() } else { more(locale, count) }
    }
}

/// How many of each are late, none of them zero; in the order of [`Late::ALL`].
pub fn weekly(site: &Site, reader: Reader<'_>, late: &[(Late, usize)], as_of: &When) -> Message {
    let locale = reader.locale;
    let all: usize = late.iter().map(|(_, count)| count).sum();
    let all = if all == 1 { text::ONE_LATE.of(locale).to_owned() } else { text::late(locale, all) };
    let lines: Vec<String> = late.iter().map(|(what, count)| what.counted(locale, *count)).collect();
    let first = lines.first().cloned().unwrap_or_default();
    let first = if 1 < lines.len() { text::and_more(locale, first) } else { first };
    let links = late.iter().zip(lines).map(|((what, _), line)| (line, site.page(what.path())));
    reader
        .letter(text::subject(locale, all, first))
        .paragraph(text::BODY)
        .links(links)
        .facts(&[(text::AS_OF, as_of.of(locale).as_str())])
        .to(site, reader.to)
}
