//! New credentials.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ciborium::{Value as Cbor, cbor};
use serde_json::{Value, json};
use webauthn::{
    Expected,
    options::{self, Descriptor},
    refused::Refused,
    registration::{self, Credential},
    testing::{Claims, Kind, Passkey, encoded},
};

use crate::site::{BELOW, CHALLENGE, ORIGIN, Tamper, USER, creation, relying_party};

fn verify(posted: &str) -> Result<Credential, Refused> {
    registration::verify(&Expected { relying_party: &relying_party(), challenge: CHALLENGE }, posted)
}

#[track_caller]
fn check(posted: &Value, expect: Option<Refused>) {
    assert_eq!(verify(&posted.to_string()).err(), expect, "{posted}");
}

fn honest(passkey: &Passkey) -> Claims {
    passkey.claims(&creation(), ORIGIN)
}

#[test]
fn every_algorithm_that_is_offered_is_accepted() {
    for kind in [Kind::Es256, Kind::EdDsa, Kind::Rs256] {
        let passkey = Passkey::of_kind(kind);
        let credential = verify(&passkey.create(&creation(), ORIGIN)).unwrap();
        assert_eq!((credential.id, credential.sign_count), (passkey.id(), 0), "{kind:?}");
        assert_eq!(credential.transports, ["internal", "hybrid"]);
    }
}

#[test]
fn an_answer_that_claims_anything_else_is_refused() {
    let passkey = Passkey::new();
    let table: [(Tamper<Claims>, Option<Refused>); 16] = [
        (|_| (), None),
        (|claims| claims.origin = BELOW.to_owned(), None),
        (|claims| claims.sign_count = 7, None),
        // Eligible for backup, and backed up; user verified.
        (|claims| claims.flags = 0b1_1101, None),
        (|claims| claims.format = "packed", None),
        (|claims| claims.kind = "webauthn.get", Some(Refused::Type)),
        (|claims| claims.kind = "payment.get", Some(Refused::Type)),
        (|claims| claims.challenge = "AAAA".to_owned(), Some(Refused::Challenge)),
        (|claims| claims.challenge.clear(), Some(Refused::Challenge)),
        (|claims| claims.origin = "https://evil.test".to_owned(), Some(Refused::Origin)),
        (|claims| claims.origin = "http://flex.example.org".to_owned(), Some(Refused::Origin)),
        (|claims| claims.cross_origin = true, Some(Refused::CrossOrigin)),
        (|claims| claims.top_origin = Some("https://evil.test".to_owned()), Some(Refused::CrossOrigin)),
        (|claims| claims.rp_id = "example.org".to_owned(), Some(Refused::RelyingParty)),
        (|claims| claims.flags = 0, Some(Refused::NotPresent)),
        // Backed up although not eligible.
        (|claims| claims.flags = 0b1_0001, Some(Refused::BackupState)),
    ];
    for (tamper, expect) in table {
        let mut claims = honest(&passkey);
        tamper(&mut claims);
        check(&passkey.register(&claims), expect);
    }
}

