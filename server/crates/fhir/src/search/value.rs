//! The values of a parameter as the request gives them (hl7.org/fhir/R4/search.html#escaping).

/// The parts between separators that have no backslash before them, still escaped.
pub fn split(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (index, character) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == separator {
            parts.push(&text[start..index]);
            start = index + separator.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Replaces `\,` `\|` `\$` `\\` with the characters they mean; other backslashes stay.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match characters.peek() {
            Some(next) if character == '\\' && matches!(next, ',' | '|' | '$' | '\\') => {
                out.push(*next);
                characters.next();
            }
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_separators_do_not_separate() {
        let check = |text: &str, expect: &[&str]| assert_eq!(split(text, ','), expect, "{text}");
        check("a,b", &["a", "b"]);
        check(r"a\,b,c", &[r"a\,b", "c"]);
        check(r"a\\,b", &[r"a\\", "b"]);
        check("", &[""]);
        check(",", &["", ""]);
    }

    #[test]
    fn escapes_are_taken_away() {
        assert_eq!(unescape(r"a\,b\|c\\d\$e\f\"), r"a,b|c\d$e\f\");
    }
}
