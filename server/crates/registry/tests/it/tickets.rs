//! Tickets: the promised time, answers, files, and what the vendor says at the end.

use std::slice;

use jiff::{Timestamp, ToSpan};
use model::{
    application::AccessType::Both,
    history::{Action, Side},
    id::{AccountId, TicketId},
    partition::{
        Environment::{self, Production, Sandbox},
        ProgramId,
    },
    text::Line,
    ticket::Satisfaction,
};
use registry::{
    attachments::{self, Upload},
    error::Error,
    history,
    subject::Subject,
    team::Member,
    tickets::{self, Filter, NewTicket, Ticket},
};
use store::{
    Part,
    testing::{both, on_each_database, racing_on_each_database},
};

use crate::desk::{Desk, application, words};

fn question(environment: Environment) -> NewTicket {
    NewTicket {
        program: ProgramId::new("idaho"),
        environment,
        application: None,
        title: Line::parse("Which scopes?").unwrap(),
        text: words("Which scopes does the directory need?"),
        files: vec![Upload::read("log.txt", b"GET /Location 403".to_vec()).unwrap()],
    }
}

async fn open(desk: &Desk<'_>, member: &Member, new: &NewTicket) -> Result<Ticket, Error> {
    let mut ctx = desk.write().await;
    let ticket = tickets::open(&mut ctx, &desk.registry, member, new).await?;
    ctx.commit().await?;
    Ok(ticket)
}

async fn answer(desk: &Desk<'_>, by: &AccountId, id: &TicketId, closes: bool) -> Result<(), Error> {
    let mut ctx = desk.write().await;
    tickets::answer(&mut ctx, &desk.registry, by, id, &words("None at all."), &[], closes).await?;
    ctx.commit().await.map_err(Error::from)
}

async fn reply(desk: &Desk<'_>, member: &Member, id: &TicketId) -> Result<(), Error> {
    let mut ctx = desk.write().await;
    tickets::reply(&mut ctx, &desk.registry, member, id, &words("And claims?"), &[]).await?;
    ctx.commit().await.map_err(Error::from)
}

async fn now(desk: &Desk<'_>, id: &TicketId) -> Ticket {
    tickets::get_any(&mut desk.read().await, id).await.unwrap()
}

