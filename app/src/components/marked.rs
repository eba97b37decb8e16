//! Sentences of which a part is a link or emphasized: `Read the [terms and conditions] first.`

use leptos::prelude::*;

/// The sentence, each of its parts in square brackets shown by `mark`, which is given its place among them and its text.
pub fn marked(sentence: &str, mark: impl Fn(usize, String) -> AnyView) -> Vec<AnyView> {
    let mut parts = Vec::new();
    for (place, piece) in sentence.split('[').enumerate() {
        let plain = match piece.split_once(']') {
            Some((inner, after)) if 0 < place => {
                parts.push(mark(place - 1, inner.to_owned()));
                after
            }
            _ => piece,
        };
        if !plain.is_empty() {
            parts.push(plain.to_owned().into_any());
        }
    }
    parts
}

/// The part in brackets leads to a page of ours.
pub fn linked(sentence: &str, to: impl Into<String>) -> Vec<AnyView> {
    let to = to.into();
    marked(sentence, |_, text| view! { <a class="usa-link" href=to.clone()>{text}</a> }.into_any())
}

/// The same in a new tab, so that a form that is half filled in stays.
pub fn new_tab(sentence: &str, to: &'static str) -> Vec<AnyView> {
    marked(sentence, |_, text| {
        view! { <a class="usa-link" href=to target="_blank" rel="noopener">{text}</a> }.into_any()
    })
}

/// The part in brackets is emphasized.
pub fn strong(sentence: &str) -> Vec<AnyView> {
    marked(sentence, |_, text| view! { <strong>{text}</strong> }.into_any())
}

/// The part in brackets says what replaces it: `data`, emphasized. What people typed goes this way, so that no bracket of
/// theirs marks anything.
pub fn naming(sentence: &str, data: &str) -> Vec<AnyView> {
    marked(sentence, |_, _| view! { <strong>{data.to_owned()}</strong> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(sentence: &str) -> String {
        marked(sentence, |place, text| view! { <a href=format!("/{place}")>{text}</a> }.into_any()).to_html()
    }

    #[test]
    fn what_stands_in_brackets_is_marked_and_the_rest_is_text() {
        let plain = |sentence: &str| html(sentence).replace("<!>", "");
        assert_eq!(plain("Read the [terms] first."), "Read the <a href=\"/0\">terms</a> first.");
        assert_eq!(plain("[A] & [<b>]"), "<a href=\"/0\">A</a> &amp; <a href=\"/1\">&lt;b&gt;</a>");
        assert_eq!(plain("No link"), "No link");
        assert_eq!(plain("An [open one"), "An open one");
    }
}
