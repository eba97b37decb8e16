//! One decision for each review, even if several reviewers work on it at once.

use audit::{
    action::Action as Audited,
    event::{Actor, Event},
};
use mail::messages;
use model::{
    application::Approval,
    decision::{NotAllowed, Outcome, ReviewKind},
    history::Action,
    id::{AccountId, ReviewId},
    partition::Environment,
    text::Paragraph,
};
use store::{Ctx, sql};

use super::{Decision, Review, get};
use crate::{
    Registry,
    applications::{self, Application, check_names, waiting},
    conversations,
    error::{Decided, Error, Result},
    history::{self, Change},
    names,
    notices::{self, AppFacts, Notice},
    organizations::{self, Organization},
    submissions::{self, Content},
    team,
};

impl Decision {
    fn outcome(&self) -> Outcome {
        match self {
            Self::Approve { .. } => Outcome::Approved,
            Self::Deny { .. } => Outcome::Denied,
            Self::AskInformation { .. } => Outcome::InformationAsked,
        }
    }

    fn comment(&self) -> Option<&Paragraph> {
        match self {
            Self::Approve { comment } => comment.as_ref(),
            Self::Deny { comment, .. } | Self::AskInformation { comment } => Some(comment),
        }
    }

    fn comment_text(&self) -> &str {
        self.comment().map_or("", Paragraph::as_str)
    }

    fn change<'a>(&'a self, reviewer: &'a AccountId) -> Change<'a> {
        let change = match self {
            Self::Approve { .. } => Change::administration(reviewer, Action::Approved),
            Self::Deny { criterion, .. } => Change::administration(reviewer, Action::Denied).because(criterion),
            Self::AskInformation { .. } => Change::administration(reviewer, Action::InformationAsked),
        };
        Change { comment: self.comment(), ..change }
    }
}

pub(super) async fn decide(
    ctx: &mut Ctx,
    registry: &Registry,
    reviewer: &AccountId,
    id: &ReviewId,
    version: i64,
    decision: &Decision,
) -> Result<Review> {
    if matches!(decision, Decision::AskInformation { .. }) && get(ctx, id).await?.kind == ReviewKind::Appeal {
        return Err(NotAllowed.into());
    }
    let two = matches!(decision, Decision::Approve { .. }) && needs_two(ctx, registry, id).await?;
    if two && get(ctx, id).await?.first.is_none() {
        return approve_first(ctx, reviewer, id, version, decision).await;
    }
    if !close(ctx, reviewer, id, version, decision, two).await? {
        return Err(why_not(ctx, reviewer, id).await?);
    }
    let review = get(ctx, id).await?;
    match review.subject.application() {
        None => {
            let organization = organizations::get(ctx, review.subject.organization()).await?;
            require_reason(ctx, &review, decision).await?;
            settle_organization(ctx, registry, &organization, decision).await?;
            if review.kind == ReviewKind::Appeal {
                tell_appeal(ctx, registry, &review, organization.name(), decision).await?;
            } else {
                tell_organization(ctx, registry, &review, &organization, decision).await?;
            }
        }
        Some(application) => {
            let application = applications::get_any(ctx, application).await?;
            settle_application(ctx, registry, &application, decision).await?;
            if review.kind == ReviewKind::Appeal {
                tell_appeal(ctx, registry, &review, application.name(), decision).await?;
            } else {
                tell_application(ctx, registry, &review, &application, decision).await?;
            }
        }
    }
    match decision {
        Decision::AskInformation { .. } => conversations::wait_for_vendor(ctx, &review.subject).await?,
        Decision::Approve { .. } | Decision::Deny { .. } => {
            conversations::turn_to(ctx, &review.subject, None, None).await?;
        }
    }
    let change = Change { submission: review.submission.as_ref(), ..decision.change(reviewer) };
    history::record(ctx, &review.subject, &change).await?;
    Ok(review)
}

