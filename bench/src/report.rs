//! The tables.

use std::{fmt::Write, fs, path::Path, time::Duration};

use crate::{
    Run,
    case::{Case, Measured},
    database::{Filled, Kind},
    error::{Error, Result},
    load::Figures,
    machine,
};

/// 95 of 100 requests for a page of the office are answered within this time.
const LIMIT: Duration = Duration::from_millis(50);

pub struct Report {
    head: String,
    rows: String,
    pages: String,
    notes: String,
}

impl Report {
    pub fn new(run: &Run) -> Result<Self> {
        let head = format!(
            "{}.\n{} connections, {} requests a measurement, {} rounds (floor and server in turn, medians); load generator, \
             server and database on the same cores, loopback only.\n",
            machine::line(),
            run.connections,
            run.requests,
            run.rounds,
        );
        println!("{head}");
        Ok(Self { head, rows: String::new(), pages: String::new(), notes: String::new() })
    }

    pub fn filled(&mut self, kind: Kind, what: &str, filled: Filled) {
        let Filled { resources, took, memory } = filled;
        let note = format!(
            "{kind}: {} resources of {what} made, checked and loaded in {:.1} s, {} a second, with {} MiB at most.",
            thousands(resources as f64),
            took.as_secs_f64(),
            thousands(resources as f64 / took.as_secs_f64()),
            memory / 1024,
        );
        println!("{note}");
        self.note(&note);
    }

    /// Adds a row and prints it.
    pub fn measured(&mut self, kind: Kind, case: &Case, measured: &Measured) {
        let Measured { floor, flex } = measured;
        let row = format!(
            "| {kind} | {} | {} | {} | {} | **{:.2}** |",
            case.name,
            figures(flex),
            case.floor_name,
            figures(floor),
            flex.per_second / floor.per_second,
        );
        // Writing to a string cannot fail.
        let _ = writeln!(self.rows, "{row}");
        println!("{row}");
    }

    /// Adds a page of the office and prints it.
    pub fn page(&mut self, kind: Kind, page: &str, figures: Figures) {
        let Figures { p50, p95, p99, .. } = figures;
        let late = if LIMIT < p95 { " (late)" } else { "" };
        let [p50, p95, p99] = [p50, p95, p99].map(milliseconds);
        let row = format!("| {kind} | `{page}` | {p50} | {p95}{late} | {p99} |");
        let _ = writeln!(self.pages, "{row}");
        println!("{row}");
    }

    pub fn memory(&mut self, kind: Kind, kib: u64) {
        self.note(&format!("{kind}: the server held {} MiB after the last case.", kib / 1024));
    }

    pub fn note(&mut self, note: &str) {
        let _ = writeln!(self.notes, "- {note}");
    }

    /// Writes the whole report to a file.
    pub fn write(self, path: &Path) -> Result<()> {
        let Self { head, rows, pages, notes } = self;
        let pages = if pages.is_empty() {
            pages
        } else {
            format!("\n| database | page | p50 | p95 | p99 |\n|---|---|--:|--:|--:|\n{pages}")
        };
        let text = format!(
            "{head}\n| database | case | FLEX req/s | p50 | p99 | floor | floor req/s | p50 | p99 | ratio |\n\
             |---|---|--:|--:|--:|---|--:|--:|--:|--:|\n{rows}{pages}\n{notes}"
        );
        println!("\n{text}");
        fs::write(path, text).map_err(|error| Error::File(path.to_owned(), error))
    }
}

/// Three table cells.
fn figures(figures: &Figures) -> String {
    format!("{} | {} | {}", thousands(figures.per_second), milliseconds(figures.p50), milliseconds(figures.p99))
}

pub fn thousands(value: f64) -> String {
    let whole = format!("{value:.0}");
    let first = whole.len() % 3;
    let groups = whole.as_bytes()[first..].chunks(3).map(|digits| String::from_utf8_lossy(digits));
    let groups: Vec<_> =
        std::iter::once(whole[..first].into()).chain(groups).filter(|group| !group.is_empty()).collect();
    groups.join(",")
}

pub fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_figures_are_grouped() {
        for (value, expect) in [(0.4, "0"), (999.0, "999"), (1_000.0, "1,000"), (1_234_567.0, "1,234,567")] {
            assert_eq!(thousands(value), expect);
        }
    }
}
