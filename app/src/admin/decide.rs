//! Approve, deny, or ask for information.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    decision::{Criterion, Outcome},
    form,
    form::{
        Code, Form as _,
        field::Field as _,
        input::{Choice, Input},
    },
    id::ReviewId,
    text::Paragraph,
};
use registry::reviews::{self, Decision, Review};

use crate::{
    components::form::{ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error},
    texts::{admin::review as text, notices::Notice, registry as words},
    web::Web,
};

form! {
    pub struct DecisionForm("decide") {
        review: String = Input::hidden();
        /// Of the registration that was shown.
        version: String = Input::hidden();
        comment: String = Input::area(4, "Comment", "Enter a comment. The owner will read it.").optional().max_length(2000)
            .hint("The owner will read it. Enter a comment to deny, or to ask for information.");
        criterion: String = Input::select("Criterion for a denial", "Choose the criterion for the denial.").optional()
            .choices(Criterion::ALL.iter().map(|it| Choice::new(it.as_str(), words::criterion(*it))))
            .hint("Choose a criterion only to deny. The owner will read it.");
        /// The button: `approve`, `deny` or `ask`.
        decision: String = Input::hidden();
    }
}

impl DecisionForm {
    fn parse(&self) -> Result<Decision, Vec<Error>> {
        let comment = <Option<Paragraph>>::read(&self.comment).map_err(|code| vec![Error::new("comment", code)])?;
        let needed = || comment.clone().ok_or_else(|| Error::new("comment", Code::CommentNeeded));
        // A reviewer who chose the criterion for a denial did not mean to approve.
        if matches!(self.decision.as_str(), "approve" | "ask") && !self.criterion.is_empty() {
            return Err(vec![Error::new("criterion", Code::CriterionNotHere)]);
        }
        match self.decision.as_str() {
            "approve" => Ok(Decision::Approve { comment }),
            "ask" => needed().map(|comment| Decision::AskInformation { comment }).map_err(|error| vec![error]),
            "deny" => match (criterion(&self.criterion), needed()) {
                (Ok(criterion), Ok(comment)) => Ok(Decision::Deny { criterion, comment }),
                (criterion, comment) => Err([criterion.err(), comment.err()].into_iter().flatten().collect()),
            },
            _ => Err(vec![Error::general(Code::NotAChoice)]),
        }
    }
}

fn criterion(text: &str) -> Result<Criterion, Error> {
    let code = if text.is_empty() { Code::CriterionNeeded } else { Code::NotAChoice };
    text.parse().map_err(|_| Error::new("criterion", code))
}

/// The form; `reason` where also an approval needs a comment.
pub async fn form(web: &Web, review: &Review, reason: bool) -> Result<impl IntoView + use<>, Failure> {
    let form = Form::of::<DecisionForm>(web).await?.without(&["decision"]);
    let form = if reason { form.change("comment", |input| input.hint(text::REASON_HINT)) } else { form };
    let form = form.own("review", review.id.to_string()).own("version", review.version.to_string());
    let fields = form.fields();
    Ok(view! {
        <ErrorSummary form />
        <PostForm to=DecideReview::PATH class="usa-form--wide">
            {fields}
            <div class="actions">
                <button class="usa-button" type="submit" name="decision" value="approve">{text::APPROVE}</button>
                <button class="usa-button usa-button--outline" type="submit" name="decision" value="ask">{text::ASK}</button>
                <button class="usa-button usa-button--danger" type="submit" name="decision" value="deny">{text::DENY}</button>
            </div>
        </PostForm>
    })
}

#[server(endpoint = "decide-review")]
pub async fn decide_review(#[server(flatten)] form: DecisionForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let reviewer = web.reviewer().await?;
    let page = format!("/admin/reviews/{}", form.review);
    let decision = match form.parse() {
        Ok(decision) => decision,
        Err(errors) => return web.refuse(DecisionForm::NAME, page, &form, errors).await,
    };
    let version = form.version.parse().map_err(|_| Failure::Invalid)?;
    let mut ctx = web.services.store.write().await?;
    let id = ReviewId::new(form.review.as_str());
    match reviews::decide(&mut ctx, &web.services.registry, &reviewer.id, &id, version, &decision).await {
        Ok(review) => {
            ctx.commit().await?;
            web.redirect(done(&review).on(&page));
        }
        Err(error) => {
            drop(ctx);
            refuse(&web, &form, page, error).await?;
        }
    }
    Ok(())
}

/// A decision that was not made: another reviewer decided first, or the vendor changed what was read.
async fn refuse(web: &Web, form: &DecisionForm, page: String, error: registry::error::Error) -> Result<(), Failure> {
    match error {
        registry::error::Error::Decided(_) => {
            web.redirect(format!("{page}?late=1"));
            Ok(())
        }
        registry::error::Error::Stale => {
            web.refuse(DecisionForm::NAME, page, form, [Error::general(Code::Changed)]).await
        }
        registry::error::Error::ReasonNeeded => {
            web.refuse(DecisionForm::NAME, page, form, [Error::new("comment", Code::ReasonNeeded)]).await
        }
        registry::error::Error::Claimed { .. } => {
            web.refuse(DecisionForm::NAME, page, form, [Error::general(Code::ClaimedByOther)]).await
        }
        registry::error::Error::Fields(fields) => {
            let errors = fields.into_iter().map(|field| Error::general(field.code));
            web.refuse(DecisionForm::NAME, page, form, errors).await
        }
        error => Err(error.into()),
    }
}

fn done(review: &Review) -> Notice {
    match review.decision.as_ref().map(|past| past.outcome) {
        Some(Outcome::Approved) => Notice::Approved,
        Some(Outcome::Denied) => Notice::Denied,
        Some(Outcome::InformationAsked) => Notice::Asked,
        Some(Outcome::Withdrawn | Outcome::Unknown) | None => Notice::Saved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denial_needs_criterion_and_comment() {
        fn check(decision: &str, criterion: &str, comment: &str, expect: &[(&str, &str)]) {
            let text = str::to_owned;
            let form = DecisionForm {
                decision: text(decision),
                criterion: text(criterion),
                comment: text(comment),
                ..Default::default()
            };
            let errors: Vec<_> = form.parse().err().unwrap_or_default();
            let errors: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.code.as_str())).collect();
            assert_eq!(errors, expect, "{decision}");
        }
        check("approve", "", "", &[]);
        check("deny", "duplicate", "You have one.", &[]);
        check("deny", "", "", &[("criterion", "criterion_needed"), ("comment", "comment_needed")]);
        check("deny", "mood", "No.", &[("criterion", "not_a_choice")]);
        check("ask", "", "", &[("comment", "comment_needed")]);
        check("ask", "", "Who are you?", &[]);
        check("", "", "", &[("", "not_a_choice")]);
        check("approve", "duplicate", "Welcome.", &[("criterion", "criterion_not_here")]);
        check("approve", "mood", "", &[("criterion", "criterion_not_here")]);
        check("ask", "duplicate", "Who are you?", &[("criterion", "criterion_not_here")]);
    }
}
