//! Checks during loading: what is not R4 is refused; what does not match its profile is reported or refused.

use fhir::{
    load::{
        self, Event, Item, Options, Origin, Reject,
        check::{Checks, Finding},
        report::Report,
    },
    synthesize::{Input, Payer, region::Region, resources},
};
use serde_json::{Value, json};
use store::testing::{on_each_database, shared_data};
use validate::{package::Package, validator::Validator};

use crate::world::World;

fn r4() -> Validator {
    Validator::new(&[]).expect("R4")
}

async fn load(world: &World<'_>, checks: Checks, resources: &[Value]) -> (Report, Vec<Reject>, Vec<Finding>) {
    let texts: Vec<String> = resources.iter().map(Value::to_string).collect();
    let items = (1..).zip(texts).map(|(line, json)| Ok(Item { origin: Origin { path: "test".into(), line }, json }));
    let options = Options { partition: world.partition.clone(), dry_run: true, checks };
    let (mut rejects, mut findings) = (Vec::new(), Vec::new());
    let observe = |event: Event<'_>| match event {
        Event::Reject(reject) => rejects.push(reject.clone()),
        Event::Finding(finding) => findings.push(finding.clone()),
        Event::Progress(_) => {}
    };
    let report = load::run(&world.test.store, &world.programs, &options, items, observe).await.expect("a load");
    (report, rejects, findings)
}

#[tokio::test]
async fn what_is_no_r4_is_refused_with_its_element_and_the_rest_loads() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let practitioners = [
            json!({ "resourceType": "Practitioner", "id": "a", "gender": "female" }),
            json!({ "resourceType": "Practitioner", "id": "b", "gender": "F", "birthDate": "1.1.1970", "nickname": "B" }),
        ];
        let (report, rejects, findings) = load(&world, Checks::with(r4()), &practitioners).await;
        assert_eq!((report.created["Practitioner"], report.rejected, report.warned), (1, 1, 0));
        assert_eq!(rejects[0].origin.line, 2);
        let mut all: Vec<&str> = findings.iter().map(|finding| finding.problem.path.as_str()).collect();
        all.push(rejects[0].at.as_deref().expect("an element"));
        all.sort_unstable();
        assert_eq!(all, ["Practitioner.birthDate", "Practitioner.gender", "Practitioner.nickname"]);
        let (report, ..) = load(&world, Checks::none(), &practitioners).await;
        assert_eq!(report.created["Practitioner"], 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_as_its_profile_asks_is_told_and_refused_only_strictly() {
    let Some(shared) = shared_data() else { return };
    let packages = ["hl7.fhir.us.davinci-pdex-plan-net-1.0.0-compiled", "hl7.fhir.us.core-3.1.1"];
    let open = |name: &&str| Package::open(&shared.join("packages").join(format!("{name}.tgz"))).expect("a package");
    let guides = Validator::new(&packages.iter().map(open).collect::<Vec<_>>()).expect("R4");
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        // The program has one profile for Location, so resources need not claim it.
        let locations = [
            json!({ "resourceType": "Location", "id": "a", "name": "A" }),
            json!({ "resourceType": "Location", "id": "b", "meta": { "profile": ["http://example.org/unknown"] } }),
        ];
        let (report, rejects, findings) = load(&world, Checks::with(guides.clone()), &locations).await;
        assert_eq!((report.created["Location"], report.warned, rejects.len()), (2, 1, 0));
        assert!(findings.iter().all(|finding| finding.origin.line == 1), "{findings:?}");
        assert!(findings.iter().any(|finding| finding.problem.path == "Location.status"), "{findings:?}");
        assert_eq!(report.unchecked.len(), 1, "{:?}", report.unchecked);
        let (report, rejects, _) = load(&world, Checks::strictly_with(guides.clone()), &locations).await;
        assert_eq!((report.created["Location"], report.rejected, rejects[0].origin.line), (1, 1, 1));
    })
    .await;
}

#[test]
fn everything_synthetic_is_r4() {
    let validator = r4();
    let programs = programs::Programs::embedded().expect("the programs are right");
    for id in ["oph-ca", "idaho"] {
        let program = programs.get(&model::partition::ProgramId::new(id)).expect("the program is there");
        let payers = program.payers.iter();
        let input = Input {
            seed: 1,
            members: 40,
            providers: 60,
            region: Region::find(&program.region).expect("the program's region is known"),
            payers: payers.map(|payer| Payer { id: payer.id.to_string(), name: payer.name.clone() }).collect(),
            types: program.resources.iter().map(|resource| resource.kind.clone()).collect(),
            printed: true,
        };
        let mut wrong = Vec::new();
        for made in resources(input).expect("a sound input") {
            let resource: Value = serde_json::from_str(&made.json).expect("JSON");
            wrong.extend(validator.structure(&resource).iter().map(|problem| format!("{problem}: {}", made.json)));
        }
        assert!(wrong.is_empty(), "{id}, {}: {}", wrong.len(), wrong[0]);
    }
}
