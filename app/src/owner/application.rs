//! `/owner/applications/{id}`: one app: how it stands, its credentials, where it answers, what happened to it.

use leptos::prelude::*;
use model::{
    application::{Approval, ClientKind},
    id::ApplicationId,
    partition::Environment,
    team::TeamRole,
};
use registry::{
    applications::{self, Application, WaitingEdit},
    client_keys::{self, KeysInfo},
    credentials::{self, SecretInfo},
    team::Member,
};

use crate::{
    components::{
        alert::{Alert, Tone},
        application::{ApplicationFacts, changes, details, program_names, registration},
        entries,
        history::History,
        status::Status,
        summary::{Fact, Summary},
        time::{Time, show_in},
    },
    failure::Failure,
    owner::{
        applications as list, comment, keys, launch, new_application, registered::Credential, secret_end, switch,
        vendor::Vendor,
    },
    page::Page,
    texts::registry::{access_status, application_status, environment},
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let member = vendor.member()?.1;
    let id = ApplicationId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let app = applications::get(&mut ctx, member, &id).await?;
    let secrets = credentials::live(&mut ctx, member, &id).await?;
    let keys = client_keys::of_application(&mut ctx, member, &id).await?;
    let (events, pages) = entries::page(&web, &mut ctx, &app.subject(), entries::vendor).await?;
    let waiting = applications::waiting(&mut ctx, &id).await?;
    drop(ctx);
    let comment = comment::section(&web, Some(&id)).await?;
    let change = waiting.map(|waiting| waiting_change(&web, &app, &waiting));
    let (tone, text) = application_status(app.liveness());
    let programs = &web.services.programs;
    show_in(programs, &app.registration.programs);
    let view = view! {
        <div class="heading-row"><h1>{app.name().to_owned()}</h1> <Status tone text /></div>
        {notice(&app)}
        {change}
        <Summary facts=standing(&web, &app) />
        <h2>"Credentials"</h2>
        {credentials_view(&app, secrets, keys)}
        {launch::section(&web, &app)}
        <details class="disclosure">
            <summary>"View App Registration Info"</summary>
            <ApplicationFacts details=details(programs, &app.registration)
                registration=registration(&app.organization_name, &app.registration) />
        </details>
        {buttons(&app, member)}
        <History events pages>{comment}</History>
    };
    Ok(vendor.page(app.name(), view).at(list::PATH).under(list::PATH, "Applications").wide())
}

/// What the vendor should know first.
fn notice(app: &Application) -> Option<AnyView> {
    use model::application::Approval::{Approved, Denied, InformationAsked, NotNeeded, PendingReview};
    let (tone, text) = match (app.blocked_at.is_some(), app.approval) {
        (true, _) => (
            Tone::Error,
            "An administrator has blocked this application. The reason is in its history. While it is blocked, it can be \
             neither edited nor deleted, nor registered again.",
        ),
        (_, PendingReview) => (
            Tone::Info,
            "The patient access portion of your application is under review. We answer within 5 business days.",
        ),
        (_, InformationAsked) => (
            Tone::Warning,
            "The reviewer has a question: read it in the history, then edit the application to submit it again.",
        ),
        (_, Denied) => (
            Tone::Error,
            "Patient access was denied. Criterion and comment are in the history; edit the application to submit it again.",
        ),
        (_, NotNeeded | Approved) => return None,
        (_, Approval::Unknown) => {
            (Tone::Warning, "This page cannot tell how the review of your application stands. Ask support.")
        }
    };
    Some(view! { <Alert tone>{text}</Alert> }.into_any())
}

/// The change of an approved app, and where it stands.
fn waiting_change(web: &Web, app: &Application, waiting: &WaitingEdit) -> impl IntoView + use<> {
    let (tone, heading, text) = match waiting.state {
        Approval::InformationAsked => (
            Tone::Warning,
            "The reviewer has a question about your change",
            "Read it in the history, then edit the application to send the change again. Members see the application as it was \
             approved before.",
        ),
        Approval::Denied => (
            Tone::Error,
            "Your change was not approved",
            "Criterion and comment are in the history. Members see the application as it was approved before. Edit it to correct \
             the change, or to take it back.",
        ),
        _ => (
            Tone::Info,
            "Your change is under review",
            "Until it is approved, members see the application as it was approved before. We answer within 5 business days.",
        ),
    };
    view! {
        <Alert tone heading=heading>{text}</Alert>
        {changes(&web.services.programs, &app.registration, &waiting.registration)}
    }
}

fn standing(web: &Web, app: &Application) -> Vec<Fact> {
    let live = app.liveness();
    let status = |(tone, text): (Tone, &'static str)| view! { <Status tone text /> };
    vec![
        Fact::new("Environment", environment(app.registration.environment)),
        Fact::new("Programs", program_names(&web.services.programs, &app.registration)),
        Fact::new("Public access", status(access_status(live.public()))),
        Fact::new("Patient access", status(access_status(live.patient()))),
        Fact::new("Registered", view! { <Time at=app.created_at /> }),
    ]
}

fn credentials_view(app: &Application, secrets: Vec<SecretInfo>, known: Option<KeysInfo>) -> impl IntoView + use<> {
    let confidential = app.registration.client_kind == ClientKind::Confidential;
    let several = 1 < secrets.len();
    let line = |secret: SecretInfo| {
        let until = secret.expires_at.map(|at| view! { ", works until "<Time at /> });
        view! { <li>"Made "<Time at=secret.created_at /> {until} {several.then(|| secret_end::link(&app.id, &secret.id))}</li> }
    };
    let secrets = confidential.then(|| {
        view! {
            <h3>"Secrets"</h3>
        <ul class="usa-list">{secrets.into_iter().map(line).collect_view()}</ul>
            <p><a class="usa-button usa-button--outline" href=format!("{}/secret", list::path(app))>"Generate new secret"</a></p>
            {keys::section(app, known)}
        }
    });
    let secrets = match secrets {
        Some(secrets) => secrets.into_any(),
        None => view! { <p>"A public client has no secret and no keys; it proves itself by PKCE."</p> }.into_any(),
    };
    view! { <Credential id="client-id" name="Client ID" value=app.client_id.to_string() /> {secrets} }
}

fn buttons(app: &Application, member: &Member) -> impl IntoView + use<> {
    let path = list::path(app);
    let blocked = app.liveness().is_blocked();
    let edit = (!blocked).then(|| view! { <a class="usa-button" href=format!("{path}/edit")>"Edit"</a> });
    let sandbox = app.registration.environment == Environment::Sandbox;
    let promote = sandbox.then(|| view! {
        <a class="usa-button usa-button--outline" href=format!("{}?from={}", new_application::details::PATH, app.id)>
            "Promote to production"
        </a>
    });
    let delete = (member.role == TeamRole::Owner && !blocked).then(|| {
        view! {
            <a class="usa-button usa-button--unstyled" href=format!("{path}/delete")>"Delete"</a>
        }
    });
    view! {
        <div class="actions">
            {edit} {promote} {switch::button(app)}
            {delete}
        </div>
    }
}
