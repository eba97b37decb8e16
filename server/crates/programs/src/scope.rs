//! Scopes: what each permits, and the words a member reads before allowing it.

use serde::Deserialize;

use crate::text::Text;

/// A scope that apps of the program may ask for; any other is `invalid_scope`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Exactly as asked for: `patient/Coverage.read`, `launch/patient`.
    pub name: String,
    /// Short, for the checkbox.
    pub title: Text,
    /// One or two sentences beneath it.
    pub description: Text,
    /// Why a member may want to keep this to themselves. Its box is then not selected, and the reason stands beside it.
    pub sensitive: Option<Text>,
    /// Marked in the program's document as for a future release (payer to payer); served all the same.
    #[serde(default)]
    pub future: bool,
}

/// What sort of thing a scope opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind {
    /// The member's own data; needs the member's consent.
    Patient,
    /// The provider directory.
    Public,
    /// No data: identity, launch context, refresh tokens.
    Context,
}

impl Scope {
    pub fn kind(&self) -> ScopeKind {
        match self.name.split_once('/') {
            Some(("patient", _)) => ScopeKind::Patient,
            Some(("public", _)) => ScopeKind::Public,
            _ => ScopeKind::Context,
        }
    }

    /// `Coverage` of `patient/Coverage.read`; `Network` is an Organization of a kind. `None` for context scopes.
    pub fn resource(&self) -> Option<&str> {
        match self.kind() {
            ScopeKind::Context => None,
            _ => self.name.split_once('/')?.1.strip_suffix(".read"),
        }
    }
}

/// The scopes that carry context rather than data (OpenID Connect Core §5.4, SMART App Launch 2.2).
pub const CONTEXT_SCOPES: [&str; 5] = ["openid", "profile", "fhirUser", "offline_access", "launch/patient"];
