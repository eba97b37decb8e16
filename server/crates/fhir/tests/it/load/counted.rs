//! What a load reports: that there was nothing, what no one will see, what belongs to a package. Also that a rehearsal
//! reports the same as the load.

use std::fs;

use fhir::{
    error::Error,
    load::{job::Job, report::Report},
};
use serde_json::{Value, json};
use store::testing::on_each_database;

use super::files::{Folder, gzip, lines, practitioner, practitioners};
use crate::world::World;

async fn nothing(world: &World<'_>, job: &Job) -> String {
    match world.try_run(job, |_| ()).await {
        Err(Error::Nothing(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn nothing_to_load_is_an_error_and_deletes_nothing() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        world.load(&[practitioner("a", "Able"), practitioner("b", "Baker")]).await;
        let folder = Folder::new();
        let definition = json!({ "resourceType": "StructureDefinition", "url": "http://example.org/x" });
        let empty = folder.path().join("empty");
        fs::create_dir(&empty).unwrap();
        fs::write(empty.join("notes.txt"), "x").unwrap();
        for (path, word) in [
            (empty, "no resource"),
            (folder.write("a.ndjson", "\r\n \n"), "no resource"),
            (folder.write("b.json", r#"{"resourceType":"Bundle","type":"collection"}"#), "no resource"),
            (folder.write("c.json", definition.to_string()), "StructureDefinition 1"),
            (folder.write("package.json", r#"{"name":"x","version":"1"}"#), "package.json 1"),
        ] {
            for dry_run in [true, false] {
                let mut job = world.job(std::slice::from_ref(&path));
                job.options.dry_run = dry_run;
                job.replace = vec!["Practitioner".to_owned()];
                job.replace_limit = 100;
                let reason = nothing(&world, &job).await;
                assert!(reason.contains(word), "{reason}");
                // If it is started again, the result is the same.
                assert_eq!(nothing(&world, &job).await, reason);
            }
        }
        let mut job = world.job(&[]);
        job.tombstones = vec![folder.write("gone", "\n")];
        nothing(&world, &job).await;
        nothing(&world, &world.job(&[])).await;
        assert_eq!(world.ids(&world.public(), "Practitioner").await, ["a", "b"]);
    })
    .await;
}

#[tokio::test]
async fn what_belongs_to_a_package_is_counted_and_no_reject() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let folder = Folder::new();
        folder.write("package.json", r#"{"name":"hl7.example","version":"1.0.0","fhirVersions":["4.0.1"]}"#);
        folder.write(".index.json", r#"{"index-version":1,"files":[]}"#);
        folder.write("ig.json", r#"{"resourceType":"ImplementationGuide","id":"x"}"#);
        folder.write("sd.json", r#"{"resourceType":"StructureDefinition","url":"http://example.org"}"#);
        folder.write("api.openapi.json", r#"{"openapi":"3.0.2","info":{}}"#);
        let outcome = json!({ "resource": { "resourceType": "OperationOutcome", "issue": [] } });
        let entries = [outcome, json!({ "resource": practitioner("b", "Baker") })];
        folder.write(
            "bundle.json",
            json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries }).to_string(),
        );
        folder.write("p.json", practitioner("a", "Able").to_string());
        let (outcome, rejects) = world.run(&world.job(&[folder.path().to_owned()])).await;
        assert!(rejects.is_empty(), "{rejects:?}");
        let skipped: Vec<_> = outcome.report.skipped.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
        let expect = [
            ".index.json",
            "ImplementationGuide",
            "OperationOutcome",
            "StructureDefinition",
            "api.openapi.json",
            "package.json",
        ];
        assert_eq!(skipped, expect.map(|kind| (kind, 1)));
        assert_eq!(outcome.report.created["Practitioner"], 2);
        // Rejects without a known type and id keep a type from being replaced; these have both.
        assert_eq!(outcome.report.unnamed, 0);
    })
    .await;
}

#[tokio::test]
async fn a_folder_that_a_mac_packed_is_read() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let folder = Folder::new();
        for name in ["__MACOSX", "PaxHeader", "PaxHeaders.123", "package"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let resource_fork = [0x00, 0x05, 0x16, 0x07, 0x00, 0x02];
        for name in [
            "._a.ndjson",
            ".DS_Store",
            "__MACOSX/._a.json",
            "__MACOSX/b.json",
            "PaxHeader/a.json",
            "PaxHeaders.123/a.json",
            "package/._p.json",
            "package/._p.json.gz",
        ] {
            folder.write(name, resource_fork);
        }
        let text = format!("\u{feff}{}\r\n\r\n{}\r\n", practitioner("a", "Able"), practitioner("b", "Baker"));
        folder.write("package/a.ndjson", text);
        folder.write("package/p.json", format!("\u{feff}{:#}\r\n", practitioner("c", "Clark")).replace('\n', "\r\n"));
        let mut job = world.job(&[folder.path().to_owned(), folder.path().join("._a.ndjson")]);
        let gone = std::env::temp_dir().join(format!("gone-{}", std::process::id()));
        fs::write(&gone, "\u{feff}Practitioner/b\r\n").unwrap();
        job.tombstones = vec![gone.clone()];
        let (outcome, rejects) = world.run(&job).await;
        fs::remove_file(gone).unwrap();
        assert!(rejects.is_empty(), "{rejects:?}");
        assert_eq!(outcome.report.created["Practitioner"], 3);
        assert_eq!(world.ids(&world.public(), "Practitioner").await, ["a", "c"]);
    })
    .await;
}

/// A tar archive, compressed with gzip.
fn tgz(files: &[(&str, String)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, content.as_bytes()).expect("memory");
    }
    gzip(&archive.into_inner().expect("memory"))
}

#[tokio::test]
async fn an_archive_is_read_as_a_folder_is() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let folder = Folder::new();
        let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": [
            { "resource": practitioner("b", "Baker") }, { "resource": practitioner("c", "Clark") }] });
        let path = folder.write(
            "package.tgz",
            tgz(&[
                ("./._package", "x".to_owned()),
                ("package/._p.json", "x".to_owned()),
                ("package/package.json", r#"{"name":"x","version":"1"}"#.to_owned()),
                ("package/a.ndjson", format!("\u{feff}{}\r\n{{\r\n", practitioner("a", "Able"))),
                ("package/a.json", "PK\u{3}\u{4}".to_owned()),
                ("package/b.json", bundle.to_string()),
                ("package/notes.txt", "x".to_owned()),
                ("__MACOSX/package/d.json", practitioner("d", "Drake").to_string()),
            ]),
        );
        let job = world.job(std::slice::from_ref(&path));
        let (outcome, rejects) = world.run(&job).await;
        assert_eq!(rejects.len(), 2, "{rejects:?}");
        assert!(rejects[0].origin.path.ends_with("package.tgz/package/a.ndjson") && rejects[0].origin.line == 2);
        assert!(rejects[1].origin.path.ends_with("package/a.json") && rejects[1].reason.contains("zip archive"));
        assert_eq!(outcome.report.skipped["package.json"], 1);
        assert_eq!(world.ids(&world.public(), "Practitioner").await, ["a", "b", "c"]);
        let (again, _) = world.run(&job).await;
        assert_eq!(again.report.unchanged["Practitioner"], 3);
        // If an archive ends early, the rest is missing.
        let whole = fs::read(&path).unwrap();
        let short = folder.write("short.tgz", &whole[..whole.len() / 2]);
        let (_, rejects) = world.run(&world.job(&[short])).await;
        assert!(rejects.iter().any(|reject| reject.reason.contains("cannot be read")), "{rejects:?}");
    })
    .await;
}

