//! What was sent is kept as it was, and what was approved stays live while a change of it is reviewed.

use jiff::ToSpan;
use model::{
    application::{AccessType::Both, Approval},
    decision::{Outcome, ReviewKind},
    organization::OrganizationStatus,
    organization_form::OrganizationDraft,
    partition::{Environment::Production, ProgramId},
    text::Name,
};
use registry::{
    applications,
    error::Error,
    organizations::{self, Organization},
    subject::Subject,
    submissions::{self, Content},
    team::Member,
    terms,
};
use store::{
    Part, sql,
    testing::{TestStore, on_each_database, on_each_database_at},
};

use crate::desk::{Desk, application, approve, ask, deny, organization, subject, words};

/// The last migration before there were versions.
const BEFORE: i64 = 47;

fn named(name: &str) -> OrganizationDraft {
    let mut draft = organization("acme");
    draft.demographics.name = Name::parse(name).unwrap();
    draft
}

async fn now(desk: &Desk<'_>, member: &Member) -> Organization {
    organizations::get(&mut desk.read().await, &member.organization).await.unwrap()
}

async fn send(desk: &Desk<'_>, member: &Member, draft: &OrganizationDraft) -> Result<Organization, Error> {
    desk.test.clock.advance(1.minutes());
    let version = now(desk, member).await.version;
    let mut ctx = desk.write().await;
    let sent = organizations::resubmit(&mut ctx, &desk.registry, member, version, draft).await?;
    ctx.commit().await?;
    Ok(sent)
}

/// The versions of the organization with how their reviews ended, oldest first.
async fn versions(desk: &Desk<'_>, of: &Subject) -> Vec<(i64, bool, bool, Option<Outcome>)> {
    let lines = submissions::list(&mut desk.read().await, of, Part::ALL).await.unwrap();
    let line = |line: submissions::Line| (line.number, line.is_live, line.is_under_review, line.outcome);
    lines.into_iter().rev().map(line).collect()
}

async fn name_in(desk: &Desk<'_>, of: &Subject, number: i64) -> String {
    match submissions::numbered(&mut desk.read().await, of, number).await.unwrap().content {
        Content::Organization(draft) => draft.demographics.name.to_string(),
        Content::Application(draft) => draft.name.to_string(),
    }
}

#[tokio::test]
async fn each_submission_is_a_version_and_a_decision_names_the_one_it_was_about() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, reviewer) = (desk.vendor("acme").await, desk.account("rita").await);
        let of = Subject::Organization(member.organization.clone());
        send(&desk, &member, &named("Acme Two")).await.unwrap();
        test.clock.advance(1.minutes());
        let denied = desk.decide(&reviewer, &of, deny()).await.unwrap();
        send(&desk, &member, &named("Acme Three")).await.unwrap();
        test.clock.advance(1.minutes());
        desk.decide(&reviewer, &of, approve()).await.unwrap();

        let expect = [
            (1, false, false, None),
            (2, false, false, Some(Outcome::Denied)),
            (3, true, false, Some(Outcome::Approved)),
        ];
        assert_eq!(versions(&desk, &of).await, expect);
        for (number, name) in [(1, "acme Inc."), (2, "Acme Two"), (3, "Acme Three")] {
            assert_eq!(name_in(&desk, &of, number).await, name);
        }
        let decided = submissions::get(&mut desk.read().await, &denied.submission.unwrap()).await.unwrap();
        assert_eq!(
            (decided.number, decided.by),
            (2, member.account.clone()),
            "what was denied, after the owner changed it"
        );
        let history = registry::history::list(&mut desk.read().await, &of, Part::ALL).await.unwrap();
        let told: Vec<_> = history.into_iter().rev().map(|entry| (entry.action.as_str(), entry.version)).collect();
        let expect = [
            ("registered", Some(1)),
            ("edited", Some(2)),
            ("denied", Some(2)),
            ("resubmitted", Some(3)),
            ("approved", Some(3)),
        ];
        assert_eq!(told, expect);
    })
    .await;
}

