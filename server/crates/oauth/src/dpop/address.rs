//! Whether `htu` is the address of a request (RFC 9449 §4.3).

use std::fmt::Write as _;

use url::Url;

/// Whether two addresses are the same, without query and fragment, once each is normalized (RFC 3986 §6.2.2, §6.2.3).
pub(super) fn is_same(htu: &str, ours: &str) -> bool {
    let htu = normal(htu);
    htu.is_some() && htu == normal(ours)
}

fn normal(address: &str) -> Option<String> {
    // Lower-cases scheme and host, and resolves dot segments.
    let url = Url::parse(address).ok()?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    if !is_plain || !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let (host, port) = (url.host_str()?, url.port_or_known_default()?);
    Some(format!("{}://{host}:{port}{}", url.scheme(), with_normal_escapes(url.path())))
}

/// Percent escapes in upper case, and none for unreserved characters.
fn with_normal_escapes(path: &str) -> String {
    let mut normal = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('%') {
        normal.push_str(before);
        let escaped = after.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if is_unreserved(byte) => normal.push(char::from(byte)),
            // Writing to a string cannot fail.
            Some(byte) => _ = write!(normal, "%{byte:02X}"),
            None => normal.push('%'),
        }
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    normal + rest
}

/// RFC 3986 §2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_in_their_normal_form() {
        fn check(htu: &str, ours: &str, expect: bool) {
            assert_eq!(is_same(htu, ours), expect, "{htu} {ours}");
        }
        let ours = "https://fhir.example/R4/Patient/1";
        check(ours, ours, true);
        check("HTTPS://FHIR.example:443/R4/Patient/1?_format=json#x", ours, true);
        check("https://fhir.example/R4/./Coverage/../Patient/1", ours, true);
        check("https://fhir.example/R4/P%61tient/%31", ours, true);
        check("https://fhir.example/a%c3%a9%2fb", "https://fhir.example/a%C3%A9%2Fb", true);
        check("https://fhir.example/a%2fb", "https://fhir.example/a/b", false);
        check("https://fhir.example/a%zz%2", "https://fhir.example/a%zz%2", true);
        check("https://fhir.example", "https://fhir.example/", true);

        check("http://fhir.example/R4/Patient/1", ours, false);
        check("https://fhir.example:444/R4/Patient/1", ours, false);
        check("https://evil.example/R4/Patient/1", ours, false);
        check("https://fhir.example.evil.example/R4/Patient/1", ours, false);
        check("https://a@fhir.example/R4/Patient/1", ours, false);
        check("https://fhir.example/R4/Patient/2", ours, false);
        check("https://fhir.example/R4/patient/1", ours, false);
        check("https://fhir.example/R4/Patient/1/", ours, false);
        check("/R4/Patient/1", ours, false);
        check("", ours, false);
        check("", "", false);
    }
}
