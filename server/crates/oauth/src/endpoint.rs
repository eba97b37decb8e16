//! The endpoints that an app calls itself and where it therefore authenticates.

use programs::surface::Surface;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// RFC 6749 §3.2.
    Token,
    /// RFC 7662 §2.
    Introspection,
    /// RFC 7009 §2.
    Revocation,
    /// RFC 9126 §2.
    PushedAuthorizationRequest,
}

impl Endpoint {
    /// Its address below an authorization server's base.
    pub fn address(self, authz: &Surface) -> String {
        format!("{}{}", authz.base(), self.path())
    }

    /// Relative to the base.
    pub fn path(self) -> &'static str {
        match self {
            Self::Token => "/oauth/token",
            Self::Introspection => "/oauth/introspect",
            Self::Revocation => "/oauth/revoke",
            Self::PushedAuthorizationRequest => "/oauth/par",
        }
    }
}
