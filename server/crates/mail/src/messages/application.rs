//! To the owner of an app. Secrets are shown once, on the page, and are never in a message.

use jiff::Timestamp;
use model::{account::PersonName, email::Email, https_url::HttpsUrl, partition::Environment, texts::Words};

use crate::{
    letter::Letter,
    message::Message,
    site::{OWNER, Site},
    texts::{
        ANSWER, BUSINESS_DAYS, CRITERION, OPEN_PORTAL, SEE_DECISION, SEE_STATUS, SEE_WHAT_HAPPENED, application as text,
    },
};

/// An app as its owner knows it.
#[derive(Clone, Copy, Debug)]
pub struct App<'a> {
    pub name: &'a str,
    /// The printed names of its programs.
    pub program: &'a str,
    pub environment: Environment,
    pub client_id: &'a str,
}

impl App<'_> {
    fn letter(&self, subject: &'static str, name: &PersonName, what_happened: impl Into<Words>) -> Letter {
        Letter::new(subject).greeting(name).paragraph(what_happened).facts(&[
            (text::APPLICATION, self.name),
            (text::PROGRAM, self.program),
            (text::ENVIRONMENT, text::environment(self.environment)),
            (text::CLIENT_ID, self.client_id),
        ])
    }
}

/// Registered and usable as far as it needs no review.
pub fn registered(site: &Site, to: &Email, name: &PersonName, app: &App) -> Message {
    let letter = app.letter(text::REGISTERED, name, text::REGISTERED_BODY);
    letter.button(OPEN_PORTAL, site.page(OWNER)).to(site, to)
}

/// Registered; what concerns members waits for review. Until then nothing of it works.
pub fn received(site: &Site, to: &Email, name: &PersonName, app: &App) -> Message {
    waiting(site, to, name, app, text::NOTHING_WORKS_YET)
}

/// The same where its access to the directory works already.
pub fn received_in_part(site: &Site, to: &Email, name: &PersonName, app: &App) -> Message {
    waiting(site, to, name, app, text::DIRECTORY_WORKS)
}

fn waiting(site: &Site, to: &Email, name: &PersonName, app: &App, what_works: &'static str) -> Message {
    app.letter(text::RECEIVED, name, text::RECEIVED_BODY)
        .paragraph(what_works)
        .paragraph(BUSINESS_DAYS)
        .button(SEE_STATUS, site.page(OWNER))
        .to(site, to)
}

pub fn approved(site: &Site, to: &Email, name: &PersonName, app: &App, comment: &str) -> Message {
    let letter = app.letter(text::APPROVED, name, text::APPROVED_BODY).quote(comment);
    letter.button(OPEN_PORTAL, site.page(OWNER)).to(site, to)
}

pub fn denied(site: &Site, to: &Email, name: &PersonName, app: &App, criterion: &str, comment: &str) -> Message {
    app.letter(text::DENIED, name, text::DENIED_BODY)
        .facts(&[(CRITERION, criterion)])
        .quote(comment)
        .paragraph(text::SUBMIT_AGAIN)
        .button(SEE_DECISION, site.page(OWNER))
        .to(site, to)
}

/// A change of an approved app waits; what was approved stays as it is.
pub fn change_received(site: &Site, to: &Email, name: &PersonName, app: &App) -> Message {
    let letter = app.letter(text::CHANGE_RECEIVED, name, text::CHANGE_RECEIVED_BODY);
    letter.paragraph(BUSINESS_DAYS).button(SEE_STATUS, site.page(OWNER)).to(site, to)
}

pub fn change_approved(site: &Site, to: &Email, name: &PersonName, app: &App, comment: &str) -> Message {
    let letter = app.letter(text::CHANGE_APPROVED, name, text::CHANGE_APPROVED_BODY).quote(comment);
    letter.button(OPEN_PORTAL, site.page(OWNER)).to(site, to)
}

pub fn change_denied(site: &Site, to: &Email, name: &PersonName, app: &App, criterion: &str, comment: &str) -> Message {
    app.letter(text::CHANGE_DENIED, name, text::CHANGE_DENIED_BODY)
        .facts(&[(CRITERION, criterion)])
        .quote(comment)
        .paragraph(text::SUBMIT_CHANGE_AGAIN)
        .button(SEE_DECISION, site.page(OWNER))
        .to(site, to)
}

pub fn information_asked(site: &Site, to: &Email, name: &PersonName, app: &App, comment: &str) -> Message {
    let letter = app.letter(text::ASKED, name, text::ASKED_BODY).quote(comment);
    letter.button(ANSWER, site.page(OWNER)).to(site, to)
}

