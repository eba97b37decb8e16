//! Closing a round in which no answer came, on the page of the review that asked.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    decision::Outcome,
    form,
    form::{Code, Form as _, field::Field as _, input::Input},
    history::Side,
    id::ReviewId,
    text::Paragraph,
};
use registry::{
    conversations,
    reviews::{self, Review},
};
use store::Ctx;

use super::claim::reviewer;
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error},
    texts::{conversation as text, notices::Notice},
    web::Web,
};

form! {
    pub struct LapseForm("lapse-review") {
        comment: String = Input::area(3, text::LAPSE_COMMENT, text::LAPSE_MISSING).max_length(2000).hint(text::LAPSE_COMMENT_HINT);
        review: String = Input::hidden();
    }
}

/// Whether the vendor's time for an answer to this review has passed.
pub async fn is_due(ctx: &mut Ctx, review: &Review) -> Result<bool, Failure> {
    let asked = review.decision.as_ref().is_some_and(|past| past.outcome == Outcome::InformationAsked);
    if !asked || reviews::newest(ctx, &review.subject).await?.is_none_or(|newest| newest.id != review.id) {
        return Ok(false);
    }
    let now = ctx.now;
    let turn = conversations::turn(ctx, &review.subject).await?;
    Ok(turn.is_some_and(|turn| turn.side == Some(Side::Vendor) && turn.due_at.is_some_and(|due| due <= now)))
}

pub async fn section(web: &Web, review: &Review) -> Result<impl IntoView + use<>, Failure> {
    let form = Form::of::<LapseForm>(web).await?.own("review", review.id.to_string());
    let fields = form.fields();
    Ok(view! {
        <h2>{text::LAPSE_TITLE}</h2>
        <p>{text::LAPSE_ABOUT}</p>
        <ErrorSummary form />
        <PostForm to=LapseReview::PATH class="usa-form--wide">
            {fields}
            <Actions submit=text::LAPSE />
        </PostForm>
    })
}

#[server(endpoint = "lapse-review")]
pub async fn lapse_review(#[server(flatten)] form: LapseForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let reviewer = reviewer(&web, &form.review).await?;
    let page = format!("/admin/reviews/{}", form.review);
    let comment = match Paragraph::read(&form.comment) {
        Ok(comment) => comment,
        Err(code) => return web.refuse(LapseForm::NAME, page, &form, [Error::new("comment", code)]).await,
    };
    let mut ctx = web.services.store.write().await?;
    let review = reviews::get(&mut ctx, &ReviewId::new(form.review.as_str())).await?;
    match reviews::lapse(&mut ctx, &web.services.registry, &reviewer.id, &review.subject, &comment).await {
        Err(registry::error::Error::NotAllowed(_)) => {
            drop(ctx);
            web.refuse(LapseForm::NAME, page, &form, [Error::general(Code::NotPermitted)]).await
        }
        lapsed => {
            let lapsed = lapsed?;
            ctx.commit().await?;
            web.redirect(Notice::Denied.on(&format!("/admin/reviews/{}", lapsed.id)));
            Ok(())
        }
    }
}
