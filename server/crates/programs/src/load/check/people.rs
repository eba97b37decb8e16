//! Support: hours that exist, and an answer time for everything. Payers: providers that can be asked.

use jiff::tz::TimeZone;
use url::Url;

use crate::{
    load::{key::Key, report::Report},
    program::Program,
    support::ResponseTo,
};

pub fn check(program: &Program, report: &mut Report<'_>) {
    providers(program, report);
    if TimeZone::get(&program.time_zone).is_err() {
        report.add(&Key::of("time_zone"), format!("`{}` is not a time zone", program.time_zone));
    }
    card_proofs(program, report);
    if program.sandbox.steps.first().is_some_and(|step| step.part_of_previous) {
        let key = Key::of("sandbox").field("steps").item(0).field("part_of_previous");
        report.add(&key, "must be false: no step is before the first");
    }
    let key = Key::of("support");
    let support = &program.support;
    if !support.email.contains('@') {
        report.add(&key.field("email"), format!("`{}` is not an email address", support.email));
    }
    hours(program, &key.field("hours"), report);
    let key = key.field("response_times");
    for to in ResponseTo::ALL {
        match support.response_times.iter().filter(|time| time.to == to).count() {
            0 => report.add(&key, format!("nothing says how soon {to:?} is answered")),
            1 => {}
            _ => report.add(&key, format!("{to:?} is answered more than once")),
        }
    }
    for (index, time) in support.response_times.iter().enumerate() {
        if time.business_days.is_some() && time.business_hours.is_some() {
            report.add(&key.item(index), "has `business_days` or `business_hours`, not both");
        }
    }
}

fn hours(program: &Program, key: &Key, report: &mut Report<'_>) {
    let hours = &program.support.hours;
    if TimeZone::get(&hours.time_zone).is_err() {
        report.add(&key.field("time_zone"), format!("`{}` is not a time zone", hours.time_zone));
    }
    if hours.closes <= hours.opens {
        report.add(&key.field("closes"), "must be after `opens`");
    }
    if hours.days.is_empty() {
        report.add(&key.field("days"), "must name at least one day");
    }
}

/// In an environment that the program has, and where no provider says who is who.
fn card_proofs(program: &Program, report: &mut Report<'_>) {
    for (index, payer) in program.payers.iter().enumerate() {
        let key = Key::of("payers").item(index).field("card_proof");
        for environment in payer.card_proof.keys() {
            let key = key.field(environment.as_str());
            if !program.serves(*environment) {
                report.add(&key, format!("the program has no {environment} environment"));
            }
            let provider = payer.identity_provider.as_ref();
            if provider.is_some_and(|provider| provider.environments.contains(environment)) {
                report.add(&key, "the payer has an identity provider in this environment, which says who is who");
            }
        }
    }
}

/// Each environment once and one that the program has, a system that is a URI, scopes that are words
/// (RFC 6749 §3.3).
fn providers(program: &Program, report: &mut Report<'_>) {
    for (index, payer) in program.payers.iter().enumerate() {
        let Some(provider) = &payer.identity_provider else { continue };
        let key = Key::of("payers").item(index).field("identity_provider");
        let environments = key.field("environments");
        if provider.environments.is_empty() {
            report.add(&environments, "must name at least one environment");
        }
        report.repeated(
            provider.environments.iter().enumerate().map(|(place, one)| (environments.item(place), one.as_str())),
        );
        for (place, environment) in provider.environments.iter().enumerate() {
            if !program.serves(*environment) {
                report.add(&environments.item(place), format!("the program has no {environment} environment"));
            }
        }
        if let Err(error) = Url::parse(&provider.member_id.system) {
            let message = format!("`{}` is not a URI: {error}", provider.member_id.system);
            report.add(&key.field("member_id").field("system"), message);
        }
        if provider.acts_for.as_ref().is_some_and(|claim| claim.is_empty() || *claim == provider.member_id.claim) {
            report.add(&key.field("acts_for"), "must name a claim of its own");
        }
        for (place, scope) in provider.scopes.iter().enumerate() {
            if scope.contains(|char: char| !char.is_ascii_graphic() || char == '"' || char == '\\') {
                report.add(&key.field("scopes").item(place), format!("`{scope}` is not a scope"));
            }
        }
    }
}