#[tokio::test]
async fn a_change_of_an_approved_organization_waits_and_the_approved_values_stay() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, reviewer) = (desk.approved_vendor("acme").await, desk.account("rita").await);
        let of = Subject::Organization(member.organization.clone());
        let waits = async || organizations::waiting(&mut desk.read().await, &member.organization).await.unwrap();

        for (decision, state) in [(ask(), Approval::InformationAsked), (deny(), Approval::Denied)] {
            let after = send(&desk, &member, &named("Acme Health")).await.unwrap();
            assert_eq!((after.status, after.name()), (OrganizationStatus::Approved, "acme Inc."));
            let review = desk.decide(&reviewer, &of, decision).await.unwrap();
            assert_eq!(review.kind, ReviewKind::Edit);
            assert_eq!(waits().await.unwrap().state, state);
            assert_eq!(now(&desk, &member).await.status, OrganizationStatus::Approved);
        }
        send(&desk, &member, &named("Acme Care")).await.unwrap();
        let read = desk.review(&of).await;
        send(&desk, &member, &named("Acme Home")).await.unwrap();
        let stale = desk.decide_on(&reviewer, &read.id, read.version, approve()).await;
        assert!(matches!(stale, Err(Error::Stale)), "a reviewer decides on what they have read: {stale:?}");
        desk.decide(&reviewer, &of, approve()).await.unwrap();
        let after = now(&desk, &member).await;
        assert_eq!((after.status, after.name()), (OrganizationStatus::Approved, "Acme Home"));
        assert_eq!(waits().await, None);

        send(&desk, &member, &named("Acme Work")).await.unwrap();
        send(&desk, &member, &after.registration).await.unwrap();
        assert_eq!(waits().await, None, "the approved values again take the change back");
        assert_eq!(desk.review(&of).await.decision.unwrap().outcome, Outcome::Withdrawn);
        let mail = desk.mail_to("acme").await;
        for subject in [
            "We received your change to acme Inc.",
            "Your change to acme Inc. was not approved",
            "Your change to acme Inc. was approved",
        ] {
            assert!(mail.iter().any(|sent| sent == subject), "{subject}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_change_that_takes_a_reserved_name_is_refused_and_one_that_resembles_needs_a_reason() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, reviewer) = (desk.approved_vendor("acme").await, desk.account("rita").await);
        desk.approved_vendor("globex").await;
        let of = Subject::Organization(member.organization.clone());
        let reserved = send(&desk, &member, &named("Optum")).await;
        assert!(matches!(reserved, Err(Error::Fields(_))), "{reserved:?}");
        send(&desk, &member, &named("globex Inc.")).await.unwrap();
        let approved = desk.decide(&reviewer, &of, approve()).await;
        assert!(matches!(approved, Err(Error::ReasonNeeded)), "{approved:?}");
    })
    .await;
}

#[tokio::test]
async fn an_app_has_versions_too_and_its_decision_keeps_the_organization_as_it_was() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, reviewer) = (desk.approved_vendor("acme").await, desk.account("rita").await);
        let app = desk.register(&member, &application("Claims", Production, Both)).await.unwrap().application;
        desk.decide(&reviewer, &subject(&app), approve()).await.unwrap();
        let live = applications::get_any(&mut desk.read().await, &app.id).await.unwrap();
        let mut wanted = live.registration.clone();
        wanted.description = words("Shows more.");
        desk.edit(&member, &live, &wanted).await.unwrap();
        send(&desk, &member, &named("Acme Health")).await.unwrap();
        desk.decide(&reviewer, &Subject::Organization(member.organization.clone()), approve()).await.unwrap();

        let expect = [(1, true, false, Some(Outcome::Approved)), (2, false, true, None)];
        assert_eq!(versions(&desk, &subject(&app)).await, expect);
        let decided = desk.decide(&reviewer, &subject(&app), deny()).await.unwrap();
        let then = submissions::get(&mut desk.read().await, &decided.organization_submission.unwrap()).await.unwrap();
        assert_eq!(then.number, 2);
        let before = submissions::approved_before(&mut desk.read().await, &subject(&app), 2).await.unwrap().unwrap();
        assert_eq!(before.content, Content::Application(Box::new(live.registration)));
    })
    .await;
}

