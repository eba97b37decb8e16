//! Categories of sensitive data: few enough for their bits, each with labels that can be compared.

use crate::{
    load::{is_kebab, key::Key, report::Report},
    program::Program,
    sensitive::MOST,
};

pub fn check(program: &Program, report: &mut Report<'_>) {
    let key = Key::of("sensitive");
    if MOST < program.sensitive.len() {
        report.add(&key, format!("has more than {MOST} categories"));
    }
    for (index, category) in program.sensitive.iter().enumerate() {
        let key = key.item(index);
        if !is_kebab(&category.id) {
            report.add(&key.field("id"), format!("`{}` is not lower-case words joined by `-`", category.id));
        }
        if category.codes.is_empty() {
            report.add(&key.field("codes"), "lists no label, so nothing would be withheld");
        }
        for (place, code) in category.codes.iter().enumerate() {
            let is_label = code.split_once('|').is_some_and(|(system, code)| !system.is_empty() && !code.is_empty());
            if !is_label || code.contains(char::is_whitespace) {
                report.add(&key.field("codes").item(place), format!("`{code}` is not `system|code`"));
            }
        }
    }
}
