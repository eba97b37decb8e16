//! Narrative (hl7.org/fhir/R4/narrative.html): XHTML that may be shown to people, so nothing in it may run or load
//! anything.
//!
//! `txt-1` lists the allowed elements and attributes of HTML 4.0; `txt-2` requires some content.

use std::borrow::Cow;

use roxmltree::{Document, Node, NodeType};

/// HTML 4.0's names for characters, in addition to the five of XML.
const ENTITIES: &str = include_str!("entities.txt");
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Chapters 7 to 11, except 9.4, and chapter 15 of HTML 4.0; also `a` and `img`.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "address", "b", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "dfn", "dir", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
    "kbd", "li", "menu", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var",
];

/// The attributes of these elements, without those for forms and scripts.
#[rustfmt::skip]
const ATTRIBUTES: &[&str] = &[
    "abbr", "accesskey", "align", "alt", "axis", "bgcolor", "border", "cellpadding", "cellspacing", "char", "charoff",
    "charset", "cite", "class", "clear", "color", "colspan", "compact", "coords", "dir", "face", "frame", "headers", "height",
    "href", "hreflang", "hspace", "id", "ismap", "lang", "longdesc", "name", "noshade", "nowrap", "rel", "rev", "rowspan",
    "rules", "scope", "shape", "size", "span", "src", "start", "style", "summary", "tabindex", "target", "title", "type",
    "valign", "value", "vspace", "width",
];

/// Attributes whose value is a URL, and the schemes it may have. A URL without a scheme stays on this site.
const ADDRESSES: &[&str] = &["href", "src", "cite", "longdesc"];
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "ftp", "urn"];

/// Returns the reason if the text is not valid narrative.
pub fn check(text: &str) -> Result<(), String> {
    let text = with_characters(text)?;
    // A document type could declare entities that expand without end; the parser rejects it.
    let document = Document::parse(&text).map_err(|error| format!("is not well-formed XHTML: {error}"))?;
    let root = document.root_element();
    if root.tag_name().name() != "div" {
        return Err("is not an XHTML `<div>`".to_owned());
    }
    if document.root().children().any(|node| !matches!(node.node_type(), NodeType::Element | NodeType::Comment)) {
        return Err("has content outside its `<div>` (txt-1)".to_owned());
    }
    let mut says_something = false;
    for node in root.descendants() {
        match node.node_type() {
            NodeType::Element => {
                element(node)?;
                says_something |= node.has_tag_name((XHTML, "img"));
            }
            NodeType::Text => says_something |= node.text().is_some_and(|text| !text.trim().is_empty()),
            NodeType::PI => return Err("has a processing instruction (txt-1)".to_owned()),
            NodeType::Root | NodeType::Comment => {}
        }
    }
    if says_something { Ok(()) } else { Err("has no content (txt-2)".to_owned()) }
}

fn element(node: Node<'_, '_>) -> Result<(), String> {
    let name = node.tag_name().name();
    if node.tag_name().namespace() != Some(XHTML) {
        return Err(format!("has `<{name}>` outside the namespace {XHTML}"));
    }
    if !ELEMENTS.contains(&name) {
        return Err(format!("has `<{name}>`, which is not allowed in narrative (txt-1)"));
    }
    for attribute in node.attributes() {
        let (name, value) = (attribute.name(), attribute.value());
        let is_allowed = match attribute.namespace() {
            None => ATTRIBUTES.contains(&name),
            Some(namespace) => namespace == roxmltree::NS_XML_URI && matches!(name, "lang" | "space" | "base"),
        };
        if !is_allowed {
            return Err(format!("has the attribute `{name}`, which is not allowed in narrative (txt-1)"));
        }
        if name == "style" && !is_still(value) {
            return Err("has a style that loads or runs something (txt-1)".to_owned());
        }
        if ADDRESSES.contains(&name) && !leads_somewhere_safe(node, name, value) {
            return Err(format!("has a URL in `{name}` that is not allowed in narrative (txt-1)"));
        }
    }
    Ok(())
}

/// Whether a style is self-contained: it neither refers to other resources nor runs anything.
fn is_still(style: &str) -> bool {
    // Comments and escapes could hide a word (CSS 2 §4.1).
    let plain: String = style.to_ascii_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect();
    !["url(", "@import", "expression(", "behavior:", "-moz-binding", "\\", "/*"].iter().any(|word| plain.contains(word))
}

fn leads_somewhere_safe(node: Node<'_, '_>, name: &str, address: &str) -> bool {
    // Browsers ignore blanks and control characters within a scheme.
    let plain: String = address.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect();
    let before_path = plain.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = before_path.split_once(':') else { return true };
    let scheme = scheme.to_ascii_lowercase();
    // The URL may contain the image itself.
    let is_image = name == "src" && node.tag_name().name() == "img" && rest.to_ascii_lowercase().starts_with("image");
    SCHEMES.contains(&scheme.as_str()) || (scheme == "data" && is_image)
}

