//! `/admin/reviews/{id}`: everything submitted, what happened before, and the decision.

use jiff::Timestamp;
use leptos::prelude::*;
use model::{decision::ReviewKind, id::ReviewId};
use registry::{
    contacts::{self, Contact},
    organizations::{self, Organization},
    reviews::{self, First, Past, Review},
    submissions::{self, Content, Submission},
};
use store::Ctx;

use super::{claim, comment, concerns, decide, desk::Desk, lapse, queue};
use crate::{
    components::{
        alert::{Alert, Tone},
        due::Due,
        entries,
        history::History,
        marked::{linked, marked},
        organization::{AttestationFacts, OrganizationFacts},
        summary::{Fact, Summary},
        time::Time,
        versions::{Reader, Shown},
    },
    failure::Failure,
    owner::conversation::said,
    page::Page,
    texts::{
        admin::{APPLICATION, BY_CLOSED_ACCOUNT, ENVIRONMENT, ORGANIZATION, SUBMITTED, review as text},
        conversation::APPEAL_DECISION,
        registry::{AFTER, APPROVED, BEFORE, CHANGE, changed_since, environment, outcome, version},
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let id = ReviewId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let review = reviews::get(&mut ctx, &id).await?;
    desk.require(&mut ctx, &review.subject).await?;
    let Submitted { view: submitted, resembles } = submitted(&web, &mut ctx, &review).await?;
    let (events, pages) = entries::page(&web, &mut ctx, &review.subject, Reader::Staff).await?;
    let now = ctx.now;
    let contacts = contacts::owners(&mut ctx, review.subject.organization()).await?;
    let lapses = desk.may_review() && lapse::is_due(&mut ctx, &review).await?;
    let denial = match &review.appeal_of {
        Some(id) => reviews::get(&mut ctx, id).await?.decision,
        None => None,
    };
    drop(ctx);
    let lapse = if lapses { Some(lapse::section(&web, &review).await?) } else { None };
    let action = action(&web, &desk, &review, resembles).await?;
    let (queue_path, queue_name) = queue::place(Some(queue::of(&review)));
    let late = review.decision.clone().filter(|_| web.request.query("late").is_some());
    let open = review.decision.is_none();
    let to_decision = open.then(|| view! { <p class="rail-link"><a href="#rail">{text::GO_TO_DECISION}</a></p> });
    let first = review.first.clone().map(|first| first_approval(first, review.decision.is_none()));
    let view = view! {
        <h1>{queue::name(&review)}</h1>
        {late.map(too_late)}
        {to_decision}
        <div class="with-rail">
            <div>
                <Summary facts=facts(&review) />
                {denial.map(appealed)}
                {submitted}
                {lapse}
                <History events pages />
            </div>
            <aside class="rail" id="rail" aria-label=text::DECISION>
                {rail(&review, contacts, now)}
                {first}
                {action}
            </aside>
        </div>
    };
    Ok(desk.page(queue::name(&review), view).at(queue::PATH).under(queue_path, queue_name))
}

fn facts(review: &Review) -> Vec<Fact> {
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
    facts
}

/// Beside the facts, in sight all the time: by when, and whom to call.
fn rail(review: &Review, contacts: Vec<Contact>, now: Timestamp) -> impl IntoView + use<> {
    let at = review.due_at;
    let due = review.decision.is_none().then(|| view! { <p class="rail__due"><Due at now /></p> });
    let contact = |contact: Contact| {
        let mail = format!("mailto:{}", contact.email);
        let phone = contact.phone.map(|phone| {
            let call = format!("tel:{}", phone.split_whitespace().collect::<String>());
            view! { <span class="line"><a class="usa-link" href=call>{phone}</a></span> }
        });
        view! {
            <li>
                <span class="line">{contact.name}</span>
                {phone}
                <span class="line"><a class="usa-link breakable" href=mail>{contact.email}</a></span>
            </li>
        }
    };
    view! {
        {due}
        <h2 class="rail__heading">{text::CONTACTS}</h2>
        <ul class="rail__contacts">{contacts.into_iter().map(contact).collect_view()}</ul>
    }
}

/// What is reviewed.
struct Submitted {
    view: AnyView,
    /// Whether it is an organization that resembles another.
    resembles: bool,
}

/// The version that is reviewed or was decided on, what it changed, and what to look at closely.
async fn submitted(web: &Web, ctx: &mut Ctx, review: &Review) -> Result<Submitted, Failure> {
    let organization = organizations::get(ctx, review.subject.organization()).await?;
    let Some(id) = &review.submission else {
        return Ok(Submitted { view: not_kept(review).into_any(), resembles: false });
    };
    let submission = submissions::get(ctx, id).await?;
    let open = review.decision.is_none();
    let (look, resembles) = match &submission.content {
        Content::Organization(draft) if open => {
            let alike = organizations::alike(ctx, &organization.id, &draft.demographics).await?;
            let resembles = !alike.is_empty();
            (concerns::alike_section(alike).into_any(), resembles)
        }
        Content::Application(draft) if open => {
            let look = concerns::of(ctx, &web.services.registry, &organization.id, draft).await?;
            (concerns::section(look).into_any(), false)
        }
        Content::Organization(_) | Content::Application(_) => (().into_any(), false),
    };
    let before = compared(ctx, review, &submission).await?;
    let about = review.subject.application().is_some();
    let vendor = if about { Some(vendor(ctx, review, &organization).await?) } else { None };
    let shown = Shown { submission, before, company: organization.name().to_owned() };
    let number = shown.submission.number;
    let changes = shown.before.as_ref().map(|(before, _)| {
        let (heading, until) = match review.kind {
            ReviewKind::Edit => (text::WOULD_CHANGE.to_owned(), open.then_some(text::UNTIL_APPROVED)),
            _ => (changed_since(before.number), None),
        };
        view! { <h2>{heading}</h2> {until.map(|text| view! { <p>{text}</p> })} {shown.changes(web)} }
    });
    let view = view! {
        {look}
        {changes}
        <h2>{version(number)}</h2>
        <Summary facts=shown.facts() />
        {shown.content(web)}
        {vendor}
    };
    Ok(Submitted { view: view.into_any(), resembles })
}

/// What the version is compared with: a change with what was approved, anything else with the version before it.
async fn compared(
    ctx: &mut Ctx,
    review: &Review,
    submission: &Submission,
) -> Result<Option<(Submission, [&'static str; 2])>, Failure> {
    let (of, number) = (&review.subject, submission.number);
    let approved = submissions::approved_before(ctx, of, number).await?;
    Ok(match (review.kind, approved) {
        (ReviewKind::Edit | ReviewKind::Appeal, Some(approved)) => Some((approved, [APPROVED, CHANGE])),
        _ if 1 < number => Some((submissions::numbered(ctx, of, number - 1).await?, [BEFORE, AFTER])),
        _ => None,
    })
}

/// The organization of an app: as it is, or as it was when the app was decided.
async fn vendor(ctx: &mut Ctx, review: &Review, organization: &Organization) -> Result<impl IntoView + use<>, Failure> {
    let then = match &review.organization_submission {
        Some(id) => submissions::get(ctx, id).await?.content,
        None => Content::Organization(Box::new(organization.registration.clone())),
    };
    let registration = match then {
        Content::Organization(draft) => *draft,
        Content::Application(_) => organization.registration.clone(),
    };
    let attestation = registration.attestation.clone();
    Ok(view! {
        <details class="disclosure">
            <summary>{text::VIEW_REGISTRATION}</summary>
            <OrganizationFacts registration />
        </details>
        <details class="disclosure">
            <summary>{text::VIEW_ATTESTATION}</summary>
            <AttestationFacts attestation />
        </details>
    })
}

/// It was decided before we kept what was sent.
fn not_kept(review: &Review) -> impl IntoView + use<> {
    let now = comment::path(&review.subject);
    view! { <Alert tone=Tone::Info>{linked(text::NOT_KEPT, &now)}</Alert> }
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
    Ok(view! {
        <h2 class="rail__heading">{text::DECISION}</h2>
        {claim::buttons(desk, review)}
        {form}
    }
    .into_any())
}

fn decided(past: Past) -> impl IntoView {
    let (tone, heading) = outcome(past.outcome);
    let by = past.by_name.clone().unwrap_or_else(|| BY_CLOSED_ACCOUNT.to_owned());
    let by = marked(text::DECIDED_BY, |place, _| match place {
        0 => by.clone().into_any(),
        _ => view! { <Time at=past.at /> }.into_any(),
    });
    view! {
        <h2 class="rail__heading">{text::DECISION}</h2>
        <Alert tone heading>
            <p>{by}</p>
            {said(&past)}
        </Alert>
    }
}

/// The first of two approvals, and what is missing until the second.
fn first_approval(first: First, open: bool) -> impl IntoView {
    let by = first.by_name.clone().unwrap_or_else(|| BY_CLOSED_ACCOUNT.to_owned());
    let by = marked(text::DECIDED_BY, |place, _| match place {
        0 => by.clone().into_any(),
        _ => view! { <Time at=first.at /> }.into_any(),
    });
    view! {
        <Alert tone=Tone::Info heading=text::FIRST_APPROVAL>
            <p>{by}</p>
            {first.comment.map(|comment| view! { <p class="prewrap">{comment}</p> })}
            {open.then(|| view! { <p>{text::SECOND_NEEDED}</p> })}
        </Alert>
    }
}

/// The decision that an appeal is about.
fn appealed(past: Past) -> impl IntoView {
    let by = past.by_name.clone().unwrap_or_else(|| BY_CLOSED_ACCOUNT.to_owned());
    let by = marked(text::DECIDED_BY, |place, _| match place {
        0 => by.clone().into_any(),
        _ => view! { <Time at=past.at /> }.into_any(),
    });
    view! {
        <Alert tone=Tone::Warning heading=APPEAL_DECISION>
            <p>{by}</p>
            {said(&past)}
        </Alert>
    }
}

/// Someone else decided first.
fn too_late(past: Past) -> impl IntoView {
    let by = past.by_name.unwrap_or_else(|| text::ANOTHER_REVIEWER.to_owned());
    let sentence = text::too_late(by, outcome(past.outcome).1);
    view! { <Alert tone=Tone::Warning heading=text::ALREADY_DECIDED>{sentence}</Alert> }
}
