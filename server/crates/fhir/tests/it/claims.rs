//! Tests the CapabilityStatement: what it lists works, and what it does not list does not.

use fhir::{
    authority::Authority,
    capability::{Base, OauthUris},
    error::Kind,
};
use programs::surface::SurfaceKind;
use serde_json::{Value, json};
use store::testing::{TestStore, on_each_database};

use crate::world::{BASE, World, entries};

/// Types of FHIR R4 that clients might request of a payer, and some that do not exist.
const OTHERS: [&str; 18] = [
    "AllergyIntolerance",
    "Basic",
    "Binary",
    "Bundle",
    "CapabilityStatement",
    "Claim",
    "Device",
    "DocumentReference",
    "Group",
    "MedicationRequest",
    "Observation",
    "OperationOutcome",
    "Procedure",
    "RelatedPerson",
    "Resource",
    "Task",
    "patient",
    "Nothing",
];

fn texts<'v>(value: &'v Value, list: &str, name: &str) -> Vec<&'v str> {
    let all = value[list].as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().map(|one| one[name].as_str().or_else(|| one.as_str()).expect("text")).collect()
}

/// One base, and the broadest authority that anyone can have on it.
struct Claimed<'a> {
    world: &'a World<'a>,
    authority: Authority,
    resources: Vec<Value>,
}

impl<'a> Claimed<'a> {
    fn of(world: &'a World<'a>, kind: SurfaceKind) -> Self {
        let scopes: Vec<&str> = world.program().scopes.iter().map(|scope| scope.name.as_str()).collect();
        let (authority, oauth) = match kind {
            SurfaceKind::Public => (world.public(), None),
            SurfaceKind::Fhir | SurfaceKind::Authz => (world.granted(Some("p"), &scopes), Some(oauth())),
        };
        let url = format!("{BASE}/{kind:?}");
        let statement = world.engine.capability_statement(&Base { program: world.program(), kind, url: &url, oauth });
        let statement: Value = serde_json::from_str(&statement).expect("a statement is JSON");
        let resources = statement["rest"][0]["resource"].as_array().expect("it has resources").clone();
        Self { world, authority, resources }
    }

    fn resource(&self, kind: &str) -> Option<&Value> {
        self.resources.iter().find(|resource| resource["type"] == kind)
    }

    /// The query, with the parameters that the program requires on the type.
    fn query(&self, resource: &Value, query: &str) -> String {
        let kind = resource["type"].as_str().expect("a type");
        let required = self.world.program().resource(kind).expect("it is offered").required();
        let missing = required.filter(|required| !query.starts_with(&format!("{}=", required.code)));
        missing.fold(format!("{kind}?{query}"), |query, required| format!("{query}&{}=p", required.code))
    }

    async fn works(&self, query: &str) -> Value {
        self.world.search(&self.authority, query).await
    }

    async fn is_refused(&self, query: &str, expect: Kind) {
        let error = self.world.try_search(&self.authority, query).await.err();
        let error = error.unwrap_or_else(|| panic!("{query} is answered"));
        assert_eq!(error.kind(), expect, "{query}: {error}");
    }
}

fn oauth() -> OauthUris {
    let uri = |path: &str| format!("https://authz.example/{path}");
    OauthUris {
        authorize: uri("authorize"),
        token: uri("token"),
        introspect: uri("introspect"),
        revoke: uri("revoke"),
        manage: "https://example.org/member".to_owned(),
    }
}

/// A value to search for, by the kind of comparison.
fn value(name: &str, kind: &str) -> Option<&'static str> {
    Some(match (name, kind) {
        ("_sort", _) => "_id",
        ("_summary", _) => "count",
        ("_total", _) => "none",
        ("_elements", _) => "id",
        ("_count" | "_getpagesoffset", _) => "1",
        ("_pretty", _) => "true",
        ("_format", _) => "json",
        (_, "date") => "2020",
        (_, "uri") => "http://example.org/a",
        (_, "special") if name.ends_with("near") => "45|-110|5|km",
        (_, "special") => return None,
        _ => "p",
    })
}

