//! To a member, about who may read their data. That an address belongs to a member of a plan, and which app they use,
//! can be health data: so these messages name neither payer nor app, and lead to the portal that does.

use model::{email::Email, locale::Locale};

use crate::{
    letter::Letter,
    message::Message,
    reader::Reader,
    site::{FORGOT_PASSWORD, MEMBER, PAST_ACCESS, Site},
    texts::{HELLO, RESET_PASSWORD, SEE_APPS, access as text},
};

/// The member allowed an app.
pub fn granted(site: &Site, reader: Reader<'_>) -> Message {
    decided(site, reader, reader.letter(text::GRANTED).paragraph(text::GRANTED_BODY))
}

/// The member answered an app again, and the new answer replaced the earlier one.
pub fn changed(site: &Site, reader: Reader<'_>) -> Message {
    decided(site, reader, reader.letter(text::CHANGED).paragraph(text::CHANGED_BODY))
}

/// The member chose another day on which an app's access ends.
pub fn length_changed(site: &Site, reader: Reader<'_>) -> Message {
    decided(site, reader, reader.letter(text::LENGTH).paragraph(text::LENGTH_BODY))
}

/// Apps have been connected for another 90 days.
pub fn still_connected(site: &Site, reader: Reader<'_>) -> Message {
    reader
        .letter(text::STILL_CONNECTED)
        .paragraph(text::STILL_CONNECTED_BODY)
        .paragraph(text::STILL_CONNECTED_STOP)
        .button(SEE_APPS, site.page(MEMBER))
        .to(site, reader.to)
}

/// An app's access ends within two weeks. `renewal` is the path of the page that gives it more time.
pub fn ends_soon(site: &Site, reader: Reader<'_>, renewal: &str) -> Message {
    reader
        .letter(text::ENDS_SOON)
        .paragraph(text::ENDS_SOON_BODY)
        .paragraph(text::ENDS_SOON_RENEW)
        .button(text::SEE_OR_RENEW, site.page(renewal))
        .to(site, reader.to)
}

/// Where the member sees what they decided, and what to do if they did not.
fn decided(site: &Site, reader: Reader<'_>, letter: Letter) -> Message {
    letter.button(SEE_APPS, site.page(MEMBER)).paragraph(text::NOT_YOU).to(site, reader.to)
}

/// The access ended: by the member, by our staff on the member's behalf, or by the app itself.
pub fn revoked(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter(text::ENDED).paragraph(text::REVOKED);
    letter.button(SEE_APPS, site.page(MEMBER)).to(site, reader.to)
}

/// The plan no longer has the member, and what they allowed has ended.
pub fn member_left(site: &Site, reader: Reader<'_>) -> Message {
    reader
        .letter(text::MEMBER_LEFT)
        .paragraph(text::MEMBER_LEFT_BODY)
        .paragraph(text::MEMBER_LEFT_WRONGLY)
        .button(text::SEE_WHAT_ENDED, site.page(PAST_ACCESS))
        .to(site, reader.to)
}

/// To those who were already linked to a person's records: now another account is, too.
pub fn linked_elsewhere(site: &Site, reader: Reader<'_>) -> Message {
    reader
        .letter(text::LINKED_ELSEWHERE)
        .paragraph(text::LINKED_ELSEWHERE_BODY)
        .paragraph(text::LINKED_ELSEWHERE_ADVICE)
        .button(SEE_APPS, site.page(MEMBER))
        .button(RESET_PASSWORD, site.page(FORGOT_PASSWORD))
        .to(site, reader.to)
}

/// To the address that a plan has of a member: the code that links an account. The reader may never have been here, so it
/// greets no one by name.
pub fn member_code(site: &Site, to: &Email, locale: Locale, code: &str) -> Message {
    Letter::in_language(locale, text::MEMBER_CODE)
        .paragraph(HELLO)
        .paragraph(text::MEMBER_CODE_BODY)
        .facts(&[(text::CODE, code)])
        .paragraph(text::CODE_WORKS)
        .paragraph(text::CODE_NOT_YOURS)
        .to(site, to)
}

/// The vendor deleted the app, which ends its access.
pub fn app_deleted(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter(text::ENDED).paragraph(text::APP_DELETED);
    letter.button(text::SEE_WHICH_APP, site.page(PAST_ACCESS)).to(site, reader.to)
}

/// A person of our staff ended an app's access on the member's behalf.
pub fn revoked_by_staff(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter(text::ENDED).paragraph(text::REVOKED_BY_STAFF).paragraph(text::REVOKED_BY_STAFF_WRONGLY);
    letter.button(text::SEE_WHICH_APP, site.page(PAST_ACCESS)).to(site, reader.to)
}

/// An administrator revoked the app for good, which ends its access.
pub fn app_revoked(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter(text::ENDED).paragraph(text::APP_REVOKED);
    letter.button(text::SEE_WHICH_APP, site.page(PAST_ACCESS)).to(site, reader.to)
}
