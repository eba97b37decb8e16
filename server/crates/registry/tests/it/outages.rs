//! Outages move what is due, and only what they concern.

use audit::log::{self, Filter, Page};
use jiff::{Timestamp, ToSpan};
use model::{
    application::AccessType::Patient,
    id::AccountId,
    partition::{Environment::Production, ProgramId},
    text::Paragraph,
};
use registry::{
    error::{Error, Kind},
    outages::{self, Outage, Times},
    subject::Subject,
};
use store::{Part, sql, testing::on_each_database};

use crate::desk::{Desk, application};

/// A moment in Central time.
fn central(text: &str) -> Timestamp {
    text.parse::<jiff::civil::DateTime>().unwrap().in_tz("America/Chicago").unwrap().timestamp()
}

fn times(begins: &str, ends: Option<&str>) -> Times {
    let reason = Paragraph::parse("The data center is dark.").unwrap();
    Times { begins_at: central(begins), ends_at: ends.map(central), reason }
}

/// Dana at the switch.
struct Switch<'d, 't> {
    desk: &'d Desk<'t>,
    dana: AccountId,
}

impl<'d, 't> Switch<'d, 't> {
    async fn new(desk: &'d Desk<'t>) -> Self {
        let dana = desk.account("dana").await;
        Self { desk, dana }
    }

    async fn begin(&self, program: Option<&str>, times: &Times) -> (String, u64) {
        let mut ctx = self.desk.write().await;
        let program = program.map(ProgramId::new);
        let begun = outages::begin(&mut ctx, &self.desk.registry, &self.dana, program.as_ref(), times).await.unwrap();
        ctx.commit().await.unwrap();
        begun
    }

    async fn end(&self, id: &str, version: i64) -> Result<u64, Error> {
        let mut ctx = self.desk.write().await;
        let moved = outages::end(&mut ctx, &self.desk.registry, &self.dana, id, version).await?;
        ctx.commit().await?;
        Ok(moved)
    }

    async fn correct(&self, id: &str, version: i64, times: &Times) -> Result<u64, Error> {
        let mut ctx = self.desk.write().await;
        let moved = outages::correct(&mut ctx, &self.desk.registry, &self.dana, id, version, times).await?;
        ctx.commit().await?;
        Ok(moved)
    }

    async fn current(&self) -> Vec<Outage> {
        outages::current(&mut self.desk.read().await).await.unwrap()
    }

    fn at(&self, moment: &str) {
        self.desk.test.clock.set(&central(moment).to_string());
    }

    async fn due(&self, subject: &Subject, expect: &str) {
        let review = self.desk.review(subject).await;
        let due = review.due_at.in_tz("America/Chicago").unwrap().datetime();
        assert_eq!(due, expect.parse().unwrap(), "{subject:?}");
    }
}

