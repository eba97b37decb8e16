//! Every letter of the product, in both languages, with ordinary and with hostile values.

use std::{collections::BTreeSet, fs, path::Path};

use axum::http::StatusCode;
use jiff::Timestamp;
use mail::{
    catalog::{About, Audience, Kind, Sample},
    letter::LONGEST_SUBJECT,
    mailer::Mailer,
    message::Message,
    outbox::Outgoing,
    site::Site as MailSite,
};
use model::{account::Role, locale::Locale};
use store::testing::temporary_folder;
use url::Url;

use crate::{
    oauth::site::{Reply, Site},
    portals::{
        browser::Browser,
        desk::{staff, vendor},
    },
};

const PUBLIC: &str = "https://flex.example.org";

fn letter(kind: Kind, sample: &Sample) -> Message {
    kind.sample(&MailSite::new(PUBLIC), sample)
}

fn samples() -> impl Iterator<Item = Sample> {
    Locale::ALL.into_iter().flat_map(|locale| [Sample::plain(locale), Sample::hostile(locale)])
}

/// The paths, with queries, of the links in a letter's text; the home page at its foot is left out.
fn links(message: &Message) -> Vec<Url> {
    let words = message.text.split_whitespace().filter(|word| word.starts_with(PUBLIC));
    words.filter_map(|word| Url::parse(word).ok()).filter(|url| url.path() != "/").collect()
}

/// Whether a page answers this path.
fn is_routed(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    app::routes::routes().iter().any(|route| {
        let pattern: Vec<&str> = route.path.split('/').collect();
        let fits = |(pattern, part): (&&str, &&str)| pattern.starts_with('{') && !part.is_empty() || pattern == part;
        pattern.len() == parts.len() && pattern.iter().zip(&parts).all(fits)
    })
}

#[test]
fn every_function_that_makes_a_letter_is_in_the_catalog() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/mail/src");
    let samples = fs::read_to_string(source.join("catalog/sample.rs")).unwrap();
    let (mut functions, mut missing) = (0, Vec::new());
    for entry in fs::read_dir(source.join("messages")).unwrap() {
        let path = entry.unwrap().path();
        let (module, text) =
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap());
        for function in text.split("\npub fn ").skip(1) {
            let (head, _) = function.split_once('{').unwrap();
            let name = head.split('(').next().unwrap();
            if head.contains("-> Message") {
                functions += 1;
                if !samples.contains(&format!("{module}::{name}(")) {
                    missing.push(format!("{module}::{name}"));
                }
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new(), "give each a kind in mail/src/catalog");
    assert!(80 < functions, "the sources were read: {functions}");
    let keys: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.key()).collect();
    assert_eq!(keys.len(), Kind::ALL.len(), "each has a key of its own");
    assert!(Kind::ALL.iter().all(|kind| Kind::find(kind.key()) == Some(*kind)));
}

#[test]
fn no_two_letters_are_the_same() {
    let mut seen = BTreeSet::new();
    for kind in Kind::ALL {
        let message = letter(*kind, &Sample::plain(Locale::English));
        assert!(seen.insert((message.subject, message.text)), "{kind:?} is another letter");
    }
}

#[test]
fn every_subject_names_the_thing_and_no_letter_to_a_member_names_app_or_plan() {
    for kind in Kind::ALL {
        for locale in Locale::ALL {
            let sample = Sample::plain(locale);
            let message = letter(*kind, &sample);
            let role = if locale == Locale::English { "Reviewer" } else { "Revisor" };
            let (program, person) = (sample.program.as_str(), sample.person.as_str());
            let named = match kind.about() {
                About::App => &sample.app,
                About::Organization => &sample.organization,
                About::Ticket => &sample.ticket,
                About::Program => program,
                About::Role => role,
                About::Person => person,
                About::Counts => "36",
                About::Entry => "1234",
                About::Log | About::Account | About::Private => "",
            };
            assert!(message.subject.contains(named), "{kind:?}: {}", message.subject);
            if matches!(kind.about(), About::Account | About::Private) {
                for private in [&sample.app, &sample.organization, &sample.program, &sample.comment] {
                    assert!(!message.text.contains(private) && !message.html.contains(private), "{kind:?}: {private}");
                }
            }
        }
    }
}

