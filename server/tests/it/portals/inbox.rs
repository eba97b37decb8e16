//! The mail that a site sent.

use mail::{delivery::deliver, mailer::Mailer, message::Message};

use crate::oauth::site::Site;

/// Lets the worker run once; returns what it sent in this round.
pub async fn mails(site: &Site) -> Vec<Message> {
    let (services, mailer) = (&site.state.services, Mailer::memory());
    identity::recovery::process(&services.store, &services.identity.site).await.unwrap();
    deliver(&services.store, &mailer).await.unwrap();
    mailer.sent()
}

/// The path, with its query, of the only link in a mail of this round that begins like this.
pub async fn link(site: &Site, path: &str) -> String {
    let mails = mails(site).await;
    let start = format!("http://127.0.0.1:3000{path}");
    let found = mails.iter().flat_map(|mail| mail.text.lines()).find(|line| line.starts_with(&start));
    let found = found.unwrap_or_else(|| panic!("no link to {path} in {mails:?}"));
    found.strip_prefix("http://127.0.0.1:3000").unwrap().to_owned()
}

/// The value of a parameter of a link.
pub fn parameter(link: &str, name: &str) -> String {
    let url = url::Url::parse(&format!("http://127.0.0.1:3000{link}")).unwrap();
    url.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned()
}
