//! Which keys are taken. The numbers are random: whether they are good keys, signatures will tell.

use super::*;
use Code::{KeyIdNeeded, MalformedKey, NotAJwks, NotASigningKey, PrivateKey, Required, TooLong, WeakKey};

/// So many bytes, the first and last of them odd.
fn text(bytes: usize) -> String {
    URL_SAFE_NO_PAD.encode(vec![0xab; bytes])
}

fn rsa() -> Value {
    json!({ "kty": "RSA", "kid": "r", "n": text(256), "e": "AQAB" })
}

fn p256() -> Value {
    json!({ "kty": "EC", "kid": "e", "crv": "P-256", "x": text(32), "y": text(32) })
}

fn with(mut key: Value, name: &str, value: impl Into<Value>) -> Value {
    key[name] = value.into();
    key
}

fn without(mut key: Value, name: &str) -> Value {
    key.as_object_mut().unwrap().remove(name);
    key
}

fn set(keys: &[Value]) -> String {
    json!({ "keys": keys }).to_string()
}

#[test]
fn public_signing_keys_are_taken_and_others_refused_with_the_reason() {
    fn check(keys: &[Value], expect: Result<(), Code>) {
        assert_eq!(JwkSet::parse(&set(keys)).map(drop), expect, "{keys:?}");
    }
    check(&[rsa()], Ok(()));
    check(&[with(rsa(), "n", text(1024))], Ok(()));
    check(&[with(rsa(), "e", "Aw")], Ok(()));
    check(&[with(rsa(), "use", "sig"), with(p256(), "key_ops", vec!["verify"])], Ok(()));
    check(&[with(rsa(), "alg", "RS384"), with(p256(), "alg", "ES256")], Ok(()));
    let p384 = json!({ "kty": "EC", "crv": "P-384", "x": text(48), "y": text(48), "x5c": ["MIIB"], "other": 1 });
    check(std::slice::from_ref(&p384), Ok(()));

    for name in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
        check(&[rsa(), with(p256(), name, "AQAB")], Err(PrivateKey));
    }
    check(&[json!({ "kty": "oct", "k": text(32) })], Err(PrivateKey));
    check(&[with(rsa(), "n", text(255))], Err(WeakKey));
    check(&[with(rsa(), "n", text(128))], Err(WeakKey));
    for key in [
        with(rsa(), "use", "enc"),
        with(rsa(), "use", 1),
        with(rsa(), "key_ops", vec!["sign"]),
        with(rsa(), "key_ops", "verify"),
        with(rsa(), "alg", "RS512"),
        with(rsa(), "alg", "HS256"),
        with(rsa(), "alg", "none"),
        with(rsa(), "alg", "ES256"),
        with(p256(), "alg", "ES384"),
        with(p256(), "crv", "P-521"),
        without(p256(), "crv"),
        without(rsa(), "kty"),
        json!({ "kty": "OKP", "crv": "Ed25519", "x": text(32) }),
    ] {
        check(&[key], Err(NotASigningKey));
    }
    for key in [
        with(rsa(), "n", text(1025)),
        with(rsa(), "n", "not base64url!"),
        with(rsa(), "n", 5),
        with(rsa(), "e", "AQ"),
        with(rsa(), "e", "AAAA"),
        with(rsa(), "e", "AQAC"),
        with(rsa(), "e", text(5)),
        without(rsa(), "e"),
        with(p256(), "x", text(31)),
        with(p256(), "y", text(33)),
        without(p256(), "y"),
        with(rsa(), "kid", ""),
        with(rsa(), "kid", 7),
        with(rsa(), "kid", "a\0b"),
        with(rsa(), "kid", "k".repeat(201)),
        with(rsa(), "alg", 256),
    ] {
        check(&[key], Err(MalformedKey));
    }
    check(&[rsa(), rsa()], Err(KeyIdNeeded));
    check(&[rsa(), without(p256(), "kid")], Err(KeyIdNeeded));
    check(&[], Err(NotAJwks));
    check(&["key".into()], Err(NotAJwks));
}

