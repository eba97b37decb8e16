//! The form of references, and the types that they may point at (hl7.org/fhir/R4/references.html#literal).

use crate::{primitive::is_id, types::Types};

/// What a literal reference reveals about its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// `Type/id` or an absolute URL that ends this way.
    Typed(&'a str),
    /// `#id`, a contained resource; if empty, the resource around it.
    Contained(&'a str),
    /// An absolute URL or `urn:` without a type.
    Untyped,
}

/// Returns the reason if the text is not a reference.
pub fn parse<'a>(text: &'a str, types: &Types) -> Result<Target<'a>, String> {
    if let Some(id) = text.strip_prefix('#') {
        return Ok(Target::Contained(id));
    }
    if text.contains(char::is_whitespace) {
        return Err("is not a reference: it contains blanks".to_owned());
    }
    if let Some(urn) = text.strip_prefix("urn:") {
        let is_whole = urn.split_once(':').is_some_and(|(_, rest)| !rest.is_empty());
        return if is_whole {
            Ok(Target::Untyped)
        } else {
            Err("is not a reference: nothing follows `urn:`".to_owned())
        };
    }
    if is_absolute(text) {
        return Ok(typed(text, types).map_or(Target::Untyped, Target::Typed));
    }
    if let Some(kind) = typed(text, types).filter(|kind| text.starts_with(kind)) {
        return Ok(Target::Typed(kind));
    }
    Err("is not a reference: use `Type/id` with a type of R4, an absolute URL or `#id`".to_owned())
}

fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    !rest.is_empty()
        && !scheme.is_empty()
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// The type in `…Type/id` or `…Type/id/_history/version`.
fn typed<'a>(text: &'a str, types: &Types) -> Option<&'a str> {
    let text = match text.rsplit_once("/_history/") {
        Some((before, version)) if is_id(version) => before,
        Some(_) => return None,
        None => text,
    };
    let (before, id) = text.rsplit_once('/')?;
    let kind = before.rsplit('/').next().unwrap_or(before);
    (is_id(id) && types.resource(kind).is_some()).then_some(kind)
}
