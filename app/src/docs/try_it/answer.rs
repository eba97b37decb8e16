//! What was sent, what came back, what an error means, and the same request in other programs.

use fhir::{json, outcome::Issue};
use leptos::prelude::*;
use oauth::{error::Code, reason::Reason};
use serde_json::Value;
use url::Url;

use super::{address, elsewhere, request};
use crate::{
    components::{
        alert::{Alert, Tone},
        marked::linked,
    },
    docs::{
        Docs, code,
        errors::{anchor, issue_anchor},
    },
    endpoints::Answer,
    texts::docs::{errors, try_it as text},
};

/// How much of a body the page shows, in bytes.
const SHOWN: usize = 100_000;

/// The request to this address and its answer; `None` if there was none.
pub fn show(docs: &Docs<'_>, kind: &str, url: &Url, token: Option<&str>, answer: Option<&Answer>) -> AnyView {
    let Some(answer) = answer else {
        return view! { <Alert tone=Tone::Warning>{text::NO_ANSWER}</Alert> }.into_any();
    };
    let sent = if token.is_some() { text::sent_with_token(url.as_str()) } else { text::sent(url.as_str()) };
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let next = next_page(docs, kind, &body).map(|to| {
        view! { <p><a class="usa-link" rel="nofollow" href=to>{text::NEXT_PAGE}</a></p> }
    });
    let milliseconds = answer.took.as_millis().to_string();
    let status = text::status(answer.status, milliseconds.as_str(), size(answer.body.len()).as_str());
    let headers: Vec<_> = answer.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let tone = if answer.status < 400 { "docs-status docs-status--good" } else { "docs-status docs-status--bad" };
    let why = why(docs, answer.status, &body);
    let (shown, is_cut) = cut(json::pretty(&answer.body));
    let cut = is_cut.then(|| view! { <p class="usa-hint">{text::cut(SHOWN / 1000)}</p> });
    view! {
        <h2>{text::ANSWER}</h2>
        {code::titled(text::SENT, sent)}
        <p class=tone role="status">{status}</p>
        {why}
        {next}
        {cut}
        <div class="docs-answer">{code::titled(text::BODY, shown)}</div>
        <details class="disclosure"><summary>{text::HEADERS}</summary>{code::block(headers.join("\n"))}</details>
        {others(url, token)}
    }
    .into_any()
}

/// The same request in other programs, closed.
fn others(url: &Url, token: Option<&str>) -> AnyView {
    let blocks = elsewhere::all(url, token.is_some()).map(|(name, source)| code::titled(name, source));
    let token = token.map(|token| {
        let token = code::titled(text::TOKEN, format!("export TOKEN={token}"));
        view! { <p>{code::words(text::ABOUT_COPY)}</p> {token} }
    });
    view! { <details class="disclosure"><summary>{text::COPY_AS}</summary>{token} {blocks}</details> }.into_any()
}

/// Our page with the next page of a search.
fn next_page(docs: &Docs<'_>, kind: &str, bundle: &Value) -> Option<String> {
    let links = bundle.get("link")?.as_array()?;
    let next = links.iter().find(|link| link.get("relation").and_then(Value::as_str) == Some("next"))?;
    let query = request::of_link(next.get("url")?.as_str()?)?;
    Some(format!("{}?{query}#answer", address(docs, kind)))
}

/// What the list of errors says of an OperationOutcome: by the reason that it names, else by its status and code.
fn why(docs: &Docs<'_>, status: u16, outcome: &Value) -> Option<AnyView> {
    if status < 400 {
        return None;
    }
    let issue = outcome.get("issue")?.get(0)?;
    let reason = issue.pointer("/details/coding/0/code").and_then(Value::as_str);
    let reason = Reason::ALL.iter().find(|own| Some(own.as_str()) == reason);
    let code = issue.get("code").and_then(Value::as_str);
    let known = Issue::ALL.iter().find(|own| own.status() == status && Some(own.code()) == code);
    let explained = match (reason, known) {
        (Some(reason), _) => of_reason(docs, *reason),
        (None, Some(issue)) => {
            let texts = [errors::issue_cause(*issue), errors::issue_remedy(*issue)];
            explained(docs, &issue_anchor(*issue), texts)
        }
        (None, None) => return None,
    };
    Some(view! { <Alert tone=Tone::Info heading=text::WHY>{explained}</Alert> }.into_any())
}

/// An error of the authorization server, in its words and ours.
pub fn refused(docs: &Docs<'_>, error: &str, description: &str) -> AnyView {
    let reason = Reason::ALL.iter().find(|reason| description.split(':').next() == Some(reason.as_str()));
    let code = Code::ALL.iter().find(|code| code.as_str() == error);
    let explained = match (reason, code) {
        (Some(reason), _) => Some(of_reason(docs, *reason)),
        (None, Some(code)) => {
            Some(explained(docs, &anchor(code.as_str()), [errors::code_cause(*code), errors::code_remedy(*code)]))
        }
        (None, None) => None,
    };
    let said = [error, description].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(": ");
    view! { <p>{code::word(said)}</p> {explained} }.into_any()
}

fn of_reason(docs: &Docs<'_>, reason: Reason) -> AnyView {
    explained(docs, &anchor(reason.as_str()), [errors::reason_cause(reason), errors::reason_remedy(reason)])
}

fn explained(docs: &Docs<'_>, anchor: &str, texts: [&'static str; 2]) -> AnyView {
    let [cause, remedy] = texts;
    let more = linked(text::MORE_ON_ERROR, format!("{}#{anchor}", docs.chapter("errors")));
    view! { <p>{cause} " " {remedy}</p> <p>{more}</p> }.into_any()
}

/// The beginning, up to a whole line, and whether that is not all.
fn cut(mut text: String) -> (String, bool) {
    if text.len() <= SHOWN {
        return (text, false);
    }
    let end = text.floor_char_boundary(SHOWN);
    text.truncate(text[..end].rfind('\n').unwrap_or(end));
    (text, true)
}

fn size(bytes: usize) -> String {
    if bytes < 1000 { text::bytes(bytes) } else { text::kilobytes(bytes / 1000) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_body_ends_with_a_whole_line() {
        assert_eq!(cut("{\n}".to_owned()), ("{\n}".to_owned(), false));
        let (text, is_cut) = cut("é\n".repeat(50_000));
        assert!(is_cut && text.len() < SHOWN && text.ends_with('é'), "{}", text.len());
        let (text, is_cut) = cut("é".repeat(80_000));
        assert_eq!((text.len(), is_cut), (SHOWN, true));
    }

    #[test]
    fn sizes_are_read_at_a_glance() {
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(12_345), "12 kB");
    }
}
