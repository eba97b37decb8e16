//! The versions of a registration: their list, and one of them as it was sent.

use leptos::prelude::*;
use model::decision::Outcome;
use registry::{
    reviews::{self, Review},
    subject::Subject,
    submissions::{self, Content, Line, Submission},
};
use store::Ctx;

use crate::{
    components::{
        alert::Tone,
        application::{self, ApplicationFacts},
        changes::Changes,
        decision,
        marked::marked,
        organization::{self, AttestationFacts, OrganizationFacts},
        pager::Pages,
        status::Status,
        summary::{Fact, Summary},
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    texts::{
        components::CLOSED_ACCOUNT,
        registry::{self as text, outcome, version},
    },
    web::Web,
};

/// The name of the list's pages in addresses.
const NAME: &str = "versions";

/// Whose pages the links lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Vendor,
    Staff,
}

/// The page of a version.
pub fn path(reader: Reader, of: &Subject, number: i64) -> String {
    let base = match (reader, of) {
        (Reader::Vendor, Subject::Organization(_)) => "/owner/organization".to_owned(),
        (Reader::Vendor, Subject::Application(_, id)) => format!("/owner/applications/{id}"),
        (Reader::Staff, Subject::Organization(id)) => format!("/admin/organizations/{id}"),
        (Reader::Staff, Subject::Application(_, id)) => format!("/admin/applications/{id}"),
        // A ticket has no versions.
        (Reader::Vendor, Subject::Ticket(_, id)) => return format!("/owner/support/{id}"),
        (Reader::Staff, Subject::Ticket(_, id)) => return format!("/admin/tickets/{id}"),
    };
    format!("{base}/versions/{number}")
}

/// The subject's versions, newest first, in a part of the page that opens.
pub async fn section(web: &Web, ctx: &mut Ctx, of: &Subject, reader: Reader) -> Result<impl IntoView + use<>, Failure> {
    let pages = Pages::named(web, NAME, submissions::count(ctx, of).await?);
    let lines = submissions::list(ctx, of, pages.part()).await?;
    let row = |line: Line| -> Row {
        let (tone, status) = status(&line);
        let href = path(reader, of, line.number);
        vec![
            view! { <a class="usa-link" href=href>{version(line.number)}</a> }.into_any(),
            view! { <Time at=line.at /> }.into_any(),
            line.by_name.unwrap_or_else(|| CLOSED_ACCOUNT.to_owned()).into_any(),
            view! { <Status tone text=status /> }.into_any(),
        ]
    };
    let columns = vec![text::VERSIONS, text::SUBMITTED, text::SUBMITTED_BY, text::STATUS];
    let rows = lines.into_iter().map(row).collect();
    let hint = (reader == Reader::Vendor).then(|| view! { <p class="usa-hint">{text::VERSIONS_HINT}</p> });
    // An app's versions have a page of their own.
    let open = reader == Reader::Vendor && of.application().is_some();
    Ok(view! {
        <details class="disclosure" id=NAME open=open>
            <summary>{text::VERSIONS}</summary>
            {hint}
            <Table caption=text::VERSIONS columns rows />
            {pages.links()}
        </details>
    })
}

fn status(line: &Line) -> (Tone, &'static str) {
    match line.outcome {
        _ if line.is_under_review => (Tone::Info, text::UNDER_REVIEW),
        None | Some(Outcome::Approved) if line.is_live => (Tone::Success, text::IN_EFFECT),
        Some(decided) => outcome(decided),
        None => (Tone::Warning, text::REPLACED),
    }
}

/// A version as it was sent, after what it changed.
pub struct Shown {
    pub submission: Submission,
    /// What to compare it with, and what the two columns say.
    pub before: Option<(Submission, [&'static str; 2])>,
    /// The organization's name, for an app's facts.
    pub company: String,
    /// The rounds of review of this version that are over.
    pub decisions: Vec<Review>,
}

impl Shown {
    /// The version with this number, compared with the one before it.
    pub async fn find(ctx: &mut Ctx, of: &Subject, number: &str, company: String) -> Result<Self, Failure> {
        let number: i64 = number.parse().map_err(|_| Failure::NotFound)?;
        let submission = submissions::numbered(ctx, of, number).await?;
        let before = if number == 1 {
            None
        } else {
            Some((submissions::numbered(ctx, of, number - 1).await?, [text::BEFORE, text::AFTER]))
        };
        let mut decisions = reviews::of_subject(ctx, of).await?;
        decisions.retain(|review| review.decision.is_some() && review.submission.as_ref() == Some(&submission.id));
        Ok(Self { submission, before, company, decisions })
    }

    /// Who sent it, when, and which terms they agreed to.
    pub fn facts(&self) -> Vec<Fact> {
        let Submission { by_name, at, terms_version, .. } = &self.submission;
        let by = by_name.clone().unwrap_or_else(|| CLOSED_ACCOUNT.to_owned());
        let terms = match terms_version {
            Some(number) => {
                let href = format!("/terms/{number}");
                let link = move |_, text| view! { <a class="usa-link" href=href.clone()>{text}</a> }.into_any();
                marked(&text::agreed_to(number), link).into_any()
            }
            None => text::TERMS_NOT_KEPT.into_any(),
        };
        let at = *at;
        vec![
            Fact::new(text::SUBMITTED, view! { <Time at /> }),
            Fact::new(text::SUBMITTED_BY, by),
            Fact::new(text::TERMS, terms),
        ]
    }

    /// The fields that differ from the version that it is compared with.
    pub fn changes(&self, web: &Web) -> Option<impl IntoView + use<>> {
        let fields = |submission: &Submission| match &submission.content {
            Content::Organization(draft) => organization::fields(draft),
            Content::Application(draft) => application::fields(&web.services.programs, draft),
        };
        let (before, columns) = self.before.as_ref()?;
        Some(view! { <Changes before=fields(before) after=fields(&self.submission) columns=*columns /> })
    }

    /// Everything that was typed.
    pub fn content(&self, web: &Web) -> AnyView {
        match &self.submission.content {
            Content::Organization(draft) => {
                let (registration, attestation) = ((**draft).clone(), draft.attestation.clone());
                view! { <OrganizationFacts registration /> <AttestationFacts attestation /> }.into_any()
            }
            Content::Application(draft) => {
                let details = application::details(&web.services.programs, draft);
                let registration = application::registration(&self.company, draft);
                view! { <ApplicationFacts details registration /> }.into_any()
            }
        }
    }

    /// The whole page below its heading.
    pub fn view(&self, web: &Web, reader: Reader) -> impl IntoView + use<> {
        let decisions = (!self.decisions.is_empty()).then(|| {
            let line = |review: &Review| view! { <li>{decision::link(reader, review)}</li> };
            let lines = self.decisions.iter().map(line).collect_view();
            view! { <h2>{text::DECISIONS}</h2> <ul class="usa-list">{lines}</ul> }
        });
        let changes = self.before.as_ref().map(|(before, _)| {
            view! { <h2>{text::changed_since(before.number)}</h2> {self.changes(web)} }
        });
        view! {
            <Summary facts=self.facts() />
            {decisions}
            {changes}
            <h2>{version(self.submission.number)}</h2>
            {self.content(web)}
        }
    }
}
