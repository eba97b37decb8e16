//! Who receives which letter, and where it leads.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan};
use model::{
    account::Role,
    application::AccessType::Patient,
    id::AccountId,
    partition::{
        Environment::{Production, Sandbox},
        ProgramId,
    },
    text::Line,
};
use registry::{
    conversations,
    desks::{self, Reach},
    outages::{self, Times},
    subject::Subject,
    team,
    tickets::{self, NewTicket},
};
use store::{sql, testing::on_each_database};

use crate::desk::{Desk, application, ask, words};

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

async fn works_for(desk: &Desk<'_>, by: &AccountId, whom: &AccountId, program: &str) {
    let reach = Reach::Of(BTreeMap::from([(ProgramId::new(program), BTreeSet::new())]));
    let mut ctx = desk.write().await;
    desks::set(&mut ctx, &desk.registry, by, whom, &reach).await.unwrap();
    ctx.commit().await.unwrap();
}

/// The text of the newest letter to this person with this subject.
async fn text(desk: &Desk<'_>, name: &str, subject: &str) -> String {
    let found: Option<(String,)> = sql("SELECT text_body FROM outbox WHERE recipient = $1 AND subject = $2
         ORDER BY created_at DESC, id LIMIT 1")
    .bind(format!("{name}@example.org"))
    .bind(subject)
    .fetch_optional(&mut desk.read().await.tx)
    .await
    .unwrap();
    match found {
        Some((text,)) => text,
        None => panic!("no {subject} to {name}: {:?}", desk.mail_to(name).await),
    }
}

fn ticket() -> NewTicket {
    NewTicket {
        program: ProgramId::new("idaho"),
        environment: Sandbox,
        application: None,
        title: Line::parse("Which scopes?").unwrap(),
        text: words("Which scopes do I need?"),
        files: Vec::new(),
    }
}

#[tokio::test]
async fn staff_hear_of_what_their_desk_reaches_and_not_of_their_own_organization() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let ada = staff(&desk, "ada", Role::Administrator).await;
        let (idaho, california) =
            (staff(&desk, "ida", Role::Reviewer).await, staff(&desk, "carl", Role::Reviewer).await);
        let support = staff(&desk, "sara", Role::Support).await;
        works_for(&desk, &ada, &idaho, "idaho").await;
        works_for(&desk, &ada, &california, "oph-ca").await;
        works_for(&desk, &ada, &support, "oph-ca").await;
        test.clock.advance(1.minutes());
        let member = desk.approved_vendor("acme").await;
        // Without an app, an organization belongs to every desk.
        for name in ["ada", "ida", "carl"] {
            text(&desk, name, "Organization to review: acme Inc.").await;
        }
        // A reviewer who joins the organization hears no more of it.
        let own = staff(&desk, "olga", Role::Reviewer).await;
        let mut ctx = desk.write().await;
        sql("INSERT INTO membership (account_id, organization_id, role, joined_at) VALUES ($1, $2, 'developer', $3)")
            .bind(&own)
            .bind(&member.organization)
            .bind(ctx.now)
            .execute(&mut ctx.tx)
            .await
            .unwrap();
        ctx.commit().await.unwrap();

        let app = desk.register(&member, &application("Claims", Production, Patient)).await.unwrap().application;
        let letter = text(&desk, "ida", "Application to review: Claims").await;
        let review = desk.review(&app.subject()).await;
        assert!(letter.contains(&format!("https://flex.example.org/admin/reviews/{}", review.id)), "{letter}");
        text(&desk, "ada", "Application to review: Claims").await;
        let mut ctx = desk.write().await;
        tickets::open(&mut ctx, &desk.registry, &member, &ticket()).await.unwrap();
        ctx.commit().await.unwrap();
        text(&desk, "ada", "New ticket: Which scopes?").await;
        assert_eq!(
            desk.mail_to("carl").await,
            ["Your desk changed: Optum Physical Health CA", "Organization to review: acme Inc."]
        );
        assert_eq!(desk.mail_to("sara").await, ["Your desk changed: Optum Physical Health CA"]);
        assert_eq!(desk.mail_to("olga").await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_persons_desk_is_written_about_when_it_changes_and_only_then() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (ada, rita) = (staff(&desk, "ada", Role::Administrator).await, staff(&desk, "rita", Role::Reviewer).await);
        works_for(&desk, &ada, &rita, "idaho").await;
        works_for(&desk, &ada, &rita, "idaho").await;
        assert_eq!(desk.mail_to("rita").await, ["Your desk changed: Optum Idaho"]);
        test.clock.advance(1.minutes());
        let mut ctx = desk.write().await;
        desks::set(&mut ctx, &desk.registry, &ada, &rita, &Reach::All).await.unwrap();
        ctx.commit().await.unwrap();
        let letter = text(&desk, "rita", "Your desk changed: All programs").await;
        assert!(letter.contains("any program") && letter.contains("https://flex.example.org/admin\n"), "{letter}");
        assert!(desk.mail_to("ada").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn reviewers_hear_once_of_what_a_vendor_writes_beside_a_review() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        staff(&desk, "rita", Role::Reviewer).await;
        let member = desk.approved_vendor("acme").await;
        test.clock.advance(1.minutes());
        let comment = async |text: &str| {
            let mut ctx = desk.write().await;
            conversations::comment(&mut ctx, &desk.registry, &member, None, &words(text), &[]).await.unwrap();
            ctx.commit().await.unwrap();
        };
        comment("We moved.").await;
        comment("The address follows.").await;
        let told = desk.mail_to("rita").await;
        assert_eq!(told, ["Organization to review: acme Inc.", "Message from a vendor: acme Inc."]);
        let letter = text(&desk, "rita", "Message from a vendor: acme Inc.").await;
        assert!(letter.contains(&format!("/admin/organizations/{}", member.organization)) && !letter.contains("moved"));
    })
    .await;
}

