//! That staff looked at people's data: who, at whose, and on which page. A page that shows such data calls [`seen`] before it
//! answers. A person who reloads a page is written down once an hour for each person they see, so the log stays readable.

use jiff::SignedDuration;
use model::{id::AccountId, partition::Partition};
use store::{Ctx, Result, Store, sql};

use crate::{
    action::Action,
    event::{Actor, Event},
    log,
};

/// Whose data a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Account(String),
    /// A member of a payer, by the id of the account or of the Patient.
    Member(String),
    Representative(String),
    /// The address and subject of a message.
    Mail(String),
}

impl Subject {
    fn columns(&self) -> (Action, &'static str, &str) {
        match self {
            Self::Account(id) => (Action::AccountViewed, "account", id),
            Self::Member(id) => (Action::MemberViewed, "member", id),
            Self::Representative(id) => (Action::RepresentativeViewed, "representative", id),
            Self::Mail(id) => (Action::MailViewed, "mail", id),
        }
    }
}

const HOUR_IN_SECONDS: i64 = 3600;
/// Marks of hours that are over have no use.
const KEPT: SignedDuration = SignedDuration::from_hours(2);

/// Writes down that this account sees the data of these people on this page, each once an hour. One short read where all of it
/// is written down already.
pub async fn seen(
    store: &Store,
    viewer: &AccountId,
    subjects: &[Subject],
    partition: Option<&Partition>,
    page: &str,
) -> Result<()> {
    if subjects.is_empty() {
        return Ok(());
    }
    let mut ctx = store.read().await?;
    let hour = ctx.now.as_second().div_euclid(HOUR_IN_SECONDS);
    let noted: Vec<(String, String)> =
        sql("SELECT subject_kind, subject_id FROM audit_view WHERE viewer_id = $1 AND hour = $2")
            .bind(viewer)
            .bind(hour)
            .fetch_all(&mut ctx.tx)
            .await?;
    drop(ctx);
    let is_noted = |subject: &&Subject| {
        let (_, kind, id) = subject.columns();
        noted.iter().any(|(noted_kind, noted_id)| noted_kind == kind && noted_id == id)
    };
    let new: Vec<&Subject> = subjects.iter().filter(|subject| !is_noted(subject)).collect();
    if new.is_empty() {
        return Ok(());
    }
    let mut ctx = store.write().await?;
    for subject in new {
        let (action, kind, id) = subject.columns();
        if mark(&mut ctx, viewer, kind, id, hour).await? {
            let event = Event::new(Actor::Account(viewer.clone()), action, kind, id).with("page", page);
            let event = if let Some(partition) = partition { event.within(partition) } else { event };
            log::record(&mut ctx, &event).await?;
        }
    }
    ctx.commit().await
}

/// Whether this is the first time in the hour.
async fn mark(ctx: &mut Ctx, viewer: &AccountId, kind: &str, id: &str, hour: i64) -> Result<bool> {
    let marked = sql("INSERT INTO audit_view (viewer_id, hour, subject_kind, subject_id) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING")
    .bind(viewer)
    .bind(hour)
    .bind(kind)
    .bind(id)
    .execute(&mut ctx.tx)
    .await?;
    Ok(marked == 1)
}

/// Removes marks that have no use; returns how many.
pub async fn purge(ctx: &mut Ctx) -> Result<u64> {
    let hour = (ctx.now - KEPT).as_second().div_euclid(HOUR_IN_SECONDS);
    sql("DELETE FROM audit_view WHERE hour <= $1").bind(hour).execute(&mut ctx.tx).await
}
