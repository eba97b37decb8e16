//! A decided review as a document to keep or to print: who decided what, when, on which version, and why; the values as they were
//! submitted; and its appeal. For owners and for staff.

use jiff::Timestamp;
use leptos::prelude::*;
use model::{
    decision::{Outcome, ReviewKind},
    partition::ProgramId,
};
use registry::{
    reviews::{self, Past, Review},
    submissions::{self, Content, Submission},
};
use store::Ctx;

use crate::{
    components::{
        marked::marked,
        organization::{AttestationFacts, OrganizationFacts},
        summary::{Fact, Summary},
        time::{Time, show_in},
        versions::{Reader, Shown},
    },
    failure::Failure,
    texts::{
        components::{ADMIN, CLOSED_ACCOUNT},
        decision as text,
        registry::{AFTER, APPROVED, BEFORE, CHANGE, environment, outcome, version},
    },
    web::Web,
};

/// The page to print.
pub fn path(reader: Reader, review: &Review) -> String {
    match reader {
        Reader::Vendor => format!("/owner/decisions/{}", review.id),
        Reader::Staff => format!("/admin/reviews/{}/print", review.id),
    }
}

/// `Print the decision of Nov 22, 2026, 3:07 PM CST`
pub fn link(reader: Reader, review: &Review) -> impl IntoView + use<> {
    let href = path(reader, review);
    let at = review.decision.as_ref().map_or(review.submitted_at, |past| past.at);
    let outcome = review.decision.as_ref().map(|past| outcome(past.outcome).1);
    let outcome = outcome.map(|word| view! { {word}": " });
    view! { {outcome} <a class="usa-link" href=href>{marked(text::PRINT, move |_, _| view! { <Time at /> }.into_any())}</a> }
}

/// Everything that the document says.
pub struct Document {
    review: Review,
    /// Absent if it was decided before we kept versions.
    shown: Option<Shown>,
    /// The organization of an app, as it was when the app was decided.
    vendor: Option<Submission>,
    /// The denial that this appeal is about.
    denial: Option<Review>,
    /// The appeal of this denial, with the vendor's words.
    appeal: Option<(Review, Option<String>)>,
    now: Timestamp,
    reader: Reader,
}

impl Document {
    /// Reads it. The caller checks that the reader may see the review.
    pub async fn read(web: &Web, ctx: &mut Ctx, review: Review, reader: Reader) -> Result<Self, Failure> {
        let shown = match &review.submission {
            Some(id) => {
                let submission = submissions::get(ctx, id).await?;
                Some(shown(ctx, &review, submission).await?)
            }
            None => None,
        };
        let programs: Vec<ProgramId> = match shown.as_ref().map(|shown| &shown.submission.content) {
            Some(Content::Application(draft)) => draft.programs.iter().cloned().collect(),
            _ => Vec::new(),
        };
        if !programs.is_empty() {
            show_in(&web.services.programs, &programs);
        }
        let vendor = match &review.organization_submission {
            Some(id) if review.subject.application().is_some() => Some(submissions::get(ctx, id).await?),
            _ => None,
        };
        let denial = match &review.appeal_of {
            Some(id) => Some(reviews::get(ctx, id).await?),
            None => None,
        };
        let appeal = match reviews::appeal_of(ctx, &review.id).await? {
            Some(appeal) => {
                let words = reviews::appeal_text(ctx, &appeal).await?;
                Some((appeal, words))
            }
            None => None,
        };
        Ok(Self { review, shown, vendor, denial, appeal, now: ctx.now, reader })
    }

    /// The app, or the organization where that itself was reviewed.
    pub fn name(&self) -> String {
        self.review.application_name.clone().unwrap_or_else(|| self.review.organization_name.clone())
    }

    pub fn title(&self) -> String {
        text::title(self.name())
    }

