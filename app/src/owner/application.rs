//! `/owner/applications/{id}`: one app with its status, its credentials, its addresses and its history.

use std::collections::BTreeMap;

use ::usage::figures;
use jiff::Timestamp;
use leptos::prelude::*;
use model::{
    application::{Approval, ClientKind},
    application_form::ApplicationDraft,
    id::ApplicationId,
    partition::Environment,
    team::TeamRole,
};
use registry::{
    WaitingEdit,
    applications::{self, Application},
    client_keys::{self, KeysInfo},
    credentials::{self, SecretInfo},
    notice_address,
    team::Member,
};

use crate::{
    components::{
        alert::{Alert, Tone},
        application::{ApplicationFacts, details, fields, program_names, registration},
        changes::Changes,
        entries,
        history::History,
        marked::marked,
        status::Status,
        summary::{Fact, Summary},
        time::{Time, show_in},
        versions::{self, Reader},
    },
    failure::Failure,
    owner::{
        applications as list, comment, conversation::Standing, keys, launch, new_application, notices,
        registered::Credential, secret_end, switch, usage, vendor::Vendor,
    },
    page::Page,
    texts::{
        owner::{
            APPLICATIONS, DELETE, EDIT, ENVIRONMENT, PROGRAMS, REGISTERED, application as text,
            credentials::{CLIENT_ID, GENERATE},
        },
        registry::{APPROVED, CHANGE, access_status, application_status, environment},
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let id = ApplicationId::new(web.request.param("id")?);
    let vendor = Vendor::of_app(&web, &id).await?;
    let member = vendor.member()?.1;
    let mut ctx = web.services.store.read().await?;
    let app = applications::get(&mut ctx, member, &id).await?;
    let programs = &web.services.programs;
    show_in(programs, &app.registration.programs);
    let secrets = credentials::live(&mut ctx, member, &id).await?;
    let keys = client_keys::of_application(&mut ctx, member, &id).await?;
    let address = notice_address::of_application(&mut ctx, member, &id).await?;
    let (events, pages) = entries::page(&web, &mut ctx, &app.subject(), Reader::Vendor).await?;
    let waiting = applications::waiting(&mut ctx, &app).await?;
    let asked = Standing::find(&mut ctx, &app.subject()).await?;
    let versions = versions::section(&web, &mut ctx, &app.subject(), Reader::Vendor).await?;
    let last_uses = figures::credentials(&mut ctx, &app.client_id).await?;
    let used = usage::of_application(&web, &mut ctx, &app).await?;
    drop(ctx);
    let asked = asked.view(&web, &app.subject(), member).await?;
    let comment = comment::section(&web, &member.organization, Some(&id)).await?;
    let change = waiting.map(|waiting| waiting_change(&web, &app, &waiting));
    let (tone, status) = application_status(app.liveness());
    let view = view! {
        <div class="heading-row"><h1>{app.name().to_owned()}</h1> <Status tone text=status /></div>
        {notice(&app)}
        {asked}
        {change}
        <Summary facts=standing(&web, &app) />
        <h2>{text::CREDENTIALS}</h2>
        {credentials_view(&app, secrets, keys, last_uses)}
        {app.registration.access.includes_patient().then(|| notices::section(&app, address))}
        {launch::section(&web, &app)}
        {used}
        <details class="disclosure">
            <summary>{text::REGISTRATION_INFO}</summary>
            <ApplicationFacts details=details(programs, &app.registration)
                registration=registration(&app.organization_name, &app.registration) />
        </details>
        {versions}
        {buttons(&app, member)}
        <History events pages>{comment}</History>
    };
    Ok(vendor.page(app.name(), view).at(list::PATH).under(list::PATH, APPLICATIONS).wide())
}

/// What the vendor should know first.
fn notice(app: &Application) -> Option<AnyView> {
    use model::application::Approval::{Approved, Denied, InformationAsked, NotNeeded, PendingReview, Unknown};
    let (tone, text) = match (app.blocked_at.is_some(), app.approval) {
        (true, _) => (Tone::Error, text::BLOCKED),
        (_, PendingReview) => (Tone::Info, text::PENDING),
        // The question or the denial itself follows.
        (_, InformationAsked | Denied | NotNeeded | Approved) => return None,
        (_, Unknown) => (Tone::Warning, text::UNKNOWN),
    };
    Some(view! { <Alert tone>{text}</Alert> }.into_any())
}

/// The change of an approved app, and its review.
fn waiting_change(web: &Web, app: &Application, waiting: &WaitingEdit<ApplicationDraft>) -> impl IntoView + use<> {
    let (tone, heading, text) = match waiting.state {
        Approval::InformationAsked => (Tone::Warning, text::CHANGE_ASKED, text::ABOUT_CHANGE_ASKED),
        Approval::Denied => (Tone::Error, text::CHANGE_DENIED, text::ABOUT_CHANGE_DENIED),
        _ => (Tone::Info, text::CHANGE_PENDING, text::ABOUT_CHANGE_PENDING),
    };
    let programs = &web.services.programs;
    view! {
        <Alert tone heading=heading>{text}</Alert>
        <Changes before=fields(programs, &app.registration) after=fields(programs, &waiting.registration)
            columns=[APPROVED, CHANGE] />
    }
}

fn standing(web: &Web, app: &Application) -> Vec<Fact> {
    let live = app.liveness();
    let status = |(tone, text): (Tone, &'static str)| view! { <Status tone text /> };
    vec![
        Fact::new(ENVIRONMENT, environment(app.registration.environment)),
        Fact::new(PROGRAMS, program_names(&web.services.programs, &app.registration)),
        Fact::new(text::PUBLIC_ACCESS, status(access_status(live.public()))),
        Fact::new(text::PATIENT_ACCESS, status(access_status(live.patient()))),
        Fact::new(REGISTERED, view! { <Time at=app.created_at /> }),
    ]
}

fn credentials_view(
    app: &Application,
    secrets: Vec<SecretInfo>,
    known: Option<KeysInfo>,
    last_uses: BTreeMap<String, Timestamp>,
) -> impl IntoView + use<> {
    let confidential = app.registration.client_kind == ClientKind::Confidential;
    let several = 1 < secrets.len();
    let line = |secret: SecretInfo| {
        let (created, expires) = (secret.created_at, secret.expires_at);
        let sentence = if expires.is_some() { text::CREATED_UNTIL } else { text::CREATED };
        let times = [Some(created), expires];
        let time = |place: usize, _| times.get(place).copied().flatten().map(|at| view! { <Time at /> }).into_any();
        let used = usage::last_use(last_uses.get(&format!("secret:{}", secret.id)).copied());
        let end = several.then(|| view! { " "{secret_end::link(&app.id, &secret.id)} });
        view! { <li>{marked(sentence, time)} " " {used} {end}</li> }
    };
    let secrets = confidential.then(|| {
        let lines = secrets.into_iter().map(line).collect_view();
        view! {
            <h3>{text::SECRETS}</h3>
            <ul class="usa-list">{lines}</ul>
            <p><a class="usa-button usa-button--outline" href=format!("{}/secret", list::path(app))>{GENERATE}</a></p>
            {keys::section(app, known, last_uses.clone())}
        }
    });
    let secrets = match secrets {
        Some(secrets) => secrets.into_any(),
        None => view! { <p>{text::NO_SECRET}</p> }.into_any(),
    };
    view! { <Credential id="client-id" name=CLIENT_ID value=app.client_id.to_string() /> {secrets} }
}

fn buttons(app: &Application, member: &Member) -> impl IntoView + use<> {
    let path = list::path(app);
    let blocked = app.liveness().is_blocked();
    let edit = (!blocked).then(|| view! { <a class="usa-button" href=format!("{path}/edit")>{EDIT}</a> });
    let sandbox = app.registration.environment == Environment::Sandbox;
    let promote = sandbox.then(|| view! {
        <a class="usa-button usa-button--outline" href=format!("{}?from={}", new_application::details::PATH, app.id)>
            {text::PROMOTE}
        </a>
    });
    let delete = (member.role == TeamRole::Owner && !blocked).then(|| {
        view! {
            <a class="usa-button usa-button--unstyled" href=format!("{path}/delete")>{DELETE}</a>
        }
    });
    view! {
        <div class="actions">
            {edit} {promote} {switch::button(app)}
            {delete}
        </div>
    }
}
