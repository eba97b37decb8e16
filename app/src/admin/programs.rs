//! `/admin/programs`: what is configured.

use ::payers::{
    code_hook::CodeHook,
    health::{self, Health},
    provider::Provider,
};
use ::programs::{
    program::{Program, RefreshRotation, UnknownScopes},
    surface::{Surface, SurfaceKind},
};
use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    components::{
        alert::Tone,
        status::Status,
        summary::{Fact, Summary},
        table::Table,
        time::{Time, show_in},
    },
    failure::Failure,
    page::Page,
    texts::registry::environment,
    web::Web,
};

pub const PATH: &str = "/admin/programs";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let surfaces = web.services.programs.surfaces(&web.services.public_url);
    let payers = Payers::of(&web).await?;
    let programs =
        web.services.programs.iter().map(|program| of_program(&web, program, &surfaces, &payers)).collect_view();
    let view = view! {
        <h1>"Programs & payers"</h1>
        <p>"What this deployment serves, as its program files say. A file is changed with the deployment, not here."</p>
        {programs}
    };
    Ok(desk.page("Programs & payers", view).at(PATH))
}

fn of_program(web: &Web, program: &Program, surfaces: &[Surface], known: &Payers<'_>) -> impl IntoView + use<> {
    show_in(&web.services.programs, [&program.id]);
    let days: Vec<String> = program.lifetimes.grant_days_choices.iter().map(ToString::to_string).collect();
    let rotation = match program.refresh_rotation {
        RefreshRotation::Never => "Never",
        RefreshRotation::Public => "For public clients",
        RefreshRotation::Always => "Always",
    };
    let unknown = match program.unknown_scopes {
        UnknownScopes::Refuse => "Refused",
        UnknownScopes::Ignore => "Left out; the answer says what was granted",
    };
    let facts = vec![
        Fact::new("ID", view! { <code>{program.id.to_string()}</code> }),
        Fact::new("Access token", format!("{} seconds", program.lifetimes.access_token.as_secs())),
        Fact::new(
            "Consent lasts",
            format!("{} days; members choose from {}", program.lifetimes.grant_days, days.join(", ")),
        ),
        Fact::new("New refresh tokens", rotation),
        Fact::new(
            "A refresh token without offline_access",
            if program.refresh_without_offline_access { "Yes" } else { "No" },
        ),
        Fact::new("Scopes", program.scopes.len()),
        Fact::new("Scopes that are not known", unknown),
        Fact::new(
            "Resources",
            program.resources.iter().map(|resource| resource.kind.clone()).collect::<Vec<_>>().join(", "),
        ),
        Fact::new("Support", program.support.email.clone()),
        Fact::new("Time zone", program.time_zone.clone()),
    ];
    let bases = surfaces.iter().filter(|surface| surface.program == program.id).map(base).collect();
    let payer = |payer: &::programs::program::Payer| {
        vec![payer.name.clone().into_any(), view! { <code>{payer.id.to_string()}</code> }.into_any()]
    };
    let payers = program.payers.iter().map(payer).collect();
    let own = known.providers.iter().filter(|(provider, _)| provider.home.partition.program == program.id);
    let providers: Vec<_> = own.map(|(provider, health)| provider_row(provider, health)).collect();
    let own = known.hooks.iter().filter(|(hook, _)| hook.home.partition.program == program.id);
    let hooks: Vec<_> = own.map(|(hook, health)| hook_row(hook, health)).collect();
    view! {
        <h2>{program.name.clone()}</h2>
        <Summary facts />
        <Table caption="Bases" columns=vec!["Base", "Kind", "Environments"] rows=bases />
        <Table caption="Payers" columns=vec!["Payer", "ID"] rows=payers />
        {(!providers.is_empty()).then(|| {
            let columns = vec!["Identity provider of", "Environment", "Issuer", "State", "Last sign-in", "Last failure"];
            view! { <Table caption="Payers' identity providers" columns rows=providers /> }
        })}
        {(!hooks.is_empty()).then(|| {
            let columns = vec!["Codes for members of", "Environment", "By", "Code hook", "State", "Last code", "Last failure"];
            view! { <Table caption="Payers' code hooks" columns rows=hooks /> }
        })}
    }
}

/// What the deployment knows of payers, with how it did lately.
struct Payers<'w> {
    providers: Vec<(&'w Provider, Health)>,
    hooks: Vec<(&'w CodeHook, Health)>,
}

impl<'w> Payers<'w> {
    async fn of(web: &'w Web) -> Result<Self, Failure> {
        let mut ctx = web.services.store.read().await?;
        let (mut providers, mut hooks) = (Vec::new(), Vec::new());
        for provider in web.services.payers.iter() {
            providers.push((provider, health::of(&mut ctx, &provider.home).await?));
        }
        for hook in web.services.payers.code_hooks() {
            hooks.push((hook, health::of(&mut ctx, &hook.home).await?));
        }
        Ok(Self { providers, hooks })
    }
}

fn provider_row(provider: &Provider, health: &Health) -> Vec<AnyView> {
    let [state, succeeded, failed] = lately(health);
    vec![
        provider.name.clone().into_any(),
        environment(provider.home.partition.environment).into_any(),
        view! { <code class="breakable">{provider.issuer.as_str().to_owned()}</code> }.into_any(),
        state,
        succeeded,
        failed,
    ]
}

fn hook_row(hook: &CodeHook, health: &Health) -> Vec<AnyView> {
    let [state, succeeded, failed] = lately(health);
    let channels: Vec<&str> = hook.channels.iter().map(|channel| channel.as_str()).collect();
    vec![
        hook.name.clone().into_any(),
        environment(hook.home.partition.environment).into_any(),
        channels.join(", ").into_any(),
        view! { <code class="breakable">{hook.url.to_string()}</code> }.into_any(),
        state,
        succeeded,
        failed,
    ]
}

/// How it does, when it last went well, and when and why it did not.
fn lately(health: &Health) -> [AnyView; 3] {
    let time = |at: jiff::Timestamp| view! { <Time at /> };
    let never = || "Never".into_any();
    let (tone, state) = match health.is_well() {
        Some(true) => (Tone::Success, "Works"),
        Some(false) => (Tone::Error, "Fails"),
        None => (Tone::Info, "Not used yet"),
    };
    let failure = health.failure.clone();
    [
        view! { <Status tone text=state /> }.into_any(),
        health.succeeded_at.map_or_else(never, |at| time(at).into_any()),
        health.failed_at.map_or_else(never, |at| view! { {time(at)} ": " {failure} }.into_any()),
    ]
}

fn base(surface: &Surface) -> Vec<AnyView> {
    let kind = match surface.kind {
        SurfaceKind::Authz => "Authorization server",
        SurfaceKind::Fhir => "FHIR",
        SurfaceKind::Public => "Public directory",
    };
    let environments: Vec<&str> = surface.environments.iter().map(|kind| environment(*kind)).collect();
    vec![
        view! { <code class="breakable">{surface.base().to_owned()}</code> }.into_any(),
        kind.into_any(),
        environments.join(", ").into_any(),
    ]
}
