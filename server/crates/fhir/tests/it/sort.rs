//! `_sort`, forward and backward, on few resources and on many.

use fhir::error::Kind;
use serde_json::{Value, json};
use store::testing::on_each_database;

use crate::world::{World, link};

/// The ids of the matches, in the order of the answer.
fn order(bundle: &Value) -> Vec<String> {
    let entries = bundle["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
    let matches = entries.iter().filter(|entry| entry["search"]["mode"] == "match");
    matches.map(|entry| entry["resource"]["id"].as_str().expect("an id").to_owned()).collect()
}

async fn sorted(world: &World<'_>, query: &str) -> Vec<String> {
    order(&world.search(&world.public(), query).await)
}

/// All ids by following `next`, and all of them again by following `previous` from the last page.
async fn there_and_back(world: &World<'_>, query: &str) -> (Vec<String>, Vec<String>) {
    let (mut there, mut back) = (Vec::new(), Vec::new());
    let mut bundle = world.search(&world.public(), query).await;
    there.extend(order(&bundle));
    while let Some(next) = link(&bundle, "next") {
        bundle = world.search(&world.public(), &next).await;
        there.extend(order(&bundle));
    }
    back.splice(0..0, order(&bundle));
    while let Some(previous) = link(&bundle, "previous") {
        bundle = world.search(&world.public(), &previous).await;
        back.splice(0..0, order(&bundle));
    }
    (there, back)
}

fn practitioner(id: &str, family: &str, given: &[&str], identifiers: &[&str]) -> Value {
    let identifiers: Vec<Value> = identifiers.iter().map(|value| json!({ "value": value })).collect();
    let mut practitioner = json!({ "resourceType": "Practitioner", "id": id, "identifier": identifiers });
    if !family.is_empty() {
        practitioner["name"] = json!([{ "family": family, "given": given, "prefix": ["Dr."] }]);
    }
    practitioner
}

fn people() -> Vec<Value> {
    vec![
        practitioner("d", "Novak", &["Zoe", "Adam"], &["2", "9"]),
        practitioner("b", "ádám", &["Bea"], &["5"]),
        practitioner("a", "Novák", &["Bea"], &[]),
        practitioner("e", "", &[], &["1"]),
        practitioner("c", "Zhu", &["Carl"], &["3", "0"]),
    ]
}

#[tokio::test]
async fn matches_come_in_the_order_of_the_keys_and_those_without_a_value_last() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        world.load(&people()).await;
        for (sort, expect) in [
            ("_id", "abcde"),
            ("-_id", "edcba"),
            ("family", "bdace"),
            ("-family", "cadbe"),
            ("family,given", "bdace"),
            ("family,-given", "bdace"),
            ("-family,given", "cdabe"),
            // Of several values, the first in the direction counts: Adam comes before Bea, Zoe after.
            ("given", "dbace"),
            ("name", "bdace"),
            ("identifier", "cedba"),
            ("-identifier", "dbcea"),
            ("_lastUpdated,-_id", "edcba"),
            ("family,_id", "badce"),
            (" family , given ", "bdace"),
            ("family,family", "bdace"),
        ] {
            let found = sorted(&world, &format!("Practitioner?_sort={sort}")).await.concat();
            assert_eq!(found, expect, "{sort}");
        }
        assert_eq!(sorted(&world, "Practitioner?name=nov&_sort=-given").await, ["d", "a"]);
        assert_eq!(sorted(&world, "Practitioner?_sort=family&_count=2&_getpagesoffset=1").await, ["d", "a"]);
        assert_eq!(sorted(&world, "Practitioner?_sort=family&_sort=-_id").await.concat(), "bdace");
    })
    .await;
}

