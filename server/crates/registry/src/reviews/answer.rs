//! What a vendor does about a decision without changing what it sent: answer a question, or appeal a denial. And what a reviewer
//! does when no answer comes.

use mail::messages::desk::Arrival;
use model::{
    application::Approval,
    decision::{NotAllowed, Outcome, ReviewKind},
    history::{Action, Side},
    id::{AccountId, SubmissionId},
    organization::OrganizationStatus,
    team::Act,
    text::Paragraph,
};
use store::{Ctx, sql};

use super::{Decision, Review, decide, of_subject, rounds, rounds::Opened};
use crate::{
    Registry, applications,
    attachments::Upload,
    conversations, criteria,
    error::{Error, Result},
    history::{self, Change},
    notices, organizations,
    subject::Subject,
    team::Member,
    waiting,
};

/// The answer to a question opens the review again.
pub(super) async fn answer(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    on: &Subject,
    text: &Paragraph,
    files: &[Upload],
) -> Result<()> {
    member.require(Act::Converse)?;
    let name = may_act(ctx, member, on).await?;
    let (submission, opened) = set_back(ctx, on, Outcome::InformationAsked).await?;
    let review = rounds::open(ctx, on, &member.account, &submission, opened).await?;
    notices::arrived(ctx, registry, Arrival::Answer, &name, &review).await?;
    let change = Change::vendor(member, Action::Answered).about(&submission).saying(text).with(files);
    history::record(ctx, on, &change).await
}

/// Another reviewer looks at the newest decision, which must be a denial. Once for each decision, and what an appeal decided is
/// final. Owners only.
pub(super) async fn appeal(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    on: &Subject,
    text: &Paragraph,
    files: &[Upload],
) -> Result<()> {
    member.require(Act::Appeal)?;
    let name = may_act(ctx, member, on).await?;
    let denial = of_subject(ctx, on).await?.into_iter().next().filter(may_be_appealed).ok_or(NotAllowed)?;
    let (submission, _) = set_back(ctx, on, Outcome::Denied).await?;
    let review = rounds::open(ctx, on, &member.account, &submission, Opened::Appeal(&denial.id)).await?;
    notices::appeal_received(ctx, registry, on, &name, &review).await?;
    notices::arrived(ctx, registry, Arrival::Appeal, &name, &review).await?;
    let change = Change::vendor(member, Action::Appealed).about(&submission).saying(text).with(files);
    history::record(ctx, on, &change).await
}

/// Whether this, as the newest review of its subject, can be appealed.
pub(super) fn may_be_appealed(review: &Review) -> bool {
    review.kind != ReviewKind::Appeal && review.decision.as_ref().is_some_and(|past| past.outcome == Outcome::Denied)
}

/// Takes an appeal back, so that the registration can be corrected instead. Owners only.
pub(super) async fn withdraw_appeal(ctx: &mut Ctx, member: &Member, on: &Subject) -> Result<()> {
    member.require(Act::Appeal)?;
    may_act(ctx, member, on).await?;
    let withdrawn = sql("UPDATE review SET outcome = 'withdrawn', decided_by = $1, decided_at = $2
         WHERE organization_id = $3 AND COALESCE(application_id, '') = $4 AND outcome IS NULL AND kind = 'appeal'")
    .bind(&member.account)
    .bind(ctx.now)
    .bind(on.organization())
    .bind(on.application().map_or("", model::id::ApplicationId::as_str))
    .execute(&mut ctx.tx)
    .await?;
    if withdrawn != 1 {
        return Err(NotAllowed.into());
    }
    let (submission, _) = set(ctx, on, Approval::PendingReview, Approval::Denied).await?;
    conversations::turn_to(ctx, on, None, None).await?;
    let change = Change::vendor(member, Action::AppealWithdrawn).about(&submission);
    history::record(ctx, on, &change).await
}

/// Denies what the vendor was asked about, because no answer came for as long as we wait ([`conversations::ANSWER_WITHIN`]).
/// [`NotAllowed`] before that.
pub(super) async fn lapse(
    ctx: &mut Ctx,
    registry: &Registry,
    reviewer: &AccountId,
    on: &Subject,
    comment: &Paragraph,
) -> Result<Review> {
    let turn = conversations::turn(ctx, on).await?.filter(|turn| turn.side == Some(Side::Vendor)).ok_or(NotAllowed)?;
    if turn.due_at.is_none_or(|due| ctx.now < due) {
        return Err(NotAllowed.into());
    }
    let (submission, opened) = set_back(ctx, on, Outcome::InformationAsked).await?;
    let review = rounds::open(ctx, on, reviewer, &submission, opened).await?;
    let criterion = criteria::find(ctx, criteria::INCOMPLETE).await?.ok_or(Error::NotFound)?;
    let decision = Decision::Deny { criterion, comment: comment.clone() };
    decide::decide(ctx, registry, reviewer, &review, 1, &decision).await
}

/// Whether the member acts for the subject: its organization for owners, its apps for all. Returns the subject's name.
async fn may_act(ctx: &mut Ctx, member: &Member, on: &Subject) -> Result<String> {
    match on {
        Subject::Organization(id) if *id == member.organization => {
            member.require(Act::EditOrganization)?;
            Ok(organizations::get(ctx, id).await?.name().to_owned())
        }
        Subject::Application(_, id) => Ok(applications::get(ctx, member, id).await?.name().to_owned()),
        Subject::Organization(_) | Subject::Ticket(..) => Err(Error::NotFound),
    }
}

/// Puts what was asked about or denied back under review. Returns its version, and what its round is opened for.
async fn set_back(ctx: &mut Ctx, on: &Subject, from: Outcome) -> Result<(SubmissionId, Opened<'static>)> {
    let from = if from == Outcome::Denied { Approval::Denied } else { Approval::InformationAsked };
    set(ctx, on, from, Approval::PendingReview).await
}

/// Changes the state of the registration, or of the change that waits beside an approved one; [`NotAllowed`] if it has another.
async fn set(ctx: &mut Ctx, on: &Subject, from: Approval, to: Approval) -> Result<(SubmissionId, Opened<'static>)> {
    let registered = match on {
        Subject::Organization(id) => {
            let organization = organizations::get(ctx, id).await?;
            if organization.status.was_approved() {
                None
            } else {
                let (status, next) = (status(from)?, status(to)?);
                if organization.status != status {
                    return Err(NotAllowed.into());
                }
                organizations::set_status(ctx, &organization, next).await?;
                organization.submission
            }
        }
        Subject::Application(_, id) => {
            let app = applications::get_any(ctx, id).await?;
            if app.approval == Approval::Approved {
                None
            } else {
                if app.approval != from {
                    return Err(NotAllowed.into());
                }
                applications::set_approval(ctx, &app, to).await?;
                app.submission
            }
        }
        Subject::Ticket(..) => return Err(Error::NotFound),
    };
    if let Some(submission) = registered {
        return Ok((submission, Opened::Registration));
    }
    let change = waiting::find_any(ctx, on).await?.filter(|change| change.state == from).ok_or(NotAllowed)?;
    waiting::set_state(ctx, on, from, to).await?;
    Ok((change.submission, Opened::Edit))
}

/// The same state of an organization.
fn status(of: Approval) -> Result<OrganizationStatus> {
    match of {
        Approval::PendingReview => Ok(OrganizationStatus::PendingReview),
        Approval::InformationAsked => Ok(OrganizationStatus::InformationAsked),
        Approval::Denied => Ok(OrganizationStatus::Denied),
        Approval::NotNeeded | Approval::Approved | Approval::Unknown => Err(NotAllowed.into()),
    }
}
