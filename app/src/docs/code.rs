//! Code that readers copy.

use leptos::prelude::*;

use crate::components::marked::marked;

/// A block of code. The page's script puts a button beside it that copies the text; without scripts readers select it.
pub fn block(text: impl Into<String>) -> AnyView {
    let text = text.into();
    view! { <div class="docs-code"><pre tabindex="0"><code>{text}</code></pre></div> }.into_any()
}

/// A block under a line that says what it is.
pub fn titled(title: impl Into<String>, text: impl Into<String>) -> AnyView {
    view! { <figure class="docs-figure"><figcaption>{title.into()}</figcaption>{block(text)}</figure> }.into_any()
}

/// A name or address within a sentence.
pub fn word(text: impl Into<String>) -> AnyView {
    view! { <code class="breakable">{text.into()}</code> }.into_any()
}

/// A sentence in which the brackets are code.
pub fn words(sentence: &str) -> Vec<AnyView> {
    marked(sentence, |_, text| word(text))
}

/// The request line and the host of an HTTP request to this address, as examples have them.
pub fn get(base: &str, path: &str, query: &str) -> String {
    let (host, prefix) = split(base);
    format!("GET {prefix}{path}?{query} HTTP/1.1\nHost: {host}")
}

/// A form that is posted to this address.
pub fn post(base: &str, path: &str, form: &str) -> String {
    let (host, prefix) = split(base);
    let content_type = "Content-Type: application/x-www-form-urlencoded";
    format!("POST {prefix}{path} HTTP/1.1\nHost: {host}\n{content_type}\n\n{form}")
}

/// Host with port, and path.
fn split(base: &str) -> (&str, &str) {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    rest.split_at(rest.find('/').unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_the_request_that_a_client_sends() {
        assert_eq!(
            get("http://127.0.0.1:3000/authz/idaho", "/oauth/authorize", "a=b"),
            "GET /authz/idaho/oauth/authorize?a=b HTTP/1.1\nHost: 127.0.0.1:3000"
        );
        assert_eq!(
            post("https://authz.example.org", "/oauth/token", "a=b"),
            "POST /oauth/token HTTP/1.1\nHost: authz.example.org\nContent-Type: application/x-www-form-urlencoded\n\na=b"
        );
    }
}