/// What a Mac stores next to each file (AppleDouble).
const ATTRIBUTES: &[u8] = &[0x00, 0x05, 0x16, 0x07, 0x00, 0x02];

/// A record of an extended header (pax), whose length includes itself.
fn record(key: &str, value: &[u8]) -> Vec<u8> {
    let rest = key.len() + value.len() + " =\n".len();
    let length = (1..).map(|digits| rest + digits).find(|length| rest + length.to_string().len() == *length).unwrap();
    [format!("{length} {key}=").as_bytes(), value, b"\n"].concat()
}

/// An archive as `tar` on a Mac writes it: before each file, a header with its attributes and a second file that
/// repeats them.
fn tar_of_a_mac(files: &[(&str, String)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    let mut append = |kind: tar::EntryType, name: &str, content: &[u8]| {
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(kind);
        // The whole name is in the extended header.
        let length = name.len().min(90);
        header.as_ustar_mut().unwrap().name[..length].copy_from_slice(&name.as_bytes()[..length]);
        header.set_mode(0o644);
        header.set_size(content.len() as u64);
        header.set_cksum();
        archive.append(&header, content).expect("memory");
    };
    append(tar::EntryType::XGlobalHeader, "pax_global_header", &record("comment", b"a Mac made it"));
    for (path, content) in files {
        let (folder, file) = path.rsplit_once('/').unwrap();
        for (path, content) in [(format!("{folder}/._{file}"), ATTRIBUTES), ((*path).to_owned(), content.as_bytes())] {
            let attributes = [
                record("path", path.as_bytes()),
                record("mtime", b"1700000000.25"),
                record("LIBARCHIVE.xattr.com.apple.quarantine", b"MDA4MQ=="),
                record("SCHILY.xattr.com.apple.FinderInfo", b"\0\n\n\xff=\n7 path=x\n"),
            ];
            append(tar::EntryType::XHeader, "PaxHeader/x.json", &attributes.concat());
            append(tar::EntryType::Regular, &path, content);
        }
    }
    archive.into_inner().expect("memory")
}

#[tokio::test]
async fn an_archive_that_a_mac_packed_is_read() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let folder = Folder::new();
        let deep = format!("package/{}/c.json", "deep".repeat(30));
        let packed = tar_of_a_mac(&[
            ("package/package.json", r#"{"name":"x","version":"1"}"#.to_owned()),
            ("package/.DS_Store", "x".to_owned()),
            ("__MACOSX/package/d.json", practitioner("d", "Drake").to_string()),
            // An umlaut as a Mac's file system stores it.
            ("./package/pru\u{308}fer.ndjson", format!("{}\n", practitioner("a", "Able"))),
            ("package/b.json", practitioner("b", "Baker").to_string()),
            (&deep, practitioner("c", "Clark").to_string()),
        ]);
        let named = folder.write("stra\u{df}e-u\u{308}.json", practitioner("e", "Early").to_string());
        // A Mac's browser unpacks what it downloads.
        for (name, bytes) in
            [("package.tgz", gzip(&packed)), ("package.tar", packed.clone()), ("p.tar.gz", gzip(&packed))]
        {
            let path = folder.write(name, bytes);
            let (outcome, rejects) = world.run(&world.job(&[path, named.clone()])).await;
            assert!(rejects.is_empty(), "{name}: {rejects:?}");
            assert_eq!(outcome.report.skipped, [("package.json".to_owned(), 1)].into(), "{name}");
            assert_eq!(outcome.report.total(), 5, "{name}: {}", outcome.report);
        }
        assert_eq!(world.ids(&world.public(), "Practitioner").await, ["a", "b", "c", "e"]);
    })
    .await;
}

