//! To the owner of an organization, about its registration.

use model::{account::PersonName, email::Email};

use crate::{
    letter::Letter,
    message::Message,
    site::{OWNER, Site},
};

/// The registration is in the administrators' queue.
pub fn received(site: &Site, to: &Email, name: &PersonName, organization: &str) -> Message {
    Letter::new("We received your organization's registration")
        .greeting(name)
        .paragraph(&format!("The registration of {organization} is complete and waits for review."))
        .paragraph("We answer within 5 business days (Monday to Friday, US Central time, without federal holidays).")
        .button("See its status", site.page(OWNER))
        .to(site, to)
}

/// Apps can be registered now.
pub fn approved(site: &Site, to: &Email, name: &PersonName, organization: &str, comment: &str) -> Message {
    Letter::new("Your organization was approved")
        .greeting(name)
        .paragraph(&format!("The registration of {organization} was approved. You can now register applications."))
        .quote(comment)
        .button("Register an application", site.page(OWNER))
        .to(site, to)
}

/// Refused by an objective criterion, with the reviewer's words.
pub fn denied(
    site: &Site,
    to: &Email,
    name: &PersonName,
    organization: &str,
    criterion: &str,
    comment: &str,
) -> Message {
    Letter::new("Your organization was not approved")
        .greeting(name)
        .paragraph(&format!("The registration of {organization} was not approved."))
        .facts(&[("Criterion", criterion)])
        .quote(comment)
        .paragraph("You can correct the registration and send it in again.")
        .button("See the decision", site.page(OWNER))
        .to(site, to)
}

/// The reviewer needs to know more before deciding.
pub fn information_asked(site: &Site, to: &Email, name: &PersonName, organization: &str, comment: &str) -> Message {
    Letter::new("We need more information about your organization")
        .greeting(name)
        .paragraph(&format!("Before we decide on the registration of {organization}, please answer this:"))
        .quote(comment)
        .button("Answer", site.page(OWNER))
        .to(site, to)
}

/// Its apps and their tokens have stopped.
pub fn suspended(site: &Site, to: &Email, name: &PersonName, organization: &str, comment: &str) -> Message {
    Letter::new("Your organization was suspended")
        .greeting(name)
        .paragraph(&format!("{organization} was suspended. Its applications and their tokens have stopped working."))
        .quote(comment)
        .button("See what happened", site.page(OWNER))
        .to(site, to)
}

pub fn reactivated(site: &Site, to: &Email, name: &PersonName, organization: &str, comment: &str) -> Message {
    Letter::new("Your organization is active again")
        .greeting(name)
        .paragraph(&format!("{organization} was reactivated, and its applications work again."))
        .quote(comment)
        .button("Open the App Owner portal", site.page(OWNER))
        .to(site, to)
}
