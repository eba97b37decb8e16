//! OperationOutcomes (hl7.org/fhir/R4/operationoutcome.html), as JSON.

use crate::{error::Kind, json::push_string};

macro_rules! issues {
    ($($(#[$doc:meta])* $variant:ident = $status:literal $code:literal,)+) => {
        /// Every problem that a FHIR base reports, apart from those of the token.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Issue { $($(#[$doc])* $variant,)+ }

        impl Issue {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The status of the answer (hl7.org/fhir/R4/http.html#Status-Codes).
            pub fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)+ }
            }

            /// The code of the issue (hl7.org/fhir/R4/valueset-issue-type.html).
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }
    };
}

issues! {
    /// A value that we cannot parse.
    Invalid = 400 "invalid",
    /// A parameter, modifier or interaction that is not offered.
    NotSupported = 400 "not-supported",
    /// A required parameter is missing.
    Required = 400 "required",
    /// The token does not have the scope. The answer also has the code of a refused token.
    Forbidden = 403 "forbidden",
    UnknownType = 404 "not-supported",
    /// No such resource, or one that the caller may not see.
    NotFound = 404 "not-found",
    /// Another method than the address accepts.
    Method = 405 "not-supported",
    /// The caller accepts only formats that we do not write, such as XML.
    Format = 406 "not-supported",
    /// The body did not arrive.
    Timeout = 408 "timeout",
    Deleted = 410 "deleted",
    TooLarge = 413 "too-long",
    /// An address that is too long.
    TooLong = 414 "too-long",
    /// A body that is neither a form nor JSON.
    MediaType = 415 "not-supported",
    TooCostly = 422 "too-costly",
    /// Too many calls.
    Throttled = 429 "throttled",
    /// Our own fault.
    Internal = 500 "exception",
    Unavailable = 503 "transient",
}

impl From<Kind> for Issue {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Invalid => Self::Invalid,
            Kind::NotSupported => Self::NotSupported,
            Kind::Required => Self::Required,
            Kind::UnknownType => Self::UnknownType,
            Kind::NotFound => Self::NotFound,
            Kind::Deleted => Self::Deleted,
            Kind::Forbidden => Self::Forbidden,
            Kind::TooCostly => Self::TooCostly,
            Kind::Unavailable => Self::Unavailable,
            Kind::Internal => Self::Internal,
        }
    }
}

/// One error.
pub fn error(issue: Issue, diagnostics: &str) -> String {
    let mut out = String::from(START);
    push_issue(&mut out, "error", issue.code(), diagnostics);
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