#[tokio::test]
async fn terms_are_kept_as_they_were_agreed_to() {
    on_each_database(async |test| {
        let mut desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let of = Subject::Organization(member.organization.clone());
        desk.registry.terms = "Be truthful, and kind.".into();
        send(&desk, &member, &named("Acme Two")).await.unwrap();
        send(&desk, &member, &named("Acme Three")).await.unwrap();
        let app = desk.register(&member, &application("Claims", Production, Both)).await.unwrap().application;

        let mut ctx = desk.read().await;
        let mut agreed = Vec::new();
        for (of, number) in [(&of, 1), (&of, 2), (&of, 3), (&subject(&app), 1)] {
            agreed.push(submissions::numbered(&mut ctx, of, number).await.unwrap().terms_version.unwrap());
        }
        assert_eq!(agreed, [1, 2, 2, 3]);
        assert_eq!(terms::get(&mut ctx, 1).await.unwrap().text, "Be truthful.");
        assert_eq!(terms::get(&mut ctx, 2).await.unwrap().text, "Be truthful, and kind.");
        let of_app = terms::get(&mut ctx, 3).await.unwrap().text;
        assert!(of_app.starts_with("Be truthful, and kind.\n\nOptum Idaho\n\n"), "{of_app}");
        let idaho = desk.registry.programs.get(&ProgramId::new("idaho")).unwrap();
        assert!(idaho.terms.iter().all(|part| of_app.contains(&part.text)));
        assert!(matches!(terms::get(&mut ctx, 4).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn the_database_refuses_to_change_what_was_sent() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        desk.vendor("acme").await;
        for statement in [
            "UPDATE submission SET content = '{}'",
            "DELETE FROM submission",
            "UPDATE terms SET text = ''",
            "DELETE FROM terms",
        ] {
            let changed = sql(statement).execute(&mut desk.write().await.tx).await;
            assert!(changed.is_err(), "{statement}");
        }
    })
    .await;
}

/// An approved organization, an approved app with a change that waits, and a denial
/// from before the owner's last change.
async fn old_rows(test: &TestStore) {
    let draft = serde_json::to_value(organization("acme")).unwrap();
    let text = |value: &serde_json::Value| serde_json::to_string(value).unwrap();
    let demographics = &draft["demographics"];
    let mut ctx = test.store.write().await.unwrap();
    sql("INSERT INTO organization (id, name, tin_kind, tin, mailing_address, physical_address, attestation, terms_agreed_at,
             status, version, created_at, updated_at)
         VALUES ('o', 'acme Inc.', 'us', $1, $2, $3, $4, 2000000, 'approved', 3, 1000000, 2000000)")
    .bind(demographics["tin"]["number"].as_str().unwrap())
    .bind(text(&demographics["mailing_address"]))
    .bind(text(&demographics["physical_address"]))
    .bind(text(&draft["attestation"]))
    .execute(&mut ctx.tx)
    .await
    .unwrap();
    let app = application("Claims", Production, Both);
    sql("INSERT INTO application (id, organization_id, client_id, environment, access, client_kind, name, redirect_uri,
             description, support_phone, support_email, support_website, support_name, platform, platform_id, platform_name,
             terms_agreed_at, approval, standing, version, created_at, updated_at, purpose, retention)
         VALUES ('a', 'o', 'c', 'production', 'both', 'confidential', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 3000000,
             'approved', 'active', 4, 3000000, 3000000, $11, $12)")
    .bind(app.name.as_str())
    .bind(app.redirect_uri.as_str())
    .bind(app.description.as_str())
    .bind(app.support.phone.as_str())
    .bind(app.support.email.as_str())
    .bind(app.support.website.as_str())
    .bind(app.support.name.as_str())
    .bind(app.platform.platform.as_str())
    .bind(app.platform.id.as_ref().unwrap().as_str())
    .bind(app.platform.name.as_str())
    .bind(app.purpose.as_ref().unwrap().as_str())
    .bind(app.retention.as_ref().unwrap().as_str())
    .execute(&mut ctx.tx)
    .await
    .unwrap();
    let mut change = app;
    change.description = words("Shows more.");
    sql("INSERT INTO application_edit (application_id, content, state, submitted_by, submitted_at)
         VALUES ('a', $1, 'pending_review', 'x', 5000000)")
    .bind(serde_json::to_string(&change).unwrap())
    .execute(&mut ctx.tx)
    .await
    .unwrap();
    for statement in [
        "INSERT INTO application_program (application_id, program) VALUES ('a', 'idaho')",
        "INSERT INTO review (id, organization_id, version, submitted_by, submitted_at, due_at, outcome, decided_by, decided_at)
         VALUES ('r1', 'o', 1, 'x', 1000000, 1, 'denied', 'y', 1500000)",
        "INSERT INTO review (id, organization_id, version, submitted_by, submitted_at, due_at, outcome, decided_by, decided_at)
         VALUES ('r2', 'o', 1, 'x', 2000000, 1, 'approved', 'y', 2500000)",
        "INSERT INTO review (id, organization_id, application_id, version, submitted_by, submitted_at, due_at, outcome,
             decided_by, decided_at)
         VALUES ('r3', 'o', 'a', 1, 'x', 3000000, 1, 'approved', 'y', 4000000)",
        "INSERT INTO review (id, organization_id, application_id, version, submitted_by, submitted_at, due_at)
         VALUES ('r4', 'o', 'a', 1, 'x', 5000000, 9)",
        "INSERT INTO history (id, organization_id, side, account_id, action, at)
         VALUES ('h1', 'o', 'vendor', 'x', 'registered', 1000000)",
        "INSERT INTO history (id, organization_id, side, account_id, action, at)
         VALUES ('h2', 'o', 'vendor', 'x', 'resubmitted', 2000000)",
    ] {
        sql(statement).execute(&mut ctx.tx).await.unwrap();
    }
    ctx.commit().await.unwrap();
}

#[tokio::test]
async fn older_registrations_become_version_one_and_a_change_that_waits_version_two() {
    on_each_database_at(BEFORE, async |test| {
        old_rows(test).await;
        test.store.db.migrate().await.unwrap();
        let desk = Desk::new(test);
        let of = Subject::Organization(model::id::OrganizationId::new("o"));
        let app = applications::get_any(&mut desk.read().await, &model::id::ApplicationId::new("a")).await.unwrap();

        let first = submissions::numbered(&mut desk.read().await, &of, 1).await.unwrap();
        assert_eq!(first.content, Content::Organization(Box::new(organization("acme"))));
        assert_eq!(first.terms_version, None);
        assert_eq!(versions(&desk, &of).await, [(1, true, false, Some(Outcome::Approved))]);
        let rounds = registry::reviews::of_subject(&mut desk.read().await, &of).await.unwrap();
        let about: Vec<_> = rounds.into_iter().map(|round| (round.submission.is_some(), round.kind)).collect();
        let expect = [(true, ReviewKind::Registration), (false, ReviewKind::Registration)];
        assert_eq!(about, expect, "what was denied before the owner's change is not known");

        let expect = [(1, true, false, Some(Outcome::Approved)), (2, false, true, None)];
        assert_eq!(versions(&desk, &app.subject()).await, expect);
        let first = submissions::numbered(&mut desk.read().await, &app.subject(), 1).await.unwrap();
        assert_eq!(first.content, Content::Application(Box::new(app.registration.clone())));
        let waits = applications::waiting(&mut desk.read().await, &app).await.unwrap().unwrap();
        assert_eq!((waits.number, waits.state), (2, Approval::PendingReview));
        assert_eq!(waits.registration.description.as_str(), "Shows more.");
        assert_eq!(desk.review(&app.subject()).await.kind, ReviewKind::Edit);
        let history = registry::history::list(&mut desk.read().await, &of, Part::ALL).await.unwrap();
        assert_eq!(history.iter().map(|entry| entry.version).collect::<Vec<_>>(), [Some(1), None]);
    })
    .await;
}