async fn on_each_base(test: impl AsyncFn(&Claimed<'_>)) {
    on_each_database(async |store: &TestStore| {
        for program in ["oph-ca", "idaho"] {
            let world = World::new(store, program).await;
            world.load(&[json!({ "resourceType": "Patient", "id": "p" })]).await;
            for kind in [SurfaceKind::Public, SurfaceKind::Fhir] {
                test(&Claimed::of(&world, kind)).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn everything_claimed_works() {
    on_each_base(async |claimed| {
        for resource in &claimed.resources {
            let kind = resource["type"].as_str().expect("a type");
            let interactions = texts(resource, "interaction", "code");
            if !interactions.contains(&"search-type") {
                claimed.is_refused(kind, Kind::NotSupported).await;
                continue;
            }
            claimed.works(&claimed.query(resource, "")).await;
            for (name, of) in
                texts(resource, "searchParam", "name").into_iter().zip(texts(resource, "searchParam", "type"))
            {
                let Some(value) = value(name, of) else { continue };
                claimed.works(&claimed.query(resource, &format!("{name}={value}"))).await;
            }
            for (list, name) in [("searchInclude", "_include"), ("searchRevInclude", "_revinclude")] {
                for include in texts(resource, list, "") {
                    claimed.works(&claimed.query(resource, &format!("{name}={include}"))).await;
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn every_claimed_interaction_is_offered_and_no_other() {
    on_each_base(async |claimed| {
        let (engine, authority) = (&claimed.world.engine, &claimed.authority);
        for resource in &claimed.resources {
            let kind = resource["type"].as_str().expect("a type");
            let interactions = texts(resource, "interaction", "code");
            let answers = [
                ("read", engine.read(authority, kind, "nothing").await),
                ("vread", engine.vread(authority, kind, "nothing", "1").await),
            ];
            for (interaction, answer) in answers {
                let expect = if interactions.contains(&interaction) { Kind::NotFound } else { Kind::NotSupported };
                assert_eq!(answer.expect_err("nothing is there").kind(), expect, "{interaction} {kind}");
            }
            let known = ["read", "vread", "search-type"];
            assert!(interactions.iter().all(|interaction| known.contains(interaction)), "{kind}: {interactions:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn no_type_is_answered_that_is_not_claimed() {
    on_each_base(async |claimed| {
        let known = claimed.world.programs.definitions().kinds();
        let unclaimed = known.chain(OTHERS).filter(|kind| claimed.resource(kind).is_none());
        let mut tried = 0;
        for kind in unclaimed {
            claimed.is_refused(kind, Kind::UnknownType).await;
            let read = claimed.world.engine.read(&claimed.authority, kind, "p").await;
            assert_eq!(read.expect_err(kind).kind(), Kind::UnknownType, "{kind}");
            tried += 1;
        }
        assert!(OTHERS.len() <= tried);
    })
    .await;
}

#[tokio::test]
async fn no_parameter_is_answered_that_is_not_claimed() {
    on_each_base(async |claimed| {
        let every = claimed.resources.iter().flat_map(|resource| texts(resource, "searchParam", "name"));
        let every: std::collections::BTreeSet<&str> =
            every.chain(["nothing", "_text", "_content", "_list", "_filter"]).collect();
        for resource in claimed.resources.iter().filter(|resource| resource["searchParam"].is_array()) {
            let own = texts(resource, "searchParam", "name");
            let program = claimed.world.program();
            let kind = program.resource(resource["type"].as_str().expect("a type")).expect("it is offered");
            // Chains, and names as the document prints them, are not parameters of the statement.
            let is_other = |name: &&&str| !own.contains(*name) && kind.parameter(name).is_none();
            for name in every.iter().filter(is_other) {
                claimed.is_refused(&claimed.query(resource, &format!("{name}=p")), Kind::NotSupported).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn no_include_brings_anything_that_is_not_claimed() {
    on_each_base(async |claimed| {
        let every = |list| claimed.resources.iter().flat_map(move |resource| texts(resource, list, ""));
        let every: std::collections::BTreeSet<&str> = every("searchInclude").chain(every("searchRevInclude")).collect();
        for resource in claimed.resources.iter().filter(|resource| resource["searchParam"].is_array()) {
            for (list, name) in [("searchInclude", "_include"), ("searchRevInclude", "_revinclude")] {
                let own = texts(resource, list, "");
                for include in every.iter().filter(|include| !own.contains(*include)) {
                    let query = claimed.query(resource, &format!("{name}={include}"));
                    // Printed ones that cannot find anything are accepted and add nothing.
                    match claimed.world.try_search(&claimed.authority, &query).await {
                        Err(error) => assert_eq!(error.kind(), Kind::NotSupported, "{query}: {error}"),
                        Ok(bundle) => {
                            let bundle = serde_json::from_str(&bundle).expect("a Bundle is JSON");
                            assert!(entries(&bundle, "include").is_empty(), "{query}");
                        }
                    }
                }
            }
        }
    })
    .await;
}
