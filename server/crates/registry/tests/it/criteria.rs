//! By what reviewers deny, and approvals that need two people.

use std::sync::Arc;

use model::{
    application::AccessType::{Patient, Public},
    decision::Outcome,
    partition::Environment::{Production, Sandbox},
    text::{Name, Statement},
};
use programs::Programs;
use registry::{
    criteria::{self, INCOMPLETE},
    error::Error,
    history,
    reviews::{self, Decision},
    subject::Subject,
};
use store::{Part, sql, testing::on_each_database};

use crate::desk::{Desk, application, approve, deny, programs, subject, words};

#[tokio::test]
async fn a_criterion_is_added_used_retired_and_still_shown() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (admin, member) = (desk.account("ada").await, desk.vendor("acme").await);
        let name = Name::parse("Unsafe storage").unwrap();
        let sentence = Statement::parse("The app keeps health information where others can read it.").unwrap();
        let mut ctx = desk.write().await;
        let before = criteria::in_use(&mut ctx).await.unwrap().len();
        criteria::add(&mut ctx, &admin, &name, &sentence).await.unwrap();
        let twice = criteria::add(&mut ctx, &admin, &Name::parse("UNSAFE storage").unwrap(), &sentence).await;
        assert!(matches!(twice, Err(Error::NameTaken)), "{twice:?}");
        let used = criteria::in_use(&mut ctx).await.unwrap();
        assert_eq!(used.len(), before + 1);
        let added = used.into_iter().find(|it| it.name == "Unsafe storage").unwrap();
        ctx.commit().await.unwrap();

        let on = Subject::Organization(member.organization.clone());
        let decision = Decision::Deny { criterion: added.clone(), comment: words("A public folder.") };
        let denied = desk.decide(&admin, &on, decision).await.unwrap();
        assert_eq!(denied.decision.unwrap().criterion, Some(added.clone()));

        let mut ctx = desk.write().await;
        criteria::retire(&mut ctx, &admin, &added.code).await.unwrap();
        assert_eq!(criteria::find(&mut ctx, &added.code).await.unwrap(), None);
        for gone in [added.code.as_str(), INCOMPLETE, "no-such"] {
            let refused = criteria::retire(&mut ctx, &admin, gone).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{gone}: {refused:?}");
        }
        let listed = criteria::list(&mut ctx).await.unwrap();
        let last = listed.last().unwrap();
        assert_eq!((&last.criterion, last.denials, last.retired_at.is_some()), (&added, 1, true));
        assert_eq!(last.added_by.as_deref(), Some("ada"));
        // What was decided by it is shown with its words.
        let past = reviews::get(&mut ctx, &denied.id).await.unwrap().decision.unwrap();
        assert_eq!(past.criterion, Some(added.clone()));
        let entries = history::list(&mut ctx, &on, Part { from: 0, rows: 10 }).await.unwrap();
        assert!(entries.iter().any(|entry| entry.criterion.as_deref() == Some(added.sentence.as_str())), "{entries:?}");

        // Another took its name meanwhile.
        criteria::add(&mut ctx, &admin, &name, &sentence).await.unwrap();
        let taken = criteria::restore(&mut ctx, &admin, &added.code).await;
        assert!(matches!(taken, Err(Error::NameTaken)), "{taken:?}");
        let other =
            criteria::in_use(&mut ctx).await.unwrap().into_iter().find(|it| it.name == "Unsafe storage").unwrap();
        criteria::retire(&mut ctx, &admin, &other.code).await.unwrap();
        criteria::restore(&mut ctx, &admin, &added.code).await.unwrap();
        assert_eq!(criteria::find(&mut ctx, &added.code).await.unwrap(), Some(added));
        let log: Vec<(String,)> = sql("SELECT action FROM audit WHERE subject_kind = 'criterion' ORDER BY sequence")
            .fetch_all(&mut ctx.tx)
            .await
            .unwrap();
        let log: Vec<&str> = log.iter().map(|(action,)| action.as_str()).collect();
        let expect = ["added", "retired", "added", "retired", "restored"].map(|word| format!("criterion.{word}"));
        assert_eq!(log, expect);
    })
    .await;
}

/// The programs, each requiring two people.
fn strict() -> Arc<Programs> {
    programs(|_, text| format!("two_person_review = true\n{text}"))
}

#[tokio::test]
async fn where_two_have_to_approve_the_first_decides_nothing_and_cannot_be_the_second() {
    on_each_database(async |test| {
        let mut desk = Desk::new(test);
        desk.registry.programs = strict();
        let member = desk.approved_vendor("acme").await;
        let (rita, rosa) = (desk.account("rita").await, desk.account("rosa").await);
        let app = desk.register(&member, &application("Claims", Production, Patient)).await.unwrap().application;
        let on = subject(&app);
        let said = Decision::Approve { comment: Some(words("Looks right.")) };
        let first = desk.decide(&rita, &on, said).await.unwrap();
        assert_eq!(first.decision, None);
        let approval = first.first.clone().unwrap();
        assert_eq!((approval.by, approval.comment.as_deref()), (rita.clone(), Some("Looks right.")));
        assert_eq!(
            desk.mail_to("acme").await.len(),
            3,
            "of receipt of the organization, its approval, receipt of the app"
        );
        let again = desk.decide(&rita, &on, approve()).await;
        assert!(matches!(again, Err(Error::SecondPerson)), "{again:?}");

        // What the vendor changes has to be approved by two once more.
        let mut draft = application("Claims", Production, Patient);
        draft.redirect_uri = application("Other", Production, Patient).redirect_uri;
        desk.edit(&member, &app, &draft).await.unwrap();
        assert_eq!(desk.review(&on).await.first, None);
        assert_eq!(desk.decide(&rosa, &on, approve()).await.unwrap().decision, None);
        let second = desk.decide(&rita, &on, approve()).await.unwrap();
        assert_eq!(second.decision.unwrap().outcome, Outcome::Approved);
        assert_eq!(second.first.unwrap().by, rosa);
    })
    .await;
}

#[tokio::test]
async fn one_person_is_enough_to_deny_and_for_everything_else() {
    on_each_database(async |test| {
        let mut desk = Desk::new(test);
        let lax = desk.registry.programs.clone();
        desk.registry.programs = strict();
        let member = desk.approved_vendor("acme").await;
        let rita = desk.account("rita").await;
        let app = desk.register(&member, &application("Claims", Production, Patient)).await.unwrap().application;
        desk.decide(&rita, &subject(&app), approve()).await.unwrap();
        let denied = desk.decide(&rita, &subject(&app), deny()).await.unwrap();
        assert_eq!(denied.decision.unwrap().outcome, Outcome::Denied);
        for (name, environment, access) in [("Sandbox", Sandbox, Patient), ("Directory", Production, Public)] {
            let app = desk.register(&member, &application(name, environment, access)).await.unwrap().application;
            assert!(reviews::newest(&mut desk.read().await, &subject(&app)).await.unwrap().is_none(), "{name}");
        }
        let other = desk.register(&member, &application("Costs", Production, Patient)).await.unwrap().application;
        desk.registry.programs = lax;
        let approved = desk.decide(&rita, &subject(&other), approve()).await.unwrap();
        assert_eq!(approved.decision.unwrap().outcome, Outcome::Approved);
    })
    .await;
}
