//! The weekly letter about what is late.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use model::{
    account::Role,
    application::AccessType::Patient,
    id::AccountId,
    partition::{Environment::Production, ProgramId},
    text::Line,
};
use registry::{
    desks::{self, Reach},
    digest::{self, Feeds},
    subject::Subject,
    tickets::{self, NewTicket},
};
use store::{
    sql,
    testing::{both, on_each_database, racing_on_each_database},
};

use crate::desk::{Desk, application, ask, words};

/// An account with this role.
async fn staff(desk: &Desk<'_>, name: &str, role: Role) -> AccountId {
    let account = desk.account(name).await;
    let mut ctx = desk.write().await;
    sql("INSERT INTO account_role (account_id, role, granted_at) VALUES ($1, $2, $3)")
        .bind(&account)
        .bind(role.as_str())
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await
        .unwrap();
    ctx.commit().await.unwrap();
    account
}

/// Writes all that is due; returns for how many people.
async fn write(desk: &Desk<'_>) -> usize {
    write_with(desk, &Feeds::new()).await
}

async fn write_with(desk: &Desk<'_>, feeds: &Feeds) -> usize {
    let mut people = 0;
    loop {
        let mut ctx = desk.write().await;
        let step = digest::write(&mut ctx, &desk.registry, feeds).await.unwrap();
        ctx.commit().await.unwrap();
        if step == 0 {
            return people;
        }
        people += step;
    }
}

/// The letters to this person: subject and text.
async fn letters(desk: &Desk<'_>, name: &str) -> Vec<(String, String)> {
    sql("SELECT subject, text_body FROM outbox WHERE recipient = $1 AND event LIKE 'weekly-digest:%' ORDER BY created_at, id")
        .bind(format!("{name}@example.org"))
        .fetch_all(&mut desk.read().await.tx)
        .await
        .unwrap()
}

async fn subjects(desk: &Desk<'_>, name: &str) -> Vec<String> {
    letters(desk, name).await.into_iter().map(|(subject, _)| subject).collect()
}

