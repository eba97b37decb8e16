//! To the holder of a Healthcare ID, about its second factor.

use model::{account::PersonName, email::Email};

use crate::{
    letter::Letter,
    message::Message,
    site::{FORGOT_PASSWORD, SECOND_FACTOR, Site},
};

/// From now on signing in takes a code as well.
pub fn added(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("Two-step sign-in is on")
        .greeting(name)
        .paragraph("An authenticator app was added to your Healthcare ID. From now on signing in takes a code of that app as well as your password. Every other session was signed out.")
        .paragraph("Keep the recovery codes where you find them without your phone.")
        .button("See your two-step sign-in", site.page(SECOND_FACTOR))
        .paragraph(NOT_YOU)
        .button("Reset password", site.page(FORGOT_PASSWORD))
        .to(site, to)
}

/// From now on signing in takes a passkey as well.
pub fn first_passkey_added(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("Two-step sign-in is on")
        .greeting(name)
        .paragraph("A passkey was added to your Healthcare ID. From now on signing in takes that passkey as well as your password. Every other session was signed out.")
        .paragraph("Keep the recovery codes where you find them without the device that holds your passkey.")
        .button("See your two-step sign-in", site.page(SECOND_FACTOR))
        .paragraph(NOT_YOU)
        .button("Reset password", site.page(FORGOT_PASSWORD))
        .to(site, to)
}

/// A passkey beside what was there.
pub fn passkey_added(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("A passkey was added")
        .greeting(name)
        .paragraph("A passkey was added to your Healthcare ID. From now on you can sign in with it as well, after your password.")
        .button("See your two-step sign-in", site.page(SECOND_FACTOR))
        .paragraph(NOT_YOU)
        .button("Reset password", site.page(FORGOT_PASSWORD))
        .to(site, to)
}

/// A passkey is gone; another factor is left.
pub fn passkey_removed(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("A passkey was removed")
        .greeting(name)
        .paragraph("A passkey of your Healthcare ID was removed and opens it no more. Two-step sign-in stays on. Every other session was signed out.")
        .button("See your two-step sign-in", site.page(SECOND_FACTOR))
        .paragraph(NOT_YOU)
        .button("Reset password", site.page(FORGOT_PASSWORD))
        .to(site, to)
}

/// An app beside passkeys.
pub fn app_added(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("An authenticator app was added")
        .greeting(name)
        .paragraph("An authenticator app was added to your Healthcare ID. From now on you can sign in with its codes as well as with your passkeys. Every other session was signed out.")
        .button("See your two-step sign-in", site.page(SECOND_FACTOR))
        .paragraph(NOT_YOU)
        .button("Reset password", site.page(FORGOT_PASSWORD))
        .to(site, to)
}

/// The app is gone; passkeys are left.
pub fn app_removed(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("Your authenticator app was removed")
        .greeting(name)
        .paragraph("The authenticator app of your Healthcare ID was removed, and its codes work no more. Your passkeys stay. Every other session was signed out.")
        .button("See your two-step sign-in", site.page(SECOND_FACTOR))
        .paragraph(NOT_YOU)
        .button("Reset password", site.page(FORGOT_PASSWORD))
        .to(site, to)
}

/// Another app in place of the one before.
pub fn changed(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("Your authenticator app was changed")
        .greeting(name)
        .paragraph("Another authenticator app took the place of the one of your Healthcare ID, and there are new recovery codes. The app and the codes from before work no more. Every other session was signed out.")
        .button("See your two-step sign-in", site.page(SECOND_FACTOR))
        .paragraph(NOT_YOU)
        .button("Reset password", site.page(FORGOT_PASSWORD))
        .to(site, to)
}

/// The password alone signs in again.
pub fn removed(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("Two-step sign-in is off")
        .greeting(name)
        .paragraph("The second step of your Healthcare ID was removed, and its recovery codes with it: your password alone signs in. Every other session was signed out.")
        .button("Set it up again", site.page(SECOND_FACTOR))
        .paragraph(NOT_YOU)
        .button("Reset password", site.page(FORGOT_PASSWORD))
        .to(site, to)
}

/// New codes; everything else stays.
pub fn new_recovery_codes(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("You have new recovery codes")
        .greeting(name)
        .paragraph("New recovery codes were made for your Healthcare ID. The codes from before work no more.")
        .button("See your two-step sign-in", site.page(SECOND_FACTOR))
        .paragraph(NOT_YOU)
        .button("Reset password", site.page(FORGOT_PASSWORD))
        .to(site, to)
}

/// One of the codes was used, and so many are left.
pub fn recovery_code_used(site: &Site, to: &Email, name: &PersonName, left: i64) -> Message {
    let rest = match left {
        0 => "It was the last one. Make new ones, so that you can sign in without your app or passkey.".to_owned(),
        1 => "One code is left.".to_owned(),
        left => format!("{left} codes are left."),
    };
    Letter::new("A recovery code was used")
        .greeting(name)
        .paragraph(&format!(
            "A recovery code of your Healthcare ID was used to sign in, or to change how you sign in. {rest}"
        ))
        .paragraph("If you no longer have your app or passkey, set up another one:")
        .button("See your two-step sign-in", site.page(SECOND_FACTOR))
        .paragraph(NOT_YOU)
        .button("Reset password", site.page(FORGOT_PASSWORD))
        .to(site, to)
}

/// Somebody knows the password and not the code.
pub fn wrong_codes(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("Wrong codes were entered for your Healthcare ID")
        .greeting(name)
        .paragraph("Somebody gave the password of your Healthcare ID, and then a wrong code or passkey several times. Nobody was signed in.")
        .paragraph("If it was you, wait a while before you try again, or use another way, such as a recovery code.")
        .paragraph("If it was not you, somebody else knows your password. Set a new one now; it also lets you in where the wrong codes made you wait:")
        .button("Reset password", site.page(FORGOT_PASSWORD))
        .to(site, to)
}

const NOT_YOU: &str = "If it was not you, set a new password now and tell our support:";