/// Its tokens ended at once.
pub fn suspended(site: &Site, to: &Email, name: &PersonName, app: &App, comment: &str) -> Message {
    let letter = app.letter(text::SUSPENDED, name, text::SUSPENDED_BODY).quote(comment);
    letter.button(SEE_WHAT_HAPPENED, site.page(OWNER)).to(site, to)
}

/// For good.
pub fn revoked(site: &Site, to: &Email, name: &PersonName, app: &App, comment: &str) -> Message {
    let letter = app.letter(text::REVOKED, name, text::REVOKED_BODY).quote(comment);
    letter.button(SEE_WHAT_HAPPENED, site.page(OWNER)).to(site, to)
}

pub fn reactivated(site: &Site, to: &Email, name: &PersonName, app: &App, comment: &str) -> Message {
    let letter = app.letter(text::REACTIVATED, name, text::REACTIVATED_BODY).quote(comment);
    letter.button(OPEN_PORTAL, site.page(OWNER)).to(site, to)
}

/// `old_works_until`: of the secret before; none where it has ended.
pub fn secret_generated(
    site: &Site,
    to: &Email,
    name: &PersonName,
    app: &App,
    old_works_until: Option<Timestamp>,
) -> Message {
    let letter = app.letter(text::SECRET, name, text::SECRET_BODY);
    let letter = match old_works_until {
        None => letter.paragraph(text::OLD_SECRETS_ENDED),
        Some(until) => letter.paragraph(text::old_secret_works(until.strftime("%Y-%m-%d %H:%M"))),
    };
    letter.paragraph(text::SECRET_NOT_YOU).button(OPEN_PORTAL, site.page(OWNER)).to(site, to)
}

/// A secret that will end, and when it was last used.
#[derive(Clone, Copy, Debug)]
pub struct EndingSecret {
    pub created_at: Timestamp,
    pub ends_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

/// `days`: the most that are left.
pub fn secret_ends(site: &Site, to: &Email, name: &PersonName, app: &App, days: i64, secret: &EndingSecret) -> Message {
    let utc = |time: Timestamp| text::utc(time.strftime("%Y-%m-%d %H:%M"));
    let (created, ends) = (utc(secret.created_at), utc(secret.ends_at));
    let used = secret.used_at.map_or_else(|| text::SECRET_NEVER_USED.to_owned(), utc);
    let letter = match days {
        ..=1 => app.letter(text::SECRET_ENDS, name, text::SECRET_ENDS_TOMORROW),
        days => app.letter(text::SECRET_ENDS, name, text::secret_ends_in(days)),
    };
    let facts = [(text::SECRET_CREATED, created.as_str()), (text::SECRET_END, &ends), (text::SECRET_LAST_USED, &used)];
    letter.facts(&facts).button(OPEN_PORTAL, site.page(OWNER)).to(site, to)
}

pub fn keys_registered(site: &Site, to: &Email, name: &PersonName, app: &App) -> Message {
    keys_changed(site, to, name, app, text::KEYS_REGISTERED)
}

pub fn keys_removed(site: &Site, to: &Email, name: &PersonName, app: &App) -> Message {
    keys_changed(site, to, name, app, text::KEYS_REMOVED)
}

fn keys_changed(site: &Site, to: &Email, name: &PersonName, app: &App, what_happened: &'static str) -> Message {
    let letter = app.letter(text::KEYS, name, what_happened).paragraph(text::KEYS_NOT_YOU);
    letter.button(OPEN_PORTAL, site.page(OWNER)).to(site, to)
}

/// `address`: where notices go from now on.
pub fn notices_set(site: &Site, to: &Email, name: &PersonName, app: &App, address: &HttpsUrl) -> Message {
    let letter = app.letter(text::NOTICES, name, text::NOTICES_SET);
    notices_changed(site, to, letter.facts(&[(text::NOTICE_ADDRESS, address.as_str())]))
}

pub fn notices_removed(site: &Site, to: &Email, name: &PersonName, app: &App) -> Message {
    notices_changed(site, to, app.letter(text::NOTICES, name, text::NOTICES_REMOVED))
}

fn notices_changed(site: &Site, to: &Email, letter: Letter) -> Message {
    letter.paragraph(text::NOTICES_NOT_YOU).button(OPEN_PORTAL, site.page(OWNER)).to(site, to)
}
