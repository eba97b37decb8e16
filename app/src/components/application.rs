//! What an app is registered as, for its owner and for reviewers alike.

use leptos::prelude::*;
use model::{
    application_form::{self, ApplicationDraft, DetailsForm, RegistrationForm},
    https_url::HttpsUrl,
    logo::LogoDigest,
    text::Statement,
};
use programs::Programs;

use crate::{
    components::{
        changes::Field,
        labels::Labels,
        link::External,
        logo,
        summary::{Fact, Summary},
    },
    texts::{
        owner::new_application::{COMPANY, DETAILS, REGISTRATION},
        registry as text,
    },
};

/// One field of the registration.
struct Entry {
    name: String,
    text: String,
    shape: Shape,
}

/// How it is shown.
enum Shape {
    Plain,
    Link,
    Code,
    /// With its line breaks.
    Lines,
    /// The picture; the text is the app's name.
    Logo(LogoDigest),
}

impl Entry {
    fn new(name: impl Into<String>, text: impl ToString) -> Self {
        Self { name: name.into(), text: text.to_string(), shape: Shape::Plain }
    }

    fn shaped(self, shape: Shape) -> Self {
        Self { shape, ..self }
    }

    fn fact(self) -> Fact {
        let text = self.text;
        let value = match self.shape {
            Shape::Plain => text.into_any(),
            Shape::Link => view! { <External url=text /> }.into_any(),
            Shape::Code => view! { <code class="breakable">{text}</code> }.into_any(),
            Shape::Logo(logo) => logo::alone(&text, &logo),
            Shape::Lines => view! { <span class="prewrap">{text}</span> }.into_any(),
        };
        Fact::new(self.name, value)
    }
}

/// Everything that was typed under "App Details".
pub fn details(programs: &Programs, app: &ApplicationDraft) -> Vec<Fact> {
    detail_entries(programs, app).into_iter().map(Entry::fact).collect()
}

fn detail_entries(programs: &Programs, app: &ApplicationDraft) -> Vec<Entry> {
    let labels = Labels::of::<DetailsForm>();
    let entry = |name: &str, text: &dyn ToString| Entry::new(labels.label(name), text.to_string());
    let own = app.privacy_url.as_ref().map_or(text::ORGANIZATIONS_POLICY, HttpsUrl::as_str);
    let policy = if app.privacy_url.is_some() { Shape::Link } else { Shape::Plain };
    let terms = if app.terms_url.is_some() { Shape::Link } else { Shape::Plain };
    let statement = |name: &str, said: Option<&Statement>| entry(name, &said.map_or(text::NONE, Statement::as_str));
    let logo = match &app.logo {
        Some(logo) => entry("logo_file", &app.name).shaped(Shape::Logo(logo.clone())),
        None => entry("logo_file", &text::NONE),
    };
    vec![
        entry("name", &app.name),
        logo,
        entry("access", &text::access(app.access)),
        entry("programs", &program_names(programs, app)),
        entry("environment", &text::environment(app.environment)),
        entry("privacy_url", &own).shaped(policy),
        entry("redirect_uri", &app.redirect_uri).shaped(Shape::Code),
        entry("description", &app.description).shaped(Shape::Lines),
        statement("purpose", app.purpose.as_ref()),
        statement("retention", app.retention.as_ref()),
        entry("terms_url", &app.terms_url.as_ref().map_or(text::NONE, HttpsUrl::as_str)).shaped(terms),
    ]
}

/// Everything that was typed under "Application Registration".
pub fn registration(company: &str, app: &ApplicationDraft) -> Vec<Fact> {
    let company = Fact::new(COMPANY, company.to_owned());
    std::iter::once(company).chain(registration_entries(app).into_iter().map(Entry::fact)).collect()
}

fn registration_entries(app: &ApplicationDraft) -> Vec<Entry> {
    let labels = Labels::of::<RegistrationForm>();
    let entry = |name: &str, text: &dyn ToString| Entry::new(labels.label(name), text.to_string());
    let (support, platform) = (&app.support, &app.platform);
    let id = platform.id.as_ref().map_or_else(|| text::NONE.to_owned(), ToString::to_string);
    vec![
        entry("support_name", &support.name),
        entry("support_phone", &support.phone),
        entry("support_email", &support.email),
        entry("support_website", &support.website).shaped(Shape::Link),
        Entry::new(text::PLATFORM, application_form::platform(platform.platform)),
        Entry::new(text::PLATFORM_ID, id),
        entry("platform_name", &platform.name),
        entry("client_kind", &text::client_kind(app.client_kind)),
    ]
}

/// All of it.
#[component]
pub fn ApplicationFacts(details: Vec<Fact>, registration: Vec<Fact>) -> impl IntoView {
    view! {
        <h3>{DETAILS}</h3>
        <Summary facts=details />
        <h3>{REGISTRATION}</h3>
        <Summary facts=registration />
    }
}

/// Every field with its text, to compare with another version.
pub fn fields(programs: &Programs, app: &ApplicationDraft) -> Vec<Field> {
    let entries = detail_entries(programs, app).into_iter().chain(registration_entries(app));
    let field = |entry: Entry| {
        let logo = if let Shape::Logo(logo) = entry.shape { Some(logo) } else { None };
        Field { name: entry.name, text: entry.text, logo }
    };
    entries.map(field).collect()
}

/// `Optum Idaho, Optum Physical Health CA`
pub fn program_names(programs: &Programs, app: &ApplicationDraft) -> String {
    let name = |id| programs.get(id).map_or_else(|| format!("{id}"), |program| program.name.clone());
    app.programs.iter().map(name).collect::<Vec<_>>().join(", ")
}
