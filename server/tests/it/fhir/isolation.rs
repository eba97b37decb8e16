//! Members with their own tokens, over HTTP: no answer, including its headers, has a byte of another member's data. The
//! requests are those of the store's own tests; `TEST_ISOLATION` says how many.

use axum::http::{Method, StatusCode};
use programs::program::Program;
use url::form_urlencoded::Serializer;

use self::{
    answers::{about_nobody, has_any, told},
    data::{MEMBERS, resources},
    requests::{Asked, Requests},
};
use super::world::{load, token};
use crate::oauth::site::{Reply, Site};

#[path = "../../../crates/fhir/tests/it/isolation/answers.rs"]
mod answers;
#[path = "../../../crates/fhir/tests/it/isolation/data.rs"]
mod data;
#[path = "../../../crates/fhir/tests/it/isolation/random.rs"]
mod random;
#[path = "../../../crates/fhir/tests/it/isolation/requests.rs"]
mod requests;

const BASE: &str = "/fhir/idaho/sandbox/R4";
const PUBLIC: &str = "/fhirpublic/idaho/R4";
const MAIN: &str = "http://127.0.0.1:3000";
const DEFAULT: u32 = 400;
/// Over HTTP, a hundredth of the store tests' requests is enough.
const MOST: u32 = 20_000;

#[tokio::test]
async fn no_members_token_shows_a_byte_of_anothers_data() {
    let wanted = std::env::var("TEST_ISOLATION").ok().map_or(DEFAULT, |text| text.parse::<u32>().unwrap().min(MOST));
    let site = Site::limited(u32::MAX, u32::MAX).await;
    load(&site, "idaho", &resources()).await;
    let program = site.state.services.programs.get(&model::partition::ProgramId::new("idaho")).unwrap().clone();
    let members = tokens(&site, &program).await;
    let base = format!("{MAIN}{BASE}");
    let mut requests = Requests::new(&program, &base, 1, &resources());
    let (mut found, mut links) = (0, Vec::<Sent>::new());
    for turn in 0..wanted {
        let (own, bearer) = requests.random.of(&members).clone();
        let is_handed_on = requests.random.percent(15) && !links.is_empty();
        let asked =
            if is_handed_on { requests.random.of(&links).clone() } else { Sent::any(&mut requests, !own.is_empty()) };
        let foreign: Vec<&str> = MEMBERS.into_iter().filter(|mark| *mark != own).collect();
        let reply = asked.send(&site, &bearer).await;
        let place = format!("request {turn}: {asked:?} by {own}");
        check(&foreign, &reply, &asked, &place);
        let unknown = asked.map(|text| about_nobody(&foreign, text));
        // A link belongs to the exact words of its search.
        if unknown != asked && !asked.path.contains("_page=") {
            let same = unknown.send(&site, &bearer).await;
            let text = |reply: &Reply| told(&about_nobody(&foreign, &reply.body));
            assert_eq!(
                (reply.status, text(&reply)),
                (same.status, text(&same)),
                "{place}: answered differently than for an unknown member"
            );
        }
        found +=
            u32::from(reply.status == StatusCode::OK && (reply.body.contains("\"entry\"") || asked.form.is_empty()));
        links.extend(next(&reply));
    }
    assert!(wanted / 4 < found, "only {found} of {wanted} found anything");
}

/// Each member's mark and token; the first member also gets a token with few scopes.
async fn tokens(site: &Site, program: &Program) -> Vec<(String, String)> {
    let all: Vec<&str> = program.scopes.iter().map(|scope| scope.name.as_str()).collect();
    let all = all.join(" ");
    let mut members = vec![(String::new(), String::new())];
    for member in MEMBERS {
        members.push((member.to_owned(), token(site, "idaho", "/authz/idaho/sandbox", member, &all).await));
    }
    members
}

/// A request as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sent {
    method: Method,
    path: String,
    form: String,
    lenient: bool,
}

impl Sent {
    /// Searches by GET or POST, reads, and sometimes a method that no address accepts.
    fn any(requests: &mut Requests<'_>, is_member: bool) -> Self {
        let mut sent = match requests.next(is_member) {
            Asked::Read { kind, id } => Self::get(format!("{kind}/{}", percent(&id))),
            Asked::Vread { kind, id, version } => Self::get(format!("{kind}/{}/_history/{version}", percent(&id))),
            Asked::Search { kind, parameters, lenient } => {
                let form = Serializer::new(String::new()).extend_pairs(parameters).finish();
                let (method, path, form) = match requests.random.percent(30) {
                    true => (Method::POST, format!("{kind}/_search"), form),
                    false => (Method::GET, format!("{kind}?{form}"), String::new()),
                };
                Self { method, path, form, lenient }
            }
        };
        if requests.random.percent(3) {
            sent.method = requests.random.of(&[Method::PUT, Method::DELETE, Method::PATCH, Method::HEAD]).clone();
        }
        sent
    }

    fn get(path: String) -> Self {
        Self { method: Method::GET, path, form: String::new(), lenient: false }
    }

    fn map(&self, text: impl Fn(&str) -> String) -> Self {
        Self { path: text(&self.path), form: text(&self.form), ..self.clone() }
    }

    /// With the token, or without one on the public base.
    async fn send(&self, site: &Site, bearer: &str) -> Reply {
        let base = if bearer.is_empty() { PUBLIC } else { BASE };
        let path = if self.path.starts_with('/') { self.path.clone() } else { format!("{base}/{}", self.path) };
        let mut headers = vec![("content-type", "application/x-www-form-urlencoded")];
        if !bearer.is_empty() {
            headers.push(("authorization", bearer));
        }
        if self.lenient {
            headers.push(("prefer", "handling=lenient"));
        }
        site.send(self.method.clone(), &path, &headers, &self.form).await
    }
}

fn percent(id: &str) -> String {
    url::form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>().replace('+', "%20")
}

fn check(foreign: &[&str], reply: &Reply, asked: &Sent, place: &str) {
    assert!(!reply.status.is_server_error(), "{place}: {} {}", reply.status, reply.body);
    let headers = format!("{:?}", reply.headers);
    assert!(!has_any(foreign, &headers), "{place}: {headers}");
    // What a message repeats from the request is not another member's data.
    let repeats = !reply.status.is_success() && has_any(foreign, &format!("{}{}", asked.path, asked.form));
    assert!(repeats || !has_any(foreign, &told(&reply.body)), "{place}: {}", reply.body);
}

/// The link to the next page, which anyone may follow.
fn next(reply: &Reply) -> Option<Sent> {
    let bundle: serde_json::Value = serde_json::from_str(&reply.body).ok()?;
    let link = bundle["link"].as_array()?.iter().find(|link| link["relation"] == "next")?;
    Some(Sent::get(link["url"].as_str()?.strip_prefix(MAIN)?.to_owned()))
}