#[tokio::test]
async fn the_answer_is_due_after_the_promised_business_hours() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        // Central time is six hours behind until March 8, and five after that.
        for (environment, opened, due) in [
            (Sandbox, "2026-03-02T17:00:00Z", "2026-03-11T15:00:00Z"),
            (Production, "2026-03-02T17:00:00Z", "2026-03-05T20:00:00Z"),
            // Friday, 15:59: one minute is left that day.
            (Production, "2026-03-06T21:59:00Z", "2026-03-12T16:59:00Z"),
            // In the night after Thanksgiving's eve, and on the observed Independence Day.
            (Production, "2026-11-26T03:00:00Z", "2026-12-02T18:00:00Z"),
            (Production, "2026-07-03T15:00:00Z", "2026-07-09T17:00:00Z"),
            // The clocks go back on November 1.
            (Production, "2026-10-30T20:00:00Z", "2026-11-05T17:00:00Z"),
            // Leap day, a Tuesday.
            (Production, "2028-02-28T15:00:00Z", "2028-03-02T18:00:00Z"),
        ] {
            test.clock.set(opened);
            let ticket = open(&desk, &member, &question(environment)).await.unwrap();
            assert_eq!(ticket.turn.due_at, Some(due.parse::<Timestamp>().unwrap()), "{environment} {opened}");
            assert_eq!(
                (ticket.turn.side, ticket.first_due_at),
                (Some(Side::Administration), ticket.turn.due_at.unwrap())
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_ticket_goes_back_and_forth_until_it_is_closed_and_can_be_opened_again() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, sara) = (desk.approved_vendor("acme").await, desk.account("sara").await);
        let id = open(&desk, &member, &question(Production)).await.unwrap().id;
        test.clock.advance(1.hours());
        answer(&desk, &sara, &id, false).await.unwrap();
        let ticket = now(&desk, &id).await;
        assert_eq!((ticket.turn.side, ticket.assigned_to.as_ref()), (Some(Side::Vendor), Some(&sara)));
        let answered = ticket.answered_at;
        assert!(answered.is_some());
        let early = tickets::rate(&mut desk.write().await, &member, &id, Satisfaction::Solved, None).await;
        assert!(matches!(early, Err(Error::NotAllowed(_))), "{early:?}");
        test.clock.advance(1.hours());
        reply(&desk, &member, &id).await.unwrap();
        let due = now(&desk, &id).await.turn.due_at;
        test.clock.advance(1.hours());
        reply(&desk, &member, &id).await.unwrap();
        let ticket = now(&desk, &id).await;
        assert_eq!((ticket.turn.side, ticket.turn.due_at), (Some(Side::Administration), due), "more words win no time");
        test.clock.advance(1.hours());
        answer(&desk, &sara, &id, true).await.unwrap();
        let ticket = now(&desk, &id).await;
        assert_eq!((ticket.is_open(), ticket.turn.side, ticket.answered_at), (false, None, answered));
        let closed = answer(&desk, &sara, &id, true).await;
        assert!(matches!(closed, Err(Error::NotAllowed(_))), "{closed:?}");
        let mut ctx = desk.write().await;
        tickets::rate(&mut ctx, &member, &id, Satisfaction::Partly, Some(&words("It took long."))).await.unwrap();
        ctx.commit().await.unwrap();
        test.clock.advance(1.hours());
        reply(&desk, &member, &id).await.unwrap();
        let ticket = now(&desk, &id).await;
        assert!(ticket.is_open());
        assert_eq!(ticket.satisfaction, Some(Satisfaction::Partly));

        let lines = history::list(&mut desk.read().await, &ticket.subject(), Part::ALL).await.unwrap();
        let actions: Vec<_> = lines.iter().rev().map(|line| line.action).collect();
        let expect = [
            Action::Opened,
            Action::Replied,
            Action::Replied,
            Action::Replied,
            Action::Closed,
            Action::Rated,
            Action::Reopened,
        ];
        assert_eq!(actions, expect);
        let mail = desk.mail_to("acme").await;
        for subject in ["We received your ticket", "We answered your ticket", "Your ticket was closed"] {
            let subject = format!("{subject}: Which scopes?");
            assert!(mail.contains(&subject), "{subject}: {mail:?}");
        }
        let of = Subject::Organization(member.organization.clone());
        let whole = history::list(&mut desk.read().await, &of, Part::ALL).await.unwrap();
        assert!(whole.iter().all(|line| line.action != Action::Opened), "a ticket has a history of its own");
    })
    .await;
}

#[tokio::test]
async fn a_ticket_about_an_app_counts_for_the_apps_program_and_environment() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let app = desk.register(&member, &application("Claims", Sandbox, Both)).await.unwrap().application;
        let new =
            NewTicket { application: Some(app.id.clone()), program: ProgramId::new("oph-ca"), ..question(Production) };
        let ticket = open(&desk, &member, &new).await.unwrap();
        assert_eq!((ticket.environment, ticket.program.as_str()), (Sandbox, "idaho"));
        assert_eq!(ticket.application_name.as_deref(), Some("Claims"));
        let stranger = desk.approved_vendor("globex").await;
        let foreign = open(&desk, &stranger, &new).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
        let nowhere = open(&desk, &member, &NewTicket { program: ProgramId::new("ohio"), ..question(Sandbox) }).await;
        assert!(matches!(nowhere, Err(Error::Fields(_))), "{nowhere:?}");
    })
    .await;
}

