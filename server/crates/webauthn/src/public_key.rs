//! The public key of a credential, in COSE's format (RFC 9052 §7, RFC 9053 §7.1, RFC 8230 §4).

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
};

use crate::{
    cbor::Map,
    posted::{decode, encode},
    refused::{Refused, Result},
};

/// COSE's numbers for the algorithms that we offer, the best first: ES256, EdDSA, RS256 (the last one for Windows).
pub const ALGORITHMS: [i64; 3] = [ES256, EDDSA, RS256];
const ES256: i64 = -7;
const EDDSA: i64 = -8;
const RS256: i64 = -257;

// Labels from RFC 9052 §7.1 and from the key types.
const KTY: i64 = 1;
const ALG: i64 = 3;
const CRV: i64 = -1;
const X: i64 = -2;
const Y: i64 = -3;
const N: i64 = -1;
const E: i64 = -2;
/// 2048 to 4096 bits; longer keys would only cost time.
const MODULUS: std::ops::RangeInclusive<usize> = 256..=512;
const LONGEST_EXPONENT: usize = 8;

pub struct PublicKey {
    cose: Vec<u8>,
    key: Key,
}

enum Key {
    Parsed(ParsedPublicKey),
    Rsa(RsaPublicKeyComponents<Vec<u8>>),
}

impl PublicKey {
    /// [`Refused::Algorithm`] if we did not offer the algorithm, [`Refused::Key`] if the key does not fit its
    /// algorithm.
    pub fn from_cose(cose: &[u8]) -> Result<Self> {
        let mut rest = cose;
        let map = Map::read(&mut rest, "public key")?;
        if !rest.is_empty() {
            return Err(Refused::Malformed("public key"));
        }
        let key = match (map.integer_at(ALG), map.integer_at(KTY)) {
            // EC2 on P-256, with an uncompressed point (WebAuthn §5.8.5).
            (Some(ES256), Some(2)) if map.integer_at(CRV) == Some(1) => {
                let point = [&[4], sized(&map, X, 32)?, sized(&map, Y, 32)?].concat();
                ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).map(Key::Parsed).map_err(|_| Refused::Key)?
            }
            // OKP on Ed25519.
            (Some(EDDSA), Some(1)) if map.integer_at(CRV) == Some(6) => {
                ParsedPublicKey::new(&ED25519, sized(&map, X, 32)?).map(Key::Parsed).map_err(|_| Refused::Key)?
            }
            (Some(RS256), Some(3)) => Key::Rsa(rsa(&map)?),
            (Some(ES256 | EDDSA | RS256), _) => return Err(Refused::Key),
            _ => return Err(Refused::Algorithm),
        };
        Ok(Self { cose: cose.to_vec(), key })
    }

    /// As the authenticator sent it, in base64url, for storage.
    pub fn to_text(&self) -> String {
        encode(&self.cose)
    }

    /// Parses the stored form.
    pub fn from_text(text: &str) -> Result<Self> {
        Self::from_cose(&decode(text, "public key")?)
    }

    /// [`Refused::Signature`] if the signature is wrong.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<()> {
        let verified = match &self.key {
            Key::Parsed(key) => key.verify_sig(message, signature),
            Key::Rsa(key) => key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature),
        };
        verified.map_err(|_| Refused::Signature)
    }
}

fn rsa(map: &Map) -> Result<RsaPublicKeyComponents<Vec<u8>>> {
    let (n, e) = (map.bytes_at(N).ok_or(Refused::Key)?, map.bytes_at(E).ok_or(Refused::Key)?);
    let minimal = |number: &[u8]| number.first().is_some_and(|first| *first != 0);
    if MODULUS.contains(&n.len()) && e.len() <= LONGEST_EXPONENT && minimal(n) && minimal(e) {
        Ok(RsaPublicKeyComponents { n: n.to_vec(), e: e.to_vec() })
    } else {
        Err(Refused::Key)
    }
}

fn sized(map: &Map, label: i64, length: usize) -> Result<&[u8]> {
    map.bytes_at(label).filter(|bytes| bytes.len() == length).ok_or(Refused::Key)
}
