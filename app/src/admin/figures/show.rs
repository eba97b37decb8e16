//! How a report looks: its chart, the table beneath, and its files.

use leptos::prelude::*;
use model::partition::Environment;
use url::form_urlencoded::Serializer;

use super::{
    FILE, Kind, PATH,
    chosen::{Chosen, PERIODS},
    report::{Format, Picture, Report},
};
use crate::{
    components::{
        chart::{Bars, Columns},
        table::Table,
    },
    texts::{admin::figures as text, components::SHOW_NUMBERS, registry::environment},
    web::Web,
};

/// A table with more rows than this is folded under its chart.
const OPEN_ROWS: usize = 12;

pub fn section(kind: Kind, report: Report, chosen: &Chosen) -> impl IntoView + use<> {
    let (id, title) = (kind.as_str(), text::title(kind));
    let links = Format::ALL.map(|format| {
        let mut query = Serializer::new(String::new());
        query.append_pair("report", id).append_pair("format", format.ending()).extend_pairs(chosen.query());
        let href = format!("{FILE}?{}", query.finish());
        view! { <a class="usa-link" href=href>{text::file(title, format.ending().to_uppercase())}</a> " " }
    });
    let picture = report.picture.as_ref().map(|picture| match picture.clone() {
        Picture::Columns(legend, bars) => view! { <Columns id title legend bars /> }.into_any(),
        Picture::Bars(legend, bars) => view! { <Bars id title legend bars /> }.into_any(),
    });
    let is_long = OPEN_ROWS < report.rows.len();
    let body = if report.rows.is_empty() {
        view! { <p>{text::NOTHING}</p> }.into_any()
    } else {
        let columns = report.columns.iter().map(|(_, name)| *name).collect();
        let rows = report.rows.iter().map(|row| row.iter().map(|cell| cell.shown().into_any()).collect()).collect();
        let table = view! { <Table caption=title columns rows /> };
        if is_long {
            view! { <details class="disclosure"><summary>{SHOW_NUMBERS}</summary>{table}</details> }.into_any()
        } else {
            table.into_any()
        }
    };
    view! {
        <section id=id class="report">
            <h2>{title}</h2>
            <p class="usa-hint">{text::about(kind)}</p>
            {picture}
            {body}
            <p class="report__files">{links.into_iter().collect_view()}</p>
        </section>
    }
}

pub fn form(web: &Web, chosen: &Chosen) -> impl IntoView + use<> {
    let programs = web.services.programs.iter().map(|program| (program.id.to_string(), program.name.clone()));
    let programs = std::iter::once((String::new(), text::ALL_PROGRAMS.to_owned())).chain(programs).collect();
    let environments = Environment::ALL.map(|one| (one.to_string(), environment(one).to_owned()));
    let environments = [(String::new(), text::BOTH_ENVIRONMENTS.to_owned())].into_iter().chain(environments).collect();
    let periods = PERIODS.map(|(word, _, name)| (word.to_owned(), name.to_owned())).to_vec();
    let years = chosen.years().map(|year| (year.to_string(), year.to_string())).collect();
    let program = chosen.program.as_ref().map(ToString::to_string).unwrap_or_default();
    let environment = chosen.environment.map(|one| one.to_string()).unwrap_or_default();
    view! {
        <form class="filters" method="get" action=PATH>
            {select("program", text::PROGRAM, programs, &program)}
            {select("environment", text::ENVIRONMENT, environments, &environment)}
            {select("period", text::PERIOD, periods, &chosen.days.to_string())}
            {select("year", text::YEAR, years, &chosen.year.to_string())}
            <button class="usa-button usa-button--outline" type="submit">{text::SHOW}</button>
        </form>
    }
}

fn select(
    name: &'static str,
    label: &'static str,
    choices: Vec<(String, String)>,
    chosen: &str,
) -> impl IntoView + use<> {
    let options = choices.into_iter().map(|(value, shown)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{shown}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="usa-form-group">
            <label class="usa-label" for=name>{label}</label>
            <select class="usa-select" id=name name=name>{options}</select>
        </div>
    }
}