#[tokio::test]
async fn a_zip_archive_is_refused_with_what_is_read() {
    let test = store::testing::sqlite().await;
    let world = World::new(&test, "idaho").await;
    let folder = Folder::new();
    let zips = [&b"PK\x03\x04\x14\0"[..], b"PK\x05\x06\0\0", b"PK\x07\x08PK\x03\x04"];
    for zip in zips {
        for (name, bytes) in [
            ("feed.zip", zip.to_vec()),
            ("feed.json", zip.to_vec()),
            ("feed.ndjson", zip.to_vec()),
            ("feed.tgz", zip.to_vec()),
            ("feed.tar", zip.to_vec()),
            ("feed", zip.to_vec()),
        ] {
            let path = folder.write(name, bytes);
            for mut job in [world.job(std::slice::from_ref(&path)), world.job(&[])] {
                if job.paths.is_empty() {
                    job.tombstones = vec![path.clone()];
                }
                let error = job.files().err().unwrap_or_else(|| panic!("{name} was taken")).to_string();
                assert!([name, "zip archive", ".tgz", "NDJSON"].iter().all(|word| error.contains(word)), "{error}");
            }
        }
    }
    // In a folder, it counts as one reject.
    let (inner, path) = (folder.path().join("inner"), "inner/a.json");
    fs::create_dir(&inner).unwrap();
    folder.write(path, zips[0]);
    folder.write("inner/b.json", practitioner("b", "Baker").to_string());
    let (outcome, rejects) = world.run(&world.job(&[inner])).await;
    assert_eq!((outcome.report.created["Practitioner"], rejects.len()), (1, 1));
    assert!(rejects[0].reason.contains("zip archive"), "{rejects:?}");
}

