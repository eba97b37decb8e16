//! Changing a registration, and what that does to its review.

use model::{
    application::Approval,
    application_form::ApplicationDraft,
    form::{Code, FieldError},
    history::Action,
    id::ApplicationId,
    partition::Environment,
};
use store::{Ctx, sql};

use super::{Application, get, register, row, waiting};
use crate::{
    Registry,
    error::{Error, Result},
    history::{self, Change},
    names,
    reviews::rounds,
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
    check_fixed(&before, draft)?;
    register::check_partitions(registry, draft)?;
    register::check_names(ctx, registry, Some(&before.registration), draft).await?;
    if before.approval == Approval::Approved {
        waiting::submit(ctx, registry, member, &before, version, draft).await?;
        return get(ctx, member, id).await;
    }
    let (approval, step) = next(&before, draft);
    match step {
        Step::Touch => rounds::touch(ctx, &before.subject()).await?,
        Step::Withdraw => rounds::withdraw(ctx, &before.subject(), &member.account).await?,
        Step::None | Step::Submit => {}
    }
    register::reserve_name(ctx, member, draft, approval).await?;
    names::claim_scheme(ctx, &member.organization, &draft.redirect_uri).await?;
    update(ctx, &before, version, approval, draft).await?;
    names::release_scheme(ctx, &member.organization, &before.registration.redirect_uri).await?;
    let after = get(ctx, member, id).await?;
    let action = match step {
        Step::Submit => {
            register::submit(ctx, registry, member, &after).await?;
            Action::Resubmitted
        }
        _ => Action::Edited,
    };
    history::record(ctx, &after.subject(), &Change::vendor(member, action)).await?;
    Ok(after)
}

/// What an edit does to the app's review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    None,
    /// It is under review: the reviewer reads it again.
    Touch,
    /// It needs a review from now on, or once more.
    Submit,
    /// It needs none any more.
    Withdraw,
}

/// A sandbox app never becomes production by an edit; nor does a public client become confidential.
fn check_fixed(before: &Application, draft: &ApplicationDraft) -> Result<()> {
    let fixed = [
        ("environment", before.registration.environment == draft.environment),
        ("client_kind", before.registration.client_kind == draft.client_kind),
    ];
    let errors: Vec<FieldError> =
        fixed.into_iter().filter(|(_, same)| !same).map(|(field, _)| FieldError::new(field, Code::Fixed)).collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::Fields(errors)) }
}

/// What waits for review, and what needs one; the change of an approved app [waits beside it](waiting).
fn next(before: &Application, draft: &ApplicationDraft) -> (Approval, Step) {
    let production = draft.environment == Environment::Production;
    match (before.approval, production && draft.access.includes_patient()) {
        (Approval::PendingReview, true) => (Approval::PendingReview, Step::Touch),
        (Approval::PendingReview, false) => (Approval::NotNeeded, Step::Withdraw),
        (_, true) => (Approval::PendingReview, Step::Submit),
        (_, false) => (Approval::NotNeeded, Step::None),
    }
}

pub(super) async fn update(
    ctx: &mut Ctx,
    before: &Application,
    version: i64,
    approval: Approval,
    draft: &ApplicationDraft,
) -> Result<()> {
    let query = sql("UPDATE application SET access = $1, name = $2, privacy_url = $3, redirect_uri = $4,
             description = $5, support_phone = $6, support_email = $7, support_website = $8, support_name = $9,
             platform = $10, platform_id = $11, platform_name = $12, approval = $13, version = version + 1,
             terms_agreed_at = $14, updated_at = $14
         WHERE id = $15 AND version = $16 AND approval = $17");
    let query = row::bind(query, draft).bind(approval.as_str()).bind(ctx.now);
    let query = query.bind(&before.id).bind(version).bind(before.approval.as_str());
    if query.execute(&mut ctx.tx).await? != 1 {
        return Err(Error::Stale);
    }
    sql("DELETE FROM application_program WHERE application_id = $1").bind(&before.id).execute(&mut ctx.tx).await?;
    register::insert_programs(ctx, &before.id, draft).await
}