/// The text with HTML's names for characters, which XML does not have, replaced by characters.
fn with_characters(text: &str) -> Result<Cow<'_, str>, String> {
    if !text.contains('&') {
        return Ok(text.into());
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let name = after[1..].split(';').next().unwrap_or_default();
        let is_html = name.len() < after.len() - 1 && ENTITIES.split_ascii_whitespace().any(|known| known == name);
        if is_html {
            // Only whether the character is visible matters here.
            out.push_str(if name == "nbsp" { "\u{a0}" } else { "?" });
            rest = &after[name.len() + 2..];
        } else {
            out.push('&');
            rest = &after[1..];
        }
    }
    out.push_str(rest);
    Ok(out.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn div(inner: &str) -> String {
        format!("<div xmlns=\"{XHTML}\">{inner}</div>")
    }

    fn check_inner(inner: &str, expect: Option<&str>) {
        check_all(&div(inner), expect);
    }

    fn check_all(text: &str, expect: Option<&str>) {
        match (check(text), expect) {
            (Ok(()), None) => {}
            (Err(reason), Some(part)) => assert!(reason.contains(part), "{text}: {reason}"),
            (found, _) => panic!("{text}: {found:?}"),
        }
    }

    #[test]
    fn what_html_formats_text_with_is_taken() {
        for inner in [
            "A member",
            "<p>A<br/>b &amp; c &#160; &nbsp; &reg; &eacute;</p>",
            "<table border=\"1\" cellpadding=\"2\"><caption>x</caption><tbody><tr><td colspan=\"2\">x</td></tr></tbody></table>",
            "<p style=\"color: red; margin-left: 1em\" class=\"a\" title=\"t\" id=\"i\" lang=\"en\" xml:lang=\"en\" dir=\"ltr\">x</p>",
            "<a href=\"Patient/1\">x</a><a name=\"y\"/><a href=\"#y\">x</a><a href=\"https://example.org/?a=b:c\">x</a>",
            "<a href=\"mailto:a@example.org\">x</a><a href=\"tel:+1\">x</a><a href=\"urn:oid:1.2\">x</a>",
            "<img src=\"data:image/png;base64,AAAA\" alt=\"x\"/>",
            "<img src=\"#picture\" alt=\"\"/>",
            "<!-- a comment --><h1>x</h1><ul><li>x</li></ul><dl><dt>x</dt><dd>x</dd></dl><hr/><pre>x</pre>",
            "<![CDATA[x < y]]>",
        ] {
            check_inner(inner, None);
        }
        check_all(&format!("<h:div xmlns:h=\"{XHTML}\">x</h:div>"), None);
    }

    #[test]
    fn what_acts_or_fetches_is_refused() {
        for inner in [
            "<script>alert(1)</script>",
            "<SCRIPT>alert(1)</SCRIPT>",
            "<p>x</p><style>p { color: red }</style>",
            "<link rel=\"stylesheet\" href=\"x.css\"/>",
            "<iframe src=\"https://example.org\"/>",
            "<object data=\"x\"/>",
            "<embed src=\"x\"/>",
            "<form action=\"x\"><input name=\"y\"/></form>",
            "<base href=\"https://example.org\"/>",
            "<ins>x</ins>",
            "<video src=\"x\"/>",
            "<p onclick=\"alert(1)\">x</p>",
            "<p ONCLICK=\"alert(1)\">x</p>",
            "<img src=\"x\" alt=\"\" onerror=\"alert(1)\"/>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\" java&#10;script:alert(1)\">x</a>",
            "<a href=\"JAVASCRIPT:alert(1)\">x</a>",
            "<a href=\"vbscript:x\">x</a>",
            "<a href=\"data:text/html,x\">x</a>",
            "<img src=\"data:text/html,x\" alt=\"\"/>",
            "<p style=\"background: url(https://example.org/x.png)\">x</p>",
            "<p style=\"background: u/**/rl(x)\">x</p>",
            "<p style=\"width: expression(alert(1))\">x</p>",
            "<p style=\"background: \\75rl(x)\">x</p>",
            "<p data-x=\"1\">x</p>",
            "<?php echo 1 ?>x",
        ] {
            check_inner(inner, Some("txt-1"));
        }
        check_inner("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>x</text></svg>", Some("outside the namespace"));
        check_inner("<a xmlns:x=\"http://www.w3.org/1999/xlink\" x:href=\"y\">x</a>", Some("txt-1"));
    }

    #[test]
    fn what_says_nothing_is_refused() {
        for inner in ["", " \n\t", "<p></p>", "<p>&nbsp;&#160;</p>", "<!-- x -->", "<br/><hr/>", "<a href=\"x\"/>"] {
            check_inner(inner, Some("txt-2"));
        }
    }

    #[test]
    fn what_is_no_xhtml_div_is_refused() {
        check_all("A member", Some("well-formed"));
        check_all("<p>x</p>", Some("not an XHTML `<div>`"));
        check_all("<div>x</div>", Some("outside the namespace"));
        check_all("<div xmlns=\"http://example.org\">x</div>", Some("outside the namespace"));
        for inner in
            ["<p>x", "<b><i>x</b></i>", "a & b", "a < b", "&unknown;", "<p a=1>x</p>", "<p a='1' a='2'>x</p>", "<br>"]
        {
            check_inner(inner, Some("well-formed"));
        }
        check_all(&format!("{}{}", div("x"), div("y")), Some("well-formed"));
        check_all(&format!("<!DOCTYPE div [<!ENTITY a \"x\">]>{}", div("&a;")), Some("well-formed"));
        check_all(&format!("<?xml-stylesheet href=\"x\"?>{}", div("x")), Some("txt-1"));
    }
}