/// Whether two people have to approve: an app that reads members' data in production, in a program that requires it.
async fn needs_two(ctx: &mut Ctx, registry: &Registry, id: &ReviewId) -> Result<bool> {
    let Some(submission) = get(ctx, id).await?.submission else { return Ok(false) };
    let Content::Application(draft) = submissions::get(ctx, &submission).await?.content else { return Ok(false) };
    let requires = |id| registry.programs.get(id).is_some_and(|program| program.two_person_review);
    let is_sensitive = draft.environment == Environment::Production && draft.access.includes_patient();
    Ok(is_sensitive && draft.programs.iter().any(requires))
}

/// The first of two approvals. It decides nothing, and gives the review back for another person.
async fn approve_first(
    ctx: &mut Ctx,
    reviewer: &AccountId,
    id: &ReviewId,
    version: i64,
    decision: &Decision,
) -> Result<Review> {
    let approved = sql(
        "UPDATE review SET first_approved_by = $1, first_approved_at = $2, first_comment = $3, first_version = version,
             assigned_to = NULL
         WHERE id = $4 AND version = $5 AND outcome IS NULL AND (assigned_to IS NULL OR assigned_to = $1)
             AND (first_version IS NULL OR first_version <> version) AND NOT EXISTS
             (SELECT 1 FROM membership m WHERE m.account_id = $1 AND m.organization_id = review.organization_id)
             AND NOT EXISTS (SELECT 1 FROM review d WHERE d.id = review.appeal_of AND d.decided_by = $1)",
    )
    .bind(reviewer)
    .bind(ctx.now)
    .bind(decision.comment().map(Paragraph::as_str))
    .bind(id)
    .bind(version)
    .execute(&mut ctx.tx)
    .await?;
    if approved != 1 {
        return Err(why_not(ctx, reviewer, id).await?);
    }
    let event = Event::new(Actor::Account(reviewer.clone()), Audited::ReviewFirstApproved, "review", id.as_str());
    audit::log::record(ctx, &event).await?;
    get(ctx, id).await
}

