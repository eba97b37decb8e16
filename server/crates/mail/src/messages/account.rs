//! To the holder of a Healthcare ID.
//!
//! Mail to an address that nobody has confirmed yet repeats nothing that was typed with it, so that our sign-up page
//! cannot be used to send somebody a message.

use model::{
    account::{HealthcareId, PersonName},
    email::Email,
};

use crate::{
    letter::Letter,
    message::Message,
    site::{CONFIRM_EMAIL, FORGOT_PASSWORD, RESET_PASSWORD, SIGN_IN, Site, VERIFY},
};

/// After sign-up: the link that confirms the address.
pub fn verify_email(site: &Site, to: &Email, token: &str) -> Message {
    Letter::new("Confirm your e-mail address")
        .paragraph("Hello,")
        .paragraph(
            "A Healthcare ID was asked for with this e-mail address. To finish, confirm that the address is yours.",
        )
        .button("Confirm e-mail address", site.single_use(VERIFY, token))
        .paragraph("The link works once, for 24 hours.")
        .paragraph("If you did not ask for a Healthcare ID, do nothing: without you the request ends by itself.")
        .to(site, to)
}

/// After a sign-up with an address that has an account: the page said the same as to everybody; this says what is so.
pub fn sign_up_with_known_email(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("You already have a Healthcare ID")
        .greeting(name)
        .paragraph("Somebody, perhaps you, just asked for a new Healthcare ID with this e-mail address. It has one already, and nothing about it was changed.")
        .button("Sign in", site.page(SIGN_IN))
        .paragraph("You can sign in with this e-mail address. If you have lost your password, ask for a new one:")
        .button("Reset password", site.page(FORGOT_PASSWORD))
        .paragraph("If it was not you, you need do nothing.")
        .to(site, to)
}

/// The forgotten Healthcare ID.
pub fn forgot_id(site: &Site, to: &Email, name: &PersonName, id: &HealthcareId) -> Message {
    Letter::new("Your Healthcare ID")
        .greeting(name)
        .paragraph("You asked us to remind you of your Healthcare ID:")
        .facts(&[("Healthcare ID", id.as_str())])
        .button("Sign in", site.page(SIGN_IN))
        .paragraph("If you did not ask, you need do nothing; nobody else was told.")
        .to(site, to)
}

/// The link that sets a new password.
pub fn reset_password(site: &Site, to: &Email, name: &PersonName, token: &str) -> Message {
    Letter::new("Reset your password")
        .greeting(name)
        .paragraph("You asked to set a new password for your Healthcare ID.")
        .button("Set a new password", site.single_use(RESET_PASSWORD, token))
        .paragraph("The link works once, for 30 minutes. A newer one replaces it.")
        .paragraph("If you did not ask, you need do nothing; your password stays as it is.")
        .to(site, to)
}

/// The password was changed, by link or on the account page.
pub fn password_changed(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("Your password was changed")
        .greeting(name)
        .paragraph("The password of your Healthcare ID was changed, and every other session was signed out.")
        .paragraph("If it was not you, set a new password now:")
        .button("Reset password", site.page(FORGOT_PASSWORD))
        .to(site, to)
}

/// To a new address, before it replaces the old one.
pub fn confirm_new_email(site: &Site, to: &Email, token: &str) -> Message {
    Letter::new("Confirm your new e-mail address")
        .paragraph("Hello,")
        .paragraph(
            "This e-mail address was entered as the new one of a Healthcare ID. To use it, confirm that it is yours.",
        )
        .button("Confirm new e-mail address", site.single_use(CONFIRM_EMAIL, token))
        .paragraph("The link works once, for 24 hours. Until then the old address stays in use.")
        .paragraph("If you did not ask for this, do nothing.")
        .to(site, to)
}

/// To the old address, once the new one has replaced it.
pub fn email_changed(site: &Site, to: &Email, name: &PersonName, new: &Email) -> Message {
    Letter::new("Your e-mail address was changed")
        .greeting(name)
        .paragraph("The e-mail address of your Healthcare ID was changed; we no longer write to this one.")
        .facts(&[("New address", &new.masked())])
        .paragraph("If it was not you, sign in with your Healthcare ID, change your password and set the address back:")
        .button("Sign in", site.page(SIGN_IN))
        .to(site, to)
}