#[test]
fn a_key_that_cannot_be_used_is_refused() {
    let passkey = Passkey::new();
    let bytes = |byte: u8, count: usize| Cbor::Bytes(vec![byte; count]);
    for (cose, expect) in [
        // ES384, PS256, none; no key type; not even a map.
        (cbor!({ 1 => 2, 3 => -35, -1 => 2, -2 => bytes(1, 48), -3 => bytes(2, 48) }), Refused::Algorithm),
        (cbor!({ 1 => 3, 3 => -37, -1 => bytes(1, 256), -2 => bytes(3, 1) }), Refused::Algorithm),
        (cbor!({ 1 => 2, -1 => 1, -2 => bytes(1, 32), -3 => bytes(2, 32) }), Refused::Algorithm),
        (cbor!({ 3 => -7, -1 => 1, -2 => bytes(1, 32), -3 => bytes(2, 32) }), Refused::Key),
        (cbor!({}), Refused::Algorithm),
        // The algorithm of another kind of key, or another curve.
        (cbor!({ 1 => 1, 3 => -7, -1 => 6, -2 => bytes(1, 32) }), Refused::Key),
        (cbor!({ 1 => 2, 3 => -7, -1 => 2, -2 => bytes(1, 32), -3 => bytes(2, 32) }), Refused::Key),
        (cbor!({ 1 => 1, 3 => -8, -1 => 4, -2 => bytes(1, 32) }), Refused::Key),
        // Not on the curve; too short; compressed.
        (cbor!({ 1 => 2, 3 => -7, -1 => 1, -2 => bytes(1, 32), -3 => bytes(2, 32) }), Refused::Key),
        (cbor!({ 1 => 2, 3 => -7, -1 => 1, -2 => bytes(1, 31), -3 => bytes(2, 32) }), Refused::Key),
        (cbor!({ 1 => 2, 3 => -7, -1 => 1, -2 => bytes(1, 32), -3 => true }), Refused::Key),
        (cbor!({ 1 => 1, 3 => -8, -1 => 6, -2 => bytes(1, 33) }), Refused::Key),
        // 1024 and 8192 bits; a leading zero; no exponent.
        (cbor!({ 1 => 3, 3 => -257, -1 => bytes(1, 128), -2 => bytes(3, 1) }), Refused::Key),
        (cbor!({ 1 => 3, 3 => -257, -1 => bytes(1, 1024), -2 => bytes(3, 1) }), Refused::Key),
        (cbor!({ 1 => 3, 3 => -257, -1 => bytes(0, 256), -2 => bytes(3, 1) }), Refused::Key),
        (cbor!({ 1 => 3, 3 => -257, -1 => bytes(1, 256), -2 => bytes(3, 0) }), Refused::Key),
    ] {
        check(&passkey.register_as(&honest(&passkey), &encoded(&cose.unwrap())), Some(expect));
    }
}

#[test]
fn what_cannot_be_read_is_refused() {
    let passkey = Passkey::new();
    let posted = passkey.register(&honest(&passkey));
    let attestation = text(&posted, "attestationObject");
    let bytes = URL_SAFE_NO_PAD.decode(&attestation).unwrap();
    let object = |bytes: &[u8]| json!(URL_SAFE_NO_PAD.encode(bytes));
    let without = |key: &str| {
        let mut map: Cbor = ciborium::from_reader(&bytes[..]).unwrap();
        map.as_map_mut().unwrap().retain(|(name, _)| name.as_text() != Some(key));
        object(&encoded(&map))
    };
    for (value, expect) in [
        (object(&bytes[..bytes.len() - 1]), "attestation object"),
        (object(&[&bytes[..], &[0]].concat()), "attestation object"),
        (object(&[]), "attestation object"),
        (object(&[0xff; 100]), "attestation object"),
        (object(&[&[0xbb][..], &[0xff; 8]].concat()), "attestation object"),
        (without("fmt"), "attestation object"),
        (without("attStmt"), "attestation object"),
        (without("authData"), "attestation object"),
        (json!(format!("{attestation}=")), "attestation object"),
        (json!("not base64url!"), "attestation object"),
        (json!(5), "credential"),
    ] {
        let mut posted = posted.clone();
        posted["response"]["attestationObject"] = value;
        check(&posted, Some(Refused::Malformed(expect)));
    }
}