#[tokio::test]
async fn the_tickets_and_files_of_others_are_not_found() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, stranger) = (desk.approved_vendor("acme").await, desk.approved_vendor("globex").await);
        let ticket = open(&desk, &member, &question(Sandbox)).await.unwrap();
        let lines = history::list(&mut desk.read().await, &ticket.subject(), Part::ALL).await.unwrap();
        let file = lines[0].files[0].clone();
        assert_eq!((file.name.as_str(), file.size), ("log.txt", 17));
        let (_, content) = attachments::get(&mut desk.read().await, &member, &file.id).await.unwrap();
        assert_eq!(content, b"GET /Location 403");

        let mut ctx = desk.write().await;
        let text = words("Mine.");
        let refused = [
            tickets::get(&mut ctx, &stranger, &ticket.id).await.map(|_| ()),
            tickets::reply(&mut ctx, &desk.registry, &stranger, &ticket.id, &text, &[]).await,
            tickets::close(&mut ctx, &stranger, &ticket.id).await,
            tickets::rate(&mut ctx, &stranger, &ticket.id, Satisfaction::Solved, None).await,
            attachments::get(&mut ctx, &stranger, &file.id).await.map(|_| ()),
        ];
        for refused in refused {
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
        let own = tickets::answer(&mut ctx, &desk.registry, &member.account, &ticket.id, &text, &[], false).await;
        assert!(matches!(own, Err(Error::OwnOrganization)), "{own:?}");
    })
    .await;
}

#[tokio::test]
async fn two_answers_at_once_come_from_one_person_only() {
    racing_on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let (sara, sven) = (desk.account("sara").await, desk.account("sven").await);
        let id = open(&desk, &member, &question(Sandbox)).await.unwrap().id;
        let (one, other) = both(answer(&desk, &sara, &id, false), answer(&desk, &sven, &id, false)).await;
        assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
        let lost = one.err().or(other.err()).unwrap();
        assert!(matches!(lost, Error::Claimed { .. }), "{lost:?}");
    })
    .await;
}

#[tokio::test]
async fn the_queue_shows_what_waits_for_us_first_and_what_is_due_first_before_it() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, sara, sven) =
            (desk.approved_vendor("acme").await, desk.account("sara").await, desk.account("sven").await);
        let slow = open(&desk, &member, &question(Sandbox)).await.unwrap().id;
        let fast = open(&desk, &member, &question(Production)).await.unwrap().id;
        let answered = open(&desk, &member, &question(Production)).await.unwrap().id;
        let closed = open(&desk, &member, &question(Production)).await.unwrap().id;
        answer(&desk, &sara, &answered, false).await.unwrap();
        answer(&desk, &sven, &closed, true).await.unwrap();
        let queue = async |filter: Filter| {
            let mut ctx = desk.read().await;
            let found = tickets::open_tickets(&mut ctx, &filter, Part::ALL).await.unwrap();
            assert_eq!(tickets::count_open(&mut ctx, &filter).await.unwrap(), found.len());
            found.into_iter().map(|ticket| ticket.id).collect::<Vec<_>>()
        };
        assert_eq!(queue(Filter::default()).await, [fast.clone(), slow.clone(), answered.clone()]);
        assert_eq!(queue(Filter { ours: true, ..Filter::default() }).await, [fast.clone(), slow.clone()]);
        assert_eq!(queue(Filter { assigned_to: Some(sara.clone()), ..Filter::default() }).await, [answered]);
        assert_eq!(
            queue(Filter { unassigned: true, environment: Some(Sandbox), ..Filter::default() }).await,
            slice::from_ref(&slow)
        );
        assert_eq!(queue(Filter { program: Some(ProgramId::new("oph-ca")), ..Filter::default() }).await, []);
        test.clock.set("2026-03-05T20:00:01Z");
        assert_eq!(queue(Filter { overdue: true, ..Filter::default() }).await, slice::from_ref(&fast));

        let mut ctx = desk.write().await;
        tickets::claim(&mut ctx, &sara, &fast).await.unwrap();
        let taken = tickets::claim(&mut ctx, &sven, &fast).await;
        assert!(matches!(&taken, Err(Error::Claimed { by }) if by == "sara"), "{taken:?}");
        let released = tickets::release(&mut ctx, &sven, &fast).await;
        assert!(matches!(released, Err(Error::Claimed { .. })), "{released:?}");
        tickets::take_over(&mut ctx, &sven, &fast, &sara).await.unwrap();
        let late = tickets::take_over(&mut ctx, &sara, &fast, &sara).await;
        assert!(matches!(late, Err(Error::Claimed { .. })), "{late:?}");
        tickets::release(&mut ctx, &sven, &fast).await.unwrap();
    })
    .await;
}
