//! A software passkey for tests. It answers as authenticator and browser together do, and can also send anything else
//! that a test wants.

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    rsa::KeySize,
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
    },
};
use ciborium::{Value as Cbor, cbor};
use serde_json::{Value, json};

use crate::posted::encode;

/// The algorithm that it signs with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Es256,
    EdDsa,
    Rs256,
}

enum Key {
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
    Rsa(Box<RsaKeyPair>),
}

/// One credential.
pub struct Passkey {
    key: Key,
    id: Vec<u8>,
}

/// The contents of an answer.
#[derive(Clone, Debug)]
pub struct Claims {
    pub kind: &'static str,
    pub challenge: String,
    pub origin: String,
    pub cross_origin: bool,
    pub top_origin: Option<String>,
    pub rp_id: String,
    /// The flags of the authenticator data, without those that its structure determines.
    pub flags: u8,
    pub sign_count: u32,
    pub user_handle: Option<String>,
    /// The format of the attestation.
    pub format: &'static str,
}

impl Passkey {
    pub fn new() -> Self {
        Self::of_kind(Kind::Es256)
    }

    pub fn of_kind(kind: Kind) -> Self {
        let key = match kind {
            Kind::Es256 => Key::Ec(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("a key")),
            Kind::EdDsa => Key::Ed(Ed25519KeyPair::generate().expect("a key")),
            Kind::Rs256 => Key::Rsa(Box::new(RsaKeyPair::generate(KeySize::Rsa2048).expect("a key"))),
        };
        let mut passkey = Self { key, id: Vec::new() };
        passkey.id = digest(&SHA256, &encoded(&passkey.cose())).as_ref().to_vec();
        passkey
    }

    /// In base64url.
    pub fn id(&self) -> String {
        encode(&self.id)
    }

    /// What an honest browser on a page of `origin` answers to these options.
    pub fn claims(&self, options: &str, origin: &str) -> Claims {
        let options: Value = serde_json::from_str(options).expect("options");
        let text = |place: &str| options.pointer(place).and_then(Value::as_str).map(str::to_owned);
        let creates = options.get("rp").is_some();
        Claims {
            kind: if creates { "webauthn.create" } else { "webauthn.get" },
            challenge: text("/challenge").expect("a challenge"),
            origin: origin.to_owned(),
            cross_origin: false,
            top_origin: None,
            rp_id: text(if creates { "/rp/id" } else { "/rpId" }).expect("an RP ID"),
            flags: 1,
            sign_count: 0,
            user_handle: None,
            format: "none",
        }
    }

    /// `toJSON()` of a new credential.
    pub fn create(&self, options: &str, origin: &str) -> String {
        self.register(&self.claims(options, origin)).to_string()
    }

    /// `toJSON()` of a proof.
    pub fn get(&self, options: &str, origin: &str) -> String {
        self.assert(&self.claims(options, origin)).to_string()
    }

    pub fn register(&self, claims: &Claims) -> Value {
        self.register_as(claims, &encoded(&self.cose()))
    }

    /// Registers with another public key, in CBOR.
    pub fn register_as(&self, claims: &Claims, cose: &[u8]) -> Value {
        let length = u16::try_from(self.id.len()).expect("a short ID");
        let credential = [&[0; 16][..], &length.to_be_bytes(), &self.id, cose].concat();
        let data = [&self.authenticator_data(claims, 1 << 6)[..], &credential].concat();
        let statement = if claims.format == "none" {
            Cbor::Map(Vec::new())
        } else {
            cbor!({ "alg" => -7, "sig" => Cbor::Bytes(vec![1, 2, 3]) }).expect("CBOR")
        };
        let object = cbor!({ "fmt" => claims.format, "attStmt" => statement, "authData" => Cbor::Bytes(data) });
        let response = json!({
            "clientDataJSON": encode(client_data(claims).as_bytes()),
            "attestationObject": encode(&encoded(&object.expect("CBOR"))),
            "transports": ["internal", "hybrid"],
        });
        self.posted(&response)
    }

    pub fn assert(&self, claims: &Claims) -> Value {
        let (data, client_data) = (self.authenticator_data(claims, 0), client_data(claims));
        let signed = [&data[..], digest(&SHA256, client_data.as_bytes()).as_ref()].concat();
        let response = json!({
            "clientDataJSON": encode(client_data.as_bytes()),
            "authenticatorData": encode(&data),
            "signature": encode(&self.sign(&signed)),
            "userHandle": claims.user_handle,
        });
        self.posted(&response)
    }

    fn posted(&self, response: &Value) -> Value {
        json!({
            "id": self.id(),
            "rawId": self.id(),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": response,
        })
    }

    fn authenticator_data(&self, claims: &Claims, shape: u8) -> Vec<u8> {
        let hash = digest(&SHA256, claims.rp_id.as_bytes());
        [hash.as_ref(), &[claims.flags | shape], &claims.sign_count.to_be_bytes()].concat()
    }

    fn cose(&self) -> Cbor {
        let bytes = |bytes: &[u8]| Cbor::Bytes(bytes.to_vec());
        let map = match &self.key {
            Key::Ec(key) => {
                let point = key.public_key().as_ref();
                cbor!({ 1 => 2, 3 => -7, -1 => 1, -2 => bytes(&point[1..33]), -3 => bytes(&point[33..]) })
            }
            Key::Ed(key) => cbor!({ 1 => 1, 3 => -8, -1 => 6, -2 => bytes(key.public_key().as_ref()) }),
            Key::Rsa(key) => {
                // RSAPublicKey (RFC 8017 §A.1.1) of 2048 bits: each number follows its tag and length.
                let der = key.public_key().as_ref();
                cbor!({ 1 => 3, 3 => -257, -1 => bytes(&der[9..265]), -2 => bytes(&der[267..]) })
            }
        };
        map.expect("CBOR")
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.key {
            Key::Ec(key) => key.sign(&random, message).expect("a signature").as_ref().to_vec(),
            Key::Ed(key) => key.sign(message).as_ref().to_vec(),
            Key::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).expect("a signature");
                signature
            }
        }
    }
}

impl Default for Passkey {
    fn default() -> Self {
        Self::new()
    }
}

fn client_data(claims: &Claims) -> String {
    let mut data = json!({
        "type": claims.kind,
        "challenge": claims.challenge,
        "origin": claims.origin,
        "crossOrigin": claims.cross_origin,
    });
    if let Some(top) = &claims.top_origin {
        data["topOrigin"] = json!(top);
    }
    data.to_string()
}

/// As CBOR.
pub fn encoded(value: &Cbor) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("CBOR");
    bytes
}
