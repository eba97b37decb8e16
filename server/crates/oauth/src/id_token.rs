//! How an app learns who the member is: the id_token (OpenID Connect Core §2) and userinfo (§5.3).

use identity::{accounts, error::Error};
use jiff::Timestamp;
use model::{
    id::PatientId,
    scope::{Scope, Scopes},
};
use programs::surface::Surface;
use serde::Serialize;
use store::{
    Ctx,
    digest::{Sha2, left_half},
};

use crate::{access::Access, bases::Bases, grants::Grant, tokens::Issuer};

#[derive(Clone, Debug, Serialize)]
pub struct IdClaims {
    pub iss: String,
    pub sub: String,
    /// The client.
    pub aud: String,
    pub iat: i64,
    pub exp: i64,
    pub auth_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    pub at_hash: String,
    /// The member's Patient, as an address (SMART App Launch 2.2 §4.1). Absent if someone acts for the member: that person is not
    /// the Patient, and the token cannot read their own record.
    #[serde(rename = "fhirUser", skip_serializing_if = "Option::is_none")]
    pub fhir_user: Option<String>,
}

/// OpenID Connect Core §5.3.2.
#[derive(Clone, Debug, Serialize)]
pub struct UserInfo {
    pub sub: String,
    /// With `profile`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(rename = "fhirUser", skip_serializing_if = "Option::is_none")]
    pub fhir_user: Option<String>,
}

/// `nonce` is not repeated at a refresh (OpenID Connect Core §12.2).
pub(crate) fn claims(
    now: Timestamp,
    issuer: &Issuer<'_>,
    grant: &Grant,
    scopes: &Scopes,
    access_token: &str,
    nonce: Option<&str>,
) -> IdClaims {
    IdClaims {
        iss: issuer.surface.base().to_owned(),
        sub: grant.account.as_str().to_owned(),
        aud: grant.client.as_str().to_owned(),
        iat: now.as_second(),
        exp: (now + issuer.program.lifetimes.id_token).as_second(),
        auth_time: grant.signed_in_at.as_second(),
        nonce: nonce.map(str::to_owned),
        at_hash: left_half(Sha2::Sha256, access_token),
        fhir_user: fhir_user(issuer.fhir_base(), scopes, grant.patient.as_ref().filter(|_| !grant.as_representative)),
    }
}

/// For a token with `openid`, else `None`. `authz` is the surface that was called.
pub async fn user_info(
    ctx: &mut Ctx,
    access: &Access,
    bases: &Bases,
    authz: &Surface,
) -> store::Result<Option<UserInfo>> {
    let Some(account) = access.account.as_ref().filter(|_| access.scopes.contains(&Scope::OpenId)) else {
        return Ok(None);
    };
    let mut name = None;
    if access.scopes.contains(&Scope::Profile) {
        name = match accounts::find(ctx, account).await {
            Ok(account) => account.map(|account| account.name.to_string()),
            Err(Error::Store(error)) => return Err(error),
            // Looking up an account cannot fail for another reason.
            Err(_) => None,
        };
    }
    let base = bases.fhir_beside(authz).map_or("", Surface::base);
    let own = access.patient.as_ref().filter(|_| !access.as_representative);
    let fhir_user = fhir_user(base, &access.scopes, own);
    Ok(Some(UserInfo { sub: account.as_str().to_owned(), name, fhir_user }))
}

fn fhir_user(base: &str, scopes: &Scopes, patient: Option<&PatientId>) -> Option<String> {
    let patient = patient.filter(|_| scopes.contains(&Scope::FhirUser))?;
    Some(format!("{base}/Patient/{patient}"))
}
