//! Addresses and forms that no one would write: never a defect of ours, always an error in FHIR's format.

use axum::http::{Method, Uri};
use proptest::{
    collection::vec,
    prelude::{BoxedStrategy, Strategy, any, prop_oneof},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::{data, world::load};
use crate::oauth::site::Site;

const PIECES: [&str; 34] = [
    "name",
    "_id",
    "_count",
    "_include",
    "_page",
    "_has:PractitionerRole:practitioner:role",
    "location.address-city",
    ":exact",
    "=",
    "=",
    "=",
    "&",
    "&",
    "%",
    "%00",
    "%2",
    "%zz",
    "%ff%fe",
    "%c3%28",
    "%ed%a0%80",
    "%f0%9f%8f%a5",
    "%2C",
    "%5C",
    "%7C",
    "%26",
    "+",
    "%2B",
    ",",
    "\\",
    "?",
    "/../",
    "//",
    ";",
    "%25%30%30",
];

/// From the characters that an address may have.
fn query() -> BoxedStrategy<String> {
    let piece = prop_oneof![
        6 => proptest::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        2 => vec(any::<u8>(), 0..8).prop_map(|bytes| bytes.into_iter().map(|byte| format!("%{byte:02x}")).collect()),
        1 => (proptest::sample::select(PIECES.to_vec()), 0_usize..4_000).prop_map(|(piece, times)| piece.repeat(times)),
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat()).boxed()
}

#[test]
fn no_address_and_no_form_is_our_fault() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let site = runtime.block_on(async {
        let site = Site::limited(u32::MAX, u32::MAX).await;
        load(&site, "idaho", &data::directory()).await;
        site
    });
    let config = Config { cases: 400, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let kinds =
        proptest::sample::select(vec!["Practitioner", "Location", "Organization", "PractitionerRole", "Nothing"]);
    let done = runner.run(&(kinds, query(), any::<bool>()), |(kind, query, is_posted)| {
        let (method, path, form) = match is_posted {
            true => (Method::POST, format!("/fhirpublic/idaho/R4/{kind}/_search"), query),
            false => (Method::GET, format!("/fhirpublic/idaho/R4/{kind}?{query}"), String::new()),
        };
        if path.parse::<Uri>().is_err() {
            return Ok(());
        }
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let reply = runtime.block_on(site.send(method, &path, &headers, &form));
        assert!(
            matches!(reply.status.as_u16(), 200 | 400 | 404 | 406 | 413 | 414 | 422),
            "{}: {}",
            reply.status,
            reply.body
        );
        let expect = if reply.status.is_success() { "Bundle" } else { "OperationOutcome" };
        assert_eq!(reply.json()["resourceType"], expect);
        Ok(())
    });
    done.unwrap_or_else(|failure| panic!("{failure}"));
}
