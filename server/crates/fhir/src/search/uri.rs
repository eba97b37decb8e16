//! Uri parameters (hl7.org/fhir/R4/search.html#uri).

use store::Query;

use crate::text::after_prefix;

/// One value sought.
#[derive(Debug)]
pub enum Match {
    Exact(String),
    /// This URI and those that continue it after a slash.
    Below {
        uri: String,
        from: String,
        to: Option<String>,
    },
}

/// Returns the reason if no search for the value is possible.
pub fn parse(text: &str, below: bool) -> Result<Match, String> {
    if text.is_empty() {
        return Err("a value is empty".to_owned());
    }
    if !below {
        return Ok(Match::Exact(text.to_owned()));
    }
    let uri = text.trim_end_matches('/');
    let from = format!("{uri}/");
    Ok(Match::Below { uri: uri.to_owned(), to: after_prefix(&from), from })
}

impl Match {
    pub fn push(&self, query: &mut Query, alias: &str) {
        match self {
            Self::Exact(uri) => {
                query.push(&format!("{alias}.uri = (SELECT u.key FROM fhir_uri u WHERE u.uri = ")).push_bind(uri);
            }
            Self::Below { uri, from, to } => {
                query.push(&format!("{alias}.uri IN (SELECT u.key FROM fhir_uri u WHERE u.uri = ")).push_bind(uri);
                query.push(" OR u.uri >= ").push_bind(from);
                if let Some(to) = to {
                    query.push(" AND u.uri < ").push_bind(to);
                }
            }
        }
        query.push(")");
    }
}