#[tokio::test]
async fn on_monday_morning_each_reads_once_what_is_late_and_no_one_does_when_nothing_is() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        // A Monday, noon in the office.
        test.clock.set("2026-03-02T18:00:00Z");
        staff(&desk, "ada", Role::Administrator).await;
        staff(&desk, "rita", Role::Reviewer).await;
        staff(&desk, "otto", Role::Auditor).await;
        assert_eq!(write(&desk).await, 2, "auditors have nothing to do");
        desk.vendor("acme").await;
        test.clock.advance(1.hours());
        assert_eq!(write(&desk).await, 0, "the week is over, also for those who had nothing");
        assert!(letters(&desk, "ada").await.is_empty(), "nothing was late");

        // The next Monday, before and after eight. The review was due at noon, so it is not late yet.
        for (at, people) in [("2026-03-09T12:59:00Z", 0), ("2026-03-09T15:00:00Z", 2), ("2026-03-09T15:01:00Z", 0)] {
            test.clock.set(at);
            let due = digest::is_due(&mut desk.read().await, &desk.registry).await.unwrap();
            assert_eq!((due, write(&desk).await), (0 < people, people), "{at}");
        }
        assert!(letters(&desk, "rita").await.is_empty());

        test.clock.set("2026-03-16T15:00:00Z");
        assert_eq!((write(&desk).await, write(&desk).await), (2, 0));
        for name in ["ada", "rita"] {
            let letters = letters(&desk, name).await;
            let [(subject, text)] = &letters[..] else { panic!("{letters:?}") };
            assert_eq!(subject, "1 thing is late: 1 organization to review", "{name}");
            assert!(text.contains("https://flex.example.org/admin/queues/organizations?show=overdue"), "{text}");
            assert!(
                text.contains("As of: Mon, Mar 16, 2026") && !text.contains("acme"),
                "counts and links alone: {text}"
            );
        }
        assert!(letters(&desk, "otto").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_server_that_was_down_on_monday_writes_until_wednesday_morning() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        test.clock.set("2026-03-03T18:00:00Z");
        staff(&desk, "ada", Role::Administrator).await;
        desk.vendor("acme").await;
        test.clock.set("2026-03-18T18:00:00Z");
        assert_eq!(write(&desk).await, 0, "on Wednesday at noon the next Monday is near");
        test.clock.set("2026-03-24T18:00:00Z");
        assert_eq!(write(&desk).await, 1, "Tuesday");
        test.clock.set("2026-03-25T12:00:00Z");
        assert_eq!((write(&desk).await, letters(&desk, "ada").await.len()), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn each_reads_what_their_desk_reaches_and_their_role_works_on() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        test.clock.set("2026-03-03T18:00:00Z");
        let ada = staff(&desk, "ada", Role::Administrator).await;
        staff(&desk, "rita", Role::Reviewer).await;
        let carl = staff(&desk, "carl", Role::Reviewer).await;
        staff(&desk, "sara", Role::Support).await;
        let california = Reach::Of(BTreeMap::from([(ProgramId::new("oph-ca"), BTreeSet::new())]));
        let mut ctx = desk.write().await;
        desks::set(&mut ctx, &desk.registry, &ada, &carl, &california).await.unwrap();
        ctx.commit().await.unwrap();

        let (acme, globex) = (desk.approved_vendor("acme").await, desk.approved_vendor("globex").await);
        desk.register(&acme, &application("Claims", Production, Patient)).await.unwrap();
        // Asked, and silent for more than 30 days.
        let silent =
            desk.register(&globex, &application("Trail Notes", Production, Patient)).await.unwrap().application;
        let reviewer = desk.account("rob").await;
        let of = Subject::Application(globex.organization.clone(), silent.id.clone());
        desk.decide(&reviewer, &of, ask()).await.unwrap();
        let mut ctx = desk.write().await;
        let new = NewTicket {
            program: ProgramId::new("idaho"),
            environment: Production,
            application: None,
            title: Line::parse("Which scopes?").unwrap(),
            text: words("Which scopes do I need?"),
            files: Vec::new(),
        };
        tickets::open(&mut ctx, &desk.registry, &acme, &new).await.unwrap();
        ctx.commit().await.unwrap();

        test.clock.set("2026-04-13T15:00:00Z");
        let feeds = Feeds::from([(ProgramId::new("idaho"), 3), (ProgramId::new("oph-ca"), 0)]);
        write_with(&desk, &feeds).await;
        assert_eq!(subjects(&desk, "ada").await, ["6 things are late: 1 application to review and more"]);
        assert_eq!(subjects(&desk, "rita").await, ["2 things are late: 1 application to review and more"]);
        assert_eq!(subjects(&desk, "sara").await, ["1 thing is late: 1 ticket to answer"]);
        assert!(subjects(&desk, "carl").await.is_empty(), "nothing of California is late");
        let (_, text) = letters(&desk, "ada").await.remove(0);
        for line in [
            "1 application to review:\nhttps://flex.example.org/admin/queues/applications?show=overdue",
            "1 ticket to answer:\nhttps://flex.example.org/admin/queues/tickets?show=overdue",
            "1 vendor who did not answer in time:\nhttps://flex.example.org/admin/inbox?show=silent",
            "3 data feeds that did not come:\nhttps://flex.example.org/admin/feeds",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_nodes_one_writes_to_each() {
    racing_on_each_database(async |test| {
        let desk = Desk::new(test);
        test.clock.set("2026-03-03T18:00:00Z");
        for name in ["ada", "rita", "carl"] {
            staff(&desk, name, Role::Administrator).await;
        }
        desk.vendor("acme").await;
        test.clock.set("2026-03-16T15:00:00Z");
        both(write(&desk), write(&desk)).await;
        for name in ["ada", "rita", "carl"] {
            assert_eq!(letters(&desk, name).await.len(), 1, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_letter_is_in_the_language_of_its_reader() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        test.clock.set("2026-03-03T18:00:00Z");
        let ada = staff(&desk, "ada", Role::Administrator).await;
        let mut ctx = desk.write().await;
        sql("UPDATE account SET language = 'es' WHERE id = $1").bind(&ada).execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        desk.vendor("acme").await;
        test.clock.set("2026-03-16T15:00:00Z");
        write(&desk).await;
        let (subject, text) = letters(&desk, "ada").await.remove(0);
        assert_eq!(subject, "1 asunto está atrasado: 1 organización por revisar");
        assert!(text.contains("lunes 16 de marzo de 2026"), "{text}");
    })
    .await;
}