#[tokio::test]
async fn dates_are_sorted_by_their_beginning_and_in_a_compartment() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let encounter = |id: &str, start: &str, end: &str| {
            json!({ "resourceType": "Encounter", "id": id, "subject": { "reference": "Patient/p" },
                "status": "finished", "period": { "start": start, "end": end } })
        };
        let other = json!({ "resourceType": "Encounter", "id": "x", "subject": { "reference": "Patient/q" }, "period": { "start": "2020" } });
        world.load(&[
            encounter("long", "2020-01-01", "2021-01-01"),
            encounter("short", "2020-01-01", "2020-01-02"),
            encounter("late", "2022", "2022"),
            encounter("early", "2019-05", "2030"),
            json!({ "resourceType": "Encounter", "id": "undated", "subject": { "reference": "Patient/p" } }),
            other,
            json!({ "resourceType": "Patient", "id": "p" }),
            json!({ "resourceType": "Patient", "id": "q" }),
        ])
        .await;
        let member = world.member("p");
        let sorted = async |query: &str| order(&world.search(&member, query).await);
        assert_eq!(sorted("Encounter?_sort=date").await, ["early", "short", "long", "late", "undated"]);
        assert_eq!(sorted("Encounter?_sort=-date").await, ["late", "long", "short", "early", "undated"]);
        let first = world.search(&member, "Encounter?_sort=-date&_count=2").await;
        let next = link(&first, "next").unwrap();
        assert!(!next.contains("2020") && !next.contains("2022"), "no data in links: {next}");
        assert_eq!(sorted(&next).await, ["short", "early"]);
        // A token for another member's encounter shows nothing.
        let theirs = link(&world.search(&world.member("q"), "Encounter?_sort=-date&_count=1").await, "next");
        assert!(theirs.is_none());
    })
    .await;
}

#[tokio::test]
async fn links_lead_through_every_match_once_and_back() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        world.load(&people()).await;
        for sort in
            ["", "&_sort=family", "&_sort=-family", "&_sort=identifier", "&_sort=-given,_id", "&_sort=-_lastUpdated"]
        {
            let all = sorted(&world, &format!("Practitioner?_count=50{sort}")).await;
            for count in 1..=5 {
                let (there, back) = there_and_back(&world, &format!("Practitioner?_count={count}{sort}")).await;
                assert_eq!(there, all, "{sort} {count}");
                assert_eq!(back, all, "{sort} {count} back");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_stays_where_it_was_when_the_match_before_it_moves() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        world.load(&people()).await;
        let first = world.search(&world.public(), "Practitioner?_sort=family&_count=2").await;
        assert_eq!(order(&first).concat(), "bd");
        // The last match of the first page moves to the end, and a new one comes before it.
        world.load(&[practitioner("d", "Zzz", &[], &[]), practitioner("f", "Aaron", &[], &[])]).await;
        let next = link(&first, "next").unwrap();
        let (there, _) = there_and_back(&world, &next).await;
        assert_eq!(there.concat(), "acde");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_sorted_is_said() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        world.load(&people()).await;
        for query in [
            "Practitioner?_sort=unknown",
            "PractitionerRole?_sort=practitioner",
            "Organization?_sort=_profile",
            "Practitioner?_sort=_count",
            "HealthcareService?_sort=location.address-city",
        ] {
            let error = world.try_search(&world.public(), query).await.unwrap_err();
            assert_eq!(error.kind(), Kind::NotSupported, "{query}: {error}");
            assert!(error.to_string().contains("_lastUpdated"), "{error}");
        }
        let many = "Location?_sort=_id,address,address-city,address-state,type,identifier";
        assert_eq!(world.try_search(&world.public(), many).await.unwrap_err().kind(), Kind::TooCostly);
    })
    .await;
}