fn patient(id: &str) -> Value {
    json!({ "resourceType": "Patient", "id": id, "gender": "male" })
}

fn condition(id: &str, patient: &str, onset: &str) -> Value {
    json!({ "resourceType": "Condition", "id": id, "subject": { "reference": format!("Patient/{patient}") },
        "onsetDateTime": onset })
}

fn provenance(id: &str, targets: &[&str]) -> Value {
    let targets: Vec<Value> = targets.iter().map(|target| json!({ "reference": target })).collect();
    json!({ "resourceType": "Provenance", "id": id, "target": targets, "recorded": "2024-01-01T00:00:00Z" })
}

/// A Patient that exists and one that does not; conditions of both, an old one, and their provenance.
fn records() -> Vec<Value> {
    vec![
        patient("p"),
        patient("q"),
        condition("new", "p", "2020-01-01"),
        condition("newer", "q", "2020-01-01"),
        condition("old", "p", "2015-12-31"),
        condition("strange", "nobody", "2020-01-01"),
        provenance("right", &["Condition/new", "Patient/p"]),
        provenance("both", &["Condition/new", "Condition/newer"]),
        provenance("both-members", &["Patient/p", "Patient/q"]),
        provenance("lost", &["Condition/unknown"]),
        provenance("half-lost", &["Condition/new", "Condition/unknown"]),
        provenance("of-old", &["Condition/old"]),
        provenance("of-strange", &["Condition/strange"]),
        provenance("of-directory", &["Practitioner/x"]),
        provenance("of-what-is-not-offered", &["Observation/x"]),
    ]
}

fn unseen(report: &Report) -> Vec<String> {
    let all = report
        .unseen
        .iter()
        .flat_map(|(reason, kinds)| kinds.iter().map(move |(kind, count)| format!("{kind} {count}: {reason}")));
    all.collect()
}

#[tokio::test]
async fn what_nobody_will_see_is_told_by_reason() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let folder = Folder::new();
        let mut job = world.job(&[folder.write("a.ndjson", lines(&records()))]);
        let expect = [
            "Condition 1: about a Patient that does not exist",
            "Provenance 1: about a Patient that does not exist",
            "Provenance 2: about more than one member",
            "Provenance 3: about nothing that is in a member's record",
            "Condition 1: from before 2016-01-01, which is never returned",
        ];
        job.options.dry_run = true;
        let (rehearsed, _) = world.run(&job).await;
        assert_eq!(unseen(&rehearsed.report), expect);
        job.options.dry_run = false;
        let (loaded, rejects) = world.run(&job).await;
        assert_eq!(unseen(&loaded.report), expect, "{rejects:?}");
        assert_eq!(rehearsed.report, loaded.report);
        let text = loaded.report.to_string();
        assert!(text.contains("unseen         2  about more than one member: Provenance 2"), "{text}");

        // A resource that comes again unchanged is reported again, until someone can see it.
        let mut later = world.job(&[folder.write("b.ndjson", lines(&[patient("nobody")]))]);
        later.paths.push(folder.write("c.ndjson", lines(&records())));
        for dry_run in [true, false] {
            later.options.dry_run = dry_run;
            let (outcome, _) = world.run(&later).await;
            assert_eq!(unseen(&outcome.report), expect[2..], "{dry_run}");
        }
        let mut ctx = test.store.read().await.unwrap().within(world.partition.clone());
        let told = fhir::feed::list(&mut ctx, 1).await.unwrap()[0].unseen.len();
        assert_eq!(told, 3);
    })
    .await;
}

