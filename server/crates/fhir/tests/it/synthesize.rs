//! Synthetic data, loaded: the loader accepts all of it, the printed examples find something in it, and the portals
//! find the members.

use fhir::{
    load::{Item, Origin},
    members,
    synthesize::{Input, earlier_versions, resources},
};
use jiff::civil::date;
use model::id::{PatientId, PayerId};
use programs::resource::Access;
use store::testing::on_each_database;

use crate::world::{World, entries};

fn input(world: &World<'_>) -> Input {
    Input::of(world.program(), 6, 20, 1)
}

async fn load(world: &World<'_>) {
    let made = resources(input(world)).expect("a sound input").zip(1..);
    let items =
        made.map(|(made, line)| Ok(Item { origin: Origin { path: "synthesize".into(), line }, json: made.json }));
    let (report, rejects) = world.load_items(items).await;
    assert_eq!((report.rejected, report.skipped.len()), (0, 0), "{rejects:?}");
    let unseen = report.unseen.values().flat_map(|kinds| kinds.keys());
    assert!(unseen.into_iter().all(|kind| kind != "Provenance"), "{report}");
}

#[tokio::test]
async fn where_everything_of_a_member_is_from_comes_along() {
    on_each_database(async |test| {
        for program in ["oph-ca", "idaho"] {
            let world = World::new(test, program).await;
            load(&world).await;
            let mut proved = 0;
            for resource in &world.program().resources {
                if resource.rev_include("provenance:target").is_none_or(|include| !include.applies) {
                    continue;
                }
                proved += 1;
                for patient in ["123", "1291938", "sandbox-many"] {
                    let (kind, own) = (&resource.kind, if resource.kind == "Patient" { "_id" } else { "patient" });
                    let query = format!("{kind}?{own}={patient}&_revinclude=Provenance:target&_count=100");
                    let bundle = world.search(&world.member(patient), &query).await;
                    let matches = entries(&bundle, "match");
                    let all = bundle["entry"].as_array().into_iter().flatten();
                    let told = all.filter(|one| one["search"]["mode"] == "include");
                    let targets = told.flat_map(|one| one["resource"]["target"].as_array().unwrap());
                    let targets: Vec<&str> =
                        targets.map(|target| target["reference"].as_str().expect("a reference")).collect();
                    let untold = matches.iter().find(|id| !targets.contains(&&*format!("{kind}/{id}")));
                    assert!(!matches.is_empty() || kind == "Immunization", "{program}: {query} finds nothing");
                    assert_eq!(untold, None, "{program}: {query}");
                }
            }
            assert_eq!(proved, if program == "idaho" { 6 } else { 3 }, "{program}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_printed_search_finds_something() {
    on_each_database(async |test| {
        for program in ["oph-ca", "idaho"] {
            let world = World::new(test, program).await;
            load(&world).await;
            for resource in &world.program().resources {
                // Two members are printed; one of them has what the example asks for.
                let found = async |example: &str| {
                    let mut found = 0;
                    for patient in ["123", "1291938"] {
                        let authority =
                            if resource.access == Access::Member { world.member(patient) } else { world.public() };
                        let example = example.replace("[id]", patient);
                        found += entries(&world.search(&authority, &example).await, "match").len();
                    }
                    found
                };
                for example in resource.examples.iter().filter(|example| !example.contains('/')) {
                    assert!(0 < found(example).await, "{program}: {example} finds nothing");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_printed_ids_are_there() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        load(&world).await;
        for (kind, id) in [("Patient", "123"), ("Coverage", "123"), ("ExplanationOfBenefit", "219")] {
            world.read(&world.member("123"), kind, id).await.unwrap_or_else(|error| panic!("{kind}/{id}: {error}"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_reference_to_an_earlier_version_leads_to_it() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let made = earlier_versions(&input(&world)).into_iter().chain(resources(input(&world)).expect("a sound input"));
        let items = made
            .zip(1..)
            .map(|(made, line)| Ok(Item { origin: Origin { path: "synthesize".into(), line }, json: made.json }));
        let (report, rejects) = world.load_items(items).await;
        assert_eq!(report.rejected, 0, "{rejects:?}");
        let authority = world.member("sandbox-many");
        let claim =
            world.read(&authority, "ExplanationOfBenefit", "eob-sandbox-many-20").await.expect("a claim of 2017");
        let reference = claim["careTeam"][0]["provider"]["reference"].as_str().expect("who treated the member");
        let id = reference
            .strip_prefix("Practitioner/")
            .and_then(|rest| rest.strip_suffix("/_history/1"))
            .unwrap_or_else(|| panic!("{reference} names the first version"));
        let earlier = world.engine.vread(&world.public(), "Practitioner", id, "1").await.expect("the first version");
        let present = world.read(&world.public(), "Practitioner", id).await.expect("the practitioner");
        assert!(earlier.body.contains(r#""versionId":"1""#), "{}", earlier.body);
        assert_eq!(present["meta"]["versionId"], "2");
    })
    .await;
}

#[tokio::test]
async fn members_are_listed_with_what_a_tester_chooses_by() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        load(&world).await;
        let mut ctx = test.store.read().await.expect("a connection").within(world.partition.clone());
        let all = members::list(&mut ctx, 100).await.expect("a list");
        assert_eq!(all.len(), 16);
        let printed = members::find(&mut ctx, &PatientId::new("123")).await.expect("an answer");
        assert_eq!(printed.as_ref(), all.iter().find(|member| member.patient.as_str() == "123"));
        let printed = printed.expect("the printed member");
        assert_eq!((printed.name.as_str(), printed.birth_date), ("Alex Morgan", Some(date(1971, 4, 18))));
        assert_eq!(printed.payer, Some(PayerId::new(world.program().payers[0].id.as_str())));
        // Eight claims, of which two are from before 2016 and so never shown.
        assert_eq!(printed.claims, 6);
        assert_eq!(members::list(&mut ctx, 3).await.expect("a list").len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_member_is_found_by_card_birth_date_and_family_name_together_only() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        load(&world).await;
        let mut ctx = test.store.read().await.expect("a connection").within(world.partition.clone());
        let born = date(1971, 4, 18);
        let mut check = async |card: &str, birth_date, family: &str, expect: bool| {
            let found = members::find_by_member_id(&mut ctx, card, birth_date, family).await.expect("an answer");
            let fits = found == members::Card::Fits(PatientId::new("123"));
            assert_eq!(fits, expect, "{card} {birth_date} {family}: {found:?}");
        };
        check("W0000012301", born, "Morgan", true).await;
        check(" w0000012301 ", born, "MÓRGAN", true).await;
        check("W0000012301", date(1971, 4, 19), "Morgan", false).await;
        check("W0000012301", born, "Morga", false).await;
        check("W0000012302", born, "Morgan", false).await;
        // Another identifier of the same person is not the number on the card.
        check("U0090000000", born, "Morgan", false).await;
        check("", born, "Morgan", false).await;
        // As people type it.
        check("W 0000 0123 01", born, "Mor’gan, Jr.", true).await;
        let near = members::find_by_member_id(&mut ctx, "W0000012301", born, "Morga").await.expect("an answer");
        assert_eq!(near, members::Card::OtherName);
        let wrong = members::find_by_member_id(&mut ctx, "W0000012302", born, "Morga").await.expect("an answer");
        assert_eq!(wrong, members::Card::Nobody);
    })
    .await;
}

#[tokio::test]
async fn a_member_of_a_payer_is_found_by_identifier_to_the_letter() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        load(&world).await;
        let mut ctx = test.store.read().await.expect("a connection").within(world.partition.clone());
        let all = members::list(&mut ctx, 10).await.expect("a list");
        let (payer, card) = (all[0].payer.clone().expect("a payer"), all[0].member_id.clone().expect("a card"));
        let system = format!("https://{payer}.example.org/member-id");
        let mut check = async |payer: &PayerId, system: &str, value: &str, expect: bool| {
            let found = members::find_by_identifier(&mut ctx, payer, system, value).await.expect("an answer");
            let expect = if expect { members::Found::One(all[0].patient.clone()) } else { members::Found::Nobody };
            assert_eq!(found, expect, "{payer} {system} {value}");
        };
        check(&payer, &system, &card, true).await;
        check(&payer, &system, &card.to_lowercase(), false).await;
        check(&payer, "https://other.example.org/member-id", &card, false).await;
        check(&PayerId::new("another"), &system, &card, false).await;
        check(&payer, &system, "", false).await;
    })
    .await;
}
