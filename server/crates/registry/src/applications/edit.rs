//! Changing a registration, and what that does to its review.

use model::{
    application::Approval,
    application_form::ApplicationDraft,
    form::{Code, FieldError},
    history::Action,
    id::ApplicationId,
    partition::Environment,
};
use store::Ctx;

use super::{Application, get, register, row, waiting};
use crate::{
    Registry,
    error::{Error, Result},
    history::{self, Change},
    logos, names,
    reviews::rounds,
    submissions,
    team::Member,
};

pub(super) async fn edit(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    id: &ApplicationId,
    version: i64,
    draft: &ApplicationDraft,
) -> Result<Application> {
    let before = get(ctx, member, id).await?;
    before.require_unblocked()?;
    rounds::require_no_appeal(ctx, &before.subject()).await?;
    check_fixed(&before, draft)?;
    register::check_partitions(registry, draft)?;
    register::check_names(ctx, registry, Some(&before.registration), draft).await?;
    logos::keep(ctx, &member.organization, draft.logo.as_ref()).await?;
    if before.approval == Approval::Approved {
        waiting::submit(ctx, registry, member, &before, version, draft).await?;
        return get(ctx, member, id).await;
    }
    let (approval, step) = next(&before, draft);
    let submission = submissions::add_application(ctx, registry, &before.subject(), &member.account, draft).await?;
    match step {
        Step::Touch => rounds::touch(ctx, &before.subject(), &submission).await?,
        Step::Withdraw => rounds::withdraw(ctx, &before.subject(), &member.account).await?,
        Step::None | Step::Submit => {}
    }
    register::reserve_name(ctx, member, draft, approval).await?;
    names::claim_scheme(ctx, &member.organization, &draft.redirect_uri).await?;
    row::update(ctx, &before, version, approval, &submission, draft).await?;
    names::release_scheme(ctx, &member.organization, &before.registration.redirect_uri).await?;
    let after = get(ctx, member, id).await?;
    let action = match step {
        Step::Submit => {
            register::submit(ctx, registry, member, &after, &submission).await?;
            Action::Resubmitted
        }
        _ => Action::Edited,
    };
    history::record(ctx, &after.subject(), &Change::vendor(member, action).about(&submission)).await?;
    Ok(after)
}

/// What an edit does to the app's review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    None,
    /// It is under review, so the reviewer has to read it again.
    Touch,
    /// It needs a review from now on, or another one.
    Submit,
    /// It no longer needs one.
    Withdraw,
}

/// An edit never turns a sandbox app into a production app, nor a public client into a confidential one.
fn check_fixed(before: &Application, draft: &ApplicationDraft) -> Result<()> {
    let fixed = [
        ("environment", before.registration.environment == draft.environment),
        ("client_kind", before.registration.client_kind == draft.client_kind),
    ];
    let errors: Vec<FieldError> =
        fixed.into_iter().filter(|(_, same)| !same).map(|(field, _)| FieldError::new(field, Code::Fixed)).collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::Fields(errors)) }
}

/// The approval after the edit, and what happens to the review. The change of an approved app [waits beside it](waiting).
fn next(before: &Application, draft: &ApplicationDraft) -> (Approval, Step) {
    let production = draft.environment == Environment::Production;
    match (before.approval, production && draft.access.includes_patient()) {
        (Approval::PendingReview, true) => (Approval::PendingReview, Step::Touch),
        (Approval::PendingReview, false) => (Approval::NotNeeded, Step::Withdraw),
        (_, true) => (Approval::PendingReview, Step::Submit),
        (_, false) => (Approval::NotNeeded, Step::None),
    }
}