#[test]
fn every_letter_leads_to_a_page_of_its_readers_portal() {
    for kind in Kind::ALL {
        for sample in samples() {
            let message = letter(*kind, &sample);
            let links = links(&message);
            for link in &links {
                assert!(is_routed(link.path()), "{kind:?}: {link}");
                assert!(
                    message.html.contains(&link.as_str().replace('&', "&amp;")),
                    "{kind:?}: {link} is not in the HTML"
                );
            }
            let portals: &[&str] = match kind.audience() {
                Audience::Holder => &["/account", "/signin"],
                Audience::Member => &["/member"],
                Audience::Mailbox if *kind == Kind::Invited => &["/owner/invitation"],
                // The page that asked for the code is open.
                Audience::Mailbox => continue,
                Audience::Owners | Audience::Asker | Audience::Colleague => &["/owner", "/status", "/docs"],
                Audience::Person if *kind == Kind::RoleTaken => &["/account"],
                _ => &["/admin"],
            };
            let first = links.first().unwrap_or_else(|| panic!("{kind:?} leads nowhere: {}", message.text));
            assert!(portals.iter().any(|portal| first.path().starts_with(portal)), "{kind:?}: {first}");
            if matches!(kind.about(), About::App | About::Ticket) {
                assert!(message.text.contains(mail::catalog::ID), "{kind:?} leads to the thing itself");
            }
        }
    }
}

#[test]
fn a_letter_has_both_parts_in_the_language_of_its_reader() {
    for kind in Kind::ALL {
        let [english, spanish] = Locale::ALL.map(|locale| letter(*kind, &Sample::plain(locale)));
        assert!(english.html.contains("<html lang=\"en\">"), "{kind:?}");
        if kind.audience().is_account() {
            assert!(spanish.html.contains("<html lang=\"es\">"), "{kind:?}");
            assert!(
                english.subject != spanish.subject || *kind == Kind::ProgramChanged,
                "{kind:?}: {}",
                english.subject
            );
            let (one, other) = (english.text.lines().next(), spanish.text.lines().next());
            assert!(one.unwrap().starts_with("Hello") && other.unwrap().starts_with("Hola"), "{kind:?}");
        } else {
            assert_eq!(english.text, spanish.text, "{kind:?} has a reader without an account");
        }
        for sample in samples() {
            let message = letter(*kind, &sample);
            assert!(!message.text.trim().is_empty() && message.html.starts_with("<!doctype html>"), "{kind:?}");
            assert!(message.subject.chars().count() <= LONGEST_SUBJECT, "{kind:?}: {}", message.subject);
            assert!(!message.subject.chars().any(char::is_control), "{kind:?}: {:?}", message.subject);
        }
    }
}

