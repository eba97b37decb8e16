//! Malicious packages, and what cannot be checked.

use std::io::{self, Read, Write};

use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use validate::{package::Package, problem::Severity, validator::Validator};

/// A package with these files.
fn tgz(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        // `set_path` would refuse paths that an attacker can write.
        header.as_gnu_mut().expect("a GNU header").name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_cksum();
        archive.append(&header, &content[..]).expect("memory");
    }
    archive.into_inner().and_then(GzEncoder::finish).expect("memory")
}

fn manifest(version: &str) -> (&'static str, Vec<u8>) {
    let json = json!({ "name": "example", "version": "1.0.0", "fhirVersions": [version] });
    ("package/package.json", json.to_string().into_bytes())
}

fn profile(elements: &Value) -> (&'static str, Vec<u8>) {
    let json = json!({
        "resourceType": "StructureDefinition",
        "url": "http://example.org/StructureDefinition/p",
        "version": "1.0.0",
        "type": "Patient",
        "derivation": "constraint",
        "snapshot": { "element": elements },
    });
    ("package/StructureDefinition-p.json", json.to_string().into_bytes())
}

fn open(files: &[(&str, Vec<u8>)]) -> io::Result<Package> {
    Package::read(&tgz(files)[..])
}

#[test]
fn a_package_that_is_none_is_refused_with_its_reason() {
    let check = |files: &[(&str, Vec<u8>)], word: &str| {
        let error = open(files).err().unwrap_or_else(|| panic!("{word}: it was read"));
        assert!(error.to_string().contains(word), "{error}");
    };
    check(&[], "does not contain package/package.json");
    check(&[("package/package.json", b"{}".to_vec())], "name and version");
    check(&[manifest("5.0.0")], "not for FHIR R4");
    check(&[manifest("4.0.1"), ("package/a.json", b"{".to_vec())], "a.json");
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)).into_bytes();
    check(&[manifest("4.0.1"), ("package/deep.json", deep)], "deep.json");
    check(&[manifest("4.0.1"), ("package/large.json", vec![b' '; 33 << 20])], "too large");
    assert!(Package::read(&b"no gzip"[..]).is_err());
}

#[test]
fn an_archive_that_unfolds_without_end_is_refused() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    let mut header = tar::Header::new_gnu();
    header.set_path("filler").unwrap();
    header.set_size(300 << 20);
    header.set_cksum();
    gzip.write_all(header.as_bytes()).unwrap();
    let zeros = vec![0; 1 << 20];
    for _ in 0..300 {
        gzip.write_all(&zeros).unwrap();
    }
    let error = Package::read(&gzip.finish().unwrap()[..]).err().expect("an error");
    assert!(error.to_string().contains("too large"), "{error}");
}

#[test]
fn paths_out_of_the_package_are_not_read() {
    let bad = |name| (name, b"no JSON".to_vec());
    let package = open(&[
        manifest("4.0.1"),
        bad("package/../../etc/x.json"),
        bad("/package/y.json"),
        bad("package/example/z.json"),
    ]);
    assert_eq!(package.unwrap().name, "example#1.0.0");
}

#[test]
fn what_nobody_can_check_is_said_once_and_fails_nothing() {
    let set = json!({
        "resourceType": "ValueSet",
        "url": "http://example.org/ValueSet/v",
        "compose": { "include": [{ "system": "https://www.nubc.org/CodeSystem/TypeOfBill" }] },
    });
    let elements = json!([
        { "id": "Patient", "path": "Patient" },
        { "id": "Patient.maritalStatus", "path": "Patient.maritalStatus", "min": 1, "max": "1", "base": { "min": 0, "max": "1" },
          "binding": { "strength": "required", "valueSet": "http://example.org/ValueSet/v" } },
    ]);
    let files = [manifest("4.0.1"), profile(&elements), ("package/ValueSet-v.json", set.to_string().into_bytes())];
    let validator = Validator::new(&[open(&files).unwrap()]).unwrap();
    assert_eq!(validator.notes().len(), 1, "{:?}", validator.notes());
    assert!(validator.notes()[0].contains("nubc.org"));
    let patient = |system: &str| {
        json!({ "resourceType": "Patient", "meta": { "profile": ["http://example.org/StructureDefinition/p|1.0.0"] },
            "maritalStatus": { "coding": [{ "system": system, "code": "M" }] } })
    };
    assert_eq!(validator.profiles(&patient("https://www.nubc.org/CodeSystem/TypeOfBill"), None), []);
    assert_eq!(validator.profiles(&patient("http://example.org/other"), None).len(), 1);
}

