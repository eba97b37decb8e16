//! About acting for a member: to the person who may, and to the accounts of the member. That an address belongs to a member of a
//! plan can be health data, so no message names the plan.

use model::account::PersonName;

use crate::{
    message::Message,
    reader::Reader,
    site::{MEMBER, PAST_ACCESS, Site},
    texts::{access, representative as text},
};

/// The reader may act for a member with this first name.
pub fn may_act(site: &Site, reader: Reader<'_>, first_name: &str) -> Message {
    reader
        .letter(text::MAY_ACT)
        .paragraph(text::may_act_body(reader.locale, first_name))
        .paragraph(text::MAY_ACT_WHERE)
        .paragraph(text::MAY_ACT_WRONGLY)
        .button(text::SEE_YOURS, site.page(MEMBER))
        .to(site, reader.to)
}

/// A person with this name may act for the reader.
pub fn acts_for_you(site: &Site, reader: Reader<'_>, representative: &PersonName) -> Message {
    reader
        .letter(text::ACTS_FOR_YOU)
        .paragraph(text::acts_for_you_body(reader.locale, representative))
        .paragraph(text::ACTS_FOR_YOU_WRONGLY)
        .button(text::SEE_YOURS, site.page(MEMBER))
        .to(site, reader.to)
}

/// The reader may no longer act for a member with this first name.
pub fn ended(site: &Site, reader: Reader<'_>, first_name: &str) -> Message {
    reader
        .letter(text::ENDED)
        .paragraph(text::ended_body(reader.locale, first_name))
        .paragraph(text::ENDED_WRONGLY)
        .button(access::SEE_WHAT_ENDED, site.page(PAST_ACCESS))
        .to(site, reader.to)
}

/// A person with this name may no longer act for the reader.
pub fn ended_for_you(site: &Site, reader: Reader<'_>, representative: &PersonName) -> Message {
    reader
        .letter(text::ENDED_FOR_YOU)
        .paragraph(text::ended_for_you_body(reader.locale, representative))
        .button(text::SEE_YOURS, site.page(MEMBER))
        .to(site, reader.to)
}