/// Otherwise clients that follow the changes would never see it.
#[tokio::test]
async fn what_can_be_seen_later_has_changed_then() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let member = world.member("p");
        let version = async |id: &str| {
            let found = world.read(&member, "Provenance", id).await.ok()?;
            Some((found["meta"]["versionId"].as_str()?.to_owned(), found["meta"]["lastUpdated"].as_str()?.to_owned()))
        };
        world.load(&[patient("p"), provenance("early", &["Condition/c"])]).await;
        assert_eq!(version("early").await, None);
        test.clock.advance(jiff::ToSpan::hours(1));
        world.load(&[condition("c", "p", "2020-01-01"), provenance("late", &["Condition/c"])]).await;
        let (early, late) = (version("early").await.unwrap(), version("late").await.unwrap());
        assert_eq!((&*early.0, &*late.0), ("2", "1"));
        assert!(late.1 < early.1 && "2026-03-02T18:00:00" < &*late.1, "{early:?} {late:?}");
    })
    .await;
}

/// A feed with everything that feeds can contain: versions of one resource, deletions, rejects, replacements.
fn feed(folder: &Folder, world: &World<'_>) -> Job {
    let entry = |method: &str, url: &str| json!({ "request": { "method": method, "url": url } });
    let entries = [
        json!({ "resource": practitioner("new", "First") }),
        json!({ "resource": practitioner("new", "Second") }),
        entry("DELETE", "Practitioner/p1"),
        json!({ "resource": practitioner("p1", "Back") }),
        entry("DELETE", "Practitioner/new"),
        entry("DELETE", "Practitioner/new"),
        json!({ "resource": practitioner("new", "Second") }),
        entry("PATCH", "Practitioner/p2"),
        json!({ "resource": practitioner("gone", "Gone") }),
    ];
    let bundle = json!({ "resourceType": "Bundle", "type": "batch", "entry": entries });
    let text = format!(
        "{}{}\n{}\n{}\n{}\n",
        practitioners(700),
        practitioner("p0", "Able"),
        practitioner("p0", "Changed"),
        practitioner("p0", "Able"),
        r#"{"resourceType":"Practitioner","id":"kept","meta":[]}"#,
    );
    let mut job = world.job(&[
        folder.write("a.ndjson", text),
        folder.write("b.json", bundle.to_string()),
        folder.write("c.ndjson", lines(&records())),
    ]);
    job.tombstones = vec![folder.write(
        "gone",
        "Practitioner/gone\nPractitioner/gone\nPractitioner/p3\nPractitioner/never\nPractitioner/deleted\nBasic/x\nPatient/q\n",
    )];
    job.replace = vec!["Practitioner".to_owned(), "Organization".to_owned()];
    job
}

#[tokio::test]
async fn a_rehearsal_counts_what_the_load_does() {
    on_each_database(async |test| {
        for limit in [1, 100] {
            let world = World::new(test, "idaho").await;
            let folder = Folder::new();
            let mut job = feed(&folder, &world);
            // A reject that could be any resource keeps every type.
            job.replace_limit = limit;
            for is_broken in [true, false] {
                if !is_broken {
                    let text = fs::read_to_string(&job.paths[1]).unwrap();
                    fs::write(&job.paths[1], text.replace("PATCH", "DELETE")).unwrap();
                }
                job.options.dry_run = true;
                let (rehearsed, rehearsed_rejects) = world.run(&job).await;
                assert_eq!(world.run(&job).await.0.report, rehearsed.report);
                job.options.dry_run = false;
                let (loaded, rejects) = world.run(&job).await;
                assert_eq!(rehearsed.report, loaded.report, "{limit} {is_broken}");
                assert_eq!(rehearsed.kept, loaded.kept, "{limit} {is_broken}");
                assert_eq!(rehearsed_rejects, rejects);
                // Loads into existing data: some resources go, one is kept although it is rejected, one was deleted
                // before.
                let organization = json!({ "resourceType": "Organization", "id": "o", "name": "O" });
                let more = ["x", "y", "z", "kept", "deleted"].map(|id| practitioner(id, "More"));
                world.load(&more).await;
                world.load(&[organization, practitioner("p9", "Other")]).await;
                let mut gone = world.job(&[]);
                gone.tombstones = vec![folder.write("before", "Practitioner/deleted\nPractitioner/p4\n")];
                world.run(&gone).await;
            }
        }
    })
    .await;
}
