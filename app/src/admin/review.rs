//! `/admin/reviews/{id}`: everything submitted, what happened before, and the decision.

use jiff::Timestamp;
use leptos::prelude::*;
use model::id::ReviewId;
use registry::{
    applications, organizations,
    reviews::{self, Past, Review},
    subject::Subject,
};
use store::Ctx;

use super::{claim, concerns, decide, desk::Desk, queue};
use crate::{
    components::{
        alert::{Alert, Tone},
        application::{ApplicationFacts, changes, details, registration},
        due::Due,
        entries,
        history::History,
        organization::{AttestationFacts, OrganizationFacts},
        summary::{Fact, Summary},
        time::Time,
    },
    failure::Failure,
    page::Page,
    texts::registry::{criterion, environment, outcome},
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let id = ReviewId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let review = reviews::get(&mut ctx, &id).await?;
    let Submitted { view: submitted, resembles } = submitted(&web, &mut ctx, &review).await?;
    let (events, pages) = entries::page(&web, &mut ctx, &review.subject, entries::staff).await?;
    let now = ctx.now;
    drop(ctx);
    let action = action(&web, &desk, &review, resembles).await?;
    let (queue_path, queue_name) = match review.subject {
        Subject::Organization(_) => (queue::ORGANIZATIONS, "Organization registrations"),
        Subject::Application(..) => (queue::APPLICATIONS, "Application registrations"),
    };
    let late = review.decision.clone().filter(|_| web.request.query("late").is_some());
    let view = view! {
        <h1>{queue::name(&review)}</h1>
        {late.map(too_late)}
        <Summary facts=facts(&review, now) />
        {submitted}
        {action}
        <History events pages />
    };
    Ok(desk.page(queue::name(&review), view).at(queue_path).under(queue_path, queue_name))
}

fn facts(review: &Review, now: Timestamp) -> Vec<Fact> {
    let organization = format!("/admin/organizations/{}", review.subject.organization());
    let mut facts = vec![
        Fact::new(
            "Organization",
            view! { <a class="usa-link" href=organization>{review.organization_name.clone()}</a> },
        ),
        Fact::new("Submitted", view! { <Time at=review.submitted_at /> }),
    ];
    if let Some(application) = review.subject.application() {
        let path = format!("/admin/applications/{application}");
        let name = queue::name(review);
        facts.insert(0, Fact::new("Application", view! { <a class="usa-link" href=path>{name}</a> }));
        facts.insert(2, Fact::new("Environment", review.environment.map(environment)));
    }
    if review.decision.is_none() {
        facts.push(Fact::new("Due", view! { <Due at=review.due_at now /> }));
        facts.push(Fact::new("Claimed by", review.assigned_name.clone().unwrap_or_else(|| "Nobody".to_owned())));
    }
    facts
}

/// What is reviewed.
struct Submitted {
    view: AnyView,
    /// Whether it is an organization that can be taken for another.
    resembles: bool,
}

/// What the vendor typed, as it stands now, and what to look at closely.
async fn submitted(web: &Web, ctx: &mut Ctx, review: &Review) -> Result<Submitted, Failure> {
    let organization = organizations::get(ctx, review.subject.organization()).await?;
    let attestation = organization.registration.attestation.clone();
    let registered = organization.registration.clone();
    let Some(application) = review.subject.application() else {
        let alike =
            if review.decision.is_none() { organizations::alike(ctx, &organization).await? } else { Vec::new() };
        let resembles = !alike.is_empty();
        let view = view! {
            {concerns::alike_section(alike)}
            <h2>"Organization Demographics"</h2>
            <OrganizationFacts registration=registered />
            <h2>"Privacy and Security"</h2>
            <AttestationFacts attestation />
        };
        return Ok(Submitted { view: view.into_any(), resembles });
    };
    let app = applications::get_any(ctx, application).await?;
    let programs = &web.services.programs;
    let open = review.decision.is_none();
    let waiting = applications::waiting(ctx, application).await?.filter(|_| open);
    let asked = waiting.as_ref().map_or(&app.registration, |change| &change.registration);
    let look =
        if open { concerns::of(ctx, &web.services.registry, &app.organization, asked).await? } else { Vec::new() };
    let changes = waiting.as_ref().map(|change| {
        view! {
            <h2>"What would change"</h2>
            <p>"What was approved stays what members see until you approve the change."</p>
            {changes(programs, &app.registration, &change.registration)}
        }
    });
    let view = view! {
        {concerns::section(look)}
        {changes}
        <h2>{if waiting.is_some() { "The application with the change" } else { "Application" }}</h2>
        <ApplicationFacts details=details(programs, asked) registration=registration(&app.organization_name, asked) />
        <details class="disclosure">
            <summary>"View Org Registration Info"</summary>
            <OrganizationFacts registration=registered />
        </details>
        <details class="disclosure">
            <summary>"View Org Attestation Info"</summary>
            <AttestationFacts attestation />
        </details>
    };
    Ok(Submitted { view: view.into_any(), resembles: false })
}

/// The decision, or how to make it, or why not.
async fn action(web: &Web, desk: &Desk, review: &Review, resembles: bool) -> Result<AnyView, Failure> {
    if let Some(past) = review.decision.clone() {
        return Ok(decided(past).into_any());
    }
    if !desk.may_review() {
        return Ok(
            view! { <Alert tone=Tone::Info>"Your role reads; reviewers and administrators decide."</Alert> }.into_any()
        );
    }
    if desk.belongs_to(web, &review.subject).await? {
        let text = "You belong to this organization, so another reviewer decides.";
        return Ok(view! { <Alert tone=Tone::Warning>{text}</Alert> }.into_any());
    }
    let form = decide::form(web, review, resembles).await?;
    Ok(view! { <h2>"Decision"</h2> {claim::buttons(desk, review)} {form} }.into_any())
}

fn decided(past: Past) -> impl IntoView {
    let (tone, text) = outcome(past.outcome);
    let by = past.by_name.unwrap_or_else(|| "a closed account".to_owned());
    let ground = past.criterion.map(|ground| view! { <p><strong>{criterion(ground)}</strong>": "{ground.text()}</p> });
    let comment = past.comment.map(|comment| view! { <p class="prewrap">{comment}</p> });
    view! {
        <h2>"Decision"</h2>
        <Alert tone heading=text>
            <p>"By "{by}", "<Time at=past.at /></p>
            {ground} {comment}
        </Alert>
    }
}

/// Somebody else was first.
fn too_late(past: Past) -> impl IntoView {
    let by = past.by_name.unwrap_or_else(|| "Another reviewer".to_owned());
    let text = format!(
        "{by} was faster: {}. Your decision was not recorded, and the owner was told of theirs alone.",
        outcome(past.outcome).1
    );
    view! { <Alert tone=Tone::Warning heading="Decided meanwhile">{text}</Alert> }
}