#[test]
fn authenticator_data_of_another_length_is_refused() {
    let passkey = Passkey::new();
    let posted = passkey.register(&honest(&passkey));
    let bytes = URL_SAFE_NO_PAD.decode(text(&posted, "attestationObject")).unwrap();
    let object: Cbor = ciborium::from_reader(&bytes[..]).unwrap();
    let data = object.as_map().unwrap().iter().find(|(name, _)| name.as_text() == Some("authData")).unwrap();
    let data = data.1.as_bytes().unwrap().clone();
    let long_id = [&data[..53], &1024_u16.to_be_bytes(), &[7; 1024], &data[87..]].concat();
    let without_credential = [&data[..32], &[1], &data[33..37]].concat();
    for (data, expect) in [
        (data[..data.len() - 1].to_vec(), "public key"),
        (data[..60].to_vec(), "authenticator data"),
        (data[..36].to_vec(), "authenticator data"),
        (Vec::new(), "authenticator data"),
        ([&data[..], &[0]].concat(), "authenticator data"),
        (long_id, "credential ID"),
        (without_credential, "no credential"),
    ] {
        let object = cbor!({ "fmt" => "none", "attStmt" => Cbor::Map(Vec::new()), "authData" => Cbor::Bytes(data) });
        let mut posted = posted.clone();
        posted["response"]["attestationObject"] = json!(URL_SAFE_NO_PAD.encode(encoded(&object.unwrap())));
        check(&posted, Some(Refused::Malformed(expect)));
    }
}

#[test]
fn an_answer_of_another_shape_is_refused() {
    let passkey = Passkey::new();
    let posted = passkey.register(&honest(&passkey));
    let table: [(Tamper<Value>, Refused); 8] = [
        (|posted| posted["type"] = json!("password"), Refused::Malformed("credential")),
        (|posted| posted["rawId"] = json!("AAAA"), Refused::Malformed("credential")),
        (|posted| (posted["id"], posted["rawId"]) = (json!("AAAA"), json!("AAAA")), Refused::Credential),
        (|posted| posted["response"] = Value::Null, Refused::Malformed("credential")),
        (|posted| posted["response"]["clientDataJSON"] = json!("e30"), Refused::Malformed("client data")),
        (|posted| posted["response"]["clientDataJSON"] = json!("_w"), Refused::Malformed("client data")),
        (|posted| posted["response"]["clientDataJSON"] = json!("A"), Refused::Malformed("client data")),
        (|posted| posted["more"] = json!("a".repeat(16 * 1024)), Refused::TooLong),
    ];
    for (tamper, expect) in table {
        let mut posted = posted.clone();
        tamper(&mut posted);
        check(&posted, Some(expect));
    }
    for json in ["", "null", "[]", "{", "{\"id\":1}"] {
        assert_eq!(verify(json).err(), Some(Refused::Malformed("credential")), "{json}");
    }
}

#[test]
fn only_what_looks_like_a_transport_is_kept() {
    let passkey = Passkey::new();
    let mut posted = passkey.register(&honest(&passkey));
    posted["response"]["transports"] = json!(["usb", "<b>", "", "smart-card", "USB", "a".repeat(17), "new2"]);
    assert_eq!(verify(&posted.to_string()).unwrap().transports, ["usb", "smart-card", "new2"]);
    posted["response"].as_object_mut().unwrap().remove("transports");
    assert!(verify(&posted.to_string()).unwrap().transports.is_empty());
}

#[test]
fn the_options_say_what_we_want() {
    let known = Descriptor { id: "AQID".to_owned(), transports: vec!["usb".to_owned()] };
    let options = options::creation("flex.example.org", "FLEX", CHALLENGE, &USER, &[known]);
    let options: Value = serde_json::from_str(&options).unwrap();
    assert_eq!(options["rp"], json!({ "id": "flex.example.org", "name": "FLEX" }));
    assert_eq!(options["user"], json!({ "id": "YWRh", "name": "ada.lovelace", "displayName": "Ada Lovelace" }));
    assert_eq!(options["attestation"], "none");
    assert_eq!(options["excludeCredentials"], json!([{ "type": "public-key", "id": "AQID", "transports": ["usb"] }]));
    let algorithms: Vec<_> = options["pubKeyCredParams"].as_array().unwrap().iter().map(|one| &one["alg"]).collect();
    assert_eq!(algorithms, [-7, -8, -257]);
}

fn text(posted: &Value, name: &str) -> String {
    posted["response"][name].as_str().unwrap().to_owned()
}
