//! Drafts of registrations.

use jiff::ToSpan;
use model::id::{AccountId, DraftId, OrganizationId};
use registry::{
    drafts::{self, Found, Kind, Typed},
    error::Error,
    team::change,
};
use store::{Ctx, sql, testing::on_each_database};

use crate::desk::Desk;

fn typed<'a>(id: &'a DraftId, version: i64, content: &'a str) -> Typed<'a> {
    Typed { id, version, organization: None, kind: Kind::Application, name: "Care Costs", content }
}

async fn content(ctx: &mut Ctx, account: &AccountId, id: &DraftId) -> Option<(i64, String)> {
    match drafts::find(ctx, account, id).await.unwrap() {
        Found::Draft(draft) => Some((draft.version, draft.content)),
        Found::Nothing | Found::NotTheirs => None,
    }
}

#[tokio::test]
async fn a_draft_is_saved_version_by_version_and_sent_once() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (account, id) = (desk.account("ada").await, DraftId::new("one"));
        let mut ctx = desk.write().await;
        assert_eq!(drafts::save(&mut ctx, &account, typed(&id, 0, "1")).await.unwrap(), 1);
        assert_eq!(drafts::save(&mut ctx, &account, typed(&id, 1, "2")).await.unwrap(), 2);
        assert_eq!(content(&mut ctx, &account, &id).await, Some((2, "2".to_owned())));
        assert!(matches!(drafts::send(&mut ctx, &account, &id, 1).await, Err(Error::Stale)), "not what was reviewed");
        drafts::send(&mut ctx, &account, &id, 2).await.unwrap();
        assert!(matches!(drafts::send(&mut ctx, &account, &id, 2).await, Err(Error::NotFound)));
        assert!(matches!(drafts::save(&mut ctx, &account, typed(&id, 2, "3")).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn an_older_tab_overwrites_nothing_and_the_same_content_again_is_no_conflict() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (account, id) = (desk.account("ada").await, DraftId::new("one"));
        let mut ctx = desk.write().await;
        for (version, content) in [(0, "1"), (1, "2")] {
            drafts::save(&mut ctx, &account, typed(&id, version, content)).await.unwrap();
        }
        for version in [0, 1] {
            let stale = drafts::save(&mut ctx, &account, typed(&id, version, "another")).await;
            assert!(matches!(stale, Err(Error::Stale)), "{version}: {stale:?}");
            assert_eq!(drafts::save(&mut ctx, &account, typed(&id, version, "2")).await.unwrap(), 2, "sent twice");
        }
        assert_eq!(content(&mut ctx, &account, &id).await, Some((2, "2".to_owned())));
    })
    .await;
}

#[tokio::test]
async fn two_drafts_of_an_account_do_not_mix_and_anothers_is_not_theirs() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (ada, eve) = (desk.account("ada").await, desk.account("eve").await);
        let (one, two) = (DraftId::new("one"), DraftId::new("two"));
        let mut ctx = desk.write().await;
        drafts::save(&mut ctx, &ada, typed(&one, 0, "1")).await.unwrap();
        drafts::save(&mut ctx, &ada, typed(&two, 0, "2")).await.unwrap();
        assert_eq!(drafts::find(&mut ctx, &eve, &one).await.unwrap(), Found::NotTheirs);
        for version in [0, 1] {
            let saved = drafts::save(&mut ctx, &eve, typed(&one, version, "eve")).await;
            assert!(matches!(saved, Err(Error::NotFound)), "{version}: {saved:?}");
        }
        assert!(matches!(drafts::send(&mut ctx, &eve, &one, 1).await, Err(Error::NotFound)));
        assert!(matches!(drafts::delete(&mut ctx, &eve, &one).await, Err(Error::NotFound)));
        drafts::send(&mut ctx, &ada, &one, 1).await.unwrap();
        assert_eq!(content(&mut ctx, &ada, &two).await, Some((1, "2".to_owned())), "only that one ended");
        drafts::delete(&mut ctx, &ada, &two).await.unwrap();
        assert_eq!(drafts::list(&mut ctx, &ada, None).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn an_account_has_a_limited_number_of_drafts() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let account = desk.account("ada").await;
        let mut ctx = desk.write().await;
        for number in 0..drafts::MOST {
            let id = DraftId::new(format!("d{number}"));
            drafts::save(&mut ctx, &account, typed(&id, 0, "1")).await.unwrap();
        }
        let more = drafts::save(&mut ctx, &account, typed(&DraftId::new("more"), 0, "1")).await;
        assert!(matches!(more, Err(Error::TooMany)), "{more:?}");
        assert_eq!(drafts::save(&mut ctx, &account, typed(&DraftId::new("d0"), 1, "2")).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_draft_ends_180_days_after_it_was_last_saved() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (account, old, new) = (desk.account("ada").await, DraftId::new("old"), DraftId::new("new"));
        let mut ctx = desk.write().await;
        drafts::save(&mut ctx, &account, typed(&old, 0, "1")).await.unwrap();
        drafts::save(&mut ctx, &account, typed(&new, 0, "1")).await.unwrap();
        ctx.commit().await.unwrap();
        test.clock.advance((24 * 179).hours());
        let mut ctx = desk.write().await;
        drafts::save(&mut ctx, &account, typed(&new, 1, "2")).await.unwrap();
        ctx.commit().await.unwrap();
        test.clock.advance(24.hours());
        let mut ctx = desk.write().await;
        assert_eq!(registry::housekeeping::purge(&mut ctx).await.unwrap(), 1);
        assert_eq!(content(&mut ctx, &account, &old).await, None);
        assert!(content(&mut ctx, &account, &new).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn drafts_of_an_organization_are_listed_for_it_and_end_when_the_person_leaves() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (owner, other) = (desk.vendor("acme").await, desk.vendor("other").await);
        let account = desk.account("dev").await;
        let own = DraftId::new("own");
        let mut ctx = desk.write().await;
        registry::team::add(&mut ctx, &owner.organization, &account, model::team::TeamRole::Developer).await.unwrap();
        let of = |organization: Option<&'static str>| organization.map(OrganizationId::new);
        let first = Typed { organization: Some(&owner.organization), ..typed(&own, 0, "1") };
        drafts::save(&mut ctx, &account, first).await.unwrap();
        drafts::save(&mut ctx, &account, typed(&DraftId::new("none"), 0, "1")).await.unwrap();
        let listed = async |ctx: &mut Ctx, organization: Option<&OrganizationId>| {
            let drafts = drafts::list(ctx, &account, organization).await.unwrap();
            drafts.into_iter().map(|draft| draft.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(listed(&mut ctx, of(None).as_ref()).await, ["none"]);
        assert_eq!(listed(&mut ctx, Some(&other.organization)).await, ["none"]);
        assert_eq!(listed(&mut ctx, Some(&owner.organization)).await, ["none", "own"]);
        change::remove(&mut ctx, &desk.registry, &owner, &account).await.unwrap();
        assert_eq!(listed(&mut ctx, Some(&owner.organization)).await, ["none"]);
        let (left,): (i64,) = sql("SELECT COUNT(*) FROM registration_draft").fetch_one(&mut ctx.tx).await.unwrap();
        assert_eq!(left, 1);
    })
    .await;
}