    pub fn view(&self, web: &Web) -> impl IntoView + use<> {
        let address = web.services.registry.site.page(&path(self.reader, &self.review));
        let printed = self.now;
        let printed = marked(text::PRINTED, move |place, _| match place {
            0 => view! { <Time at=printed /> }.into_any(),
            _ => view! { <span class="breakable">{address.clone()}</span> }.into_any(),
        });
        let changes = self.shown.as_ref().and_then(|shown| {
            let changes = shown.changes(web)?;
            Some(view! { <h2>{text::CHANGES}</h2> {changes} })
        });
        let content = match &self.shown {
            Some(shown) => {
                let heading = version(shown.submission.number);
                view! {
                    <h2>{text::as_submitted(heading)}</h2>
                    <Summary facts=shown.facts() />
                    {shown.content(web)}
                }
                .into_any()
            }
            None => view! { <p>{text::NOT_KEPT}</p> }.into_any(),
        };
        let vendor = self.vendor.as_ref().map(|submission| match &submission.content {
            Content::Organization(draft) => {
                let (registration, attestation) = ((**draft).clone(), draft.attestation.clone());
                view! {
                    <h2>{text::VENDOR}</h2>
                    <OrganizationFacts registration />
                    <AttestationFacts attestation />
                }
                .into_any()
            }
            Content::Application(_) => ().into_any(),
        });
        let denial = self.denial.as_ref().map(|denial| {
            view! { <h2>{text::DENIAL}</h2> <Summary facts=self.decision(denial) /> }
        });
        let appeal = self.appeal.as_ref().map(|(appeal, words)| {
            let at = appeal.submitted_at;
            let words =
                words.clone().map(|words| Fact::new(text::WORDS, view! { <span class="prewrap">{words}</span> }));
            let mut facts = vec![Fact::new(text::APPEALED, view! { <Time at /> })];
            facts.extend(words);
            facts.extend(self.decision(appeal));
            view! { <h2>{text::APPEAL}</h2> <Summary facts /> }
        });
        view! {
            <div class="printed">
                <h1>{self.title()}</h1>
                <p class="usa-hint printed__hint">{text::HINT}</p>
                <Summary facts=self.about(web) />
                <h2>{text::DECISION}</h2>
                <Summary facts=self.decision(&self.review) />
                {denial}
                {appeal}
                {changes}
                {content}
                {vendor}
                <p class="usa-hint">{printed}</p>
            </div>
        }
    }

    /// What was reviewed.
    fn about(&self, web: &Web) -> Vec<Fact> {
        let review = &self.review;
        let kind = match review.kind {
            ReviewKind::Edit => text::KIND_CHANGE,
            ReviewKind::Appeal => text::KIND_APPEAL,
            ReviewKind::Registration | ReviewKind::Unknown => text::KIND_REGISTRATION,
        };
        let at = review.submitted_at;
        let mut facts = Vec::new();
        if let Some(app) = &review.application_name {
            facts.push(Fact::new(text::APPLICATION, app.clone()));
        }
        facts.push(Fact::new(text::ORGANIZATION, review.organization_name.clone()));
        if let Some(Content::Application(draft)) = self.shown.as_ref().map(|shown| &shown.submission.content) {
            let programs = crate::components::application::program_names(&web.services.programs, draft);
            facts.push(Fact::new(text::PROGRAMS, programs));
        }
        facts.extend(review.environment.map(|of| Fact::new(text::ENVIRONMENT, environment(of))));
        facts.push(Fact::new(text::KIND, kind));
        facts.push(Fact::new(text::RECEIVED, view! { <Time at /> }));
        facts.push(Fact::new(text::NUMBER, view! { <code class="breakable">{review.id.to_string()}</code> }));
        facts
    }

    /// Who decided what, when, and why; or that no one has.
    fn decision(&self, review: &Review) -> Vec<Fact> {
        let Some(past) = &review.decision else {
            let at = review.due_at;
            return vec![Fact::new(text::OUTCOME, text::OPEN), Fact::new(text::DUE, view! { <Time at /> })];
        };
        let at = past.at;
        let mut facts = vec![
            Fact::new(text::OUTCOME, outcome(past.outcome).1),
            Fact::new(text::DECIDED_BY, self.decided_by(past)),
            Fact::new(text::DECIDED, view! { <Time at /> }),
        ];
        if let Some(ground) = past.criterion.clone() {
            facts.push(Fact::new(text::CRITERION, view! { <strong>{ground.name}</strong>": "{ground.sentence} }));
        }
        if let Some(comment) = past.comment.clone() {
            facts.push(Fact::new(text::COMMENT, view! { <span class="prewrap">{comment}</span> }));
        }
        facts
    }

    /// Vendors do not learn the names of reviewers. What was withdrawn, the vendor ended.
    fn decided_by(&self, past: &Past) -> String {
        let by_staff = past.outcome != Outcome::Withdrawn;
        if self.reader == Reader::Vendor && by_staff {
            return ADMIN.to_owned();
        }
        past.by_name.clone().unwrap_or_else(|| CLOSED_ACCOUNT.to_owned())
    }
}

/// The version with what it is compared with: a change with what was approved before it, anything else with the version before.
async fn shown(ctx: &mut Ctx, review: &Review, submission: Submission) -> Result<Shown, Failure> {
    let (of, number) = (&review.subject, submission.number);
    let approved = submissions::approved_before(ctx, of, number).await?;
    let before = match (review.kind, approved) {
        (ReviewKind::Edit | ReviewKind::Appeal, Some(approved)) => Some((approved, [APPROVED, CHANGE])),
        _ if 1 < number => Some((submissions::numbered(ctx, of, number - 1).await?, [BEFORE, AFTER])),
        _ => None,
    };
    Ok(Shown { submission, before, company: review.organization_name.clone(), decisions: Vec::new() })
}
