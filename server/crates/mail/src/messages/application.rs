//! To the owner of an app. Secrets are shown once, on the page, and are never in a message.

use model::{https_url::HttpsUrl, partition::Environment, texts::Text};

use crate::{
    letter::Letter,
    message::Message,
    moment::When,
    reader::Reader,
    site::Site,
    texts::{
        ANSWER, ANSWER_BY, BUSINESS_DAYS, CRITERION, NO_ANSWER, PROGRAM, SEE_APP, SEE_DECISION, SEE_STATUS,
        SEE_WHAT_HAPPENED, application as text, environment,
    },
};

/// An app as its owner knows it.
#[derive(Clone, Copy, Debug)]
pub struct App<'a> {
    pub id: &'a str,
    pub name: &'a str,
    /// The printed names of its programs.
    pub program: &'a str,
    pub environment: Environment,
    pub client_id: &'a str,
}

impl App<'_> {
    fn letter(&self, reader: Reader<'_>, subject: String, what_happened: Text) -> Letter {
        self.letter_saying(reader, subject, what_happened.of(reader.locale).to_owned())
    }

    fn letter_saying(&self, reader: Reader<'_>, subject: String, what_happened: String) -> Letter {
        reader.letter(subject).paragraph(what_happened).facts(&[
            (text::APPLICATION, self.name),
            (PROGRAM, self.program),
            (text::ENVIRONMENT, environment(self.environment).of(reader.locale)),
            (text::CLIENT_ID, self.client_id),
        ])
    }

    /// Its page in the App Owner portal, which knows for which organization the reader acts there.
    fn page(&self, site: &Site) -> String {
        site.page(&format!("/owner/applications/{}", self.id))
    }
}

/// Registered and usable as far as it needs no review.
pub fn registered(site: &Site, reader: Reader<'_>, app: &App<'_>) -> Message {
    let letter = app.letter(reader, text::registered(reader.locale, app.name), text::REGISTERED_BODY);
    letter.button(SEE_APP, app.page(site)).to(site, reader.to)
}

/// Registered; what concerns members waits for review. Until then nothing of it works.
pub fn received(site: &Site, reader: Reader<'_>, app: &App<'_>) -> Message {
    waiting(site, reader, app, text::NOTHING_WORKS_YET)
}

/// The same where its access to the directory works already.
pub fn received_in_part(site: &Site, reader: Reader<'_>, app: &App<'_>) -> Message {
    waiting(site, reader, app, text::DIRECTORY_WORKS)
}

fn waiting(site: &Site, reader: Reader<'_>, app: &App<'_>, what_works: Text) -> Message {
    app.letter(reader, text::received(reader.locale, app.name), text::RECEIVED_BODY)
        .paragraph(what_works)
        .paragraph(BUSINESS_DAYS)
        .button(SEE_STATUS, app.page(site))
        .to(site, reader.to)
}

pub fn approved(site: &Site, reader: Reader<'_>, app: &App<'_>, comment: &str) -> Message {
    let letter = app.letter(reader, text::approved(reader.locale, app.name), text::APPROVED_BODY).quote(comment);
    letter.button(SEE_APP, app.page(site)).to(site, reader.to)
}

pub fn denied(site: &Site, reader: Reader<'_>, app: &App<'_>, criterion: &str, comment: &str) -> Message {
    app.letter(reader, text::denied(reader.locale, app.name), text::DENIED_BODY)
        .facts(&[(CRITERION, criterion)])
        .quote(comment)
        .paragraph(text::SUBMIT_AGAIN)
        .button(SEE_DECISION, app.page(site))
        .to(site, reader.to)
}

/// A change of an approved app waits; what was approved stays as it is.
pub fn change_received(site: &Site, reader: Reader<'_>, app: &App<'_>) -> Message {
    let subject = text::change_received(reader.locale, app.name);
    let letter = app.letter(reader, subject, text::CHANGE_RECEIVED_BODY).paragraph(BUSINESS_DAYS);
    letter.button(SEE_STATUS, app.page(site)).to(site, reader.to)
}

pub fn change_approved(site: &Site, reader: Reader<'_>, app: &App<'_>, comment: &str) -> Message {
    let subject = text::change_approved(reader.locale, app.name);
    let letter = app.letter(reader, subject, text::CHANGE_APPROVED_BODY).quote(comment);
    letter.button(SEE_APP, app.page(site)).to(site, reader.to)
}

pub fn change_denied(site: &Site, reader: Reader<'_>, app: &App<'_>, criterion: &str, comment: &str) -> Message {
    app.letter(reader, text::change_denied(reader.locale, app.name), text::CHANGE_DENIED_BODY)
        .facts(&[(CRITERION, criterion)])
        .quote(comment)
        .paragraph(text::SUBMIT_CHANGE_AGAIN)
        .button(SEE_DECISION, app.page(site))
        .to(site, reader.to)
}

