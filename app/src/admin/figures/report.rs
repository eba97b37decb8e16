//! A report: columns and rows, from which the table, the chart and the files are made, so that they cannot differ.

use serde_json::{Map, Value};

use crate::components::{
    chart::{Bar, Legend},
    pager::grouped,
};

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Number(i64),
    /// With one digit after the point: 23 is 2.3.
    Tenths(i64),
    Nothing,
}

/// Its word in files, and its name in the table.
pub type Column = (&'static str, &'static str);

/// The picture of a report.
#[derive(Clone, Debug)]
pub enum Picture {
    Columns(Legend, Vec<Bar>),
    Bars(Legend, Vec<Bar>),
}

#[derive(Clone, Debug)]
pub struct Report {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// Nothing where there is nothing to see.
    pub picture: Option<Picture>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Ndjson,
}

impl Format {
    pub const ALL: [Self; 2] = [Self::Csv, Self::Ndjson];

    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ending() == word)
    }

    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Ndjson => "application/x-ndjson; charset=utf-8",
        }
    }
}

impl Report {
    pub fn write(&self, format: Format) -> String {
        match format {
            Format::Csv => self.csv(),
            Format::Ndjson => self.objects().map(|object| format!("{object}\n")).collect(),
        }
    }

    /// One object for each row.
    pub fn objects(&self) -> impl Iterator<Item = Value> {
        self.rows.iter().map(|row| {
            let pairs = self.columns.iter().zip(row).map(|((word, _), cell)| ((*word).to_owned(), cell.value()));
            Value::Object(pairs.collect::<Map<_, _>>())
        })
    }

    /// RFC 4180.
    fn csv(&self) -> String {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let head: Vec<String> = self.columns.iter().map(|(word, _)| (*word).to_owned()).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(Cell::csv).collect());
        for row in std::iter::once(head).chain(rows) {
            // Memory takes everything, and every row is as long as the first.
            if let Err(error) = writer.write_record(&row) {
                tracing::error!(%error, "a row was left out of a file");
            }
        }
        writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// As the table shows it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => grouped(*number),
            Self::Tenths(tenths) => decimal(*tenths),
            Self::Nothing => "–".to_owned(),
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            Self::Number(number) => Value::from(*number),
            Self::Tenths(tenths) => serde_json::from_str(&decimal(*tenths)).unwrap_or_default(),
            Self::Nothing => Value::Null,
        }
    }

    fn csv(&self) -> String {
        match self {
            Self::Text(text) => neutral(text),
            Self::Number(number) => number.to_string(),
            Self::Tenths(tenths) => decimal(*tenths),
            Self::Nothing => String::new(),
        }
    }
}

fn decimal(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A spreadsheet runs what begins like a formula; after an apostrophe it is text.
pub fn neutral(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(rows: Vec<Vec<Cell>>) -> Report {
        Report { columns: vec![("name", "Name"), ("calls", "Calls")], rows, picture: None }
    }

    #[test]
    fn a_file_runs_nothing_and_keeps_its_rows() {
        let rows = vec![
            vec![Cell::text("=HYPERLINK(\"https://evil.test\")"), Cell::Number(1234)],
            vec![Cell::text("one,\r\ntwo"), Cell::Tenths(23)],
            vec![Cell::text("@SUM(A1)"), Cell::Nothing],
        ];
        let expect =
            "name,calls\r\n\"'=HYPERLINK(\"\"https://evil.test\"\")\",1234\r\n\"one,\r\ntwo\",2.3\r\n'@SUM(A1),\r\n";
        assert_eq!(report(rows).write(Format::Csv), expect);
    }

    #[test]
    fn a_line_of_ndjson_is_a_row() {
        let rows = vec![vec![Cell::text("a\"\nb"), Cell::Tenths(5)], vec![Cell::text("c"), Cell::Nothing]];
        let expect = "{\"calls\":0.5,\"name\":\"a\\\"\\nb\"}\n{\"calls\":null,\"name\":\"c\"}\n";
        assert_eq!(report(rows).write(Format::Ndjson), expect);
    }
}
