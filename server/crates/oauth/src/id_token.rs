//! Who the member is, told to the app: the id_token (OpenID Connect Core §2) and userinfo (§5.3).

use jiff::Timestamp;
use model::scope::{Scope, Scopes};
use serde::Serialize;

use crate::{access::Access, bases::Bases, digest::left_half, grants::Grant, tokens::Issuer};

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
    /// The member's Patient, as an address (SMART App Launch 2.2 §4.1).
    #[serde(rename = "fhirUser", skip_serializing_if = "Option::is_none")]
    pub fhir_user: Option<String>,
}

/// RFC 9068's `sub` and OpenID Connect's: the same.
#[derive(Clone, Debug, Serialize)]
pub struct UserInfo {
    pub sub: String,
    #[serde(rename = "fhirUser", skip_serializing_if = "Option::is_none")]
    pub fhir_user: Option<String>,
}

/// `nonce` is not repeated at a refresh (OpenID Connect Core §12.2).
pub(crate) fn claims(
    now: Timestamp,
    issuer: &Issuer<'_>,
    grant: &Grant,
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
        at_hash: left_half(access_token),
        fhir_user: fhir_user(issuer.fhir_base(), &grant.scopes, grant.patient.as_ref().map(|patient| patient.as_str())),
    }
}

/// For a token with `openid`; `None` without. `authz` is the surface that was asked.
pub fn user_info(access: &Access, bases: &Bases, authz: &programs::surface::Surface) -> Option<UserInfo> {
    if !access.scopes.contains(&Scope::OpenId) {
        return None;
    }
    let base = bases.fhir_beside(authz).map_or("", |surface| surface.base());
    Some(UserInfo {
        sub: access.account.as_ref()?.as_str().to_owned(),
        fhir_user: fhir_user(base, &access.scopes, access.patient.as_ref().map(|patient| patient.as_str())),
    })
}

fn fhir_user(base: &str, scopes: &Scopes, patient: Option<&str>) -> Option<String> {
    scopes.contains(&Scope::FhirUser).then(|| patient.map(|patient| format!("{base}/Patient/{patient}"))).flatten()
}
