//! Lists of values in statements.

use store::{Query, Value};

/// Appends `(…, …)`: the values, with the last one repeated until the list has one of a few lengths.
pub fn push_list(query: &mut Query, values: &[Value]) {
    const LENGTHS: [usize; 5] = [1, 8, 32, 128, 512];
    let length = LENGTHS.into_iter().find(|length| values.len() <= *length).unwrap_or(values.len());
    let padding = values.last().into_iter().cycle().take(length - values.len());
    for (index, value) in values.iter().chain(padding).enumerate() {
        query.push(if index == 0 { "(" } else { ", " }).push_bind(value.clone());
    }
    query.push(")");
}

/// The longest of the lengths to which [`push_list`] fills a list.
pub const LONGEST_LIST: usize = 512;
