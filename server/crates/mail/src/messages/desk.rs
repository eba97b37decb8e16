//! To the staff of the Administrative & Support Portal.

use model::{account::PersonName, email::Email};

use crate::{letter::Letter, message::Message, site::Site, texts::desk as text};

/// What the staff hears of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    Organization,
    Application,
    Change,
    Answer,
    Appeal,
    Ticket,
    Reply,
}

/// What arrived.
pub struct Facts<'a> {
    pub arrival: Arrival,
    /// Of the organization or app, or a ticket's title.
    pub name: &'a str,
    /// By when we answer, as people read it.
    pub due: &'a str,
    /// Its page.
    pub path: &'a str,
}

pub fn arrived(site: &Site, to: &Email, name: &PersonName, facts: &Facts<'_>) -> Message {
    let subject = match facts.arrival {
        Arrival::Organization => text::organization(facts.name),
        Arrival::Application => text::application(facts.name),
        Arrival::Change => text::change(facts.name),
        Arrival::Answer => text::answer(facts.name),
        Arrival::Appeal => text::appeal(facts.name),
        Arrival::Ticket => text::ticket(facts.name),
        Arrival::Reply => text::ticket_replied(facts.name),
    };
    Letter::new(subject.clone())
        .greeting(name)
        .paragraph(text::WAITS)
        .facts(&[(text::ABOUT, subject.as_str()), (text::DUE, facts.due)])
        .button(text::OPEN, site.page(facts.path))
        .to(site, to)
}
