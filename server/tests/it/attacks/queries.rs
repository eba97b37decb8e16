//! Input, in searches: hostile values, modifiers, nesting and repetition.

use axum::http::Method;
use store::testing::{postgres, sqlite};
use url::form_urlencoded::byte_serialize;

use super::{
    calm::Answers,
    world::{AUTHZ, FHIR, FORM},
};
use crate::{
    fhir::{
        data,
        world::{get_as, load},
    },
    oauth::site::Site,
};

const VALUES: [&str; 38] = [
    "",
    " ",
    "-1",
    "0",
    "1.5",
    "1e308",
    "NaN",
    "9223372036854775808",
    "99999999999999999999999999",
    "-9223372036854775809",
    "%",
    "_",
    "\\",
    "a%b_c\\",
    "'",
    "' OR 1=1 --",
    "\"; DROP TABLE fhir_resource; --",
    "$1",
    "$$",
    "(a+)+$",
    "(((((((((((((((((((((",
    "[",
    "*",
    "|",
    "||",
    "|||||||",
    ",",
    ",,,,,,,,",
    "\\,",
    "Patient/",
    "Patient//",
    "/Patient",
    "http://[::1",
    "javascript:alert(1)",
    "0000-00-00",
    "2019-02-30T25:61:61+99:99",
    "gt",
    "\u{1f600}\u{202e}\u{fffe}",
];

const NAMES: [&str; 24] = [
    "_count",
    "_getpagesoffset",
    "_page",
    "_sort",
    "_elements",
    "_summary",
    "_total",
    "_format",
    "_include",
    "_revinclude",
    "_id",
    "_lastUpdated",
    "_profile",
    "name",
    "name:exact",
    "name:contains",
    "identifier",
    "identifier:not",
    "address-state",
    "near",
    "organization",
    "organization:missing",
    "location.address-city",
    "_has:PractitionerRole:practitioner:role",
];

async fn ask(site: &Site, path: &str, bearer: Option<&str>) -> crate::oauth::site::Reply {
    match bearer {
        Some(bearer) => get_as(site, bearer, path).await,
        None => site.get(path).await,
    }
}

#[tokio::test]
async fn no_search_is_a_defect_or_takes_long_whatever_its_values() {
    let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let repeated = |pair: &str, times: usize| vec![pair; times].join("&");
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        load(&site, "idaho", &[data::directory(), data::member("a", "coverage-a")].concat()).await;
        let app = site.app("idaho").await;
        let ann = site.member_who_is("ann", "a", &app).await;
        let tokens = site.tokens(AUTHZ, &app, &ann, "patient/ExplanationOfBenefit.read").await;
        let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
        let mut answers = Answers::default();
        let look = async |answers: &mut Answers, path: &str, bearer: Option<&str>| {
            let reply = ask(&site, path, bearer).await;
            let status = reply.status.as_u16();
            assert!(matches!(status, 200 | 400 | 406 | 414 | 422), "{path:.300}: {status} {}", reply.body);
            answers.look(&reply, path);
        };
        for value in VALUES {
            for (number, name) in NAMES.iter().enumerate() {
                let kind = ["Practitioner", "Location", "Organization"][number % 3];
                let path = format!("/fhirpublic/idaho/R4/{kind}?{name}={}", encode(value));
                look(&mut answers, &path, None).await;
            }
            for name in ["patient", "service-date", "type", "identifier", "_lastUpdated"] {
                let path = format!("{FHIR}/ExplanationOfBenefit?patient=a&{name}={}", encode(value));
                look(&mut answers, &path, Some(&bearer)).await;
            }
        }
        for query in [
            repeated("name=a", 1000),
            repeated("_include=PractitionerRole:practitioner", 200),
            format!("name={}", vec!["a"; 5000].join(",")),
            format!("_id={}", vec!["smith"; 2000].join(",")),
            format!("{}name=x", "organization.".repeat(200)),
            format!("{}=x", "_has:PractitionerRole:practitioner:".repeat(100)),
            format!("name{}=x", ":exact".repeat(500)),
            format!("_sort={}", vec!["-_id"; 2000].join(",")),
            format!("_elements={}", vec!["name"; 2000].join(",")),
            format!("{}=x", "n".repeat(10_000)),
            (0..900).map(|number| format!("p{number}=1")).collect::<Vec<_>>().join("&"),
        ] {
            for kind in ["Practitioner", "PractitionerRole"] {
                look(&mut answers, &format!("/fhirpublic/idaho/R4/{kind}?{query}"), None).await;
            }
        }
        // A form may be longer than an address.
        for form in [repeated("name=a", 20_000), format!("name={}", vec!["a"; 100_000].join(","))] {
            let reply = site.send(Method::POST, "/fhirpublic/idaho/R4/Practitioner/_search", &[FORM], &form).await;
            assert!(matches!(reply.status.as_u16(), 200 | 400 | 422), "{} {:.300}", reply.status, reply.body);
            answers.look(&reply, &form[..20]);
        }
        answers.all_calm(1100);
    }
}
