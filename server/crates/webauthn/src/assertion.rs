//! Proof that someone holds a credential (WebAuthn §7.2).

use serde::Deserialize;

use crate::{
    Expected,
    authenticator_data::AuthenticatorData,
    client_data::{self, GET},
    posted::{Posted, decode},
    public_key::PublicKey,
    refused::{Refused, Result},
};

/// What we know of the credential that the assertion names.
pub struct Known<'a> {
    pub public_key: &'a PublicKey,
    pub sign_count: u32,
    /// The account's handle when the credential was created: [`crate::options::User::handle`].
    pub user_handle: &'a [u8],
}

/// Parsed, but not verified yet.
pub struct Assertion {
    /// In base64url.
    pub credential_id: String,
    client_data: Vec<u8>,
    authenticator_data: Vec<u8>,
    signature: Vec<u8>,
    user_handle: Option<Vec<u8>>,
}

#[derive(Deserialize)]
struct Response {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    #[serde(rename = "authenticatorData")]
    authenticator_data: String,
    signature: String,
    #[serde(rename = "userHandle")]
    user_handle: Option<String>,
}

impl Assertion {
    pub fn parse(json: &str) -> Result<Self> {
        let posted: Posted<Response> = Posted::parse(json)?;
        let credential_id = posted.id()?;
        let Response { client_data, authenticator_data, signature, user_handle } = posted.response;
        Ok(Self {
            credential_id,
            client_data: decode(&client_data, "client data")?,
            authenticator_data: decode(&authenticator_data, "authenticator data")?,
            signature: decode(&signature, "signature")?,
            user_handle: user_handle.map(|handle| decode(&handle, "user handle")).transpose()?,
        })
    }

    /// The new signature counter, which the caller must store, if the assertion is valid. [`Refused::Counter`] if
    /// everything else is right but the counter has not increased (§6.1.1). Authenticators without a counter always
    /// send 0.
    pub fn verify(&self, expected: &Expected<'_>, known: &Known<'_>) -> Result<u32> {
        if self.user_handle.as_ref().is_some_and(|handle| handle != known.user_handle) {
            return Err(Refused::UserHandle);
        }
        let client_data_hash = client_data::check(&self.client_data, GET, expected)?;
        let data = AuthenticatorData::parse(&self.authenticator_data)?;
        data.check(expected)?;
        let signed = [&self.authenticator_data[..], &client_data_hash].concat();
        known.public_key.verify(&signed, &self.signature)?;
        let counts = data.sign_count != 0 || known.sign_count != 0;
        if counts && data.sign_count <= known.sign_count { Err(Refused::Counter) } else { Ok(data.sign_count) }
    }
}