/// More than are compared with each other, so the index is walked.
#[tokio::test]
async fn many_come_in_the_same_order_as_few() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let person = |number: usize| {
            let id = format!("p{number:05}");
            let family =
                if number.is_multiple_of(50) { String::new() } else { format!("Family{}", number * 7919 % 97) };
            let given = format!("Given{}", number * 31 % 13);
            practitioner(&id, &family, &["Zed", &given], &[&format!("{}", number * 37 % 8_501)])
        };
        let people: Vec<Value> = (0..8_500).map(person).collect();
        world.load(&people).await;
        let key = |number: usize| {
            let family = (!number.is_multiple_of(50)).then(|| format!("family{}", number * 7919 % 97));
            let given = family.as_ref().map(|_| format!("given{}", number * 31 % 13));
            (family.is_none(), family, given, number)
        };
        let id = |number: &usize| format!("p{number:05}");
        let ids = |numbers: &[usize]| numbers.iter().map(id).collect::<Vec<_>>();
        let mut by_family: Vec<usize> = (0..8_500).collect();
        by_family.sort_by_key(|number| (key(*number).0, key(*number).1, *number));
        let mut by_names = by_family.clone();
        by_names.sort_by_key(|number| key(*number));
        let mut by_identifier: Vec<usize> = (0..8_500).collect();
        by_identifier.sort_by_key(|number| std::cmp::Reverse(format!("{}", number * 37 % 8_501)));
        let mut down: Vec<usize> = (0..8_500).collect();
        down.reverse();
        for (sort, expect) in [
            ("family", &by_family),
            ("family,given", &by_names),
            ("name", &by_names),
            ("-identifier", &by_identifier),
            ("-_id", &down),
            ("-_lastUpdated", &down),
        ] {
            let query = format!("Practitioner?_sort={sort}&_count=400&_total=none");
            let mut bundle = world.search(&world.public(), &query).await;
            assert_eq!(order(&bundle), ids(&expect[..400]), "{sort}");
            bundle = world.search(&world.public(), &link(&bundle, "next").unwrap()).await;
            assert_eq!(order(&bundle), ids(&expect[400..800]), "{sort}: next");
            let back = world.search(&world.public(), &link(&bundle, "previous").unwrap()).await;
            assert_eq!(order(&back), ids(&expect[..400]), "{sort}: back");
            let late = world.search(&world.public(), &format!("{query}&_getpagesoffset=8200")).await;
            assert_eq!(order(&late), ids(&expect[8_200..]), "{sort}: late");
            let before = world.search(&world.public(), &link(&late, "previous").unwrap()).await;
            assert_eq!(order(&before), ids(&expect[7_800..8_200]), "{sort}: before");
        }
        let some: Vec<String> = by_names
            .iter()
            .filter(|number| !number.is_multiple_of(50) && **number * 31 % 13 == 4)
            .take(50)
            .map(id)
            .collect();
        assert_eq!(sorted(&world, "Practitioner?given=given4&_sort=family,given").await, some);
    })
    .await;
}

#[tokio::test]
async fn what_is_near_comes_nearest_first() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        let place = |id: &str, latitude: f64, longitude: f64| {
            json!({ "resourceType": "Location", "id": id, "address": { "state": "CA" },
                "position": { "latitude": latitude, "longitude": longitude } })
        };
        let works_at = |id: &str, places: &[&str]| {
            let places: Vec<Value> = places.iter().map(|id| json!({ "reference": format!("Location/{id}") })).collect();
            json!({ "resourceType": "OrganizationAffiliation", "id": id, "code": [{ "coding": [{ "code": "provider" }] }], "location": places })
        };
        // A hundredth of a degree of latitude is 1.1 km.
        world.load(&[
            place("far", 37.40, -122.0),
            place("near", 37.01, -122.0),
            place("here", 37.00, -122.0),
            place("twin", 37.01, -122.0),
            place("middle", 36.90, -122.0),
            place("elsewhere", 47.00, -122.0),
            works_at("both", &["far", "here"]),
            works_at("farther", &["far"]),
            works_at("nowhere", &["elsewhere"]),
        ])
        .await;
        let near = "Location?near=37|-122|50|km";
        assert_eq!(sorted(&world, near).await, ["here", "near", "twin", "middle", "far"]);
        assert_eq!(sorted(&world, &format!("{near}&_sort=-_id")).await, ["twin", "near", "middle", "here", "far"]);
        assert_eq!(sorted(&world, &format!("{near}&_getpagesoffset=2&_count=2")).await, ["twin", "middle"]);
        assert_eq!(sorted(&world, &format!("{near}&address-state=CA&_id=far,here")).await, ["here", "far"]);
        assert_eq!(sorted(&world, "OrganizationAffiliation?role=provider&near=37|-122").await, ["both", "farther"]);
        for count in 1..=5 {
            let (there, back) = there_and_back(&world, &format!("{near}&_count={count}")).await;
            assert_eq!(there, ["here", "near", "twin", "middle", "far"], "{count}");
            assert_eq!(back, there, "{count} back");
        }
    })
    .await;
}
