//! Date parameters (hl7.org/fhir/R4/search.html#date, #prefix).

use jiff::Timestamp;
use store::Query;

use crate::date::Range;

/// How a value compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prefix {
    Eq,
    Ne,
    Gt,
    Lt,
    Ge,
    Le,
    Sa,
    Eb,
    Ap,
}

const PREFIXES: [(&str, Prefix); 9] = [
    ("eq", Prefix::Eq),
    ("ne", Prefix::Ne),
    ("gt", Prefix::Gt),
    ("lt", Prefix::Lt),
    ("ge", Prefix::Ge),
    ("le", Prefix::Le),
    ("sa", Prefix::Sa),
    ("eb", Prefix::Eb),
    ("ap", Prefix::Ap),
];

/// One value sought.
#[derive(Debug)]
pub struct Match {
    prefix: Prefix,
    range: Range,
    /// The upper limit that [`Match::hold`] sets.
    until: Option<Timestamp>,
}

/// The columns that hold the moments to compare.
#[derive(Clone, Copy, Debug)]
pub enum Columns {
    /// `low` and `high` of `fhir_date`.
    LowAndHigh,
    /// `updated_at` of `fhir_resource`, a single millisecond.
    UpdatedAt,
}

/// Returns the reason if no search for the value is possible.
pub fn parse(text: &str, now: Timestamp) -> Result<Match, String> {
    let found = PREFIXES.iter().find_map(|(word, prefix)| Some((*prefix, text.strip_prefix(word)?)));
    let (prefix, date) = found.unwrap_or((Prefix::Eq, text));
    // A `+` of a zone that was not escaped arrives as a blank.
    let range = Range::parse(date).or_else(|| Range::parse(&date.trim().replacen(' ', "+", 1)));
    let range =
        range.ok_or("a value is not a date: write `2019`, `2019-05`, `2019-05-31` or `2019-05-31T10:00:00Z`")?;
    Ok(Match { prefix, range: if prefix == Prefix::Ap { widened(range, now) } else { range }, until: None })
}

/// "Approximately" allows a tenth of the time since then, as R4 recommends.
fn widened(range: Range, now: Timestamp) -> Range {
    let middle = range.low.midpoint(range.high);
    let margin = now.as_millisecond().abs_diff(middle) / 10;
    Range { low: range.low.saturating_sub_unsigned(margin), high: range.high.saturating_add_unsigned(margin) }
}

impl Match {
    /// Leaves out everything that changed after this moment.
    pub fn hold(&mut self, until: Timestamp) {
        self.until = Some(until);
    }

    /// The first moment of the range of changes that it finds and the moment after the last; `None` if it finds two
    /// ranges.
    pub fn stretch(&self) -> Option<(i64, i64)> {
        let Range { low, high } = self.range;
        let (from, to) = match self.prefix {
            Prefix::Ne => return None,
            Prefix::Eq | Prefix::Ap => (low, high),
            Prefix::Gt | Prefix::Sa => (high, i64::MAX),
            Prefix::Ge => (low, i64::MAX),
            Prefix::Lt | Prefix::Eb => (i64::MIN, low),
            Prefix::Le => (i64::MIN, high),
        };
        let until = self.until.map_or(i64::MAX, |until| until.as_millisecond().saturating_add(1));
        Some((from, to.min(until)))
    }

    pub fn push(&self, query: &mut Query, alias: &str, columns: Columns) {
        let Range { low, high } = self.range;
        let mut side = Side { query, alias, columns };
        match self.prefix {
            Prefix::Eq => side.push("", Bound::LowFrom(low)).push(" AND ", Bound::HighTo(high)),
            Prefix::Ne => side.push("(", Bound::LowBefore(low)).push(" OR ", Bound::HighAfter(high)).close(),
            Prefix::Gt => side.push("", Bound::HighAfter(high)),
            Prefix::Lt => side.push("", Bound::LowBefore(low)),
            Prefix::Ge => {
                let side = side.push("(", Bound::HighAfter(high)).push(" OR ", Bound::LowFrom(low));
                side.push(" AND ", Bound::HighTo(high)).close()
            }
            Prefix::Le => {
                let side = side.push("(", Bound::LowBefore(low)).push(" OR ", Bound::LowFrom(low));
                side.push(" AND ", Bound::HighTo(high)).close()
            }
            Prefix::Sa => side.push("", Bound::LowFrom(high)),
            Prefix::Eb => side.push("", Bound::HighTo(low)),
            Prefix::Ap => side.push("", Bound::HighAfter(low)).push(" AND ", Bound::LowBefore(high)),
        };
        if let Some(until) = self.until {
            side.push(" AND ", Bound::LowBefore(until.as_millisecond() + 1));
        }
    }
}

/// A bound of a stored range; `high` is the first moment after it.
enum Bound {
    LowFrom(i64),
    LowBefore(i64),
    HighTo(i64),
    HighAfter(i64),
}

struct Side<'a> {
    query: &'a mut Query,
    alias: &'a str,
    columns: Columns,
}

impl Side<'_> {
    fn push(&mut self, glue: &str, bound: Bound) -> &mut Self {
        let (column, operator, moment) = match (self.columns, bound) {
            (Columns::LowAndHigh, Bound::LowFrom(moment)) => ("low", ">=", moment),
            (Columns::LowAndHigh, Bound::LowBefore(moment)) => ("low", "<", moment),
            (Columns::LowAndHigh, Bound::HighTo(moment)) => ("high", "<=", moment),
            (Columns::LowAndHigh, Bound::HighAfter(moment)) => ("high", ">", moment),
            (Columns::UpdatedAt, Bound::LowFrom(moment) | Bound::HighAfter(moment)) => ("updated_at", ">=", moment),
            (Columns::UpdatedAt, Bound::LowBefore(moment) | Bound::HighTo(moment)) => ("updated_at", "<", moment),
        };
        self.query.push(&format!("{glue}{}.{column} {operator} ", self.alias)).push_bind(moment);
        self
    }

    fn close(&mut self) -> &mut Self {
        self.query.push(")");
        self
    }
}