#[tokio::test]
async fn a_question_says_until_when_we_wait_in_the_zone_of_the_program() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        test.clock.set("2026-03-02T18:00:00Z");
        let member = desk.approved_vendor("acme").await;
        let app = desk.register(&member, &application("Claims", Production, Patient)).await.unwrap().application;
        desk.decide(&desk.account("rita").await, &app.subject(), ask()).await.unwrap();
        let letter = text(&desk, "acme", "We need more information about Claims").await;
        let zone = desk.registry.programs.get(&ProgramId::new("idaho")).unwrap().zone();
        let due: Timestamp = "2026-04-01T18:00:00Z".parse().unwrap();
        let short = due.to_zoned(zone).strftime("%-I:%M %p %Z").to_string();
        assert!(letter.contains(&format!("Answer by: Wed, Apr 1, 2026, {short}")), "{letter}");
        assert!(letter.contains(&format!("https://flex.example.org/owner/applications/{}\n", app.id)), "{letter}");
    })
    .await;
}

#[tokio::test]
async fn letters_to_vendors_are_in_the_language_of_the_reader() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.vendor("acme").await;
        let mut ctx = desk.write().await;
        sql("UPDATE account SET language = 'es'").execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        let subject = Subject::Organization(member.organization.clone());
        desk.decide(&desk.account("rita").await, &subject, ask()).await.unwrap();
        let letter = text(&desk, "acme", "Necesitamos más información sobre acme Inc.").await;
        assert!(letter.starts_with("Hola, acme:") && letter.contains("Responda antes de:"), "{letter}");
        let path = format!("https://flex.example.org/owner/organization?organization={}", member.organization);
        assert!(letter.contains(&path), "{letter}");
    })
    .await;
}

