//! `/owner/applications/{id}/registered`: the answer to a registration, with the Client ID and, this once, the secret.

use leptos::prelude::*;
use model::{application::ClientKind, id::ApplicationId, partition::Environment};
use programs::text::RegistrationSuccess;
use registry::applications::{self, Application};

use crate::{
    components::{copied::Copied, dialog::Dialog, marked::linked},
    failure::Failure,
    owner::{applications as list, reveal, vendor::Vendor},
    page::Page,
    texts::owner::{OK, credentials as text},
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let id = ApplicationId::new(web.request.param("id")?);
    let vendor = Vendor::of_app(&web, &id).await?;
    let app = applications::get(&mut web.services.store.read().await?, vendor.member()?.1, &id).await?;
    let secret = reveal::take(&web, &id).await?;
    let texts = web.services.programs.iter().find(|program| app.registration.programs.contains(&program.id));
    let texts = &texts.ok_or(Failure::NotFound)?.registration.success;
    let paragraphs = paragraphs(texts, &app).map(|text| view! { <p>{text}</p> }).collect_view();
    let view = view! {
        <Dialog title=texts.title.clone()>
            {paragraphs}
            <Credentials app=app.clone() secret />
            <p class="actions"><a class="usa-button" href=list::path(&app)>{OK}</a></p>
        </Dialog>
    };
    Ok(vendor.page(texts.title.clone(), view).at(list::PATH))
}

/// What is true of this app, in the order of the seed programs.
fn paragraphs(texts: &RegistrationSuccess, app: &Application) -> impl Iterator<Item = String> {
    let sandbox = app.registration.environment == Environment::Sandbox;
    let public = !sandbox && app.liveness().public().is_ok();
    let reviewed = !app.approval.is_granted();
    let confidential = app.registration.client_kind == ClientKind::Confidential;
    let paragraphs: [&[(bool, &str)]; 4] = [
        &[
            (true, &texts.thanks),
            (sandbox, &texts.sandbox_active),
            (public, &texts.public_active),
            (reviewed, &texts.patient_review),
        ],
        &[
            (confidential, &texts.record_credentials),
            (!confidential, &texts.record_client_id),
            (confidential, &texts.lost_credentials),
        ],
        &[(reviewed, &texts.patient_upon_approval)],
        &[(true, &texts.questions)],
    ];
    let join = |sentences: &[(bool, &str)]| {
        let sentences = sentences.iter().filter(|(is_true, _)| *is_true).map(|(_, sentence)| *sentence);
        sentences.collect::<Vec<_>>().join(" ")
    };
    paragraphs.map(join).into_iter().filter(|paragraph| !paragraph.is_empty())
}

/// Client ID and secret, each with its copy button. Once the page has shown the secret, it does not contain it again.
#[component]
pub fn Credentials(app: Application, secret: Option<String>) -> impl IntoView {
    let confidential = app.registration.client_kind == ClientKind::Confidential;
    let another = format!("{}/secret", list::path(&app));
    let secret = match secret {
        Some(secret) => view! {
            <Copied id="client-secret" name=text::SECRET_ID value=secret />
            <p class="usa-hint">{text::SHOWN_ONCE}</p>
        }
        .into_any(),
        None => view! { <p>{linked(text::SHOWN_BEFORE, another)}</p> }.into_any(),
    };
    view! {
        <Copied id="client-id" name=text::CLIENT_ID value=app.client_id.to_string() />
        {confidential.then_some(secret)}
    }
}
