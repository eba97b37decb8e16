//! `/owner/applications/{id}`: what the vendor has to do and by when, then how the app stands.

use ::usage::figures;
use jiff::Timestamp;
use leptos::prelude::*;
use model::{application::Approval, application_form::ApplicationDraft, id::ApplicationId};
use registry::{
    WaitingEdit,
    applications::{self, Application},
    credentials::SecretInfo,
    submissions,
};
use store::Part;

use super::{
    Opened, Tab,
    registration::{edit, promote},
};
use crate::{
    components::{
        alert::{Alert, Tone},
        application::program_names,
        copied::Copied,
        entries::newest,
        history::Timeline,
        marked::marked,
        pager::grouped,
        status::Status,
        summary::{Fact, Summary},
        time::Time,
        versions::Reader,
    },
    failure::Failure,
    owner::{conversation::Standing, switch, usage},
    page::Page,
    texts::{
        owner::{ENVIRONMENT, PROGRAMS, REGISTERED, application as text, credentials::CLIENT_ID, usage as usage_text},
        registry::{HISTORY, VERSIONS, access_status, environment, version},
    },
    web::Web,
};

/// Entries of the history that are shown here.
const RECENT: i64 = 3;
/// For "requests in the last 7 days".
const DAYS: i32 = 7;

pub async fn page(web: Web) -> Result<Page, Failure> {
    // Lists that used to be on this page have their own now; links to a page of one stay good.
    for (list, tab) in [("history", Tab::Activity), ("versions", Tab::Registration)] {
        if let Some(number) = web.request.query(list) {
            let number: String = number.chars().filter(char::is_ascii_digit).collect();
            let to = tab.of(&ApplicationId::new(web.request.param("id")?));
            return Err(Failure::redirect(format!("{to}?{list}={number}#{list}")));
        }
    }
    let (opened, mut ctx) = Opened::of(&web).await?;
    let app = &opened.app;
    let subject = app.subject();
    let asked = Standing::find(&mut ctx, &subject).await?;
    let waiting = applications::waiting(&mut ctx, app).await?;
    let events = newest(&mut ctx, &subject, Reader::Vendor, RECENT).await?;
    let versions = submissions::list(&mut ctx, &subject, Part { from: 0, rows: 1 }).await?;
    let members = figures::members_of_app(&mut ctx, &app.client_id).await?;
    let calls = usage::calls_of(&web, &mut ctx, app, DAYS).await?;
    drop(ctx);
    let waits = asked.is_waiting();
    let asked = asked.view(&web, &subject, opened.member()?).await?;
    let change = waiting.map(|waiting| change_notice(app, &waiting));
    let calm = (!waits && opened.ending.is_empty() && notice(app).is_none() && change.is_none())
        .then(|| view! { <p class="calm">{text::NOTHING_TO_DO}</p> });
    let mut facts = standing(&web, app);
    if let Some(newest) = versions.first() {
        let number = newest.number;
        let href = format!("{}#versions", Tab::Registration.of(&app.id));
        facts.push(Fact::new(VERSIONS, view! { <a class="usa-link" id="versions" href=href>{version(number)}</a> }));
    }
    let activity = Tab::Activity.of(&app.id);
    let (to_usage, to_history) = (format!("{activity}#usage"), format!("{activity}#history"));
    let view = view! {
        <div class="measure">
            {notice(app)}
            {asked}
            {change}
            {secrets_end(&app.id, &opened.ending)}
            {calm}
            <h2>{text::STANDING}</h2>
            <Copied id="client-id" name=CLIENT_ID value=app.client_id.to_string() />
            <Summary facts />
            <div class="actions">{edit(app)} {promote(app)} {switch::button(app)}</div>
            <section id="usage">
                <h2>{text::USAGE}</h2>
                <p>{usage::connected(members)}" "{usage_text::calls(grouped(calls))}</p>
                <p><a class="usa-link" href=to_usage>{text::SEE_USAGE}</a></p>
            </section>
            <section id="history">
                <h2>{HISTORY}</h2>
                <Timeline events />
                <p><a class="usa-link" href=to_history>{text::SEE_ACTIVITY}</a></p>
            </section>
        </div>
    };
    Ok(opened.page(Tab::Overview, view))
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

/// That a change of an approved app waits, and where it is.
fn change_notice(app: &Application, waiting: &WaitingEdit<ApplicationDraft>) -> impl IntoView + use<> {
    let (tone, heading, text) = match waiting.state {
        Approval::InformationAsked => (Tone::Warning, text::CHANGE_ASKED, text::ABOUT_CHANGE_ASKED),
        Approval::Denied => (Tone::Error, text::CHANGE_DENIED, text::ABOUT_CHANGE_DENIED),
        _ => (Tone::Info, text::CHANGE_PENDING, text::ABOUT_CHANGE_PENDING),
    };
    let href = Tab::Registration.of(&app.id);
    view! {
        <Alert tone heading=heading>
            <p>{text}</p>
            <p><a class="usa-link" href=href>{text::SEE_CHANGE}</a></p>
        </Alert>
    }
}

/// What ends soon, by when.
fn secrets_end(app: &ApplicationId, ending: &[SecretInfo]) -> Option<impl IntoView + use<>> {
    let line = |end: Timestamp| {
        let at = move |_, _| view! { <Time at=end /> }.into_any();
        view! { <li>{marked(text::SECRET_ENDS, at)}</li> }
    };
    let lines = ending.iter().filter_map(|secret| secret.expires_at).map(line).collect_view();
    let href = Tab::Credentials.of(app);
    (!ending.is_empty()).then(|| {
        view! {
            <Alert tone=Tone::Warning heading=text::SECRETS_END>
                <ul class="usa-list">{lines}</ul>
                <p><a class="usa-link" href=href>{text::SEE_CREDENTIALS}</a></p>
            </Alert>
        }
    })
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