#[test]
fn a_profile_is_found_by_version_and_by_default() {
    let elements = json!([
        { "id": "Patient", "path": "Patient" },
        { "id": "Patient.gender", "path": "Patient.gender", "min": 1, "max": "1", "base": { "min": 0, "max": "1" } },
    ]);
    let validator = Validator::new(&[open(&[manifest("4.0.1"), profile(&elements)]).unwrap()]).unwrap();
    let check = |claimed: &[&str], default: Option<&str>, expect: Option<Severity>| {
        let mut patient = json!({ "resourceType": "Patient", "active": true });
        if !claimed.is_empty() {
            patient["meta"] = json!({ "profile": claimed });
        }
        let problems = validator.profiles(&patient, default);
        assert_eq!(problems.first().map(|problem| problem.severity), expect, "{claimed:?} {default:?} {problems:?}");
    };
    let url = "http://example.org/StructureDefinition/p";
    check(&[url], None, Some(Severity::Warning));
    check(&["http://example.org/StructureDefinition/p|1.0.0"], None, Some(Severity::Warning));
    check(&["http://example.org/StructureDefinition/p|2.0.0"], None, Some(Severity::Information));
    check(&["http://hl7.org/fhir/StructureDefinition/Patient"], None, None);
    check(&[], None, None);
    check(&[], Some(url), Some(Severity::Warning));
    check(&["http://example.org/other"], Some(url), Some(Severity::Information));
}

#[test]
fn a_package_that_a_mac_packed_is_read() {
    let resource_fork = || vec![0x00, 0x05, 0x16, 0x07];
    let (name, json) = profile(&json!([{ "id": "Patient", "path": "Patient" }]));
    let with_mark = |json: Vec<u8>| [&[0xef, 0xbb, 0xbf][..], &json, b"\r\n"].concat();
    let (manifest_name, manifest) = manifest("4.0.1");
    let package = open(&[
        ("./._package", resource_fork()),
        ("package/._package.json", resource_fork()),
        (manifest_name, with_mark(manifest)),
        ("package/._StructureDefinition-p.json", resource_fork()),
        ("package/.DS_Store", resource_fork()),
        ("package/PaxHeader.json", resource_fork()),
        ("PaxHeader/package.json", resource_fork()),
        ("__MACOSX/package/package.json", resource_fork()),
        (name, with_mark(json)),
    ]);
    let package = package.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((package.name.as_str(), package.profiles.len()), ("example#1.0.0", 1));
}

#[test]
fn a_package_is_read_with_and_without_gzip_and_a_zip_archive_is_refused() {
    let (name, json) = profile(&json!([{ "id": "Patient", "path": "Patient" }]));
    let packed = tgz(&[manifest("4.0.1"), (name, json)]);
    let mut tar = Vec::new();
    flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut tar).unwrap();
    for bytes in [packed, tar] {
        let package = Package::read(&bytes[..]).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((package.name.as_str(), package.profiles.len()), ("example#1.0.0", 1));
    }
    for zip in [&b"PK\x03\x04\x14\0"[..], b"PK\x05\x06\0\0"] {
        let error = Package::read(zip).err().expect("an error");
        assert!(error.to_string().contains("zip archive") && error.to_string().contains(".tgz"), "{error}");
    }
    assert!(Package::read(&b""[..]).is_err() && Package::read(&[b'x'; 2048][..]).is_err());
}
