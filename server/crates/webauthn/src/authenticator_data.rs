//! The data that the authenticator signs (WebAuthn §6.1).

use crate::{
    Expected,
    cbor::Map,
    client_data::sha256,
    public_key::PublicKey,
    refused::{Refused, Result},
};

const USER_PRESENT: u8 = 1;
const BACKUP_ELIGIBLE: u8 = 1 << 3;
const BACKED_UP: u8 = 1 << 4;
const HAS_CREDENTIAL: u8 = 1 << 6;
const HAS_EXTENSIONS: u8 = 1 << 7;
/// WebAuthn §5.1: a credential ID has at most 1023 bytes.
const LONGEST_ID: usize = 1023;

pub struct AuthenticatorData<'a> {
    relying_party_hash: &'a [u8],
    flags: u8,
    pub sign_count: u32,
    credential: Option<(&'a [u8], PublicKey)>,
}

impl<'a> AuthenticatorData<'a> {
    /// [`Refused::Malformed`] also if bytes are left over; [`Refused::Algorithm`] or [`Refused::Key`] for a key that we
    /// cannot use.
    pub fn parse(bytes: &'a [u8]) -> Result<Self> {
        let mut rest = bytes;
        let relying_party_hash = take(&mut rest, 32)?;
        let flags = take(&mut rest, 1)?[0];
        let sign_count = u32::from_be_bytes(take(&mut rest, 4)?.try_into().map_err(|_| short())?);
        let credential = if flags & HAS_CREDENTIAL == 0 { None } else { Some(credential(&mut rest)?) };
        if flags & HAS_EXTENSIONS != 0 {
            Map::read(&mut rest, "extensions")?;
        }
        if rest.is_empty() { Ok(Self { relying_party_hash, flags, sign_count, credential }) } else { Err(short()) }
    }

    /// Checks that it was made for us while a person was present. Whether they touched the authenticator, looked at it
    /// or entered its PIN does not matter, because the password is the other factor.
    pub fn check(&self, expected: &Expected<'_>) -> Result<()> {
        let id = expected.relying_party.id().ok_or(Refused::RelyingParty)?;
        if self.relying_party_hash != sha256(id.as_bytes())? {
            return Err(Refused::RelyingParty);
        }
        if self.flags & USER_PRESENT == 0 {
            return Err(Refused::NotPresent);
        }
        if self.flags & (BACKUP_ELIGIBLE | BACKED_UP) == BACKED_UP {
            return Err(Refused::BackupState);
        }
        Ok(())
    }

    /// ID and key of a new credential.
    pub fn into_credential(self) -> Result<(&'a [u8], PublicKey)> {
        self.credential.ok_or(Refused::Malformed("no credential"))
    }
}

/// Attested credential data (§6.5.1): the authenticator's model (AAGUID), which we do not ask for, the ID and the key.
fn credential<'a>(rest: &mut &'a [u8]) -> Result<(&'a [u8], PublicKey)> {
    take(rest, 16)?;
    let length = u16::from_be_bytes(take(rest, 2)?.try_into().map_err(|_| short())?);
    let length = usize::from(length);
    if length == 0 || LONGEST_ID < length {
        return Err(Refused::Malformed("credential ID"));
    }
    let id = take(rest, length)?;
    let start = *rest;
    Map::read(rest, "public key")?;
    let key = PublicKey::from_cose(&start[..start.len() - rest.len()])?;
    Ok((id, key))
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(count).ok_or_else(short)?;
    *rest = left;
    Ok(taken)
}

fn short() -> Refused {
    Refused::Malformed("authenticator data")
}
