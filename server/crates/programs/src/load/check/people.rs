//! Support: hours that exist, and an answer time for everything.

use jiff::tz::TimeZone;

use crate::{
    load::{key::Key, report::Report},
    program::Program,
    support::ResponseTo,
};

pub fn check(program: &Program, report: &mut Report<'_>) {
    let key = Key::of("support");
    let support = &program.support;
    if !support.email.contains('@') {
        report.add(&key.field("email"), format!("`{}` is no e-mail address", support.email));
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
        report.add(&key.field("time_zone"), format!("`{}` is no time zone", hours.time_zone));
    }
    if hours.closes <= hours.opens {
        report.add(&key.field("closes"), "must be after `opens`");
    }
    if hours.days.is_empty() {
        report.add(&key.field("days"), "must name at least one day");
    }
}
