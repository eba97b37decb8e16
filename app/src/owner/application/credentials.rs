//! `/owner/applications/{id}/credentials`: with what the app authenticates: its ID, its secrets and its public keys.

use std::collections::BTreeMap;

use ::usage::figures;
use jiff::Timestamp;
use leptos::prelude::*;
use model::application::ClientKind;
use registry::{
    applications::Application,
    client_keys::{self, KeysInfo},
    credentials::SecretInfo,
};

use super::{Opened, Tab};
use crate::{
    components::{copied::Copied, marked::marked, time::Time},
    failure::Failure,
    owner::{applications as list, keys, secret_end, usage},
    page::Page,
    texts::owner::{
        application as text,
        credentials::{CLIENT_ID, GENERATE},
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (opened, mut ctx) = Opened::of(&web).await?;
    let app = &opened.app;
    let keys = client_keys::of_application(&mut ctx, opened.member()?, &app.id).await?;
    let last_uses = figures::credentials(&mut ctx, &app.client_id).await?;
    drop(ctx);
    let confidential = app.registration.client_kind == ClientKind::Confidential;
    let secrets = if confidential {
        secrets_view(app, opened.secrets.clone(), keys, last_uses).into_any()
    } else {
        view! { <p>{text::NO_SECRET}</p> }.into_any()
    };
    let view = view! {
        <div class="measure">
            <h2>{CLIENT_ID}</h2>
            <Copied id="client-id" name=CLIENT_ID value=app.client_id.to_string() />
            {secrets}
        </div>
    };
    Ok(opened.page(Tab::Credentials, view))
}

fn secrets_view(
    app: &Application,
    secrets: Vec<SecretInfo>,
    keys: Option<KeysInfo>,
    last_uses: BTreeMap<String, Timestamp>,
) -> impl IntoView + use<> {
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
    let lines = secrets.into_iter().map(line).collect_view();
    view! {
        <h2>{text::SECRETS}</h2>
        <ul class="usa-list">{lines}</ul>
        <p><a class="usa-button usa-button--outline" href=format!("{}/secret", list::path(app))>{GENERATE}</a></p>
        {keys::section(app, keys, last_uses.clone())}
    }
}
