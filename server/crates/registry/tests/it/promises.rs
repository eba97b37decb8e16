//! How many promises were kept, against what happened.

use jiff::{Timestamp, ToSpan};
use model::{
    application::AccessType::Patient,
    id::{AccountId, TicketId},
    partition::{
        Environment::{self, Production, Sandbox},
        ProgramId,
    },
    text::Line,
};
use registry::{
    promises::{self, Kept},
    subject::Subject,
    team::Member,
    tickets::{self, NewTicket},
};
use store::testing::on_each_database;

use crate::desk::{Desk, application, approve, ask, words};

async fn open(desk: &Desk<'_>, member: &Member, program: &str, environment: Environment) -> TicketId {
    let new = NewTicket {
        program: ProgramId::new(program),
        environment,
        application: None,
        title: Line::parse("Which scopes?").unwrap(),
        text: words("Which scopes does the directory need?"),
        files: Vec::new(),
    };
    let mut ctx = desk.write().await;
    let ticket = tickets::open(&mut ctx, &desk.registry, member, &new).await.unwrap();
    ctx.commit().await.unwrap();
    ticket.id
}

async fn answer(desk: &Desk<'_>, by: &AccountId, id: &TicketId) {
    let mut ctx = desk.write().await;
    tickets::answer(&mut ctx, &desk.registry, by, id, &words("None at all."), &[], false).await.unwrap();
    ctx.commit().await.unwrap();
}

async fn close(desk: &Desk<'_>, member: &Member, id: &TicketId) {
    let mut ctx = desk.write().await;
    tickets::close(&mut ctx, member, id).await.unwrap();
    ctx.commit().await.unwrap();
}

/// Of Idaho's tickets that were due until this moment.
async fn kept(desk: &Desk<'_>, program: &str, environment: Environment) -> (i64, i64) {
    let mut ctx = desk.read().await;
    let (from, to) = ("2026-03-01T00:00:00Z".parse::<Timestamp>().unwrap(), ctx.now);
    let found = promises::tickets(&mut ctx, &ProgramId::new(program), environment, from, to).await.unwrap();
    (found.kept, found.all)
}

#[tokio::test]
async fn an_answer_in_time_keeps_the_promise_and_a_late_or_missing_one_does_not() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (vera, rita) = (desk.approved_vendor("vera").await, desk.account("rita").await);
        let mut ids = Vec::new();
        for _ in 0..4 {
            ids.push(open(&desk, &vera, "idaho", Production).await);
        }
        let elsewhere = open(&desk, &vera, "oph-ca", Production).await;
        open(&desk, &vera, "idaho", Sandbox).await;
        answer(&desk, &rita, &ids[0]).await;
        answer(&desk, &rita, &elsewhere).await;
        // The vendor found out by itself.
        close(&desk, &vera, &ids[1]).await;
        assert_eq!(kept(&desk, "idaho", Production).await, (0, 0), "none is due yet");
        test.clock.advance((21 * 24).hours());
        answer(&desk, &rita, &ids[2]).await;
        assert_eq!(kept(&desk, "idaho", Production).await, (1, 3));
        assert_eq!(kept(&desk, "idaho", Sandbox).await, (0, 1));
        assert_eq!(kept(&desk, "oph-ca", Production).await, (1, 1));
        // Too late to make the promise one of the vendor.
        close(&desk, &vera, &ids[3]).await;
        assert_eq!(kept(&desk, "idaho", Production).await, (1, 3));
    })
    .await;
}

#[tokio::test]
async fn a_review_counts_for_the_programs_of_its_app_when_it_was_due() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (vera, rita) = (desk.approved_vendor("vera").await, desk.account("rita").await);
        let mut subjects = Vec::new();
        for (name, program) in [("Amber", "idaho"), ("Birch", "idaho"), ("Cedar", "idaho"), ("Daisy", "oph-ca")] {
            let mut draft = application(name, Production, Patient);
            draft.programs = [ProgramId::new(program)].into();
            let app = desk.register(&vera, &draft).await.unwrap().application;
            subjects.push(Subject::Application(vera.organization.clone(), app.id));
        }
        desk.decide(&rita, &subjects[0], approve()).await.unwrap();
        desk.decide(&rita, &subjects[1], ask()).await.unwrap();
        test.clock.advance((30 * 24).hours());
        let mut ctx = desk.read().await;
        let (from, to) = ("2026-03-01T00:00:00Z".parse::<Timestamp>().unwrap(), ctx.now);
        for (program, expect) in [("idaho", Kept { kept: 2, all: 3 }), ("oph-ca", Kept { kept: 0, all: 1 })] {
            let found = promises::reviews(&mut ctx, &ProgramId::new(program), from, to).await.unwrap();
            assert_eq!(found, expect, "{program}");
        }
        let later = promises::reviews(&mut ctx, &ProgramId::new("idaho"), to, to + 1.hours()).await.unwrap();
        assert_eq!(later, Kept::default());
    })
    .await;
}
