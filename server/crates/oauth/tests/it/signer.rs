//! An app that signs: its key pair, and the place where it may publish the public half.

use std::{
    collections::HashMap,
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    rsa::KeySize,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
        KeyPair as _, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RsaKeyPair,
    },
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{DecodingKey, jwk::Jwk};
use model::client_keys::{ClientKeys, JwksUrl};
use oauth::client_keys::Fetch;
use serde_json::{Value, json};

pub struct Signer {
    kid: String,
    pair: Pair,
}

enum Pair {
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

impl Signer {
    pub fn p256(kid: &str) -> Self {
        Self::ec(kid, &ECDSA_P256_SHA256_FIXED_SIGNING)
    }

    pub fn p384(kid: &str) -> Self {
        Self::ec(kid, &ECDSA_P384_SHA384_FIXED_SIGNING)
    }

    pub fn rsa(kid: &str) -> Self {
        Self { kid: kid.to_owned(), pair: Pair::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()) }
    }

    fn ec(kid: &str, algorithm: &'static EcdsaSigningAlgorithm) -> Self {
        Self { kid: kid.to_owned(), pair: Pair::Ec(EcdsaKeyPair::generate(algorithm).unwrap()) }
    }

    /// The public half.
    pub fn jwk(&self) -> Value {
        let public = match &self.pair {
            Pair::Ec(pair) => DecodingKey::from_ec_der(pair.public_key().as_ref()),
            Pair::Rsa(pair) => DecodingKey::from_rsa_der(pair.public_key().as_ref()),
        };
        let mut jwk = serde_json::to_value(Jwk::from_decoding_key(&public, None).unwrap()).unwrap();
        jwk["kid"] = self.kid.as_str().into();
        jwk
    }

    /// A JWT of this header and these claims; an RSA key signs as the header's `alg` says.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let message = message(header, claims);
        let random = SystemRandom::new();
        let signature = match &self.pair {
            Pair::Ec(pair) => pair.sign(&random, message.as_bytes()).unwrap().as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let algorithm = if header["alg"] == "RS384" { &RSA_PKCS1_SHA384 } else { &RSA_PKCS1_SHA256 };
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(algorithm, &random, message.as_bytes(), &mut signature).unwrap();
                signature
            }
        };
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// The same with an HMAC whose key is the public key, which everyone knows.
    pub fn sign_with_public_key(&self, header: &Value, claims: &Value) -> String {
        let message = message(header, claims);
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.jwk().to_string().as_bytes());
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(hmac::sign(&key, message.as_bytes())))
    }
}

pub fn message(header: &Value, claims: &Value) -> String {
    [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".")
}

/// What an app registers.
pub fn key_set(signers: &[&Signer]) -> ClientKeys {
    ClientKeys::Set(document(signers).parse().unwrap())
}

/// A JWK set as text.
pub fn document(signers: &[&Signer]) -> String {
    json!({ "keys": signers.iter().map(|signer| signer.jwk()).collect::<Vec<_>>() }).to_string()
}

/// The internet of these tests: documents by address, and how often they were fetched.
#[derive(Clone, Default)]
pub struct Published {
    documents: Arc<Mutex<HashMap<String, String>>>,
    calls: Arc<AtomicUsize>,
}

impl Published {
    pub fn put(&self, url: &str, document: &str) {
        self.documents.lock().unwrap().insert(url.to_owned(), document.to_owned());
    }

    pub fn remove(&self, url: &str) {
        self.documents.lock().unwrap().remove(url);
    }

    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }
}

impl Fetch for Published {
    fn fetch<'a>(&'a self, url: &'a JwksUrl) -> Pin<Box<dyn Future<Output = Option<String>> + Send + 'a>> {
        Box::pin(async move {
            self.calls.fetch_add(1, Ordering::Relaxed);
            // Gives way, so that others who came at the same time are there.
            tokio::task::yield_now().await;
            self.documents.lock().unwrap().get(url.as_str()).cloned()
        })
    }
}
