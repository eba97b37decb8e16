//! Bases, hosts, URLs, payers' launch paths.

use model::partition::Environment;
use url::Url;

use crate::{
    load::{is_kebab, key::Key, report::Report},
    program::Program,
    surface::{Base, SurfaceKind, split_host},
};

pub fn check(program: &Program, report: &mut Report<'_>) {
    if !program.path.split('/').all(is_kebab) {
        report.add(&Key::of("path"), "is lower-case words joined by `/` or `-`");
    }
    for (index, base) in program.bases.iter().enumerate() {
        check_base(base, &Key::of("bases").item(index), report);
    }
    environments(program, report);
    payers(program, report);
    links(program, report);
}

fn check_base(base: &Base, key: &Key, report: &mut Report<'_>) {
    if base.environments.is_empty() {
        report.add(&key.field("environments"), "must name at least one environment");
    }
    for (name, path) in [("path", Some(&base.path)), ("metadata", base.metadata.as_ref())] {
        if path.is_some_and(|path| !is_path(path)) {
            report.add(&key.field(name), "must begin with `/`, not end with it, and need no escaping");
        }
    }
    for (index, pattern) in base.hosts.iter().enumerate() {
        let (host, path) = split_host(pattern);
        let below_domain = host.strip_suffix(".{D}").is_some_and(|labels| labels.split('.').all(is_kebab));
        if !below_domain || !(path.is_empty() || is_path(path)) {
            report.add(&key.field("hosts").item(index), "must be like `authz.example.{D}` or `fhir.example.{D}/R4`");
        }
    }
    for (index, url) in base.published.iter().enumerate() {
        check_url(url, &key.field("published").item(index), report);
    }
    if let Some(url) = &base.published_metadata {
        check_url(url, &key.field("published_metadata"), report);
    }
    if let Some(pattern) = &base.published_pattern {
        let key = key.field("published_pattern");
        match pattern.matches("[environment]").count() {
            1 => check_url(&pattern.replace("[environment]", "environment"), &key, report),
            _ => report.add(&key, "must have `[environment]` in it once"),
        }
    }
}

fn is_path(path: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-._~".contains(letter);
    path.strip_prefix('/').is_some_and(|path| {
        path.split('/').all(|segment| !segment.is_empty() && segment.chars().all(plain) && !segment.starts_with('.'))
    })
}

fn check_url(text: &str, key: &Key, report: &mut Report<'_>) {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => {}
        Ok(_) => report.add(key, format!("`{text}` is not an http or https URL")),
        Err(error) => report.add(key, format!("`{text}` is not a URL: {error}")),
    }
}

/// Every environment is described, and has an authorization server and an API.
fn environments(program: &Program, report: &mut Report<'_>) {
    for environment in Environment::ALL {
        let described = program.environments.iter().any(|info| info.environment == environment);
        if program.serves(environment) && !described {
            report.add(&Key::of("environments"), format!("`{environment}` has bases but no description"));
        }
        for kind in [SurfaceKind::Authz, SurfaceKind::Fhir] {
            let based = program.bases.iter().any(|base| base.kind == kind && base.environments.contains(&environment));
            if described && !based {
                report.add(&Key::of("bases"), format!("`{environment}` has no base of kind {kind:?}"));
            }
        }
    }
    if program.environments.is_empty() {
        report.add(&Key::of("environments"), "must describe at least one environment");
    }
}

/// A payer's launch URL is `{authz}/{payer}/oauth/authorize`: its id must be free there.
fn payers(program: &Program, report: &mut Report<'_>) {
    if program.payers.is_empty() {
        report.add(&Key::of("payers"), "must name at least one payer");
    }
    for (index, payer) in program.payers.iter().enumerate() {
        let key = Key::of("payers").item(index).field("id");
        let id = payer.id.as_str();
        if !is_kebab(id) {
            report.add(&key, "is lower-case words joined by `-`");
        }
        let taken = |base: &Base| base.path.split('/').any(|segment| segment == id);
        if id == "oauth" || program.bases.iter().any(|base| base.kind == SurfaceKind::Authz && taken(base)) {
            report.add(&key, format!("`{id}` would make its launch URL fall on another base"));
        }
    }
}

fn links(program: &Program, report: &mut Report<'_>) {
    check_url(&program.validator, &Key::of("validator"), report);
    for (index, guide) in program.guides.iter().enumerate() {
        let key = Key::of("guides").item(index);
        check_url(&guide.history, &key.field("history"), report);
        if let Some(url) = &guide.capability_statement {
            check_url(url, &key.field("capability_statement"), report);
        }
    }
    for (index, resource) in program.resources.iter().enumerate() {
        for (item, profile) in resource.profiles.iter().enumerate() {
            let canonical = profile.split_once('|').map_or(profile.as_str(), |(canonical, _)| canonical);
            check_url(canonical, &Key::of("resources").item(index).field("profiles").item(item), report);
        }
    }
    if let Err(error) = Url::parse(&program.native_apps.redirect_uri) {
        report.add(&Key::of("native_apps").field("redirect_uri"), format!("is not a URI: {error}"));
    }
}
