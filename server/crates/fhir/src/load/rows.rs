//! Many rows by few statements.

use store::{Query, Tx, Value, sql};

use crate::error::Result;

/// Rows for one statement, repeated as often as it takes. `head` ends before the first row, `tail` follows the last.
pub struct Rows {
    head: &'static str,
    columns: usize,
    tail: &'static str,
    values: Vec<Value>,
}

/// Rows a statement; few sizes, so that the databases keep every statement prepared.
const SIZES: [usize; 5] = [512, 128, 32, 8, 1];

impl Rows {
    pub fn new(head: &'static str, columns: usize, tail: &'static str) -> Self {
        Self { head, columns, tail, values: Vec::new() }
    }

    pub fn push<const N: usize>(&mut self, row: [Value; N]) {
        debug_assert_eq!(N, self.columns, "{}", self.head);
        self.values.extend(row);
    }

    pub async fn run(self, tx: &mut Tx) -> Result<()> {
        let mut left = self.values.len() / self.columns;
        let mut values = self.values.into_iter();
        for size in SIZES {
            while size <= left {
                left -= size;
                let mut query = sql("");
                query.push(self.head);
                push_rows(&mut query, values.by_ref().take(size * self.columns), self.columns);
                query.push(self.tail);
                query.execute(tx).await?;
            }
        }
        Ok(())
    }
}

fn push_rows(query: &mut Query, values: impl Iterator<Item = Value>, columns: usize) {
    for (index, value) in values.enumerate() {
        query.push(match index {
            0 => "(",
            _ if index % columns == 0 => "), (",
            _ => ", ",
        });
        query.push_bind(value);
    }
    query.push(")");
}

/// Appends `(…, …)`: the values, and the last one again until the list has one of a few lengths.
pub fn push_list(query: &mut Query, values: &[Value]) {
    const LENGTHS: [usize; 5] = [1, 8, 32, 128, 512];
    let length = LENGTHS.into_iter().find(|length| values.len() <= *length).unwrap_or(values.len());
    let padding = values.last().into_iter().cycle().take(length - values.len());
    for (index, value) in values.iter().chain(padding).enumerate() {
        query.push(if index == 0 { "(" } else { ", " }).push_bind(value.clone());
    }
    query.push(")");
}

/// The longest list that [`push_list`] makes of one of its lengths.
pub const LONGEST_LIST: usize = 512;