#[tokio::test]
async fn on_the_wire_every_letter_has_short_lines_and_no_header_of_others() {
    let folder = temporary_folder("letters");
    let mailer = Mailer::folder("FLEX <no-reply@flex.example.org>", &folder).unwrap();
    for kind in Kind::ALL {
        for sample in samples() {
            let (id, message) = (format!("{}-{}", kind.key(), sample.locale.tag()), letter(*kind, &sample));
            mailer.send(&Outgoing { id, message, created_at: Timestamp::UNIX_EPOCH, attempts: 1 }).await.unwrap();
            let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
            let mail = fs::read_to_string(&file).unwrap();
            fs::remove_file(file).unwrap();
            // RFC 5322 §2.1.1
            assert!(mail.lines().all(|line| line.len() <= 998), "{kind:?}: {mail}");
            let (head, body) = mail.split_once("\r\n\r\n").unwrap();
            assert_eq!(head.lines().filter(|line| line.starts_with("Subject:")).count(), 1, "{kind:?}: {head}");
            assert!(!head.lines().any(|line| line.starts_with("Bcc:")), "{kind:?}: {head}");
            assert!(body.contains("text/plain") && body.contains("text/html"), "{kind:?}: both parts");
        }
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn no_field_becomes_markup_a_header_or_a_turn_of_direction() {
    for kind in Kind::ALL {
        for locale in Locale::ALL {
            let message = letter(*kind, &Sample::hostile(locale));
            for hostile in ["<script", "<img", "\u{202e}"] {
                assert!(!message.html.contains(hostile), "{kind:?}: {hostile} in {}", message.html);
            }
            assert!(!message.text.contains('\u{202e}'), "{kind:?}");
            assert!(!message.text.lines().any(|line| line.starts_with("Bcc:")), "{kind:?}: {}", message.text);
            assert!(!message.text.lines().any(|line| line == "."), "{kind:?}: a line that would end the message");
            let (_, body) = message.html.split_once("<body").unwrap();
            assert!(!body.contains("'Vera'") && !body.contains("alert('App')"), "{kind:?}: quotes are escaped");
        }
    }
}

#[test]
fn a_single_use_link_is_in_the_letters_that_need_it_and_in_no_other() {
    let with: Vec<Kind> = Kind::ALL
        .iter()
        .copied()
        .filter(|kind| letter(*kind, &Sample::plain(Locale::English)).text.contains(mail::catalog::TOKEN))
        .collect();
    let expect = [Kind::VerifyEmail, Kind::ResetPassword, Kind::ConfirmNewEmail, Kind::MemberCode, Kind::Invited];
    assert_eq!(with, expect);
}

#[test]
fn times_have_their_zone() {
    for kind in Kind::ALL {
        for locale in Locale::ALL {
            let message = letter(*kind, &Sample::plain(locale));
            for line in message.text.lines().filter(|line| line.contains(" AM") || line.contains(" PM")) {
                assert!(line.contains(" CST"), "{kind:?}: {line}");
            }
            assert!(!message.text.contains("UTC"), "{kind:?}: {}", message.text);
        }
    }
}

const PAGES: [&str; 3] = ["/admin/letters", "/admin/letters/ticket-opened", "/admin/letters/ticket-opened/es"];

#[tokio::test]
async fn the_letters_are_shown_where_the_software_is_developed_and_nowhere_else() {
    let site = Site::new().await;
    let (ada, vera) = (staff(&site, "ada-moreno", Role::Administrator).await, vendor(&site, "vera-lindqvist").await);
    let list = ada.get("/admin/letters").await;
    assert_eq!(list.status, StatusCode::OK);
    for kind in Kind::ALL {
        assert!(list.body.contains(&format!("/admin/letters/{}\"", kind.key())), "{kind:?}");
        let page = ada.get(&format!("/admin/letters/{}?values=hostile", kind.key())).await;
        assert_eq!(page.status, StatusCode::OK, "{kind:?}");
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"), "{kind:?}");
    }
    let page = ada.get(PAGES[1]).await;
    assert!(page.header("content-security-policy").contains("frame-src 'self'"));
    assert!(page.body.contains("We received your ticket") && page.body.contains("Recibimos su consulta"));
    let document = ada.get(PAGES[2]).await;
    assert!(document.body.contains("<html lang=\"es\">") && document.body.contains("Recibimos su consulta"));
    let policy = document.header("content-security-policy");
    for part in ["default-src 'none'", "sandbox", "frame-ancestors 'self'"] {
        assert!(policy.contains(part), "{policy}");
    }
    for missing in ["/admin/letters/nothing", "/admin/letters/ticket-opened/fr"] {
        assert_eq!(ada.get(missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
    assert!(ada.get("/admin/mail").await.body.contains("/admin/letters"));
    let statuses = async |browser: &Browser<'_>| {
        let mut statuses = Vec::new();
        for page in PAGES {
            let Reply { status, .. } = browser.get(page).await;
            statuses.push(status);
        }
        statuses
    };
    assert_eq!(statuses(&vera).await, [StatusCode::FORBIDDEN; 3]);

    // Not even a sign-in is asked for: the pages do not exist.
    let elsewhere = Site::with_settings(|settings| settings.public_url = PUBLIC.parse().unwrap()).await;
    assert_eq!(statuses(&Browser::of(&site)).await, [StatusCode::SEE_OTHER; 3]);
    assert_eq!(statuses(&Browser::of(&elsewhere)).await, [StatusCode::NOT_FOUND; 3]);
}
