//! Secrets at rest, under a key that is never in the database. What we must read again is sealed with AES-256-GCM; what
//! we only compare is digested with HMAC-SHA-256.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    sync::Arc,
};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey},
    hkdf::{HKDF_SHA256, Prk},
    hmac::{self, HMAC_SHA256},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::{Zeroize, Zeroizing};

/// The key of a deployment; every node has the same one. Cheap to clone.
#[derive(Clone)]
pub struct SealingKey(Arc<Keys>);

struct Keys {
    sealing: RandomizedNonceKey,
    digesting: hmac::Key,
}

#[derive(Debug, thiserror::Error)]
pub enum SealingError {
    #[error("the key file {path}: {error}")]
    File { path: String, error: io::Error },
    #[error("the key file {0} must contain 43 characters of base64url")]
    Malformed(String),
}

/// It was sealed with another key, or has changed since.
#[derive(Debug, thiserror::Error)]
#[error("it cannot be opened with this key file")]
pub struct Unopened;

impl SealingKey {
    /// From 256 random bits.
    pub fn new(mut bytes: [u8; 32]) -> Self {
        #[expect(clippy::expect_used, reason = "AES-256 takes any 32 bytes")]
        let sealing = RandomizedNonceKey::new(&AES_256_GCM, &bytes).expect("32 bytes");
        let digesting = digesting(&bytes);
        bytes.zeroize();
        Self(Arc::new(Keys { sealing, digesting }))
    }

    /// Reads the file; `None` if it does not exist.
    pub fn read(path: &Path) -> Result<Option<Self>, SealingError> {
        let text = match fs::read_to_string(path) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(SealingError::File { path: path.display().to_string(), error }),
        };
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(|bytes| Some(Self::new(bytes))).ok_or_else(|| SealingError::Malformed(path.display().to_string()))
    }

    /// Creates the file from `fresh`, readable only by its owner. If another process has created it meanwhile, that key
    /// counts.
    pub fn create(path: &Path, fresh: [u8; 32]) -> Result<Self, SealingError> {
        match create(path, &fresh) {
            Ok(()) => Ok(Self::new(fresh)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.exists() => {
                Self::read(path)?.ok_or_else(|| SealingError::File { path: path.display().to_string(), error })
            }
            Err(error) => Err(SealingError::File { path: path.display().to_string(), error }),
        }
    }

    /// Encrypts; opening requires the same `context`.
    pub fn seal(&self, context: &str, plain: &[u8]) -> Result<String, Unopened> {
        let mut bytes = plain.to_vec();
        let nonce = self.0.sealing.seal_in_place_append_tag(Aad::from(context), &mut bytes).map_err(|_| Unopened)?;
        Ok(URL_SAFE_NO_PAD.encode([&nonce.as_ref()[..], &bytes].concat()))
    }

    /// Decrypts the result of [`SealingKey::seal`] with the same `context`.
    pub fn open(&self, context: &str, sealed: &str) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        const NONCE: usize = 12;
        let mut bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(sealed).map_err(|_| Unopened)?);
        if bytes.len() < NONCE {
            return Err(Unopened);
        }
        let nonce = Nonce::try_assume_unique_for_key(&bytes[..NONCE]).map_err(|_| Unopened)?;
        let plain =
            self.0.sealing.open_in_place(nonce, Aad::from(context), &mut bytes[NONCE..]).map_err(|_| Unopened)?;
        Ok(Zeroizing::new(plain.to_vec()))
    }

    /// What to store of a secret that people type, in base64url. Such a secret is short: with a plain hash, an attacker
    /// with a copy of the database could try all possibilities.
    pub fn digest(&self, context: &str, secret: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.0.digesting, format!("{context}\0{secret}").as_bytes()))
    }
}

/// A separate key (RFC 5869 §2.3), so that one use of the file's bytes reveals nothing about the other.
fn digesting(bytes: &[u8; 32]) -> hmac::Key {
    let file = Prk::new_less_safe(HKDF_SHA256, bytes);
    #[expect(clippy::expect_used, reason = "HKDF gives up to 255 digests, and this is one")]
    let key = file.expand(&[b"flex digest"], HMAC_SHA256).expect("one digest");
    key.into()
}

/// Fails if the file exists, so that two processes that start together agree on one key.
fn create(path: &Path, bytes: &[u8; 32]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Written to a temporary file and linked into place, so that no one ever reads half a key.
    let aside = path.with_extension(format!("{}.new", std::process::id()));
    // A file left by a killed process with the same id may be readable by others.
    let _ = fs::remove_file(&aside);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&aside)?;
    file.write_all(Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes)).as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&aside, path);
    fs::remove_file(&aside)?;
    linked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_only_with_the_same_key_and_context() {
        let (key, other) = (SealingKey::new([1; 32]), SealingKey::new([2; 32]));
        let sealed = key.seal("ES256:a", b"private").expect("sealed");

        assert_eq!(**key.open("ES256:a", &sealed).expect("opened"), *b"private");
        assert!(key.open("ES256:b", &sealed).is_err());
        assert!(other.open("ES256:a", &sealed).is_err());
        assert!(key.open("ES256:a", "AAAA").is_err());
    }

    #[test]
    fn a_digest_depends_on_key_context_and_secret() {
        let (key, other) = (SealingKey::new([1; 32]), SealingKey::new([2; 32]));
        let digest = key.digest("code:a", "secret");

        assert_eq!(key.clone().digest("code:a", "secret"), digest);
        for another in
            [key.digest("code:b", "secret"), key.digest("code:a", "Secret"), other.digest("code:a", "secret")]
        {
            assert_ne!(another, digest);
        }
    }

    #[test]
    fn the_key_file_is_made_once_and_kept() {
        let folder = std::env::temp_dir().join(format!("flex-seal-{}", std::process::id()));
        let path = folder.join("keys").join("sealing.key");

        assert!(SealingKey::read(&path).expect("looked for").is_none());
        assert!(!path.exists(), "reading makes none");
        let first = SealingKey::create(&path, [1; 32]).expect("made");
        let second = SealingKey::create(&path, [2; 32]).expect("read");
        let third = SealingKey::read(&path).expect("read").expect("there");

        let sealed = first.seal("", b"private").expect("sealed");
        assert!(second.open("", &sealed).is_ok() && third.open("", &sealed).is_ok());
        fs::write(&path, "").expect("emptied");
        assert!(matches!(SealingKey::read(&path), Err(SealingError::Malformed(_))));
        fs::remove_dir_all(folder).expect("removed");
    }
}
