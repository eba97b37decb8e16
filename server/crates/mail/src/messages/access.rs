//! To a member, about who may read their data. That an address belongs to a member of a plan, and which app they use,
//! can be health data: so these messages name neither payer nor app, and lead to the portal that does.

use model::{account::PersonName, email::Email};

use crate::{
    letter::Letter,
    message::Message,
    site::{MEMBER, Site},
};

/// The member allowed an app.
pub fn granted(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("You gave an app access")
        .greeting(name)
        .paragraph(
            "You allowed an app to read your data. The portal shows which app, what it may read and for how long.",
        )
        .button("See your connected apps", site.page(MEMBER))
        .paragraph("If it was not you, take the access away there; it ends at once. Then change your password.")
        .to(site, to)
}

/// The access ended: by the member, or by our staff on the member's behalf.
pub fn revoked(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("An app's access was ended")
        .greeting(name)
        .paragraph("The access of an app to your data was ended. It can read nothing new; what it has read before, it may still hold.")
        .button("See your connected apps", site.page(MEMBER))
        .to(site, to)
}

/// The app was deleted by whoever made it, which ends its access.
pub fn app_deleted(site: &Site, to: &Email, name: &PersonName) -> Message {
    Letter::new("An app's access was ended")
        .greeting(name)
        .paragraph(
            "The makers of an app that you had connected have deleted it, so its access to your data has ended. It can read \
             nothing new. It may still hold what it read before: ask its makers to delete that, if you wish.",
        )
        .button("See which app it was", site.page(&format!("{MEMBER}/past")))
        .to(site, to)
}