/// `until`: how long we wait for the answer.
pub fn information_asked(site: &Site, reader: Reader<'_>, app: &App<'_>, comment: &str, until: &When) -> Message {
    app.letter(reader, text::asked(reader.locale, app.name), text::ASKED_BODY)
        .quote(comment)
        .facts(&[(ANSWER_BY, until.of(reader.locale).as_str())])
        .paragraph(NO_ANSWER)
        .button(ANSWER, app.page(site))
        .to(site, reader.to)
}

/// Its tokens ended at once.
pub fn suspended(site: &Site, reader: Reader<'_>, app: &App<'_>, comment: &str) -> Message {
    let letter = app.letter(reader, text::suspended(reader.locale, app.name), text::SUSPENDED_BODY).quote(comment);
    letter.button(SEE_WHAT_HAPPENED, app.page(site)).to(site, reader.to)
}

/// For good.
pub fn revoked(site: &Site, reader: Reader<'_>, app: &App<'_>, comment: &str) -> Message {
    let letter = app.letter(reader, text::revoked(reader.locale, app.name), text::REVOKED_BODY).quote(comment);
    letter.button(SEE_WHAT_HAPPENED, app.page(site)).to(site, reader.to)
}

pub fn reactivated(site: &Site, reader: Reader<'_>, app: &App<'_>, comment: &str) -> Message {
    let letter = app.letter(reader, text::reactivated(reader.locale, app.name), text::REACTIVATED_BODY).quote(comment);
    letter.button(SEE_APP, app.page(site)).to(site, reader.to)
}

/// `old_works_until`: of the secret before; none where it has ended.
pub fn secret_generated(site: &Site, reader: Reader<'_>, app: &App<'_>, old_works_until: Option<&When>) -> Message {
    let letter = app.letter(reader, text::secret(reader.locale, app.name), text::SECRET_BODY);
    let letter = match old_works_until {
        None => letter.paragraph(text::OLD_SECRETS_ENDED),
        Some(until) => letter.paragraph(text::old_secret_works(reader.locale, until.of(reader.locale))),
    };
    letter.paragraph(text::SECRET_NOT_YOU).button(SEE_APP, app.page(site)).to(site, reader.to)
}

/// A secret that will end, and when it was last used.
#[derive(Clone, Debug)]
pub struct EndingSecret {
    pub created: When,
    pub ends: When,
    pub used: Option<When>,
}

/// `days`: the most that are left.
pub fn secret_ends(site: &Site, reader: Reader<'_>, app: &App<'_>, days: i64, secret: &EndingSecret) -> Message {
    let locale = reader.locale;
    let (created, ends) = (secret.created.of(locale), secret.ends.of(locale));
    let never = text::SECRET_NEVER_USED.of(locale);
    let used = secret.used.as_ref().map_or_else(|| never.to_owned(), |used| used.of(locale));
    let what = match days {
        ..=1 => text::SECRET_ENDS_TOMORROW.of(locale).to_owned(),
        days => text::secret_ends_in(locale, days),
    };
    let facts = [(text::SECRET_CREATED, created.as_str()), (text::SECRET_END, &ends), (text::SECRET_LAST_USED, &used)];
    let letter = app.letter_saying(reader, text::secret_ends(locale, app.name), what).facts(&facts);
    letter.button(SEE_APP, app.page(site)).to(site, reader.to)
}

pub fn keys_registered(site: &Site, reader: Reader<'_>, app: &App<'_>) -> Message {
    keys_changed(site, reader, app, text::KEYS_REGISTERED)
}

pub fn keys_removed(site: &Site, reader: Reader<'_>, app: &App<'_>) -> Message {
    keys_changed(site, reader, app, text::KEYS_REMOVED)
}

fn keys_changed(site: &Site, reader: Reader<'_>, app: &App<'_>, what_happened: Text) -> Message {
    let letter = app.letter(reader, text::keys(reader.locale, app.name), what_happened).paragraph(text::KEYS_NOT_YOU);
    letter.button(SEE_APP, app.page(site)).to(site, reader.to)
}

/// `address`: where notices go from now on.
pub fn notices_set(site: &Site, reader: Reader<'_>, app: &App<'_>, address: &HttpsUrl) -> Message {
    let letter = app.letter(reader, text::notices(reader.locale, app.name), text::NOTICES_SET);
    notices_changed(site, reader, app, letter.facts(&[(text::NOTICE_ADDRESS, address.as_str())]))
}

pub fn notices_removed(site: &Site, reader: Reader<'_>, app: &App<'_>) -> Message {
    let letter = app.letter(reader, text::notices(reader.locale, app.name), text::NOTICES_REMOVED);
    notices_changed(site, reader, app, letter)
}

fn notices_changed(site: &Site, reader: Reader<'_>, app: &App<'_>, letter: Letter) -> Message {
    letter.paragraph(text::NOTICES_NOT_YOU).button(SEE_APP, app.page(site)).to(site, reader.to)
}