#[test]
fn what_is_no_set_is_refused() {
    fn check(text: &str, expect: Code) {
        assert_eq!(JwkSet::parse(text), Err(expect), "{text:.40}");
    }
    check(" ", Required);
    check("[]", NotAJwks);
    check("{}", NotAJwks);
    check("{\"keys\":{}}", NotAJwks);
    check("{\"keys\":", NotAJwks);
    check(&rsa().to_string(), NotAJwks);
    check(&"[".repeat(10_000), NotAJwks);
    check(&" {}".repeat(10_000), TooLong);
    check("-----BEGIN PUBLIC KEY-----", NotAJwks);
    check("-----BEGIN EC PRIVATE KEY-----", PrivateKey);
}

#[test]
fn what_is_kept_is_public_and_reads_back_the_same() {
    let odd = with(with(rsa(), "kid", "\"é/\\"), "n", URL_SAFE_NO_PAD.encode([&[0, 0][..], &[0xab; 256]].concat()));
    let given = set(&[with(with(odd, "x5u", "https://a.example"), "use", "sig"), with(p256(), "alg", "ES256")]);

    let read = JwkSet::parse(&given).unwrap();

    let kept = read.to_string();
    assert_eq!(JwkSet::parse(&kept), Ok(read));
    assert!(kept.len() <= given.len() && !kept.contains("x5u"), "{kept}");
    assert_eq!(JwkSet::parse(&kept).unwrap().keys()[0].key.name(), "RSA, 2048 bits");
}

#[test]
fn of_a_servers_answer_only_what_can_be_used_is_read() {
    let answer = set(&[
        with(rsa(), "d", "AQAB"),
        json!({ "kty": "OKP" }),
        json!("a key"),
        json!(null),
        with(rsa(), "use", "enc"),
        p256(),
        with(p256(), "kid", "f"),
    ]);
    let read = JwkSet::read(&answer).unwrap();
    let ids: Vec<_> = read.keys().iter().map(|key| key.kid.as_deref().unwrap()).collect();
    assert_eq!(ids, ["e", "f"]);
    let only = read.clone().only(|key| key.kid.as_deref() == Some("f")).unwrap();
    assert_eq!(only.keys(), &read.keys()[1..]);
    assert_eq!(read.only(|_| false), Err(NotAJwks));
    assert_eq!(JwkSet::read(&set(&[with(rsa(), "d", "AQAB")])), Err(NotAJwks));
    assert_eq!(JwkSet::read("<html>"), Err(NotAJwks));
}

#[test]
fn a_signature_names_its_key() {
    use SigningAlgorithm::{Es256, Es384, Rs256, Rs384};
    let keys = JwkSet::read(&set(&[
        with(rsa(), "kid", "1"),
        with(p256(), "kid", "2"),
        with(with(rsa(), "kid", "3"), "alg", "RS384"),
        with(p256(), "kid", "4"),
        with(p256(), "kid", "4"),
    ]));
    let keys = keys.unwrap();
    let check = |kid: Option<&str>, algorithm, expect: Option<&str>| {
        let found = keys.find(kid, algorithm).and_then(|key| key.kid.as_deref());
        assert_eq!(found, expect, "{kid:?} {algorithm}");
    };
    check(Some("1"), Rs256, Some("1"));
    check(Some("1"), Rs384, Some("1"));
    check(Some("1"), Es256, None);
    check(Some("2"), Es256, Some("2"));
    check(Some("2"), Es384, None);
    check(Some("3"), Rs256, None);
    check(Some("3"), Rs384, Some("3"));
    check(Some("4"), Es256, None);
    check(Some("../1"), Rs256, None);
    check(Some(""), Rs256, None);
    check(None, Rs256, Some("1"));
    check(None, Rs384, None);
    check(None, Es256, None);
}
