//! What an app is registered as, for its owner and for reviewers alike.

use leptos::prelude::*;
use model::application_form::{self, ApplicationDraft, PlatformEntry, SupportContact};
use programs::Programs;

use crate::{
    components::{
        link::External,
        summary::{Fact, Summary},
        table::Table,
    },
    texts::registry as words,
};

/// Everything that was typed under "App Details".
pub fn details(programs: &Programs, app: &ApplicationDraft) -> Vec<Fact> {
    let privacy = match &app.privacy_url {
        Some(url) => view! { <External url=url.to_string() /> }.into_any(),
        None => "That of the organization".into_any(),
    };
    vec![
        Fact::new("App Name", app.name.to_string()),
        Fact::new("Application Access Type", words::access(app.access)),
        Fact::new("Programs", program_names(programs, app)),
        Fact::new("Application Environment", words::environment(app.environment)),
        Fact::new("Privacy Policy URL", privacy),
        Fact::new("Redirect URL", view! { <code class="breakable">{app.redirect_uri.to_string()}</code> }),
        Fact::new("App Description", view! { <span class="prewrap">{app.description.to_string()}</span> }),
    ]
}

/// Everything that was typed under "Application Registration".
pub fn registration(company: &str, app: &ApplicationDraft) -> Vec<Fact> {
    let SupportContact { phone, email, website, name } = &app.support;
    let PlatformEntry { platform, id, name: platform_name } = &app.platform;
    vec![
        Fact::new("Name of your company", company.to_owned()),
        Fact::new("Support contact name", name.to_string()),
        Fact::new("Phone", phone.to_string()),
        Fact::new("Email", email.to_string()),
        Fact::new("Website", view! { <External url=website.to_string() /> }),
        Fact::new("Platform", application_form::platform(*platform)),
        Fact::new("ID on the platform", id.as_ref().map_or_else(|| "None".to_owned(), ToString::to_string)),
        Fact::new("Name of Application for this platform", platform_name.to_string()),
        Fact::new("Client type", words::client_kind(app.client_kind)),
    ]
}

/// All of it.
#[component]
pub fn ApplicationFacts(details: Vec<Fact>, registration: Vec<Fact>) -> impl IntoView {
    view! {
        <h3>"App Details"</h3>
        <Summary facts=details />
        <h3>"Application Registration"</h3>
        <Summary facts=registration />
    }
}

/// The fields that differ, each as it is and as it would be.
pub fn changes(programs: &Programs, before: &ApplicationDraft, after: &ApplicationDraft) -> impl IntoView + use<> {
    let rows = texts(programs, before).into_iter().zip(texts(programs, after));
    let rows = rows.filter(|((_, before), (_, after))| before != after).map(|((label, before), (_, after))| {
        let text = |text: String| view! { <span class="prewrap breakable">{text}</span> }.into_any();
        vec![label.into_any(), text(before), text(after)]
    });
    view! { <Table caption="Changed fields" columns=vec!["Field", "Approved", "Change"] rows=rows.collect() /> }
}

/// Every field that an edit can change, as text.
fn texts(programs: &Programs, app: &ApplicationDraft) -> Vec<(&'static str, String)> {
    let own = || "That of the organization".to_owned();
    let SupportContact { phone, email, website, name } = &app.support;
    let PlatformEntry { platform, id, name: platform_name } = &app.platform;
    vec![
        ("App Name", app.name.to_string()),
        ("Application Access Type", words::access(app.access).to_owned()),
        ("Programs", program_names(programs, app)),
        ("Privacy Policy URL", app.privacy_url.as_ref().map_or_else(own, ToString::to_string)),
        ("Redirect URL", app.redirect_uri.to_string()),
        ("App Description", app.description.to_string()),
        ("Support contact name", name.to_string()),
        ("Phone", phone.to_string()),
        ("Email", email.to_string()),
        ("Website", website.to_string()),
        ("Platform", application_form::platform(*platform).to_owned()),
        ("ID on the platform", id.as_ref().map_or_else(|| "None".to_owned(), ToString::to_string)),
        ("Name of Application for this platform", platform_name.to_string()),
    ]
}

/// `Optum Idaho, Optum Physical Health CA`
pub fn program_names(programs: &Programs, app: &ApplicationDraft) -> String {
    let name = |id| programs.get(id).map_or_else(|| format!("{id}"), |program| program.name.clone());
    app.programs.iter().map(name).collect::<Vec<_>>().join(", ")
}
