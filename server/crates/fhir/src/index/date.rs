//! Values of date parameters.

use programs::path::Datatype;
use serde_json::Value;

use super::text;
use crate::date::Range;

pub(super) fn read(value: &Value, datatype: Datatype) -> Option<Range> {
    match datatype {
        Datatype::Period => {
            let bound = |name| text(value, name).and_then(Range::parse);
            Range::period(bound("start"), bound("end"))
        }
        _ => Range::parse(value.as_str()?),
    }
}

/// When the value ends as far as it states: a period without an end is taken to end with the start it states.
pub(crate) fn stated_end(value: &Value, datatype: Datatype) -> Option<i64> {
    let range = read(value, datatype)?;
    if range.high < Range::END { Some(range.high) } else { Range::parse(text(value, "start")?).map(|start| start.high) }
}
