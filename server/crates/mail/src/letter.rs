//! Writes a message once and renders it twice: as plain text and as calm HTML without images, scripts or anything
//! fetched from elsewhere. Every field is text until it is rendered, and is escaped then.

use html_escape::encode_quoted_attribute as escape;
use model::{
    account::PersonName,
    email::Email,
    locale::Locale,
    texts::{Text, Words},
};

use crate::{
    message::Message,
    site::{NAME, Site},
    texts,
};

/// A message under way.
pub struct Letter {
    locale: Locale,
    subject: String,
    parts: Vec<Part>,
}

enum Part {
    Paragraph(String),
    /// What someone else wrote; may have several lines.
    Quote(String),
    Facts(Vec<(String, String)>),
    /// Words and where they lead.
    Links(Vec<(String, String)>),
    Button {
        label: &'static str,
        url: String,
    },
}

impl Letter {
    /// Starts with the subject, which becomes one line whatever is in it. In English: for addresses without an account.
    pub fn new(subject: impl Into<Words>) -> Self {
        Self::in_language(Locale::English, subject)
    }

    /// The same in the reader's language, as all that follows; see [`crate::reader::Reader::letter`].
    pub fn in_language(locale: Locale, subject: impl Into<Words>) -> Self {
        Self { locale, subject: short(line(&subject.into().of(locale))), parts: Vec::new() }
    }

    #[must_use]
    pub fn greeting(self, name: &PersonName) -> Self {
        let greeting = texts::greeting(self.locale, name);
        self.paragraph(greeting)
    }

    #[must_use]
    pub fn paragraph(mut self, text: impl Into<Words>) -> Self {
        self.parts.push(Part::Paragraph(line(&text.into().of(self.locale))));
        self
    }

    /// Left out where there is nothing to quote.
    #[must_use]
    pub fn quote(mut self, text: &str) -> Self {
        let text = lines(text);
        if !text.is_empty() {
            self.parts.push(Part::Quote(text));
        }
        self
    }

    #[must_use]
    pub fn facts<T: Into<Text> + Copy>(mut self, facts: &[(T, &str)]) -> Self {
        let fact = |&(label, value): &(T, &str)| (label.into().of(self.locale).to_owned(), line(value));
        self.parts.push(Part::Facts(facts.iter().map(fact).collect()));
        self
    }

    /// The same where the labels are data, such as the names of apps.
    #[must_use]
    pub fn named_facts(mut self, facts: impl IntoIterator<Item = (String, String)>) -> Self {
        self.parts.push(Part::Facts(facts.into_iter().map(|(label, value)| (line(&label), line(&value))).collect()));
        self
    }

    /// A list of links: words, and the address they lead to.
    #[must_use]
    pub fn links(mut self, links: impl IntoIterator<Item = (String, String)>) -> Self {
        self.parts.push(Part::Links(links.into_iter().map(|(words, url)| (line(&words), url)).collect()));
        self
    }

    #[must_use]
    pub fn button(mut self, label: impl Into<Text>, url: String) -> Self {
        self.parts.push(Part::Button { label: label.into().of(self.locale), url });
        self
    }

    /// Finishes the message.
    pub fn to(self, site: &Site, to: &Email) -> Message {
        let text = self.text(site);
        let html = self.html(site);
        Message { to: to.clone(), subject: self.subject, text, html }
    }

    fn text(&self, site: &Site) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Paragraph(paragraph) => text.push_str(paragraph),
                Part::Quote(quote) => text.push_str(&format!("> {}", quote.replace('\n', "\n> "))),
                Part::Facts(facts) => {
                    let facts: Vec<String> = facts.iter().map(|(label, value)| format!("{label}: {value}")).collect();
                    text.push_str(&facts.join("\n"));
                }
                Part::Links(links) => {
                    let links: Vec<String> = links.iter().map(|(words, url)| format!("{words}:\n{url}")).collect();
                    text.push_str(&links.join("\n"));
                }
                Part::Button { label, url } => text.push_str(&format!("{label}:\n{url}")),
            }
            text.push_str("\n\n");
        }
        // RFC 3676 §4.3: what follows `-- ` is a signature.
        text.push_str(&format!("-- \n{NAME}\n{}\n{}\n", site.page("/"), self.no_replies()));
        text
    }

    fn no_replies(&self) -> &'static str {
        texts::NO_REPLIES.of(self.locale)
    }

    fn html(&self, site: &Site) -> String {
        let body: String = self.parts.iter().map(Part::html).collect();
        let home = site.page("/");
        let (subject, home) = (escape(&self.subject), escape(&home));
        let (language, no_replies) = (self.locale.tag(), self.no_replies());
        format!(
            r#"<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{subject}</title></head>
<body style="margin:0;padding:24px 12px;background:#f3f6f7;color:#1b2b34;font:16px/1.6 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:28px 32px;background:#ffffff;border:1px solid #d5dfe3;border-radius:6px;overflow-wrap:anywhere">
<p style="margin:0 0 20px;color:#3d5a66;font-weight:600">{NAME}</p>
{body}</div>
<p style="max-width:560px;margin:16px auto 0;color:#52646d;font-size:13px"><a href="{home}" style="color:#1f5f73">{home}</a><br>{no_replies}</p>
</body></html>
"#
        )
    }
}

