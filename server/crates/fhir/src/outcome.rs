//! OperationOutcomes (hl7.org/fhir/R4/operationoutcome.html), as JSON.

use crate::json::push_string;

/// One error, with a code of the issue-type value set.
pub fn error(code: &str, diagnostics: &str) -> String {
    let mut out = String::from(START);
    push_issue(&mut out, "error", code, diagnostics);
    out.push_str("]}");
    out
}

/// What a search ignored.
pub fn warnings(diagnostics: &[String]) -> String {
    let mut out = String::from(START);
    for (index, diagnostics) in diagnostics.iter().enumerate() {
        out.push_str(if index == 0 { "" } else { "," });
        push_issue(&mut out, "warning", "not-supported", diagnostics);
    }
    out.push_str("]}");
    out
}

const START: &str = r#"{"resourceType":"OperationOutcome","issue":["#;

fn push_issue(out: &mut String, severity: &str, code: &str, diagnostics: &str) {
    out.push_str(&format!(r#"{{"severity":"{severity}","code":"{code}","diagnostics":"#));
    push_string(out, diagnostics);
    out.push('}');
}
