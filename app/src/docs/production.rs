//! How an app moves on to real data.

use super::{Docs, body::Body};

pub fn body(docs: &Docs<'_>) -> Body {
    Body::new().paragraphs(&docs.program.sandbox.production)
}
