//! Approve, deny, or ask for information.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    decision::{Outcome, ReviewKind},
    form,
    form::{
        Code, Form as _,
        field::Field as _,
        input::{Choice, Input},
    },
    id::ReviewId,
    text::Paragraph,
};
use registry::{
    criteria::{self, Criterion},
    reviews::{self, Decision, Review},
};

use super::{claim, queue};
use crate::{
    components::form::{ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error},
    texts::{admin::review as text, notices::Notice},
    web::Web,
};

form! {
    pub struct DecisionForm("decide") {
        review: String = Input::hidden();
        /// Of the registration that was shown.
        version: String = Input::hidden();
        /// `approve`, `deny` or `ask`.
        decision: String = Input::radios(text::OUTCOME, text::OUTCOME_MISSING)
            .choice("approve", text::APPROVE).choice("ask", text::ASK).choice("deny", text::DENY);
        /// Those in use, by their codes.
        criterion: String = Input::select(text::CRITERION, text::CRITERION_MISSING).optional();
        comment: String = Input::area(5, text::COMMENT, text::COMMENT_MISSING).optional().max_length(2000)
            .hint(text::COMMENT_HINT);
    }
}

impl DecisionForm {
    /// `criteria`: those in use.
    fn parse(&self, criteria: Vec<Criterion>) -> Result<Decision, Vec<Error>> {
        let comment = <Option<Paragraph>>::read(&self.comment).map_err(|code| vec![Error::new("comment", code)])?;
        let needed = || comment.clone().ok_or_else(|| Error::new("comment", Code::CommentNeeded));
        match self.decision.as_str() {
            "approve" => Ok(Decision::Approve { comment }),
            "ask" => needed().map(|comment| Decision::AskInformation { comment }).map_err(|error| vec![error]),
            "deny" => match (criterion(&self.criterion, criteria), needed()) {
                (Ok(criterion), Ok(comment)) => Ok(Decision::Deny { criterion, comment }),
                (criterion, comment) => Err([criterion.err(), comment.err()].into_iter().flatten().collect()),
            },
            "" => Err(vec![Error::new("decision", Code::Required)]),
            _ => Err(vec![Error::new("decision", Code::NotAChoice)]),
        }
    }
}

fn criterion(chosen: &str, criteria: Vec<Criterion>) -> Result<Criterion, Error> {
    let code = if chosen.is_empty() { Code::CriterionNeeded } else { Code::NotAChoice };
    criteria.into_iter().find(|it| it.code == chosen).ok_or_else(|| Error::new("criterion", code))
}

/// The form, outcome first; `reason` where also an approval needs a comment. What the outcome does not need is hidden, and the
/// button names it.
pub async fn form(web: &Web, review: &Review, reason: bool) -> Result<impl IntoView + use<>, Failure> {
    let form = Form::of::<DecisionForm>(web).await?;
    let form = if reason { form.change("comment", |input| input.hint(text::REASON_HINT)) } else { form };
    let mut ctx = web.services.store.read().await?;
    let criteria = criteria::in_use(&mut ctx).await?;
    drop(ctx);
    let criteria = criteria.into_iter().map(|it| Choice::new(it.code, it.name));
    let form = form.change("criterion", |input| input.choices(criteria));
    // An appeal ends with one of two answers; a question is a comment.
    let form = match review.kind {
        ReviewKind::Appeal => form.change("decision", |input| input.without_choice("ask")),
        _ => form,
    };
    let form = form.own("review", review.id.to_string()).own("version", review.version.to_string());
    let name = queue::name(review);
    let hidden = ["review", "version"].map(|name| form.field(name));
    let [decision, criterion, comment] = ["decision", "criterion", "comment"].map(|name| form.field(name));
    Ok(view! {
        <ErrorSummary form />
        <PostForm to=DecideReview::PATH class="decision">
            {hidden.into_iter().collect_view()}
            {decision}
            <div class="decision__deny">{criterion}</div>
            {comment}
            <p class="usa-hint decision__approve">{text::APPROVE_TOLD}</p>
            <p class="usa-hint decision__ask">{text::ASK_TOLD}</p>
            <p class="usa-hint decision__deny">{text::DENY_TOLD}</p>
            <div class="actions">
                <button class="usa-button decision__none" type="submit">{text::DECIDE}</button>
                <button class="usa-button decision__approve" type="submit">{text::approve(&name)}</button>
                <button class="usa-button decision__ask" type="submit">{text::ask(&name)}</button>
                <button class="usa-button usa-button--danger decision__deny" type="submit">{text::deny(&name)}</button>
            </div>
        </PostForm>
    })
}

#[server(endpoint = "decide-review")]
pub async fn decide_review(#[server(flatten)] form: DecisionForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let reviewer = claim::reviewer(&web, &form.review).await?;
    let page = format!("/admin/reviews/{}", form.review);
    let version = form.version.parse().map_err(|_| Failure::Invalid)?;
    let mut ctx = web.services.store.write().await?;
    let decision = match form.parse(criteria::in_use(&mut ctx).await?) {
        Ok(decision) => decision,
        Err(errors) => {
            drop(ctx);
            return web.refuse(DecisionForm::NAME, page, &form, errors).await;
        }
    };
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
        registry::error::Error::OwnDecision => {
            web.refuse(DecisionForm::NAME, page, form, [Error::general(Code::OwnDecision)]).await
        }
        registry::error::Error::SecondPerson => {
            web.refuse(DecisionForm::NAME, page, form, [Error::general(Code::SecondPerson)]).await
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
        Some(Outcome::Withdrawn | Outcome::Unknown) => Notice::Saved,
        None => Notice::FirstApproval,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duplicate() -> Criterion {
        let text = str::to_owned;
        Criterion {
            code: text("duplicate"),
            name: text("Registered already"),
            sentence: text("It is registered already."),
        }
    }

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
            let errors: Vec<_> = form.parse(vec![duplicate()]).err().unwrap_or_default();
            let errors: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.code.as_str())).collect();
            assert_eq!(errors, expect, "{decision}");
        }
        check("approve", "", "", &[]);
        check("deny", "duplicate", "You have one.", &[]);
        check("deny", "", "", &[("criterion", "criterion_needed"), ("comment", "comment_needed")]);
        check("deny", "mood", "No.", &[("criterion", "not_a_choice")]);
        check("ask", "", "", &[("comment", "comment_needed")]);
        check("ask", "", "Who are you?", &[]);
        check("", "", "", &[("decision", "required")]);
        check("maybe", "", "", &[("decision", "not_a_choice")]);
        // Chosen before the outcome was changed, and hidden since.
        check("approve", "duplicate", "Welcome.", &[]);
        check("ask", "duplicate", "Who are you?", &[]);
    }
}
