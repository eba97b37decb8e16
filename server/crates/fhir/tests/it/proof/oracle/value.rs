//! Values as the request gives them (hl7.org/fhir/R4/search.html#escaping).

/// The parts between separators that are not escaped, each still escaped.
pub fn split(text: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == separator {
            parts.push(String::new());
            continue;
        }
        let last = parts.last_mut().expect("there is always one");
        last.push(character);
        if character == '\\' {
            last.extend(characters.next());
        }
    }
    parts
}

/// The value without the escapes.
pub fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match characters.clone().next() {
            Some(next @ (',' | '|' | '$' | '\\')) if character == '\\' => {
                out.push(next);
                characters.next();
            }
            _ => out.push(character),
        }
    }
    out
}

/// The value with the escapes.
pub fn escaped(text: &str) -> String {
    let escape = |character: char| match character {
        ',' | '|' | '$' | '\\' => vec!['\\', character],
        _ => vec![character],
    };
    text.chars().flat_map(escape).collect()
}