#[tokio::test]
async fn who_left_the_team_reads_no_answer_to_their_ticket() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let owner = desk.approved_vendor("acme").await;
        let dev = desk.account("dev").await;
        let mut ctx = desk.write().await;
        sql("INSERT INTO membership (account_id, organization_id, role, joined_at) VALUES ($1, $2, 'developer', $3)")
            .bind(&dev)
            .bind(&owner.organization)
            .bind(ctx.now)
            .execute(&mut ctx.tx)
            .await
            .unwrap();
        let member = team::get(&mut ctx, &dev).await.unwrap();
        let opened = tickets::open(&mut ctx, &desk.registry, &member, &ticket()).await.unwrap();
        ctx.commit().await.unwrap();
        let sara = staff(&desk, "sara", Role::Support).await;
        let answer = async || {
            let mut ctx = desk.write().await;
            let said = words("Read our documentation.");
            tickets::answer(&mut ctx, &desk.registry, &sara, &opened.id, &said, &[], false).await.unwrap();
            ctx.commit().await.unwrap();
        };
        answer().await;
        let letter = text(&desk, "dev", "We answered your ticket: Which scopes?").await;
        assert!(
            letter.contains(&format!("/owner/support/{}?organization={}", opened.id, owner.organization)),
            "{letter}"
        );
        assert!(!desk.mail_to("acme").await.iter().any(|subject| subject.contains("ticket")));
        let mut ctx = desk.write().await;
        sql("DELETE FROM membership WHERE account_id = $1").bind(&dev).execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        test.clock.advance(1.hours());
        answer().await;
        let told = desk.mail_to("dev").await;
        assert_eq!(told.iter().filter(|subject| subject.starts_with("We answered")).count(), 1, "{told:?}");
        text(&desk, "acme", "We answered your ticket: Which scopes?").await;
    })
    .await;
}

#[tokio::test]
async fn owners_hear_of_an_outage_once_and_read_by_when_we_answer_them_now() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let central =
            |text: &str| text.parse::<jiff::civil::DateTime>().unwrap().in_tz("America/Chicago").unwrap().timestamp();
        let at = |text: &str| test.clock.set(&central(text).to_string());
        at("2026-03-02T11:00");
        let dana = desk.account("dana").await;
        let acme = desk.approved_vendor("acme").await;
        desk.register(&acme, &application("Claims", Production, Patient)).await.unwrap();
        desk.approved_vendor("globex").await;
        let times = |begins: &str, ends: Option<&str>| Times {
            begins_at: central(begins),
            ends_at: ends.map(central),
            reason: words("The data center is dark."),
        };
        let idaho = ProgramId::new("idaho");
        at("2026-03-03T10:00");
        let mut ctx = desk.write().await;
        let begun = times("2026-03-03T10:00", None);
        let (id, _) = outages::begin(&mut ctx, &desk.registry, &dana, Some(&idaho), &begun).await.unwrap();
        ctx.commit().await.unwrap();
        let letter = text(&desk, "acme", "Large-scale outage: Optum Idaho").await;
        assert!(letter.contains("Began: Tue, Mar 3, 2026") && !letter.contains("Ends:"), "{letter}");
        assert!(!letter.contains("data center") && !letter.contains("now answer you"), "no time has moved: {letter}");

        at("2026-03-03T14:00");
        let mut ctx = desk.write().await;
        outages::end(&mut ctx, &desk.registry, &dana, &id, 1).await.unwrap();
        ctx.commit().await.unwrap();
        let letter = text(&desk, "acme", "The outage is over: Optum Idaho").await;
        let zone = desk.registry.programs.get(&idaho).unwrap().zone();
        let due = central("2026-03-09T15:00").to_zoned(zone).strftime("%a, %b %-d, %Y, %-I:%M %p %Z").to_string();
        assert!(letter.contains(&format!("Claims: {due}")), "{due} in {letter}");
        assert!(letter.contains("https://flex.example.org/owner/inbox"), "{letter}");

        test.clock.advance(1.minutes());
        // A correction that moves nothing is not written about; one that does, only to those whose times it moved.
        for (version, ends) in [(2, "2026-03-03T14:00"), (3, "2026-03-03T12:00")] {
            let mut ctx = desk.write().await;
            let corrected = times("2026-03-03T10:00", Some(ends));
            outages::correct(&mut ctx, &desk.registry, &dana, &id, version, &corrected).await.unwrap();
            ctx.commit().await.unwrap();
        }
        let told = desk.mail_to("acme").await;
        let about: Vec<_> = told.iter().filter(|subject| subject.contains("Optum Idaho")).map(String::as_str).collect();
        assert_eq!(
            about,
            [
                "Large-scale outage: Optum Idaho",
                "The outage is over: Optum Idaho",
                "We answer at other times than we said: Optum Idaho",
            ]
        );
        let others = desk.mail_to("globex").await;
        assert!(!others.iter().any(|subject| subject.contains("Idaho")), "no app of theirs is there: {others:?}");
    })
    .await;
}
