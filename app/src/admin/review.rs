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
        marked::marked,
        organization::{AttestationFacts, OrganizationFacts},
        summary::{Fact, Summary},
        time::Time,
    },
    failure::Failure,
    page::Page,
    texts::{
        admin::{
            APPLICATION, APPLICATION_QUEUE, BY_CLOSED_ACCOUNT, CLAIMED_BY, DUE, ENVIRONMENT, NO_ONE, ORGANIZATION,
            ORGANIZATION_DEMOGRAPHICS, ORGANIZATION_QUEUE, PRIVACY, SUBMITTED, review as text,
        },
        registry::{criterion, environment, outcome},
    },
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
        Subject::Organization(_) => (queue::ORGANIZATIONS, ORGANIZATION_QUEUE),
        Subject::Application(..) => (queue::APPLICATIONS, APPLICATION_QUEUE),
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
        Fact::new(ORGANIZATION, view! { <a class="usa-link" href=organization>{review.organization_name.clone()}</a> }),
        Fact::new(SUBMITTED, view! { <Time at=review.submitted_at /> }),
    ];
    if let Some(application) = review.subject.application() {
        let path = format!("/admin/applications/{application}");
        let name = queue::name(review);
        facts.insert(0, Fact::new(APPLICATION, view! { <a class="usa-link" href=path>{name}</a> }));
        facts.insert(2, Fact::new(ENVIRONMENT, review.environment.map(environment)));
    }
    if review.decision.is_none() {
        facts.push(Fact::new(DUE, view! { <Due at=review.due_at now /> }));
        facts.push(Fact::new(CLAIMED_BY, review.assigned_name.clone().unwrap_or_else(|| NO_ONE.to_owned())));
    }
    facts
}

/// What is reviewed.
struct Submitted {
    view: AnyView,
    /// Whether it is an organization that resembles another.
    resembles: bool,
}

/// What the vendor typed, as it is now, and what to look at closely.
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
            <h2>{ORGANIZATION_DEMOGRAPHICS}</h2>
            <OrganizationFacts registration=registered />
            <h2>{PRIVACY}</h2>
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
            <h2>{text::WOULD_CHANGE}</h2>
            <p>{text::UNTIL_APPROVED}</p>
            {changes(programs, &app.registration, &change.registration)}
        }
    });
    let view = view! {
        {concerns::section(look)}
        {changes}
        <h2>{if waiting.is_some() { text::APPLICATION_WITH_CHANGE } else { APPLICATION }}</h2>
        <ApplicationFacts details=details(programs, asked) registration=registration(&app.organization_name, asked) />
        <details class="disclosure">
            <summary>{text::VIEW_REGISTRATION}</summary>
            <OrganizationFacts registration=registered />
        </details>
        <details class="disclosure">
            <summary>{text::VIEW_ATTESTATION}</summary>
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
        return Ok(view! { <Alert tone=Tone::Info>{text::READ_ONLY}</Alert> }.into_any());
    }
    if desk.belongs_to(web, &review.subject).await? {
        return Ok(view! { <Alert tone=Tone::Warning>{text::OWN_ORGANIZATION}</Alert> }.into_any());
    }
    let form = decide::form(web, review, resembles).await?;
    Ok(view! { <h2>{text::DECISION}</h2> {claim::buttons(desk, review)} {form} }.into_any())
}

fn decided(past: Past) -> impl IntoView {
    let (tone, heading) = outcome(past.outcome);
    let by = past.by_name.unwrap_or_else(|| BY_CLOSED_ACCOUNT.to_owned());
    let by = marked(text::DECIDED_BY, |place, _| match place {
        0 => by.clone().into_any(),
        _ => view! { <Time at=past.at /> }.into_any(),
    });
    let ground = past.criterion.map(|ground| view! { <p><strong>{criterion(ground)}</strong>": "{ground.text()}</p> });
    let comment = past.comment.map(|comment| view! { <p class="prewrap">{comment}</p> });
    view! {
        <h2>{text::DECISION}</h2>
        <Alert tone heading>
            <p>{by}</p>
            {ground} {comment}
        </Alert>
    }
}

/// Someone else decided first.
fn too_late(past: Past) -> impl IntoView {
    let by = past.by_name.unwrap_or_else(|| text::ANOTHER_REVIEWER.to_owned());
    let sentence = text::too_late(by, outcome(past.outcome).1);
    view! { <Alert tone=Tone::Warning heading=text::ALREADY_DECIDED>{sentence}</Alert> }
}