#[tokio::test]
async fn what_is_due_moves_when_an_outage_ends_and_when_it_is_corrected() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let switch = Switch::new(&desk).await;
        switch.at("2026-03-02T11:00");
        let organization = Subject::Organization(desk.vendor("acme").await.organization);
        switch.due(&organization, "2026-03-09T11:00").await;

        switch.at("2026-03-06T15:00");
        let (id, moved) = switch.begin(None, &times("2026-03-06T15:00", None)).await;
        assert_eq!((moved, switch.current().await.len()), (0, 1));
        // Opened in the outage: it counts from the end.
        let later = Subject::Organization(desk.vendor("beta").await.organization);
        switch.due(&later, "2026-03-13T15:00").await;

        switch.at("2026-03-09T10:00");
        assert_eq!(switch.end(&id, 1).await.unwrap(), 2);
        switch.due(&organization, "2026-03-09T13:00").await;
        switch.due(&later, "2026-03-16T10:00").await;
        assert!(switch.current().await.is_empty());

        assert_eq!(switch.correct(&id, 2, &times("2026-03-06T15:00", Some("2026-03-09T09:00"))).await.unwrap(), 2);
        switch.due(&organization, "2026-03-09T12:00").await;
        // It was none.
        assert_eq!(switch.correct(&id, 3, &times("2026-03-06T15:00", Some("2026-03-06T15:00"))).await.unwrap(), 2);
        switch.due(&organization, "2026-03-09T11:00").await;
        switch.due(&later, "2026-03-13T15:00").await;
        assert_eq!(outages::list(&mut desk.read().await, Part::ALL).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_outage_of_a_program_moves_the_reviews_of_its_apps_alone() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let switch = Switch::new(&desk).await;
        switch.at("2026-03-02T11:00");
        let member = desk.approved_vendor("acme").await;
        let app =
            desk.register(&member, &application("Trail Notes", Production, Patient)).await.unwrap().application.id;
        let app = Subject::Application(member.organization.clone(), app);
        let mut ctx = desk.read().await;
        let (program,): (String,) = sql("SELECT program FROM application_program WHERE application_id = $1")
            .bind(app.application().unwrap())
            .fetch_one(&mut ctx.tx)
            .await
            .unwrap();
        drop(ctx);
        let organization = Subject::Organization(desk.vendor("beta").await.organization);

        let day = times("2026-03-03T09:00", Some("2026-03-03T16:00"));
        assert_eq!(switch.begin(Some("another-program"), &day).await.1, 0);
        assert_eq!(switch.begin(Some(&program), &day).await.1, 1);
        switch.due(&app, "2026-03-10T11:00").await;
        switch.due(&organization, "2026-03-09T11:00").await;
        // Another outage of the same time changes nothing for the app.
        assert_eq!(switch.begin(None, &day).await.1, 1);
        switch.due(&app, "2026-03-10T11:00").await;
        switch.due(&organization, "2026-03-10T11:00").await;
    })
    .await;
}

#[tokio::test]
async fn of_two_administrators_one_changes_an_outage_and_the_other_reads_it_again() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let switch = Switch::new(&desk).await;
        switch.at("2026-03-06T15:00");
        let (id, _) = switch.begin(Some("idaho"), &times("2026-03-06T15:00", None)).await;
        let corrected = times("2026-03-06T14:00", Some("2026-03-06T18:00"));
        switch.correct(&id, 1, &corrected).await.unwrap();
        for refused in [switch.end(&id, 1).await, switch.correct(&id, 1, &corrected).await] {
            assert_eq!(refused.unwrap_err().kind(), Kind::Conflict);
        }
        assert_eq!(switch.end("nothing", 1).await.unwrap_err().kind(), Kind::NotFound);
        test.clock.advance(4.hours());
        assert_eq!(switch.end(&id, 2).await.unwrap_err().kind(), Kind::Conflict, "it is over");

        let filter = Filter { action: Some("outage.".to_owned()), ..Filter::default() };
        let page = Page { before: None, limit: 9 };
        let entries = log::list(&mut desk.read().await, &filter, page).await.unwrap();
        let written: Vec<_> = entries.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(written, ["outage.corrected", "outage.begun"]);
        assert_eq!(entries[0].detail["begins"]["before"], central("2026-03-06T15:00").to_string());
        assert_eq!(entries[0].detail["ends"]["before"], serde_json::Value::Null);
    })
    .await;
}

#[tokio::test]
async fn an_outage_that_is_ended_before_it_begins_pauses_nothing() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let switch = Switch::new(&desk).await;
        switch.at("2026-03-02T11:00");
        let subject = Subject::Organization(desk.vendor("acme").await.organization);
        let (id, moved) = switch.begin(None, &times("2026-03-03T09:00", Some("2026-03-03T12:00"))).await;
        assert_eq!((moved, switch.current().await.len()), (1, 0));
        switch.due(&subject, "2026-03-09T14:00").await;
        assert_eq!(switch.end(&id, 1).await.unwrap(), 1);
        switch.due(&subject, "2026-03-09T11:00").await;
    })
    .await;
}
