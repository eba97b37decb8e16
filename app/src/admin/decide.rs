//! Approve, deny, or ask for information.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    decision::{Criterion, Outcome},
    form::Code,
    id::ReviewId,
    text::Paragraph,
};
use registry::reviews::{self, Decision, Review};
use serde::{Deserialize, Serialize};

use crate::{
    components::form::{ErrorSummary, PostForm},
    failure::Failure,
    form::{
        Form,
        flash::Error,
        input::{Choice, Input},
    },
    texts::registry as words,
    web::Web,
};

const FORM: &str = "decide";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    review: String,
    /// Of the registration that was shown.
    version: String,
    criterion: String,
    comment: String,
    /// The button: `approve`, `deny` or `ask`.
    decision: String,
}

impl DecisionForm {
    fn parse(&self) -> Result<Decision, Vec<Error>> {
        let comment = Paragraph::parse_optional(&self.comment).map_err(|code| vec![Error::new("comment", code)])?;
        let needed = || comment.clone().ok_or_else(|| Error::new("comment", Code::CommentNeeded));
        // Whoever chose what a denial rests on did not mean to approve.
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

/// Where an approval has to be explained.
const REASON: &str = "The owner reads it. Needed to deny, to ask for information, and to approve an organization that resembles \
     another: say why it is not the same.";

/// The form; `reason` where also an approval needs a comment.
pub async fn form(web: &Web, review: &Review, reason: bool) -> Result<impl IntoView + use<>, Failure> {
    let criteria =
        Criterion::ALL.iter().map(|criterion| Choice::new(criterion.as_str(), words::criterion(*criterion))).collect();
    let inputs = vec![
        Input::area("comment", "Comment", 4).optional().max_length(2000).hint(if reason {
            REASON
        } else {
            "The owner reads it. Needed to deny, or to ask for information."
        }),
        Input::select("criterion", "Criterion of a denial", criteria)
            .optional()
            .hint("Needed to deny, and for nothing else; the owner is told."),
    ];
    let form = Form::open(web, FORM, inputs).await?;
    let fields = form.fields();
    let (id, version) = (review.id.to_string(), review.version.to_string());
    Ok(view! {
        <ErrorSummary form />
        <PostForm to=DecideReview::PATH class="usa-form--wide">
            <input type="hidden" name="review" value=id />
            <input type="hidden" name="version" value=version />
            {fields}
            <div class="actions">
                <button class="usa-button" type="submit" name="decision" value="approve">"Approve"</button>
                <button class="usa-button usa-button--outline" type="submit" name="decision" value="ask">"Ask for information"</button>
                <button class="usa-button usa-button--danger" type="submit" name="decision" value="deny">"Deny"</button>
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
        Err(errors) => return web.refuse(FORM, page, &form, errors).await,
    };
    let version = form.version.parse().map_err(|_| Failure::Invalid)?;
    let mut ctx = web.services.store.write().await?;
    let id = ReviewId::new(form.review.as_str());
    match reviews::decide(&mut ctx, &web.services.registry, &reviewer.id, &id, version, &decision).await {
        Ok(review) => {
            ctx.commit().await?;
            web.redirect(format!("{page}?done={}", done(&review)));
        }
        Err(error) => {
            drop(ctx);
            refuse(&web, &form, page, error).await?;
        }
    }
    Ok(())
}

/// A decision that was not made: somebody was faster, or the vendor changed what was read.
async fn refuse(web: &Web, form: &DecisionForm, page: String, error: registry::error::Error) -> Result<(), Failure> {
    match error {
        registry::error::Error::Decided(_) => {
            web.redirect(format!("{page}?late=1"));
            Ok(())
        }
        registry::error::Error::Stale => web.refuse(FORM, page, form, [Error::general(Code::Changed)]).await,
        registry::error::Error::ReasonNeeded => {
            web.refuse(FORM, page, form, [Error::new("comment", Code::ReasonNeeded)]).await
        }
        registry::error::Error::Claimed { .. } => {
            web.refuse(FORM, page, form, [Error::general(Code::ClaimedByOther)]).await
        }
        registry::error::Error::Fields(fields) => {
            let errors = fields.into_iter().map(|field| Error::general(field.code));
            web.refuse(FORM, page, form, errors).await
        }
        error => Err(error.into()),
    }
}

fn done(review: &Review) -> &'static str {
    match review.decision.as_ref().map(|past| past.outcome) {
        Some(Outcome::Approved) => "approved",
        Some(Outcome::Denied) => "denied",
        Some(Outcome::InformationAsked) => "asked",
        Some(Outcome::Withdrawn | Outcome::Unknown) | None => "saved",
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
