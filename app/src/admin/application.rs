//! `/admin/applications/{id}`: all that is known of an app.

use leptos::prelude::*;
use model::{application::Standing, id::ApplicationId};
use registry::{
    applications::{self, Application},
    client_keys::{self, KeysInfo},
    credentials::{self, SecretInfo},
    reviews,
};

use super::{comment, desk::Desk, error_page, organization::rounds_view, search};
use crate::{
    components::{
        alert::Tone,
        application::{ApplicationFacts, details, registration},
        entries,
        history::History,
        keys::RegisteredKeys,
        status::Status,
        summary::{Fact, Summary},
        time::{Time, show_in},
    },
    failure::Failure,
    page::Page,
    texts::registry::{access_status, application_status, vendors_switch},
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let id = ApplicationId::new(web.request.param("id")?);
    let mut ctx = web.services.store.read().await?;
    let app = applications::get_any(&mut ctx, &id).await?;
    let subject = app.subject();
    let rounds = reviews::of_subject(&mut ctx, &subject).await?;
    let (events, pages) = entries::page(&web, &mut ctx, &subject, entries::staff).await?;
    let secrets = credentials::live_of_any(&mut ctx, &id).await?;
    let keys = client_keys::of_any(&mut ctx, &id).await?;
    drop(ctx);
    let may_act = desk.may_review() && !desk.belongs_to(&web, &subject).await?;
    let comment = if may_act { Some(comment::section(&web, &subject).await?) } else { None };
    let (tone, text) = application_status(app.liveness());
    show_in(&web.services.programs, &app.registration.programs);
    let view = view! {
        <div class="heading-row"><h1>{app.name().to_owned()}</h1> <Status tone text /></div>
        <Summary facts=facts(&app, secrets, keys) />
        {may_act.then(|| block_link(&app))}
        {rounds_view(&web, rounds)}
        <ApplicationFacts details=details(&web.services.programs, &app.registration)
            registration=registration(&app.organization_name, &app.registration) />
        <History events pages>{comment}</History>
    };
    Ok(desk.page(app.name(), view).under(search::PATH, "Search"))
}

fn facts(app: &Application, secrets: Vec<SecretInfo>, keys: Option<KeysInfo>) -> Vec<Fact> {
    let organization = format!("/admin/organizations/{}", app.organization);
    let live = app.liveness();
    let status = |(tone, text): (Tone, &'static str)| view! { <Status tone text /> };
    vec![
        Fact::new("Organization", view! { <a class="usa-link" href=organization>{app.organization_name.clone()}</a> }),
        Fact::new("Client ID", view! { <code class="breakable">{app.client_id.to_string()}</code> }),
        Fact::new("Secrets", secrets_view(secrets)),
        Fact::new(
            "Public keys",
            keys.map_or_else(|| "None".into_any(), |info| view! { <RegisteredKeys info /> }.into_any()),
        ),
        Fact::new("Public access", status(access_status(live.public()))),
        Fact::new("Patient access", status(access_status(live.patient()))),
        Fact::new("Switch of the vendor", vendors_switch(app.standing)),
        Fact::new(
            "Blocked by an administrator",
            app.blocked_at.map_or_else(|| "No".into_any(), |at| view! { "Since "<Time at /> }.into_any()),
        ),
        Fact::new("Errors of its requests", error_page::fact(app)),
        Fact::new("Registered", view! { <Time at=app.created_at /> }),
        Fact::new("Changed", view! { <Time at=app.updated_at /> }),
    ]
}

/// When each was made; nobody sees the secret itself again.
fn secrets_view(secrets: Vec<SecretInfo>) -> AnyView {
    if secrets.is_empty() {
        return "None".into_any();
    }
    let line = |secret: SecretInfo| {
        let until = secret.expires_at.map(|at| view! { ", works until "<Time at /> });
        view! { <li>"Made "<Time at=secret.created_at /> {until}</li> }
    };
    view! { <ul class="usa-list usa-list--unstyled">{secrets.into_iter().map(line).collect_view()}</ul> }.into_any()
}

fn block_link(app: &Application) -> Option<impl IntoView + use<>> {
    if app.standing == Standing::Deleted {
        return None;
    }
    let text = if app.blocked_at.is_some() { "Unblock" } else { "Block" };
    let path = format!("/admin/applications/{}/block", app.id);
    Some(view! {
        <div class="actions">
            <a class="usa-button usa-button--outline" href=path>{text}</a>
            {error_page::button(app)}
        </div>
    })
}
