//! The change of an approved organization waits for its own review.

use mail::messages::{self, desk::Arrival};
use model::{
    decision::{NotAllowed, Outcome},
    history::Action,
    organization_form::OrganizationDraft,
};
use store::Ctx;

use super::{Organization, row};
use crate::{
    Registry,
    error::Result,
    history::{self, Change},
    names,
    notices::{self, Notice},
    reviews::rounds,
    subject::Subject,
    submissions,
    team::Member,
    waiting::{self, WaitingEdit},
};

/// Sends the change to review in place of an earlier one. A change to the approved values takes the earlier one back.
pub(super) async fn submit(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    before: &Organization,
    version: i64,
    draft: &OrganizationDraft,
) -> Result<()> {
    let subject = Subject::Organization(before.id.clone());
    let earlier = super::waiting(ctx, &before.id).await?;
    if *draft == before.registration {
        rounds::withdraw(ctx, &subject, &member.account).await?;
        row::raise(ctx, before, version).await?;
        waiting::remove(ctx, &subject).await?;
        let action = if earlier.is_some() { Action::Withdrawn } else { Action::Edited };
        return history::record(ctx, &subject, &Change::vendor(member, action)).await;
    }
    let under_review = earlier.as_ref().is_some_and(WaitingEdit::is_under_review);
    let submission = submissions::add_organization(ctx, registry, &subject, &member.account, draft).await?;
    let round = waiting::keep(ctx, &subject, &member.account, &submission, under_review).await?;
    row::raise(ctx, before, version).await?;
    if let Some(round) = &round {
        notices::arrived(ctx, registry, Arrival::Change, before.name(), round).await?;
        let notice = Notice { event: "organization-change-received", id: round.as_str() };
        notices::to_owners(ctx, &before.id, notice, |reader| {
            messages::organization::change_received(&registry.site, reader, notices::named(before))
        })
        .await?;
    }
    let action = if round.is_some() { Action::Resubmitted } else { Action::Edited };
    history::record(ctx, &subject, &Change::vendor(member, action).about(&submission)).await
}

/// Applies the reviewer's decision on the change. The approved values stay live unless the change was approved.
pub(crate) async fn settle(
    ctx: &mut Ctx,
    registry: &Registry,
    organization: &Organization,
    outcome: Outcome,
) -> Result<()> {
    let subject = Subject::Organization(organization.id.clone());
    let change = super::waiting(ctx, &organization.id).await?.ok_or(NotAllowed)?;
    if !waiting::settle(ctx, &subject, change.state, outcome).await?.is_granted() {
        return row::raise(ctx, organization, organization.version).await;
    }
    let draft = &change.registration;
    names::check_reserved(registry, &[("name", &draft.demographics.name)])?;
    row::update(ctx, organization, organization.version, organization.status, &change.submission, draft).await
}
