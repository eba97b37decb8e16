//! `/admin/programs`: what is configured.

use ::payers::{
    code_hook::CodeHook,
    health::{self, Health},
    provider::Provider,
};
use ::programs::{program::Program, surface::Surface};
use leptos::prelude::*;
use model::{
    account::Role,
    partition::{Environment, Partition},
};

use super::{configuration, criteria, desk::Desk, representatives};
use crate::{
    components::{
        alert::Tone,
        marked::marked,
        status::Status,
        summary::{Fact, Summary},
        table::Table,
        time::{Time, show_in},
    },
    failure::Failure,
    page::Page,
    texts::{
        admin::{ENVIRONMENT, ID, configuration as configuration_text, criteria as criteria_text, programs as text},
        registry::{environment, yes_no},
    },
    web::Web,
};

pub const PATH: &str = "/admin/programs";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let surfaces = web.services.programs.surfaces(&web.services.public_url);
    let payers = Payers::of(&web).await?;
    let read = representatives::may_read(&desk);
    let programs =
        web.services.programs.iter().map(|program| of_program(&web, program, &surfaces, &payers, read)).collect_view();
    let check = desk.roles.contains(&Role::Administrator).then(|| {
        view! { <p><a class="usa-link" href=configuration::PATH>{configuration_text::SEE}</a></p> }
    });
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p>{text::ABOUT}</p>
        <p><a class="usa-link" href=criteria::PATH>{criteria_text::TITLE}</a></p>
        {check}
        {programs}
    };
    Ok(desk.page(text::TITLE, view).at(PATH))
}

fn of_program(
    web: &Web,
    program: &Program,
    surfaces: &[Surface],
    known: &Payers<'_>,
    may_read: bool,
) -> impl IntoView + use<> {
    show_in(&web.services.programs, [&program.id]);
    let days: Vec<String> = program.lifetimes.grant_days_choices.iter().map(ToString::to_string).collect();
    let facts = vec![
        Fact::new(ID, view! { <code>{program.id.to_string()}</code> }),
        Fact::new(text::ACCESS_TOKEN, text::seconds(program.lifetimes.access_token.as_secs())),
        Fact::new(text::CONSENT_LASTS, text::consent_days(program.lifetimes.grant_days, days.join(", "))),
        Fact::new(text::NEW_REFRESH_TOKENS, text::rotation(program.refresh_rotation)),
        Fact::new(text::WITHOUT_OFFLINE_ACCESS, yes_no(program.refresh_without_offline_access)),
        Fact::new(text::TWO_PEOPLE, yes_no(program.two_person_review)),
        Fact::new(text::SCOPES, program.scopes.len()),
        Fact::new(text::UNKNOWN_SCOPES, text::unknown_scopes(program.unknown_scopes)),
        Fact::new(
            text::RESOURCES,
            program.resources.iter().map(|resource| resource.kind.clone()).collect::<Vec<_>>().join(", "),
        ),
        Fact::new(text::SUPPORT, program.support.email.clone()),
        Fact::new(text::TIME_ZONE, program.time_zone.clone()),
    ];
    let bases = surfaces.iter().filter(|surface| surface.program == program.id).map(base).collect();
    let payer = |payer: &::programs::program::Payer| {
        vec![payer.name.clone().into_any(), view! { <code>{payer.id.to_string()}</code> }.into_any()]
    };
    let payers = program.payers.iter().map(payer).collect();
    let tables = known.tables(program);
    view! {
        <h2>{program.name.clone()}</h2>
        <Summary facts />
        {may_read.then(|| representatives_of(program))}
        <Table caption=text::BASES columns=vec![text::BASE, text::KIND, text::ENVIRONMENTS] rows=bases />
        <Table caption=text::PAYERS columns=vec![text::PAYER, ID] rows=payers />
        {tables}
    }
}

/// Leads to who may act for members, in each environment.
fn representatives_of(program: &Program) -> impl IntoView + use<> {
    let environments = [Environment::Production, Environment::Sandbox].into_iter().filter(|one| program.serves(*one));
    let link = |one: Environment| {
        let to = representatives::path(&Partition::new(&program.id, one));
        view! { <li><a class="usa-link" href=to>{text::representatives(environment(one))}</a></li> }
    };
    view! { <ul class="usa-list usa-list--unstyled">{environments.map(link).collect_view()}</ul> }
}

/// The payers' services that the deployment uses, each with how well it worked lately.
pub struct Payers<'w> {
    providers: Vec<(&'w Provider, Health)>,
    hooks: Vec<(&'w CodeHook, Health)>,
}

impl<'w> Payers<'w> {
    pub async fn of(web: &'w Web) -> Result<Self, Failure> {
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

    /// How those of a program did; `None` if it has none.
    pub fn tables(&self, program: &Program) -> Option<impl IntoView + use<>> {
        let own = self.providers.iter().filter(|(provider, _)| provider.home.partition.program == program.id);
        let providers: Vec<_> = own.map(|(provider, health)| provider_row(provider, health)).collect();
        let own = self.hooks.iter().filter(|(hook, _)| hook.home.partition.program == program.id);
        let hooks: Vec<_> = own.map(|(hook, health)| hook_row(hook, health)).collect();
        if providers.is_empty() && hooks.is_empty() {
            return None;
        }
        Some(view! {
            {(!providers.is_empty()).then(|| {
                let columns = vec![
                    text::PROVIDER_OF, ENVIRONMENT, text::ISSUER, text::STATE, text::LAST_SIGN_IN, text::LAST_FAILURE,
                    text::KEYS_READ,
                ];
                view! { <Table caption=text::PROVIDERS columns rows=providers /> }
            })}
            {(!hooks.is_empty()).then(|| {
                let columns = vec![
                    text::CODES_FOR, ENVIRONMENT, text::CODES_BY, text::HOOK, text::STATE, text::LAST_CODE,
                    text::LAST_FAILURE,
                ];
                view! { <Table caption=text::HOOKS columns rows=hooks /> }
            })}
        })
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
        provider.keys_fetched_at().map_or_else(|| text::NOT_READ.into_any(), |at| view! { <Time at /> }.into_any()),
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

/// Whether it works, when it last worked, and when and why it last failed.
fn lately(health: &Health) -> [AnyView; 3] {
    let time = |at: jiff::Timestamp| view! { <Time at /> };
    let never = || text::NEVER.into_any();
    let (tone, state) = match health.is_well() {
        Some(true) => (Tone::Success, text::WORKS),
        Some(false) => (Tone::Error, text::FAILS),
        None => (Tone::Info, text::NOT_USED),
    };
    let failure = health.failure.clone();
    let since = health.failing_since.filter(|_| health.is_well() == Some(false)).map(|at| {
        view! { <span class="line">{marked(text::SINCE, |_, _| view! { <Time at /> }.into_any())}</span> }
    });
    [
        view! { <Status tone text=state /> {since} }.into_any(),
        health.succeeded_at.map_or_else(never, |at| time(at).into_any()),
        health.failed_at.map_or_else(never, |at| view! { {time(at)} ": " {failure} }.into_any()),
    ]
}

fn base(surface: &Surface) -> Vec<AnyView> {
    let environments: Vec<&str> = surface.environments.iter().map(|kind| environment(*kind)).collect();
    vec![
        view! { <code class="breakable">{surface.base().to_owned()}</code> }.into_any(),
        text::surface(surface.kind).into_any(),
        environments.join(", ").into_any(),
    ]
}
