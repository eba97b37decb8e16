//! What is asked about an app, in the seed programs' words.

use model::application::{ClientKind, Platform};
use programs::Programs;

use crate::{
    form::input::{Choice, Input},
    islands::check::Check,
    texts::registry as words,
};

/// "App Details".
pub fn details(programs: &Programs) -> Vec<Input> {
    let access = vec![
        Choice::new("public", "Public").about("The provider directory; no member is asked."),
        Choice::new("patient", "Patient").about("Members' own data, with their consent."),
    ];
    let environments = vec![Choice::new("sandbox", "Sandbox"), Choice::new("production", "Production")];
    let offered = programs.iter().map(|program| Choice::new(program.id.to_string(), program.name.clone())).collect();
    let note = programs.iter().next().map(|program| program.registration.redirect_uri_note.clone()).unwrap_or_default();
    vec![
        Input::text("name", "App Name").max_length(80).hint("As members will read it when they are asked for consent."),
        Input::checkboxes("access", "Application Access Type", access),
        Input::checkboxes("programs", "Programs", offered),
        Input::select("environment", "Application Environment", environments)
            .hint("The sandbox is for apps with Patient access, or with both. It cannot be changed later: production is a registration of its own."),
        Input::url("privacy_url", "Privacy Policy URL").optional().check(Check::Https).max_length(2000)
            .hint("Leave it empty to use the one of your organization."),
        Input::text("redirect_uri", "Redirect URL").max_length(2000).hint(note),
        Input::area("description", "App Description", 4).max_length(2000)
            .hint("What the app does with members' data, in plain words."),
    ]
}

/// "Application Registration".
pub fn registration() -> Vec<Input> {
    let phone_kinds = vec![Choice::new("us", "US Number"), Choice::new("international", "Non-US Number")];
    let platforms =
        Platform::ALL.iter().map(|platform| Choice::new(platform.as_str(), words::platform(*platform))).collect();
    let clients = vec![
        Choice::new(ClientKind::Confidential.as_str(), "Confidential client")
            .about("Runs on a server of yours that can keep a secret. Gets a Client ID and a secret."),
        Choice::new(ClientKind::Public.as_str(), "Public client").about(
            "Runs in a browser or on a device, where a secret could be read. Gets a Client ID alone, and uses PKCE.",
        ),
    ];
    vec![
        Input::radios("support_phone_kind", "Phone number type", phone_kinds),
        Input::tel("support_phone", "Phone")
            .check(Check::Phone)
            .max_length(15)
            .hint("Only digits are allowed. Don't include special characters such as \"+\" or \"()\"."),
        Input::email("support_email", "Email"),
        Input::url("support_website", "Website").check(Check::Https).max_length(2000),
        Input::text("support_name", "Support contact name").autocomplete("off").max_length(80),
        Input::yes_no("platform_id_known", "Do you have an ID for your application for this platform?"),
        Input::text("platform_id", "ID of your application on this platform")
            .max_length(120)
            .hint("For example the bundle ID of an app store."),
        Input::select("platform", "What platform is this app registration for", platforms)
            .hint("NOTE each platform requires a separate registration."),
        Input::text("platform_name", "Name of Application for this platform").max_length(80),
        Input::radios("client_kind", "Client type", clients),
        Input::checkbox("terms", "I agree to the terms and conditions"),
    ]
}
