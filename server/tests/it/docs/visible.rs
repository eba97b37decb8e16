//! What a reader sees of a page.

use std::collections::BTreeMap;

/// The text of a page's chapter: without markup, with single blanks.
pub fn visible(page: &str) -> String {
    let article = page.split_once("<article").map_or(page, |(_, rest)| rest);
    let article = article.split_once("</article>").map_or(article, |(article, _)| article);
    plain(&format!("<article{article}"))
}

/// Text without tags and with its entities read; a tag separates words.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        let words = piece.split_once('>').map_or(piece, |(_, words)| words);
        text.push(' ');
        text.push_str(words);
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    let text = entities.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How often each id is on the page.
pub fn ids(page: &str) -> BTreeMap<&str, usize> {
    let mut ids = BTreeMap::new();
    for id in page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        *ids.entry(id).or_default() += 1;
    }
    ids
}

/// Where the page leads, as written in its links.
pub fn links(page: &str) -> Vec<String> {
    let links = page.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.map(|link| link.replace("&amp;", "&")).collect()
}

#[test]
fn a_reader_sees_words_and_no_markup() {
    let page =
        "<p>x</p><article lang=\"en\"><h1>A &amp; B</h1><p>one <code>&lt;two&gt;</code>\n three</p></article><p>y</p>";
    assert_eq!(visible(page), "A & B one <two> three");
    assert_eq!(ids("<a id=\"x\"><b class=\"c\" id=\"x\">"), BTreeMap::from([("x", 2)]));
}
