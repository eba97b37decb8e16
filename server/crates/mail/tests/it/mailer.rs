//! Handing messages over.

use std::fs;

use mail::{
    mailer::{Mailer, SendError, SettingsError},
    message::Message,
    outbox::Outgoing,
};

use crate::smtp_server::serve;

const FROM: &str = "FLEX <no-reply@flex.example.org>";

fn outgoing() -> Outgoing {
    let message = Message {
        to: "ada@example.org".parse().unwrap(),
        subject: "Grüße & more".to_owned(),
        text: "Hello,\n.\nthat was a dot".to_owned(),
        html: "<p>Hello</p>".to_owned(),
    };
    let created_at = "2026-03-02T17:00:00Z".parse().unwrap();
    Outgoing { id: "abc".to_owned(), message, created_at, attempts: 1 }
}

#[tokio::test]
async fn a_message_arrives_by_smtp() {
    let (url, server) = serve("250 fine", "250 taken").await;
    Mailer::smtp(FROM, &url).unwrap().send(&outgoing()).await.unwrap();
    let conversation = server.await.unwrap();
    assert!(conversation.has("MAIL FROM:<no-reply@flex.example.org>"));
    assert!(conversation.has("RCPT TO:<ada@example.org>"));
    for line in [
        "From: FLEX <no-reply@flex.example.org>",
        "To: ada@example.org",
        "Message-ID: <abc@flex.example.org>",
        "Date: Mon, 02 Mar 2026 17:00:00 +0000",
        "Auto-Submitted: auto-generated",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Type: text/html; charset=utf-8",
    ] {
        assert!(conversation.has(line), "{line} in\n{}", conversation.message());
    }
    assert!(conversation.has("that was a dot") && conversation.has("--abc--"), "the dot in the text did not end it");
}

#[tokio::test]
async fn a_subject_cannot_add_a_header() {
    let (url, server) = serve("250 fine", "250 taken").await;
    let mut hostile = outgoing();
    hostile.message.subject = "Hi\r\nBcc: eve@example.org\r\n\r\nbody".to_owned();
    let _ = Mailer::smtp(FROM, &url).unwrap().send(&hostile).await;
    let conversation = server.await.unwrap();
    assert!(!conversation.has("Bcc: eve@example.org"), "{}", conversation.message());
    assert!(!conversation.has("RCPT TO:<eve@example.org>"));
}

#[tokio::test]
async fn a_refusal_is_told_from_a_server_that_is_busy() {
    let (url, _server) = serve("550 no such user", "").await;
    assert!(matches!(Mailer::smtp(FROM, &url).unwrap().send(&outgoing()).await, Err(SendError::Refused(_))));
    let (url, _server) = serve("250 fine", "451 try later").await;
    assert!(matches!(Mailer::smtp(FROM, &url).unwrap().send(&outgoing()).await, Err(SendError::Deferred(_))));
    let (url, _server) = serve("535 who are you", "").await;
    let locked = Mailer::smtp(FROM, &url).unwrap().send(&outgoing()).await;
    assert!(matches!(locked, Err(SendError::Deferred(_))), "the operator's to mend, and no reason to give mail up");
    let closed = Mailer::smtp(FROM, "smtp://127.0.0.1:1").unwrap();
    assert!(matches!(closed.send(&outgoing()).await, Err(SendError::Unreachable(_))));
}

#[test]
fn a_wrong_setting_is_told_by_name() {
    assert!(matches!(Mailer::smtp("nobody", "smtp://127.0.0.1"), Err(SettingsError::From(_))));
    assert!(matches!(Mailer::smtp(FROM, "http://127.0.0.1"), Err(SettingsError::Smtp(_))));
    assert!(matches!(Mailer::smtp(FROM, "smtp://u:p@mail.example.org"), Err(SettingsError::ClearPassword)));
}

#[tokio::test]
async fn the_same_message_is_one_file() {
    let folder = std::env::temp_dir().join(format!("flex-mail-{}", std::process::id()));
    let mailer = Mailer::folder(FROM, &folder).unwrap();
    mailer.send(&outgoing()).await.unwrap();
    mailer.send(&outgoing()).await.unwrap();
    let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let mail = fs::read_to_string(folder.join(&files[0])).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(files, ["2026-03-02T17-00-00.000Z-abc.eml"]);
    assert!(mail.contains("Message-ID: <abc@flex.example.org>\r\n"), "{mail}");
}
