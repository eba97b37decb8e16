//! Whether what a program file says holds together.

mod access;
mod people;
mod places;
mod resources;
mod sensitive;

use std::collections::BTreeSet;

use model::{id::PROBE, partition::Environment};

use super::{key::Key, report::Report};
use crate::program::Program;

/// Reports everything in one program that cannot be meant.
pub fn program(program: &Program, report: &mut Report<'_>) {
    places::check(program, report);
    access::check(program, report);
    sensitive::check(program, report);
    resources::check(program, report);
    people::check(program, report);
    lifetimes(program, report);
    lists(program, report);
    published(program, report);
}

fn lifetimes(program: &Program, report: &mut Report<'_>) {
    let key = Key::of("lifetimes");
    let times = &program.lifetimes;
    let each = [
        ("authorization_code", times.authorization_code),
        ("authorization_request", times.authorization_request),
        ("pushed_request", times.pushed_request),
        ("access_token", times.access_token),
        ("id_token", times.id_token),
        ("rotation_grace", times.rotation_grace),
    ];
    for (name, time) in each {
        if !time.is_positive() {
            report.add(&key.field(name), "must be longer than nothing");
        }
    }
    let choices: BTreeSet<u16> = times.grant_days_choices.iter().copied().filter(|days| 0 < *days).collect();
    if !choices.iter().eq(&times.grant_days_choices) {
        report.add(&key.field("grant_days_choices"), "must be positive, each once, in ascending order");
    }
    if !choices.contains(&times.grant_days) {
        report.add(&key.field("grant_days"), "must be one of `grant_days_choices`");
    }
    let paging = &program.paging;
    if paging.default < 1 || paging.most < paging.default {
        report.add(&Key::of("paging").field("default"), "must be at least 1 and at most `most`");
    }
}

/// What the documentation publishes under names that must stay good in addresses.
fn published(program: &Program, report: &mut Report<'_>) {
    let is_word = |text: &str| {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=64).contains(&text.len()) && text.bytes().all(fits)
    };
    let changes = Key::of("changes");
    for (index, change) in program.changes.iter().enumerate() {
        if !is_word(&change.id) {
            report.add(&changes.item(index).field("id"), "must be lowercase letters, digits and hyphens");
        }
    }
    for (index, pair) in program.changes.windows(2).enumerate() {
        if pair[0].date < pair[1].date {
            report.add(
                &changes.item(index + 1).field("date"),
                "must not be after the one before: the newest comes first",
            );
        }
    }
    let Some(try_it) = &program.sandbox.try_it else { return };
    let key = Key::of("sandbox").field("try_it");
    if !is_word(&try_it.client_id) {
        report.add(&key.field("client_id"), "must be lowercase letters, digits and hyphens");
    }
    if try_it.client_id.starts_with(PROBE) {
        report.add(&key.field("client_id"), "must not begin like the ids of the server's own probe");
    }
    if !program.serves(Environment::Sandbox) {
        report.add(&key, "needs a sandbox");
    }
}

/// Names that must be there once.
fn lists(program: &Program, report: &mut Report<'_>) {
    each_once(report, "sections", "id", program.sections.iter().map(|section| section.id.as_str()));
    each_once(report, "groups", "id", program.groups.iter().map(|group| group.id.as_str()));
    each_once(report, "release_notes", "version", program.release_notes.iter().map(|note| note.version.as_str()));
    each_once(report, "changes", "id", program.changes.iter().map(|change| change.id.as_str()));
    each_once(report, "guides", "source", program.guides.iter().map(|guide| guide.source.as_str()));
    each_once(report, "data_feeds", "name", program.data_feeds.iter().map(|feed| feed.name.as_str()));
    each_once(report, "payers", "id", program.payers.iter().map(|payer| payer.id.as_str()));
    each_once(report, "scopes", "name", program.scopes.iter().map(|scope| scope.name.as_str()));
    each_once(report, "sensitive", "id", program.sensitive.iter().map(|category| category.id.as_str()));
    each_once(report, "resources", "kind", program.resources.iter().map(|resource| resource.kind.as_str()));
    each_once(report, "environments", "environment", program.environments.iter().map(|info| info.environment.as_str()));
}

fn each_once<'n>(report: &mut Report<'_>, list: &str, field: &str, names: impl Iterator<Item = &'n str>) {
    let key = Key::of(list);
    report.repeated(names.enumerate().map(|(index, name)| (key.item(index).field(field), name)));
}
