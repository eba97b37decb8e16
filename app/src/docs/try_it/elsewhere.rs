//! A request as other programs send it.

use url::Url;

use crate::texts::docs::try_it as text;

/// Name and code, for a request with a token or without one.
pub fn all(url: &Url, with_token: bool) -> [(&'static str, String); 3] {
    // An address may hold an apostrophe, which ends the shell's text.
    let url = url.as_str().replace('\'', "%27");
    [
        (text::CURL, curl(&url, with_token)),
        (text::JAVASCRIPT, javascript(&url, with_token)),
        (text::PYTHON, python(&url, with_token)),
    ]
}

fn curl(url: &str, with_token: bool) -> String {
    let token = if with_token { text::CURL_TOKEN } else { "" };
    format!("curl {token}'{url}'")
}

fn javascript(url: &str, with_token: bool) -> String {
    let token = if with_token { text::JAVASCRIPT_TOKEN } else { "" };
    format!("const answer = await fetch('{url}'{token});\nconsole.log(answer.status, await answer.json());")
}

fn python(url: &str, with_token: bool) -> String {
    let (import, token) = if with_token {
        ("os, ", ", headers={\"Authorization\": f\"Bearer {os.environ['TOKEN']}\"}")
    } else {
        ("", "")
    };
    format!(
        "import json, {import}urllib.request\n\nrequest = urllib.request.Request(\"{url}\"{token})\nwith urllib.request.urlopen(request) \
         as answer:\n    print(answer.status, json.load(answer))"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_someone_typed_stays_within_its_quotes() {
        let mut url = Url::parse("https://flex.example.org/R4").unwrap();
        url.path_segments_mut().unwrap().extend(["Patient", "'; rm -rf ~ #\"\\`${x}\n"]);
        url.query_pairs_mut().append_pair("name", "'\"\\`$(x)\n");
        for (name, code) in all(&url, false) {
            let typed = code.split("Patient/").nth(1).unwrap();
            let typed = &typed[..typed.rfind(['\'', '"']).unwrap()];
            let typed = typed.split(['\'', '"']).next().unwrap();
            assert!(typed.ends_with("%29%0A"), "{name}: {code}");
            assert!(!typed.contains(['\\', '`', ' ', '\n', '<']), "{name}: {code}");
        }
    }

    #[test]
    fn only_a_request_that_needs_a_token_sends_one() {
        let url = Url::parse("https://flex.example.org/R4/Location?name=A").unwrap();
        assert_eq!(curl(url.as_str(), false), "curl 'https://flex.example.org/R4/Location?name=A'");
        for (name, code) in all(&url, true) {
            assert!(code.contains("Bearer ") && code.contains("TOKEN"), "{name}: {code}");
        }
        for (name, code) in all(&url, false) {
            assert!(!code.contains("TOKEN"), "{name}: {code}");
        }
    }
}
