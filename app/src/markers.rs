//! Leptos writes an empty comment, `<!>`, where a text ends or a view is empty, so that an island finds its nodes.
//!
//! Nothing else looks for them. With erased views (`.cargo/config.toml`) one is behind every text, and `<title>` would show it.

const MARKER: &str = "<!>";
const BEGIN: &str = "<leptos-island";
const END: &str = "</leptos-island>";

/// The page without the markers that no island reads. What people typed has no `<` in HTML, so none of it is removed.
pub fn removed(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let (mut rest, mut islands) = (html, 0_u32);
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        kept.push_str(before);
        if islands == 0 && tag.starts_with(MARKER) {
            rest = &tag[MARKER.len()..];
            continue;
        }
        if tag.starts_with(BEGIN) {
            islands += 1;
        } else if tag.starts_with(END) {
            islands = islands.saturating_sub(1);
        }
        kept.push('<');
        rest = &tag[1..];
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::removed;

    #[test]
    fn only_islands_keep_their_markers() {
        let check = |html, expect| assert_eq!(removed(html), expect);
        check("", "");
        check("<p>a<!></p><!>", "<p>a</p>");
        check(
            "<!><leptos-island x=\"1\"><b>a<!></b></leptos-island><!>b",
            "<leptos-island x=\"1\"><b>a<!></b></leptos-island>b",
        );
        check(
            "<leptos-island><leptos-island>a<!></leptos-island>b<!></leptos-island>c<!>",
            "<leptos-island><leptos-island>a<!></leptos-island>b<!></leptos-island>c",
        );
        check("<!-- <!> --><!DOCTYPE html>é<", "<!--  --><!DOCTYPE html>é<");
    }

    #[test]
    fn what_someone_typed_stays() {
        let typed = "<!><leptos-island>\"'&";
        let view = view! { <p title=typed.to_owned()>{typed.to_owned()}</p> };
        assert_eq!(
            removed(&view.to_html()),
            "<p title=\"&lt;!&gt;&lt;leptos-island&gt;&quot;'&amp;\">&lt;!&gt;&lt;leptos-island&gt;\"'&amp;</p>"
        );
    }
}
