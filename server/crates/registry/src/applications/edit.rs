//! Changing a registration, and what that does to its review.

use model::{
    application::{Approval, Standing},
    application_form::ApplicationDraft,
    decision::NotAllowed,
    form::{Code, FieldError},
    history::Action,
    id::ApplicationId,
    partition::Environment,
};
use store::{Ctx, sql};

use super::{Application, get, register, row};
use crate::{
    Registry,
    error::{Error, Result},
    history::{self, Change},
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
    if before.standing == Standing::Blocked {
        return Err(NotAllowed.into());
    }
    check_fixed(&before, draft)?;
    register::check_partitions(registry, draft)?;
    let (approval, step) = next(&before, draft)?;
    match step {
        Step::Touch => rounds::touch(ctx, &before.subject()).await?,
        Step::Withdraw => rounds::withdraw(ctx, &before.subject(), &member.account).await?,
        Step::None | Step::Submit => {}
    }
    register::reserve_name(ctx, member, draft, approval).await?;
    update(ctx, &before, version, approval, draft).await?;
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

fn next(before: &Application, draft: &ApplicationDraft) -> Result<(Approval, Step)> {
    let production = draft.environment == Environment::Production;
    Ok(match (before.approval, production && draft.access.includes_patient()) {
        (Approval::Approved, _) => match reviewed_changes(&before.registration, draft) {
            changes if changes.is_empty() => (Approval::Approved, Step::None),
            changes => return Err(Error::NeedsReview(changes)),
        },
        (Approval::PendingReview, true) => (Approval::PendingReview, Step::Touch),
        (Approval::PendingReview, false) => (Approval::NotNeeded, Step::Withdraw),
        (_, true) => (Approval::PendingReview, Step::Submit),
        (_, false) => (Approval::NotNeeded, Step::None),
    })
}

/// The fields that differ of those that a reviewer approved.
fn reviewed_changes(before: &ApplicationDraft, draft: &ApplicationDraft) -> Vec<&'static str> {
    let fields = [
        ("name", before.name == draft.name),
        ("access", before.access == draft.access),
        ("programs", before.programs == draft.programs),
        ("redirect_uri", before.redirect_uri == draft.redirect_uri),
        ("privacy_url", before.privacy_url == draft.privacy_url),
    ];
    fields.into_iter().filter(|(_, same)| !same).map(|(field, _)| field).collect()
}

async fn update(
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
