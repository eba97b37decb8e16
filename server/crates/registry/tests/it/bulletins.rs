//! Bulletins are shown to no one before they are posted, and not after they end.

use jiff::ToSpan;
use model::{
    bulletin::{Audience, Kind as About, Place},
    id::AccountId,
};
use registry::{
    bulletins::{self, Content, State},
    error::Kind,
};
use store::{Ctx, Part, testing::on_each_database};

use crate::desk::Desk;

fn content(ctx: &Ctx, title: &str) -> Content {
    Content {
        program: None,
        audiences: vec![Audience::Owner, Audience::Member],
        kind: About::Maintenance,
        place: Place::Banner,
        title: title.to_owned(),
        text: "From 9 to 10.".to_owned(),
        title_es: "Mantenimiento".to_owned(),
        text_es: "De 9 a 10.".to_owned(),
        starts_at: ctx.now + 1.hours(),
        ends_at: Some(ctx.now + 3.hours()),
    }
}

async fn showing(desk: &Desk<'_>) -> Vec<String> {
    let found = bulletins::showing(&mut desk.read().await).await.unwrap();
    found.into_iter().map(|bulletin| bulletin.content.title).collect()
}

async fn actions(desk: &Desk<'_>) -> Vec<String> {
    let filter = audit::log::Filter { action: Some("bulletin.".to_owned()), ..Default::default() };
    let page = audit::log::Page { before: None, limit: 9 };
    let found = audit::log::list(&mut desk.read().await, &filter, page).await.unwrap();
    found.into_iter().map(|entry| entry.action).collect()
}

#[tokio::test]
async fn a_bulletin_is_shown_from_its_start_to_its_end_once_it_is_posted() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let dana = AccountId::new("dana");
        let mut ctx = desk.write().await;
        let works = content(&ctx, "Works");
        let id = bulletins::draft(&mut ctx, &dana, &works).await.unwrap();
        ctx.commit().await.unwrap();
        let state = async || {
            let mut ctx = desk.read().await;
            bulletins::get(&mut ctx, &id).await.unwrap().state(ctx.now)
        };
        test.clock.advance(90.minutes());
        assert_eq!((state().await, showing(&desk).await.len()), (State::Draft, 0));
        test.clock.advance((-60).minutes());
        let mut ctx = desk.write().await;
        bulletins::post(&mut ctx, &dana, &id, 1).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!((state().await, showing(&desk).await.len()), (State::Scheduled, 0));
        test.clock.advance(30.minutes());
        assert_eq!((state().await, showing(&desk).await), (State::Showing, vec!["Works".to_owned()]));
        test.clock.advance(2.hours());
        assert_eq!((state().await, showing(&desk).await.len()), (State::Ended, 0));
        assert_eq!(actions(&desk).await, ["bulletin.posted"]);
    })
    .await;
}

#[tokio::test]
async fn a_bulletin_is_edited_and_ended_by_who_read_it_last() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let dana = AccountId::new("dana");
        let mut ctx = desk.write().await;
        let first = Content { starts_at: ctx.now, ends_at: None, ..content(&ctx, "Works") };
        let id = bulletins::draft(&mut ctx, &dana, &first).await.unwrap();
        bulletins::edit(&mut ctx, &dana, &id, 1, &first).await.unwrap();
        bulletins::post(&mut ctx, &dana, &id, 2).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(actions(&desk).await, ["bulletin.posted"], "what happens to drafts is not written down");

        let second = Content { title: "More works".to_owned(), ..first.clone() };
        let mut ctx = desk.write().await;
        for stale in [1, 2] {
            let refused = bulletins::edit(&mut ctx, &dana, &id, stale, &second).await.unwrap_err();
            assert_eq!(refused.kind(), Kind::Conflict);
            assert_eq!(bulletins::end(&mut ctx, &dana, &id, stale).await.unwrap_err().kind(), Kind::Conflict);
        }
        assert_eq!(bulletins::post(&mut ctx, &dana, &id, 3).await.unwrap_err().kind(), Kind::Conflict);
        bulletins::edit(&mut ctx, &dana, &id, 3, &second).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(showing(&desk).await, ["More works"]);
        let mut ctx = desk.write().await;
        bulletins::end(&mut ctx, &dana, &id, 4).await.unwrap();
        ctx.commit().await.unwrap();
        assert!(showing(&desk).await.is_empty());
        assert_eq!(actions(&desk).await, ["bulletin.ended", "bulletin.edited", "bulletin.posted"]);

        let mut ctx = desk.write().await;
        let draft = bulletins::draft(&mut ctx, &dana, &second).await.unwrap();
        bulletins::end(&mut ctx, &dana, &draft, 1).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(bulletins::count(&mut desk.read().await).await.unwrap(), 1, "a draft is deleted");
        assert_eq!(bulletins::list(&mut desk.read().await, Part::ALL).await.unwrap().len(), 1);
    })
    .await;
}
