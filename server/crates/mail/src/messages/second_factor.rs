//! To the holder of a Healthcare ID, about its second factor.

use crate::{
    letter::Letter,
    message::Message,
    reader::Reader,
    site::{FORGOT_PASSWORD, SECOND_FACTOR, Site},
    texts::{RESET_PASSWORD, second_factor as text},
};

/// From now on signing in takes a code as well.
pub fn added(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter(text::ON).paragraph(text::APP_IS_FIRST);
    ends(site, reader, letter.paragraph(text::KEEP_CODES_WITHOUT_PHONE))
}

/// From now on signing in takes a passkey as well.
pub fn first_passkey_added(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter(text::ON).paragraph(text::PASSKEY_IS_FIRST);
    ends(site, reader, letter.paragraph(text::KEEP_CODES_WITHOUT_DEVICE))
}

/// A passkey beside what was there.
pub fn passkey_added(site: &Site, reader: Reader<'_>) -> Message {
    ends(site, reader, reader.letter(text::PASSKEY_ADDED).paragraph(text::PASSKEY_ADDED_BODY))
}

/// A passkey is gone; another factor is left.
pub fn passkey_removed(site: &Site, reader: Reader<'_>) -> Message {
    ends(site, reader, reader.letter(text::PASSKEY_REMOVED).paragraph(text::PASSKEY_REMOVED_BODY))
}

/// An app beside passkeys.
pub fn app_added(site: &Site, reader: Reader<'_>) -> Message {
    ends(site, reader, reader.letter(text::APP_ADDED).paragraph(text::APP_ADDED_BODY))
}

/// The app is gone; passkeys are left.
pub fn app_removed(site: &Site, reader: Reader<'_>) -> Message {
    ends(site, reader, reader.letter(text::APP_REMOVED).paragraph(text::APP_REMOVED_BODY))
}

/// Another app in place of the one before.
pub fn changed(site: &Site, reader: Reader<'_>) -> Message {
    ends(site, reader, reader.letter(text::APP_CHANGED).paragraph(text::APP_CHANGED_BODY))
}

/// The password alone signs in again.
pub fn removed(site: &Site, reader: Reader<'_>) -> Message {
    let letter = reader.letter(text::OFF).paragraph(text::OFF_BODY);
    not_you(site, reader, letter.button(text::SET_UP_AGAIN, site.page(SECOND_FACTOR)))
}

/// New codes; everything else stays.
pub fn new_recovery_codes(site: &Site, reader: Reader<'_>) -> Message {
    ends(site, reader, reader.letter(text::NEW_CODES).paragraph(text::NEW_CODES_BODY))
}

/// One of the codes was used, and so many are left.
pub fn recovery_code_used(site: &Site, reader: Reader<'_>, left: i64) -> Message {
    let letter = reader.letter(text::CODE_USED).paragraph(text::CODE_USED_BODY);
    let letter = match left {
        0 => letter.paragraph(text::LAST_CODE_USED),
        1 => letter.paragraph(text::ONE_CODE_LEFT),
        left => letter.paragraph(text::codes_left(reader.locale, left)),
    };
    ends(site, reader, letter.paragraph(text::LOST_FACTOR))
}

/// Someone knows the password and not the code.
pub fn wrong_codes(site: &Site, reader: Reader<'_>) -> Message {
    reader
        .letter(text::WRONG_CODES)
        .paragraph(text::WRONG_CODES_BODY)
        .paragraph(text::WRONG_CODES_BY_YOU)
        .paragraph(text::WRONG_CODES_NOT_YOU)
        .button(RESET_PASSWORD, site.page(FORGOT_PASSWORD))
        .to(site, reader.to)
}

/// How most end: where to look at it, and what to do if it was someone else.
fn ends(site: &Site, reader: Reader<'_>, letter: Letter) -> Message {
    not_you(site, reader, letter.button(text::SEE_TWO_STEP, site.page(SECOND_FACTOR)))
}

fn not_you(site: &Site, reader: Reader<'_>, letter: Letter) -> Message {
    letter.paragraph(text::NOT_YOU).button(RESET_PASSWORD, site.page(FORGOT_PASSWORD)).to(site, reader.to)
}