impl Part {
    fn html(&self) -> String {
        match self {
            Self::Paragraph(text) => format!("<p style=\"margin:0 0 16px\">{}</p>\n", escape(text)),
            Self::Quote(text) => format!(
                "<blockquote dir=\"auto\" style=\"margin:0 0 16px;padding:4px 16px;border-left:3px solid #9db8c1\">{}</blockquote>\n",
                escape(text).replace('\n', "<br>\n")
            ),
            Self::Facts(facts) => {
                let rows: String = facts
                    .iter()
                    .map(|(label, value)| {
                        let (label, value) = (escape(label), escape(value));
                        format!(
                            "<tr><th scope=\"row\" style=\"padding:2px 16px 2px 0;text-align:left\">{label}</th><td dir=\"auto\">{value}</td></tr>\n"
                        )
                    })
                    .collect();
                format!("<table style=\"margin:0 0 16px\">\n{rows}</table>\n")
            }
            Self::Links(links) => {
                let items: String = links
                    .iter()
                    .map(|(words, url)| {
                        let (words, url) = (escape(words), escape(url));
                        format!(
                            "<li style=\"margin:0 0 6px\"><a href=\"{url}\" style=\"color:#1f5f73\">{words}</a></li>\n"
                        )
                    })
                    .collect();
                format!("<ul style=\"margin:0 0 16px;padding:0 0 0 20px\">\n{items}</ul>\n")
            }
            Self::Button { label, url } => {
                let (label, url) = (escape(label), escape(url));
                format!(
                    "<p style=\"margin:24px 0\"><a href=\"{url}\" style=\"display:inline-block;padding:10px 20px;border-radius:4px;\
                     background:#1f5f73;color:#ffffff;font-weight:600;text-decoration:none\">{label}</a></p>\n\
                     <p style=\"margin:0 0 16px;font-size:13px;color:#52646d;word-break:break-all\">{url}</p>\n"
                )
            }
        }
    }
}

/// Names can be long. What is cut off is in the letter.
fn short(subject: String) -> String {
    if subject.chars().count() <= LONGEST_SUBJECT {
        return subject;
    }
    let cut: String = subject.chars().take(LONGEST_SUBJECT - 1).collect();
    format!("{}…", cut.trim_end())
}

/// Characters of a subject. Lists of mail show fewer.
pub const LONGEST_SUBJECT: usize = 150;

/// Text on one line, without what could end a header or turn the reading direction.
fn line(text: &str) -> String {
    let spaced: String =
        text.chars().filter(|&c| !is_direction(c)).map(|c| if is_break(c) { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text on as many lines as it has.
fn lines(text: &str) -> String {
    text.trim().lines().map(line).collect::<Vec<_>>().join("\n")
}

fn is_break(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

fn is_direction(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Message {
        let to = "ada@example.org".parse().unwrap();
        Letter::new("About \"<b>\r\nBcc: eve@example.org")
            .greeting(&"Ada & <i>Bob</i>".parse().unwrap())
            .facts(&[("App", "\"><script>alert(1)</script>\u{202e}gpj")])
            .named_facts([("<u>".to_owned(), "\u{2066}<s>".to_owned())])
            .links([("<q>".to_owned(), "https://flex.example.org/?c='>".to_owned())])
            .quote("one\n<two>\r\n\r\nthree")
            .button("Open", "https://flex.example.org/?a=1&b='".to_owned())
            .to(&Site::new("https://flex.example.org/"), &to)
    }

    #[test]
    fn a_long_subject_is_cut() {
        let to = "ada@example.org".parse().unwrap();
        let subject = Letter::new("é".repeat(4000)).to(&Site::new("https://flex.example.org/"), &to).subject;
        assert_eq!(subject, format!("{}…", "é".repeat(LONGEST_SUBJECT - 1)));
    }

    #[test]
    fn a_subject_stays_one_line() {
        assert_eq!(letter().subject, "About \"<b> Bcc: eve@example.org");
    }

    #[test]
    fn no_field_becomes_markup() {
        let html = letter().html;
        for hostile in ["<script", "<i>", "<two>", "<b>", "b='", "\u{202e}", "<u>", "<s>", "<q>", "c='", "\u{2066}"] {
            assert!(!html.contains(hostile), "{hostile} in {html}");
        }
        assert!(html.contains("Hello Ada &amp; &lt;i&gt;Bob&lt;/i&gt;,"), "{html}");
        assert!(html.contains("one<br>\n&lt;two&gt;<br>\n<br>\nthree"), "{html}");
    }

    #[test]
    fn text_and_html_say_the_same() {
        let text = letter().text;
        assert!(
            text.starts_with(
                "Hello Ada & <i>Bob</i>,\n\nApp: \"><script>alert(1)</script>gpj\n\n<u>: <s>\n\n\
                 <q>:\nhttps://flex.example.org/?c='>\n\n> one\n> <two>\n> \n> three\n\n"
            ),
            "{text}"
        );
        assert!(text.contains("Open:\nhttps://flex.example.org/?a=1&b='\n"), "{text}");
    }
}
