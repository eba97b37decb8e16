//! Hands a message over: to an SMTP server, to a folder, or to a test.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    message::{Mailbox, MultiPart, SinglePart},
};

use crate::{message::Message, outbox::Outgoing, smtp};

/// After this long a transport that has not answered counts as failed.
pub const SEND_TIMEOUT: Duration = Duration::from_mins(1);

/// Sends from one address by one transport. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    transport: Transport,
}

/// How messages leave.
#[derive(Clone)]
pub enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// Each message becomes an `.eml` file in the folder.
    Folder(Arc<Path>),
    /// Kept for a test to read.
    Memory(Arc<Mutex<Vec<Message>>>),
}

#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("`mail.from` is not a mailbox such as `FLEX <no-reply@example.org>`: {0}")]
    From(String),
    #[error("`mail.smtp` is not an address such as `smtps://user:password@host`: {0}")]
    Smtp(String),
    #[error("`mail.smtp` would send a password in the clear: use `smtps://` or add `?tls=required`")]
    ClearPassword,
    #[error("the mail folder {0}: {1}")]
    Folder(PathBuf, io::Error),
}

/// Why a message did not leave.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The server could not be reached or did not answer in time. The text has none of the server's words.
    #[error("not reached: {0}")]
    Unreachable(String),
    /// The server asked to come back later (RFC 5321 §4.2.1: 4yz), or does not let us in (RFC 4954 §6: 530 to 538), which
    /// our operator can fix.
    #[error("deferred: {0}")]
    Deferred(String),
    /// The server said no for good to this message (RFC 5321 §4.2.1: 5yz), or it cannot be written as mail.
    #[error("refused: {0}")]
    Refused(String),
}

impl SendError {
    /// Whether it is pointless to try again soon.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused(_))
    }
}

impl Mailer {
    /// `url`: `smtp://host:port`, `smtp://user:password@host?tls=required` (STARTTLS) or `smtps://user:password@host`.
    /// Connects when the first message is sent.
    pub fn smtp(from: &str, url: &str) -> Result<Self, SettingsError> {
        Ok(Self { from: mailbox(from)?, transport: Transport::Smtp(smtp::transport(url)?) })
    }

    /// Writes files; the folder is made where it is missing.
    pub fn folder(from: &str, folder: &Path) -> Result<Self, SettingsError> {
        fs::create_dir_all(folder).map_err(|error| SettingsError::Folder(folder.to_owned(), error))?;
        Ok(Self { from: mailbox(from)?, transport: Transport::Folder(folder.into()) })
    }

    /// Keeps messages for [`Mailer::sent`].
    pub fn memory() -> Self {
        #[expect(clippy::expect_used, reason = "the text beside it is a mailbox")]
        let from = mailbox("FLEX <no-reply@flex.example.org>").expect("a mailbox");
        Self { from, transport: Transport::Memory(Arc::default()) }
    }

    /// What a [`Mailer::memory`] was given so far.
    pub fn sent(&self) -> Vec<Message> {
        match &self.transport {
            Transport::Memory(sent) => sent.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Transport::Smtp(_) | Transport::Folder(_) => Vec::new(),
        }
    }

    /// Returns once the other side has taken the message.
    pub async fn send(&self, outgoing: &Outgoing) -> Result<(), SendError> {
        store::assert_nothing_lent();
        match &self.transport {
            Transport::Smtp(transport) => {
                let sending = transport.send(self.mail(outgoing)?);
                match tokio::time::timeout(SEND_TIMEOUT, sending).await {
                    Ok(Ok(_)) => Ok(()),
                    Ok(Err(error)) if smtp::is_about_us(&error) => Err(SendError::Deferred(error.to_string())),
                    Ok(Err(error)) if error.is_permanent() => Err(SendError::Refused(error.to_string())),
                    Ok(Err(error)) if error.is_transient() => Err(SendError::Deferred(error.to_string())),
                    Ok(Err(error)) => Err(SendError::Unreachable(smtp::describe(&error))),
                    Err(_) => Err(SendError::Unreachable("no answer in time".to_owned())),
                }
            }
            Transport::Folder(folder) => {
                let (folder, name, mail) = (folder.clone(), file_name(outgoing), self.mail(outgoing)?.formatted());
                let writing = tokio::task::spawn_blocking(move || write(&folder, &name, &mail));
                writing
                    .await
                    .map_err(io::Error::other)
                    .flatten()
                    .map_err(|error| SendError::Unreachable(error.to_string()))
            }
            Transport::Memory(sent) => {
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(outgoing.message.clone());
                Ok(())
            }
        }
    }

    /// The same row gives the same mail each time, down to its `Message-ID`.
    fn mail(&self, outgoing: &Outgoing) -> Result<lettre::Message, SendError> {
        let Outgoing { id, message, created_at, .. } = outgoing;
        let to: lettre::Address =
            message.to.as_str().parse().map_err(|error| SendError::Refused(format!("the address: {error}")))?;
        let body = MultiPart::alternative()
            .boundary(id)
            .singlepart(SinglePart::plain(message.text.clone()))
            .singlepart(SinglePart::html(message.html.clone()));
        lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(message.subject.as_str())
            .date(SystemTime::from(*created_at))
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            // RFC 3834 §5: asks for no automatic answers.
            .header(smtp::AutoSubmitted)
            .multipart(body)
            .map_err(|error| SendError::Refused(error.to_string()))
    }
}

fn mailbox(text: &str) -> Result<Mailbox, SettingsError> {
    text.parse().map_err(|error: lettre::address::AddressError| SettingsError::From(error.to_string()))
}

/// Sorted by time; the same message always gets the same name, so that a file is never there twice.
fn file_name(outgoing: &Outgoing) -> String {
    let time = outgoing.created_at.strftime("%Y-%m-%dT%H-%M-%S%.3fZ");
    format!("{time}-{}.eml", outgoing.id)
}

/// Appears whole or not at all.
fn write(folder: &Path, name: &str, mail: &[u8]) -> io::Result<()> {
    let unfinished = folder.join(format!(".{name}"));
    fs::write(&unfinished, mail)?;
    fs::rename(unfinished, folder.join(name))
}
