//! Finds sentences in a view or a letter that belong in `texts`.

use proc_macro2::{Delimiter, TokenTree};
use syn::{Lit, LitStr};

use super::{
    read::{ident, is_punct},
    sources::Source,
};

/// Macros whose words no member, vendor or administrator reads, or which declare texts.
const OTHER_MACROS: [&str; 14] = [
    "assert",
    "assert_eq",
    "debug",
    "debug_assert",
    "error",
    "form",
    "include_str",
    "info",
    "matches",
    "sentences",
    "texts",
    "unreachable",
    "warn",
    "words",
];
/// Attributes that hold no words.
const TECHNICAL: [&str; 27] = [
    "action",
    "accept",
    "autocomplete",
    "charset",
    "class",
    "content",
    "d",
    "describedby",
    "endpoint",
    "fill",
    "for",
    "form",
    "href",
    "http",
    "id",
    "inputmode",
    "maxlength",
    "method",
    "name",
    "rel",
    "role",
    "scope",
    "src",
    "style",
    "target",
    "type",
    "viewBox",
];

/// Names of classes that are not written after `class=`, a step of an SVG path, and the type of a token.
const ASIDE: [&str; 3] = ["Bearer", "due overdue", "M{x} {y}h{run}v1h-{run}z"];

/// `app/src/owner/secret.rs: "…"` for each.
pub fn sentences(source: &Source) -> Vec<String> {
    let is_letter = source.path.starts_with("server/crates/mail/src/messages/") || source.path.ends_with("/letter.rs");
    let mut found = Vec::new();
    if source.is_page() || is_letter {
        look(&source.tokens, &mut found);
    }
    found.into_iter().map(|text| format!("{}: {text:?}", source.path)).collect()
}

fn look(tokens: &[TokenTree], found: &mut Vec<String>) {
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                let is_attribute = 0 < at && is_punct(&tokens[at - 1], '#') || 1 < at && is_punct(&tokens[at - 2], '#');
                // `expect(…)` speaks to developers; a function to `Input` is a part of forms.
                let is_aside = 0 < at && ident(&tokens[at - 1]).is_some_and(|name| name == "expect" || name == "Input");
                let is_other = 1 < at
                    && is_punct(&tokens[at - 1], '!')
                    && ident(&tokens[at - 2]).is_some_and(|name| OTHER_MACROS.contains(&name.as_str()));
                if !is_attribute && !is_aside && !is_other && group.delimiter() != Delimiter::None {
                    look(&group.stream().into_iter().collect::<Vec<_>>(), found);
                }
            }
            TokenTree::Literal(literal) => {
                let Ok(Lit::Str(text)) = syn::parse_str::<Lit>(&literal.to_string()) else { continue };
                let is_technical = 1 < at
                    && is_punct(&tokens[at - 1], '=')
                    && ident(&tokens[at - 2]).is_some_and(|name| TECHNICAL.contains(&name.as_str()));
                // `aria-describedby=…`, `data-ready=…`
                let is_data = 3 < at
                    && is_punct(&tokens[at - 1], '=')
                    && is_punct(&tokens[at - 3], '-')
                    && ident(&tokens[at - 4]).is_some_and(|name| name == "data");
                // `"Patient" => …`
                let is_pattern = tokens.get(at + 1).is_some_and(|next| is_punct(next, '|') || is_punct(next, '='));
                if !is_technical && !is_data && !is_pattern && is_sentence(&text) {
                    found.push(text.value());
                }
            }
            _ => {}
        }
    }
}

/// Words that people read: several, or one that begins with a capital letter. Class names, codes, paths and formats do
/// not count.
fn is_sentence(text: &LitStr) -> bool {
    let text = text.value();
    let outside: String = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after)).collect();
    let words: Vec<&str> = outside.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    // Markup, addresses, selectors, formats of time
    let is_code = outside.contains(['<', '>', '/', '_', '=', ';', '#', '%']);
    let is_drawn = words.iter().all(|word| word.chars().filter(|char| char.is_alphabetic()).count() < 3);
    let are_classes = words.iter().any(|word| word.starts_with("usa-") || word.contains("--"));
    match words[..] {
        [] => false,
        _ if is_code || is_drawn || are_classes || ASIDE.contains(&text.as_str()) => false,
        // `NotAllowedError` is a name.
        [word] => {
            let mut capitals = word.char_indices().filter(|(_, char)| char.is_uppercase());
            capitals.next().is_some_and(|(at, _)| at == 0) && capitals.next().is_none()
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;

    use super::*;

    fn found(code: &str) -> Vec<String> {
        let tokens: TokenStream = code.parse().unwrap();
        let mut found = Vec::new();
        look(&tokens.into_iter().collect::<Vec<_>>(), &mut found);
        found
    }

    #[test]
    fn words_in_a_view_are_found_and_names_of_classes_and_addresses_are_not() {
        fn check(code: &str, expect: &[&str]) {
            assert_eq!(found(code), expect, "{code}");
        }
        check(r#"view! { <h1>"Sign in"</h1> }"#, &["Sign in"]);
        check(r#"view! { <Actions submit="Save" /> }"#, &["Save"]);
        check(r#"view! { <a aria-label="to the list">{x}</a> }"#, &["to the list"]);
        check(r#"format!("Edit {name}")"#, &["Edit {name}"]);
        check(r#"locale.of("or with a code", "o con un código")"#, &["or with a code", "o con un código"]);
        check(r#"view! { <p class="card card--narrow" href="/a b">{text::TITLE}</p> }"#, &[]);
        check(r#"view! { <p class="heading row">{text::TITLE.of(locale)}</p> }"#, &[]);
        check(r#"format!("{path}?next={next}") + "sign-in""#, &[]);
        check(r#"tracing::warn!("a refused form could not be forgotten")"#, &[]);
        check(r#"#[error("too large a form")] struct X;"#, &[]);
    }
}
