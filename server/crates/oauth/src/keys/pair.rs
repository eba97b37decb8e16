//! One signing key, which is parsed once and used often.

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rand::SystemRandom,
    rsa::KeySize,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    DecodingKey,
    jwk::{Jwk, PublicKeyUse, ThumbprintHash},
};
use serde::Serialize;
use zeroize::Zeroizing;

/// What a key signs with, and so what it signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// Access tokens.
    Es256,
    /// id_tokens: mandatory to implement in OpenID Connect.
    Rs256,
}

/// The key could not be made, read or used.
#[derive(Debug, thiserror::Error)]
#[error("a signing key could not be made, read or used")]
pub struct Unusable;

/// A private key, parsed, with its public half.
pub(crate) struct Pair {
    pub(crate) algorithm: Algorithm,
    /// The public key's RFC 7638 thumbprint.
    pub(crate) id: String,
    pub(crate) public: Jwk,
    pub(super) verify: DecodingKey,
    private: Private,
}

enum Private {
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

#[derive(Serialize)]
struct Header<'a> {
    typ: &'a str,
    alg: &'a str,
    kid: &'a str,
}

impl Algorithm {
    pub const ALL: [Self; 2] = [Self::Es256, Self::Rs256];

    /// RFC 7518 §3.1.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
        }
    }

    fn native(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::Es256 => jsonwebtoken::Algorithm::ES256,
            Self::Rs256 => jsonwebtoken::Algorithm::RS256,
        }
    }
}

/// Makes a private key, PKCS #8.
pub(super) fn generate(algorithm: Algorithm) -> Result<Zeroizing<Vec<u8>>, Unusable> {
    let private = match algorithm {
        Algorithm::Es256 => EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
            .and_then(|pair| pair.to_pkcs8v1().map(|document| document.as_ref().to_vec())),
        Algorithm::Rs256 => RsaKeyPair::generate(KeySize::Rsa2048).and_then(|pair| {
            let document: Pkcs8V1Der<'_> = pair.as_der()?;
            Ok(document.as_ref().to_vec())
        }),
    };
    private.map(Zeroizing::new).map_err(|_| Unusable)
}

/// A new pair.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn fresh(algorithm: Algorithm) -> Result<Pair, Unusable> {
    Pair::new(algorithm, &generate(algorithm)?)
}

impl Pair {
    /// Parses a private key, PKCS #8.
    pub(super) fn new(algorithm: Algorithm, private: &[u8]) -> Result<Self, Unusable> {
        let (private, verify) = match algorithm {
            Algorithm::Es256 => {
                let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, private).map_err(|_| Unusable)?;
                let public = DecodingKey::from_ec_der(pair.public_key().as_ref());
                (Private::Ec(pair), public)
            }
            Algorithm::Rs256 => {
                let pair = RsaKeyPair::from_pkcs8(private).map_err(|_| Unusable)?;
                let public = DecodingKey::from_rsa_der(pair.public_key().as_ref());
                (Private::Rsa(pair), public)
            }
        };
        let mut public = Jwk::from_decoding_key(&verify, Some(algorithm.native())).map_err(|_| Unusable)?;
        let id = public.thumbprint(ThumbprintHash::SHA256).map_err(|_| Unusable)?;
        public.common.key_id = Some(id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { algorithm, id, public, verify, private })
    }

    /// A JWS in its compact form (RFC 7515 §3.1).
    pub(super) fn sign(&self, typ: &str, claims: &impl Serialize) -> Result<String, Unusable> {
        let header = Header { typ, alg: self.algorithm.as_str(), kid: &self.id };
        let mut token = String::with_capacity(1024);
        URL_SAFE_NO_PAD.encode_string(serde_json::to_vec(&header).map_err(|_| Unusable)?, &mut token);
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(serde_json::to_vec(claims).map_err(|_| Unusable)?, &mut token);
        let signature = self.signature(token.as_bytes())?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }

    pub(crate) fn signature(&self, message: &[u8]) -> Result<Vec<u8>, Unusable> {
        // AWS-LC draws its own randomness. Only the interface needs the argument.
        let random = SystemRandom::new();
        match &self.private {
            Private::Ec(pair) => {
                pair.sign(&random, message).map(|signature| signature.as_ref().to_vec()).map_err(|_| Unusable)
            }
            Private::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).map_err(|_| Unusable)?;
                Ok(signature)
            }
        }
    }
}
