//! Proof of a credential.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use webauthn::{
    Expected,
    assertion::{Assertion, Known},
    public_key::PublicKey,
    refused::Refused,
    registration,
    testing::{Claims, Kind, Passkey},
};

use crate::site::{BELOW, CHALLENGE, ORIGIN, Tamper, USER, creation, relying_party, request};

fn key_of(passkey: &Passkey) -> PublicKey {
    let expected = Expected { relying_party: &relying_party(), challenge: CHALLENGE };
    registration::verify(&expected, &passkey.create(&creation(), ORIGIN)).unwrap().public_key
}

fn verify(posted: &str, public_key: &PublicKey, sign_count: u32) -> Result<u32, Refused> {
    let expected = Expected { relying_party: &relying_party(), challenge: CHALLENGE };
    let known = Known { public_key, sign_count, user_handle: USER.handle };
    Assertion::parse(posted)?.verify(&expected, &known)
}

#[test]
fn a_key_that_was_kept_verifies() {
    for kind in [Kind::Es256, Kind::EdDsa, Kind::Rs256] {
        let passkey = Passkey::of_kind(kind);
        let kept = PublicKey::from_text(&key_of(&passkey).to_text()).unwrap();
        assert_eq!(verify(&passkey.get(&request(), ORIGIN), &kept, 0), Ok(0), "{kind:?}");
    }
}

#[test]
fn a_proof_that_claims_anything_else_is_refused() {
    let passkey = Passkey::new();
    let key = key_of(&passkey);
    let table: [(Tamper<Claims>, Result<u32, Refused>); 17] = [
        (|_| (), Ok(0)),
        (|claims| claims.origin = BELOW.to_owned(), Ok(0)),
        (|claims| claims.flags = 0b1_1101, Ok(0)),
        (|claims| claims.sign_count = 1, Ok(1)),
        // `ada`
        (|claims| claims.user_handle = Some("YWRh".to_owned()), Ok(0)),
        (|claims| claims.user_handle = Some("Ym9i".to_owned()), Err(Refused::UserHandle)),
        (|claims| claims.user_handle = Some("?".to_owned()), Err(Refused::Malformed("user handle"))),
        (|claims| claims.kind = "webauthn.create", Err(Refused::Type)),
        (|claims| claims.challenge = "AAAA".to_owned(), Err(Refused::Challenge)),
        (|claims| claims.origin = "https://evil.test".to_owned(), Err(Refused::Origin)),
        (|claims| claims.origin = "https://flex.example.org.evil.test".to_owned(), Err(Refused::Origin)),
        (|claims| claims.origin = "https://flex.example.org:444".to_owned(), Err(Refused::Origin)),
        (|claims| claims.cross_origin = true, Err(Refused::CrossOrigin)),
        (|claims| claims.top_origin = Some(ORIGIN.to_owned()), Err(Refused::CrossOrigin)),
        (|claims| claims.rp_id = "authz.idaho.flex.example.org".to_owned(), Err(Refused::RelyingParty)),
        (|claims| claims.flags = 0b100, Err(Refused::NotPresent)),
        (|claims| claims.flags = 0b1_0001, Err(Refused::BackupState)),
    ];
    for (tamper, expect) in table {
        let mut claims = passkey.claims(&request(), ORIGIN);
        tamper(&mut claims);
        assert_eq!(verify(&passkey.assert(&claims).to_string(), &key, 0), expect, "{claims:?}");
    }
}

#[test]
fn the_counter_has_to_grow_where_there_is_one() {
    let passkey = Passkey::new();
    let key = key_of(&passkey);
    for (kept, said, expect) in [
        (0, 0, Ok(0)),
        (0, 1, Ok(1)),
        (5, 6, Ok(6)),
        (5, u32::MAX, Ok(u32::MAX)),
        (5, 5, Err(Refused::Counter)),
        (5, 4, Err(Refused::Counter)),
        (5, 0, Err(Refused::Counter)),
    ] {
        let claims = Claims { sign_count: said, ..passkey.claims(&request(), ORIGIN) };
        assert_eq!(verify(&passkey.assert(&claims).to_string(), &key, kept), expect, "{kept} {said}");
    }
}

#[test]
fn a_signature_of_something_else_is_refused() {
    let passkey = Passkey::new();
    let key = key_of(&passkey);
    let posted = passkey.assert(&passkey.claims(&request(), ORIGIN));
    let changed = |name: &str, change: fn(&mut Vec<u8>)| {
        let mut posted = posted.clone();
        let mut bytes = URL_SAFE_NO_PAD.decode(posted["response"][name].as_str().unwrap()).unwrap();
        change(&mut bytes);
        posted["response"][name] = json!(URL_SAFE_NO_PAD.encode(bytes));
        posted
    };
    let short = Refused::Malformed("authenticator data");
    for (posted, expect) in [
        (changed("signature", |bytes| bytes[10] ^= 1), Refused::Signature),
        (changed("signature", Vec::clear), Refused::Signature),
        (changed("signature", |bytes| bytes.push(0)), Refused::Signature),
        // The counter, the verification flag, a space in the client data.
        (changed("authenticatorData", |bytes| bytes[36] = 9), Refused::Signature),
        (changed("authenticatorData", |bytes| bytes[32] |= 4), Refused::Signature),
        (changed("clientDataJSON", |bytes| bytes.insert(1, b' ')), Refused::Signature),
        (changed("authenticatorData", |bytes| bytes.truncate(36)), short),
        (changed("authenticatorData", |bytes| bytes.push(0)), short),
        (changed("authenticatorData", |bytes| bytes[32] |= 1 << 6), short),
        (changed("authenticatorData", |bytes| bytes[32] |= 1 << 7), Refused::Malformed("extensions")),
    ] {
        assert_eq!(verify(&posted.to_string(), &key, 0), Err(expect), "{posted}");
    }
    assert_eq!(verify(&posted.to_string(), &key_of(&Passkey::new()), 0), Err(Refused::Signature));
    assert_eq!(verify(&posted.to_string(), &key_of(&Passkey::of_kind(Kind::Rs256)), 0), Err(Refused::Signature));
}

#[test]
fn a_proof_that_cannot_be_read_is_refused() {
    let passkey = Passkey::new();
    let posted = passkey.assert(&passkey.claims(&request(), ORIGIN));
    let table: [(Tamper<Value>, Refused); 5] = [
        (|posted| posted["type"] = json!("password"), Refused::Malformed("credential")),
        (|posted| posted["rawId"] = json!("AAAA"), Refused::Malformed("credential")),
        (|posted| posted["response"]["signature"] = json!("=="), Refused::Malformed("signature")),
        (|posted| posted["response"]["signature"] = json!(null), Refused::Malformed("credential")),
        (|posted| posted["response"]["signature"] = json!("A".repeat(20_000)), Refused::TooLong),
    ];
    for (tamper, expect) in table {
        let mut posted = posted.clone();
        tamper(&mut posted);
        assert_eq!(Assertion::parse(&posted.to_string()).err(), Some(expect), "{posted}");
    }
}
