//! To a program's support desk, about an app that a member reported. It says nothing about the member, and not what they wrote,
//! which may be about their health.

use model::email::Email;

use crate::{letter::Letter, message::Message, site::Site, texts::report as text};

/// A member reported the app.
pub fn filed(site: &Site, to: &Email, app: &str, application: &str) -> Message {
    Letter::new(text::filed(app))
        .paragraph(text::FILED_BODY)
        .facts(&[(text::APP, app)])
        .button(text::READ, site.page(&format!("/admin/applications/{application}")))
        .to(site, to)
}
