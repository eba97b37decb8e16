//! `/owner/applications/{id}/registered`: the answer to a registration, with the Client ID, and the secret this once.

use leptos::prelude::*;
use model::{application::ClientKind, id::ApplicationId, partition::Environment};
use programs::text::RegistrationSuccess;
use registry::applications::{self, Application};

use crate::{
    components::dialog::Dialog,
    failure::Failure,
    islands::copy::CopyButton,
    owner::{applications as list, reveal, vendor::Vendor},
    page::Page,
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let id = ApplicationId::new(web.request.param("id")?);
    let app = applications::get(&mut web.services.store.read().await?, vendor.member()?.1, &id).await?;
    let secret = reveal::take(&web, &id).await?;
    let texts = web.services.programs.iter().find(|program| app.registration.programs.contains(&program.id));
    let texts = &texts.ok_or(Failure::NotFound)?.registration.success;
    let sentences = sentences(texts, &app).join(" ");
    let view = view! {
        <Dialog title=texts.title.clone()>
            <p>{sentences}</p>
            <Credentials app=app.clone() secret />
            <p class="actions"><a class="usa-button" href=list::path(&app)>"OK"</a></p>
        </Dialog>
    };
    Ok(vendor.page(texts.title.clone(), view).at(list::PATH))
}

/// What is true of this app, in the order in which the seed programs say it.
fn sentences<'a>(texts: &'a RegistrationSuccess, app: &Application) -> Vec<&'a str> {
    let live = app.liveness();
    let sandbox = app.registration.environment == Environment::Sandbox;
    let reviewed = !app.approval.is_granted();
    let confidential = app.registration.client_kind == ClientKind::Confidential;
    let sentences = [
        Some(&texts.thanks),
        sandbox.then_some(&texts.sandbox_active),
        (!sandbox && live.public().is_ok()).then_some(&texts.public_active),
        reviewed.then_some(&texts.patient_review),
        Some(if confidential { &texts.record_credentials } else { &texts.record_client_id }),
        confidential.then_some(&texts.lost_credentials),
        reviewed.then_some(&texts.patient_upon_approval),
        Some(&texts.questions),
    ];
    sentences.into_iter().flatten().map(String::as_str).collect()
}

/// Client ID and secret, each with its copy button. The secret is not in the page again once it has been shown.
#[component]
pub fn Credentials(app: Application, secret: Option<String>) -> impl IntoView {
    let confidential = app.registration.client_kind == ClientKind::Confidential;
    let another = format!("{}/secret", list::path(&app));
    let secret = match secret {
        Some(secret) => view! {
            <Credential id="client-secret" name="Secret ID" value=secret />
            <p class="usa-hint">"This is the only time the secret is shown."</p>
        }
        .into_any(),
        None => view! {
            <p>
                "The secret was shown once and is not kept. If you lost it, "<a class="usa-link" href=another>"generate a new secret"</a>"."
            </p>
        }
        .into_any(),
    };
    view! {
        <Credential id="client-id" name="Client ID" value=app.client_id.to_string() />
        {confidential.then_some(secret)}
    }
}

/// One of them.
#[component]
pub fn Credential(id: &'static str, name: &'static str, #[prop(into)] value: String) -> impl IntoView {
    view! {
        <div class="credential">
            <div>
                <span class="credential__name">{name}":"</span>
                <code id=id>{value}</code>
            </div>
            <CopyButton source=id.to_owned() label=name.to_owned() />
        </div>
    }
}
