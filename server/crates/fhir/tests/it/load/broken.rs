//! Malformed files: everything else is loaded, and each mistake is reported once.

use serde_json::json;
use store::testing::on_each_database;

use super::files::{Folder, gzip, practitioner, practitioners};
use crate::world::World;

/// Loads one file; returns how many resources it brought, and the lines and reasons of the rejects.
async fn load(world: &World<'_>, name: &str, bytes: impl AsRef<[u8]>) -> (u64, Vec<(u64, String)>) {
    let folder = Folder::new();
    let path = folder.write(name, bytes);
    let (outcome, rejects) = world.run(&world.job(&[path])).await;
    assert_eq!(outcome.report.rejected, rejects.len() as u64);
    let rejects = rejects.into_iter().map(|reject| (reject.origin.line, reject.reason)).collect();
    (outcome.report.written() + outcome.report.unchanged.values().sum::<u64>(), rejects)
}

#[tokio::test]
async fn a_gzip_file_that_ends_too_early_brings_what_it_has() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let whole = gzip(practitioners(3_000).as_bytes());
        assert_eq!(load(&world, "a.ndjson.gz", &whole).await, (3_000, vec![]));
        let (brought, rejects) = load(&world, "a.ndjson.gz", &whole[..whole.len() / 2]).await;
        assert!(0 < brought && brought < 3_000, "{brought}");
        assert_eq!(rejects.len(), 1);
        assert_eq!(rejects[0].0, brought + 1);
        assert!(rejects[0].1.starts_with("the rest of the file cannot be read"), "{rejects:?}");
        let (brought, rejects) = load(&world, "b.json.gz", &gzip(b"{}")[..9]).await;
        assert_eq!((brought, rejects.len()), (0, 1), "{rejects:?}");
        let (brought, rejects) = load(&world, "c.ndjson.gz", [whole.as_slice(), b"no gzip"].concat()).await;
        assert_eq!((brought, rejects.len()), (3_000, 1), "{rejects:?}");
    })
    .await;
}

#[tokio::test]
async fn a_line_longer_than_memory_should_hold_is_passed_over() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let mut text = format!("{}\n", practitioner("before", "Able"));
        text.push_str(r#"{"resourceType":"Practitioner","id":"long","language":""#);
        text.push_str(&"x".repeat(70 << 20));
        text.push_str(&format!("\"}}\n{}\n", practitioner("after", "Able")));
        let (brought, rejects) = load(&world, "a.ndjson.gz", gzip(text.as_bytes())).await;
        assert_eq!(brought, 2);
        assert_eq!(rejects, [(2, format!("the line is longer than {} bytes", 64 << 20))]);
    })
    .await;
}

#[tokio::test]
async fn marks_line_ends_and_blanks_do_not_matter() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let (a, b) = (practitioner("a", "Able"), practitioner("b", "Baker"));
        let text = format!("\u{feff}{a}\r\n\r\n   \n{b}\r\n");
        assert_eq!(load(&world, "a.ndjson", &text).await, (2, vec![]));
        assert_eq!(load(&world, "b.json", format!("\u{feff}\r\n{a:#}\r\n")).await, (1, vec![]));
        let mut ids = world.ids(&world.public(), "Practitioner").await;
        ids.sort();
        assert_eq!(ids, ["a", "b"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_text_or_no_json_is_told_by_its_line() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let deep =
            format!(r#"{{"resourceType":"Practitioner","id":"d","x":{}1{}}}"#, "[".repeat(9_999), "]".repeat(9_999));
        let texts: [&[u8]; 8] = [
            b"\xff\xfe{\x00",
            br#"{"resourceType":"Practitioner","id":"b","id":"c"}"#,
            b"{\"resourceType\":\"Practitioner\",\"id\":\"n\",\"language\":\"\0\"}",
            deep.as_bytes(),
            br#"{"resourceType":"Practitioner","id":"g"} {"#,
            br#"{"resourceType":7,"id":"g"}"#,
            b"null",
            br#"{"resourceType":"Practitioner","id":"good"}"#,
        ];
        let (brought, rejects) = load(&world, "a.ndjson", texts.join(&b'\n')).await;
        assert_eq!(brought, 1, "{rejects:?}");
        assert_eq!(rejects.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7], "{rejects:?}");
        let (brought, rejects) = load(&world, "b.json", b"\xff").await;
        assert_eq!((brought, rejects), (0, vec![(1, "the file cannot be read: it is not UTF-8".to_owned())]));
        let (brought, rejects) = load(&world, "c.json", b"").await;
        assert_eq!((brought, rejects.len()), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn null_characters_are_refused_with_their_element_wherever_they_are() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let resources = [
            json!({ "resourceType": "Practitioner", "id": "a", "name": [{ "family": "A" }, { "given": ["B", "x\0"] }] }),
            json!({ "resourceType": "Practitioner", "id": "b", "identifier": [{ "system": "\0", "value": "1" }] }),
            json!({ "resourceType": "Practitioner", "id": "c", "meta": { "profile": ["http://x.example/\0"] } }),
            json!({ "resourceType": "PractitionerRole", "id": "d", "organization": { "reference": "http://x.example/\0" } }),
            json!({ "resourceType": "Practitioner", "id": "e", "a\0b": 1 }),
            json!({ "resourceType": "Practitioner", "id": "f\0" }),
            // A backslash before `u0000`.
            json!({ "resourceType": "Practitioner", "id": "good", "name": [{ "family": "\\u0000" }] }),
        ];
        let (report, rejects) = world.load(&resources).await;
        assert_eq!(report.written(), 1);
        let elements: Vec<_> = rejects.iter().map(|reject| reject.at.as_deref().unwrap_or_default()).collect();
        let expect = [
            "Practitioner.name[1].given[1]",
            "Practitioner.identifier[0].system",
            "Practitioner.meta.profile[0]",
            "PractitionerRole.organization.reference",
            "Practitioner.ab",
            "Practitioner.id",
        ];
        assert_eq!(elements, expect);
    })
    .await;
}

#[tokio::test]
async fn a_bundle_in_a_bundle_is_counted_and_its_neighbours_are_loaded() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let inner = json!({ "resourceType": "Bundle", "id": "i", "type": "collection",
            "entry": [{ "resource": practitioner("inner", "Able") }] });
        let bundle = json!({ "resourceType": "Bundle", "type": "batch", "entry": [
            { "resource": inner }, { "resource": practitioner("a", "Able") }, {}, 7,
            { "request": { "method": "PATCH", "url": "Practitioner/a" } } ] });
        let (report, rejects) = world.load(&[bundle]).await;
        assert_eq!(report.created["Practitioner"], 1);
        assert_eq!(report.skipped["Bundle"], 1);
        assert_eq!(rejects.len(), 2, "{rejects:?}");
        let (_, rejects) = world.load(&[json!({ "resourceType": "Bundle", "type": "batch", "entry": 7 })]).await;
        assert_eq!(rejects.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn rejects_without_end_do_not_wait_for_the_end() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let folder = Folder::new();
        let path = folder.write("a.ndjson", "{\n".repeat(5_000));
        let mut batches = 0;
        let outcome = world
            .try_run(&world.job(&[path]), |event| batches += u32::from(matches!(event, fhir::load::Event::Progress(_))))
            .await
            .expect("a load");
        assert_eq!(outcome.report.rejected, 5_000);
        assert!(3 <= batches, "{batches}");
    })
    .await;
}
