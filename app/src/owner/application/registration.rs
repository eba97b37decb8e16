//! `/owner/applications/{id}/registration`: what the app is registered as, its versions, a change that waits, and what the vendor
//! can do with it.

use leptos::prelude::*;
use model::{application_form::ApplicationDraft, partition::Environment, team::TeamRole};
use registry::{
    WaitingEdit,
    applications::{self, Application},
    team::Member,
};

use super::{Opened, Tab};
use crate::{
    components::{
        application::{ApplicationFacts, details, fields, registration},
        changes::Changes,
        versions::{self, Reader},
    },
    failure::Failure,
    owner::{applications as list, new_application, switch},
    page::Page,
    texts::{
        owner::{DELETE, EDIT, application as text},
        registry::{APPROVED, CHANGE},
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (opened, mut ctx) = Opened::of(&web).await?;
    let app = &opened.app;
    let waiting = applications::waiting(&mut ctx, app).await?;
    let versions = versions::section(&web, &mut ctx, &app.subject(), Reader::Vendor).await?;
    drop(ctx);
    let change = waiting.map(|waiting| waiting_change(&web, app, &waiting));
    let view = view! {
        {buttons(app)}
        {change}
        <div class="measure">
            <h2>{text::REGISTERED_AS}</h2>
            <ApplicationFacts details=details(&web.services.programs, &app.registration)
                registration=registration(&app.organization_name, &app.registration) />
        </div>
        {versions}
        {ends(app, opened.member()?)}
    };
    Ok(opened.page(Tab::Registration, view))
}

/// The change of an approved app, beside what is in effect.
fn waiting_change(web: &Web, app: &Application, waiting: &WaitingEdit<ApplicationDraft>) -> impl IntoView + use<> {
    let programs = &web.services.programs;
    view! {
        <section id="change">
            <h2>{text::THE_CHANGE}</h2>
            <Changes before=fields(programs, &app.registration) after=fields(programs, &waiting.registration)
                columns=[APPROVED, CHANGE] />
        </section>
    }
}

/// Opens a draft with the values of a sandbox app, for production. The sandbox app stays as it is.
pub fn promote(app: &Application) -> Option<AnyView> {
    let href = format!("{}?from={}", new_application::details::PATH, app.id);
    let sandbox = app.registration.environment == Environment::Sandbox;
    sandbox.then(|| view! { <a class="usa-button usa-button--outline" href=href>{text::PROMOTE}</a> }.into_any())
}

/// Opens the form; while the app is blocked there is none.
pub fn edit(app: &Application) -> Option<AnyView> {
    let href = format!("{}/edit", list::path(app));
    (!app.liveness().is_blocked()).then(|| view! { <a class="usa-button" href=href>{EDIT}</a> }.into_any())
}

fn buttons(app: &Application) -> impl IntoView + use<> {
    let promote = promote(app);
    let hint = promote.is_some().then(|| view! { <p class="usa-hint">{text::ABOUT_PROMOTE}</p> });
    view! { <div class="actions">{edit(app)} {promote}</div> {hint} }
}

/// What stops the app, at the end of the page.
fn ends(app: &Application, member: &Member) -> impl IntoView + use<> {
    let blocked = app.liveness().is_blocked();
    let href = format!("{}/delete", list::path(app));
    let delete = (member.role == TeamRole::Owner && !blocked)
        .then(|| view! { <a class="usa-button usa-button--unstyled" href=href>{DELETE}</a> });
    view! { <div class="actions">{switch::button(app)} {delete}</div> }
}
