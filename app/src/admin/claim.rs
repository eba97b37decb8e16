//! Taking a review on, and giving it back.

use leptos::{prelude::*, server_fn::ServerFn};
use model::id::ReviewId;
use registry::reviews::{self, Review};

use super::desk::Desk;
use crate::{failure::Failure, web::Web};

/// Claim, or Release where somebody has it.
pub fn buttons(desk: &Desk, review: &Review) -> impl IntoView + use<> {
    let (to, text, who) = match &review.assigned_to {
        None => (ClaimReview::PATH, "Claim", "Nobody works on this yet.".to_owned()),
        Some(account) if *account == desk.account.id => {
            (ReleaseReview::PATH, "Release", "You work on this.".to_owned())
        }
        Some(_) => (
            ReleaseReview::PATH,
            "Release",
            format!("{} works on this.", review.assigned_name.clone().unwrap_or_default()),
        ),
    };
    view! {
        <form class="inline-form" method="post" action=to>
            <span>{who}</span>
            <input type="hidden" name="review" value=review.id.to_string() />
            <button class="usa-button usa-button--outline" type="submit">{text}</button>
        </form>
    }
}

#[server(endpoint = "claim-review")]
pub async fn claim_review(review: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let reviewer = web.reviewer().await?;
    let mut ctx = web.services.store.write().await?;
    let page = format!("/admin/reviews/{review}");
    match reviews::claim(&mut ctx, &reviewer.id, &ReviewId::new(review)).await {
        // The page tells who has it, or what was decided.
        Err(registry::error::Error::Claimed { .. }) => web.redirect(page),
        Err(registry::error::Error::Decided(_)) => web.redirect(format!("{page}?late=1")),
        claimed => {
            claimed?;
            ctx.commit().await?;
            web.redirect(format!("{page}?done=claimed"));
        }
    }
    Ok(())
}

#[server(endpoint = "release-review")]
pub async fn release_review(review: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let reviewer = web.reviewer().await?;
    let mut ctx = web.services.store.write().await?;
    let page = format!("/admin/reviews/{review}");
    reviews::release(&mut ctx, &reviewer.id, &ReviewId::new(review)).await?;
    ctx.commit().await?;
    web.redirect(format!("{page}?done=released"));
    Ok(())
}
