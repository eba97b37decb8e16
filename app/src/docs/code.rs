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