/// The one statement that decides. It changes nothing if something is not as the reviewer saw it. `two`: the first approval is
/// another person's.
async fn close(
    ctx: &mut Ctx,
    reviewer: &AccountId,
    id: &ReviewId,
    version: i64,
    decision: &Decision,
    two: bool,
) -> Result<bool> {
    let criterion = match decision {
        Decision::Deny { criterion, .. } => Some(criterion.code.as_str()),
        _ => None,
    };
    let closed = sql("UPDATE review SET outcome = $1, decided_by = $2, decided_at = $3, criterion = $4, comment = $5,
             organization_submission_id = (SELECT o.submission_id FROM organization o WHERE o.id = review.organization_id)
         WHERE id = $6 AND version = $7 AND outcome IS NULL AND (assigned_to IS NULL OR assigned_to = $2) AND NOT EXISTS
             (SELECT 1 FROM membership m WHERE m.account_id = $2 AND m.organization_id = review.organization_id)
             AND NOT EXISTS (SELECT 1 FROM review d WHERE d.id = review.appeal_of AND d.decided_by = $2)
             AND (NOT $8 OR (first_version = version AND first_approved_by <> $2))")
    .bind(decision.outcome().as_str())
    .bind(reviewer)
    .bind(ctx.now)
    .bind(criterion)
    .bind(decision.comment().map(Paragraph::as_str))
    .bind(id)
    .bind(version)
    .bind(two)
    .execute(&mut ctx.tx)
    .await?;
    Ok(closed == 1)
}

/// Why nothing was decided.
async fn why_not(ctx: &mut Ctx, reviewer: &AccountId, id: &ReviewId) -> Result<Error> {
    let review = get(ctx, id).await?;
    team::require_outsider(ctx, reviewer, review.subject.organization()).await?;
    if let Some(denial) = &review.appeal_of
        && get(ctx, denial).await?.decision.is_some_and(|past| past.by == *reviewer)
    {
        return Ok(Error::OwnDecision);
    }
    if review.decision.is_none() && review.first.is_some_and(|first| first.by == *reviewer) {
        return Ok(Error::SecondPerson);
    }
    Ok(match (review.decision, review.assigned_to) {
        (Some(past), _) => Error::Decided(Box::new(Decided { outcome: past.outcome, by: past.by_name, at: past.at })),
        (None, Some(other)) if other != *reviewer => Error::Claimed { by: review.assigned_name.unwrap_or_default() },
        (None, _) => Error::Stale,
    })
}

/// A reviewer who approves an organization that resembles another one has to say why.
async fn require_reason(ctx: &mut Ctx, review: &Review, decision: &Decision) -> Result<()> {
    let (Decision::Approve { comment: None }, Some(id)) = (decision, &review.submission) else { return Ok(()) };
    let Content::Organization(draft) = submissions::get(ctx, id).await?.content else { return Ok(()) };
    let alike = organizations::alike(ctx, review.subject.organization(), &draft.demographics).await?;
    if alike.is_empty() { Ok(()) } else { Err(Error::ReasonNeeded) }
}

/// Sets the organization's status, or settles the change of an approved one.
async fn settle_organization(
    ctx: &mut Ctx,
    registry: &Registry,
    organization: &Organization,
    decision: &Decision,
) -> Result<()> {
    if organization.status.was_approved() {
        return organizations::settle(ctx, registry, organization, decision.outcome()).await;
    }
    organizations::set_status(ctx, organization, organization.status.decide(decision.outcome())?).await
}

/// Sets the app's approval, or settles the change of an approved app. Its name becomes its organization's when members first
/// see it.
async fn settle_application(
    ctx: &mut Ctx,
    registry: &Registry,
    application: &Application,
    decision: &Decision,
) -> Result<()> {
    if application.approval == Approval::Approved {
        return waiting::settle(ctx, registry, application, decision.outcome()).await;
    }
    let approval = application.approval.decide(decision.outcome())?;
    if approval.is_granted() {
        check_names(ctx, registry, Some(&application.registration), &application.registration).await?;
    }
    if approval.is_granted() && application.registration.environment == Environment::Production {
        names::claim(ctx, &application.organization, &application.registration.name).await?;
    }
    applications::set_approval(ctx, application, approval).await
}

async fn tell_appeal(
    ctx: &mut Ctx,
    registry: &Registry,
    review: &Review,
    subject: &str,
    decision: &Decision,
) -> Result<()> {
    let (site, comment) = (&registry.site, decision.comment_text());
    let path = notices::owner_path(&review.subject);
    let notice = Notice { event: "appeal-decided", id: review.id.as_str() };
    notices::to_owners(ctx, review.subject.organization(), notice, |to, name| match decision {
        Decision::Deny { criterion, .. } => {
            messages::conversation::appeal_refused(site, to, name, subject, (&criterion.sentence, comment), &path)
        }
        Decision::Approve { .. } | Decision::AskInformation { .. } => {
            messages::conversation::appeal_accepted(site, to, name, subject, comment, &path)
        }
    })
    .await
}

async fn tell_organization(
    ctx: &mut Ctx,
    registry: &Registry,
    review: &Review,
    organization: &Organization,
    decision: &Decision,
) -> Result<()> {
    let (site, subject, comment) = (&registry.site, organization.name(), decision.comment_text());
    let notice = Notice { event: "organization-decided", id: review.id.as_str() };
    let change = organization.status.was_approved();
    notices::to_owners(ctx, &organization.id, notice, |to, name| match decision {
        Decision::Approve { .. } if change => messages::organization::change_approved(site, to, name, subject, comment),
        Decision::Deny { criterion, .. } if change => {
            messages::organization::change_denied(site, to, name, subject, &criterion.sentence, comment)
        }
        Decision::Approve { .. } => messages::organization::approved(site, to, name, subject, comment),
        Decision::Deny { criterion, .. } => {
            messages::organization::denied(site, to, name, subject, &criterion.sentence, comment)
        }
        Decision::AskInformation { .. } => messages::organization::information_asked(site, to, name, subject, comment),
    })
    .await
}

async fn tell_application(
    ctx: &mut Ctx,
    registry: &Registry,
    review: &Review,
    application: &Application,
    decision: &Decision,
) -> Result<()> {
    let (site, facts, comment) = (&registry.site, AppFacts::of(registry, application), decision.comment_text());
    let notice = Notice { event: "application-decided", id: review.id.as_str() };
    let change = application.approval == Approval::Approved;
    notices::to_owners(ctx, &application.organization, notice, |to, name| match decision {
        Decision::Approve { .. } if change => {
            messages::application::change_approved(site, to, name, &facts.app(), comment)
        }
        Decision::Deny { criterion, .. } if change => {
            messages::application::change_denied(site, to, name, &facts.app(), &criterion.sentence, comment)
        }
        Decision::Approve { .. } => messages::application::approved(site, to, name, &facts.app(), comment),
        Decision::Deny { criterion, .. } => {
            messages::application::denied(site, to, name, &facts.app(), &criterion.sentence, comment)
        }
        Decision::AskInformation { .. } => {
            messages::application::information_asked(site, to, name, &facts.app(), comment)
        }
    })
    .await
}

pub(super) async fn claim(ctx: &mut Ctx, reviewer: &AccountId, id: &ReviewId) -> Result<()> {
    let query = sql("UPDATE review SET assigned_to = $1
         WHERE id = $2 AND outcome IS NULL AND (assigned_to IS NULL OR assigned_to = $1) AND NOT EXISTS
             (SELECT 1 FROM membership m WHERE m.account_id = $1 AND m.organization_id = review.organization_id)
             AND NOT EXISTS (SELECT 1 FROM review d WHERE d.id = review.appeal_of AND d.decided_by = $1)");
    if query.bind(reviewer).bind(id).execute(&mut ctx.tx).await? == 1 {
        return Ok(());
    }
    Err(why_not(ctx, reviewer, id).await?)
}

pub(super) async fn take_over(ctx: &mut Ctx, reviewer: &AccountId, id: &ReviewId, from: &AccountId) -> Result<()> {
    let query = sql("UPDATE review SET assigned_to = $1
         WHERE id = $2 AND outcome IS NULL AND assigned_to = $3 AND NOT EXISTS
             (SELECT 1 FROM membership m WHERE m.account_id = $1 AND m.organization_id = review.organization_id)
             AND NOT EXISTS (SELECT 1 FROM review d WHERE d.id = review.appeal_of AND d.decided_by = $1)");
    if query.bind(reviewer).bind(id).bind(from).execute(&mut ctx.tx).await? != 1 {
        return Err(why_not(ctx, reviewer, id).await?);
    }
    let event = Event::new(Actor::Account(reviewer.clone()), Audited::ReviewTakenOver, "review", id.as_str());
    audit::log::record(ctx, &event.with("from", from.as_str())).await?;
    Ok(())
}

pub(super) async fn release(ctx: &mut Ctx, reviewer: &AccountId, id: &ReviewId) -> Result<()> {
    let query = sql("UPDATE review SET assigned_to = NULL
         WHERE id = $2 AND outcome IS NULL AND (assigned_to IS NULL OR assigned_to = $1) AND NOT EXISTS
             (SELECT 1 FROM membership m WHERE m.account_id = $1 AND m.organization_id = review.organization_id)");
    if query.bind(reviewer).bind(id).execute(&mut ctx.tx).await? == 1 {
        return Ok(());
    }
    Err(why_not(ctx, reviewer, id).await?)
}
