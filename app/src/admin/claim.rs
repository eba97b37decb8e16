//! Claiming a review, and giving it back.

use identity::accounts::Account;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    account::Role,
    id::{AccountId, ReviewId},
};
use registry::reviews::{self, Review};

use super::{desk::Desk, queue};
use crate::{
    components::{dialog::Dialog, marked::marked},
    failure::Failure,
    page::Page,
    texts::{
        admin::{CANCEL, CLOSED_ACCOUNT, review as text},
        notices::Notice,
    },
    web::Web,
};

/// Claim; Release where the reader has it; where another has it, the way to take it over.
pub fn buttons(desk: &Desk, review: &Review) -> impl IntoView + use<> {
    let (to, button, who) = match &review.assigned_to {
        None => (ClaimReview::PATH, text::CLAIM, text::UNCLAIMED),
        Some(account) if *account == desk.account.id => (ReleaseReview::PATH, text::RELEASE, text::YOURS),
        Some(_) => return taken(review).into_any(),
    };
    view! {
        <form class="inline-form" method="post" action=to>
            <span>{who}</span>
            <input type="hidden" name="review" value=review.id.to_string() />
            <button class="usa-button usa-button--outline" type="submit">{button}</button>
        </form>
    }
    .into_any()
}

fn taken(review: &Review) -> impl IntoView + use<> {
    let who = text::taken(holder(review));
    let path = format!("/admin/reviews/{}/take-over", review.id);
    view! {
        <p class="inline-form">
            <span>{who}</span>
            <a class="usa-button usa-button--outline" href=path>{text::TAKE_OVER}</a>
        </p>
    }
}

fn holder(review: &Review) -> String {
    review.assigned_name.clone().unwrap_or_else(|| CLOSED_ACCOUNT.to_owned())
}

/// `/admin/reviews/{id}/take-over`: asks first, and names whose work it is.
pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    if !desk.may_review() {
        return Err(Failure::Forbidden);
    }
    let id = ReviewId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let review = reviews::get(&mut ctx, &id).await?;
    desk.require(&mut ctx, &review.subject).await?;
    drop(ctx);
    if desk.belongs_to(&web, &review.subject).await? {
        return Err(Failure::Forbidden);
    }
    let back = format!("/admin/reviews/{id}");
    let from = match &review.assigned_to {
        Some(account) if review.decision.is_none() && *account != desk.account.id => account.to_string(),
        // Decided, given back, or one's own by now: the review says so.
        _ => return Err(Failure::redirect(back)),
    };
    let named = [holder(&review), queue::name(&review)];
    let effect =
        marked(text::TAKE_OVER_EFFECT, |place, _| view! { <strong>{named.get(place).cloned()}</strong> }.into_any());
    let view = view! {
        <Dialog title=text::TAKE_OVER_TITLE>
            <p>{effect}</p>
            <form class="actions" method="post" action=TakeOverReview::PATH>
                <input type="hidden" name="review" value=id.to_string() />
                <input type="hidden" name="from" value=from />
                <button class="usa-button" type="submit">{text::TAKE_OVER}</button>
                <a class="usa-button usa-button--outline" href=back>{CANCEL}</a>
            </form>
        </Dialog>
    };
    Ok(desk.page(text::TAKE_OVER_TITLE, view))
}

/// The staff member who may decide on this review.
pub async fn reviewer(web: &Web, review: &str) -> Result<Account, Failure> {
    let desk = Desk::enter(web).await?;
    desk.allow(&[Role::Administrator, Role::Reviewer])?;
    let mut ctx = web.services.store.read().await?;
    let review = reviews::get(&mut ctx, &ReviewId::new(review)).await?;
    desk.require(&mut ctx, &review.subject).await?;
    drop(ctx);
    Ok(desk.account)
}

#[server(endpoint = "take-over-review")]
pub async fn take_over_review(review: String, from: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let reviewer = reviewer(&web, &review).await?;
    let page = format!("/admin/reviews/{review}");
    let mut ctx = web.services.store.write().await?;
    match reviews::take_over(&mut ctx, &reviewer.id, &ReviewId::new(review), &AccountId::new(from)).await {
        // The page shows whose it is now, or what was decided.
        Err(registry::error::Error::Claimed { .. } | registry::error::Error::Stale) => web.redirect(page),
        Err(registry::error::Error::Decided(_)) => web.redirect(format!("{page}?late=1")),
        taken => {
            taken?;
            ctx.commit().await?;
            web.redirect(Notice::Claimed.on(&page));
        }
    }
    Ok(())
}

#[server(endpoint = "claim-review")]
pub async fn claim_review(review: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let reviewer = reviewer(&web, &review).await?;
    let mut ctx = web.services.store.write().await?;
    let page = format!("/admin/reviews/{review}");
    match reviews::claim(&mut ctx, &reviewer.id, &ReviewId::new(review)).await {
        // The page shows who has it, or what was decided.
        Err(registry::error::Error::Claimed { .. }) => web.redirect(page),
        Err(registry::error::Error::Decided(_)) => web.redirect(format!("{page}?late=1")),
        claimed => {
            claimed?;
            ctx.commit().await?;
            web.redirect(Notice::Claimed.on(&page));
        }
    }
    Ok(())
}

#[server(endpoint = "release-review")]
pub async fn release_review(review: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let reviewer = reviewer(&web, &review).await?;
    let mut ctx = web.services.store.write().await?;
    let page = format!("/admin/reviews/{review}");
    match reviews::release(&mut ctx, &reviewer.id, &ReviewId::new(review)).await {
        Err(registry::error::Error::Claimed { .. }) => web.redirect(page),
        released => {
            released?;
            ctx.commit().await?;
            web.redirect(Notice::Released.on(&page));
        }
    }
    Ok(())
}
