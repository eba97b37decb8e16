//! What is called. Callers choose addresses, so only what we know has a name of its own; everything else is `other`.

/// Whose rules the call follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Api {
    Fhir,
    /// The public directory, without a token.
    Directory,
    OAuth,
    /// What came of authorization requests; not a call.
    Authorization,
}

impl Api {
    /// Those that are called.
    pub const CALLED: [Self; 3] = [Self::Fhir, Self::Directory, Self::OAuth];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fhir => "fhir",
            Self::Directory => "directory",
            Self::OAuth => "oauth",
            Self::Authorization => "authorization",
        }
    }
}

macro_rules! named {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// An endpoint, or the outcome of an authorization request.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Named {
            $($(#[$doc])* $name,)*
        }

        impl Named {
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

named! {
    Other = "other";
    // FHIR
    Batch = "batch";
    Metadata = "metadata";
    OpenApi = "openapi";
    // OAuth
    Authorize = "authorize";
    /// The member's browser was led to the consent pages.
    AuthorizeStarted = "authorize.started";
    /// The app gets an error, or a page says that it may not ask.
    AuthorizeRefused = "authorize.refused";
    /// A page: the app or the address to return to is not known.
    AuthorizeMistake = "authorize.mistake";
    Token = "token";
    TokenCode = "token.authorization_code";
    TokenRefresh = "token.refresh_token";
    TokenClient = "token.client_credentials";
    Introspect = "introspect";
    Revoke = "revoke";
    UserInfo = "userinfo";
    Par = "par";
    Jwks = "jwks";
    Discovery = "discovery";
    // What came of authorization requests. Those that no one answered are the rest of those that started.
    Started = "started";
    Consented = "consented";
    /// The member chose nothing.
    Refused = "refused";
    Cancelled = "cancelled";
    /// The request was wrong, the app may not ask, or the plan's sign-in did not answer.
    Failed = "failed";
}

impl Named {
    /// The endpoint of an authorization server at this path below its base.
    pub fn oauth(path: &str) -> Self {
        match path {
            "/oauth/token" => Self::Token,
            "/oauth/introspect" => Self::Introspect,
            "/oauth/revoke" => Self::Revoke,
            "/oauth/userinfo" => Self::UserInfo,
            "/oauth/par" => Self::Par,
            "/oauth/jwks" => Self::Jwks,
            path if path.ends_with("/oauth/authorize") => Self::Authorize,
            path if path.starts_with("/.well-known/") => Self::Discovery,
            _ => Self::Other,
        }
    }

    /// Of a token request.
    pub fn token(grant_type: &str) -> Self {
        match grant_type {
            "authorization_code" => Self::TokenCode,
            "refresh_token" => Self::TokenRefresh,
            "client_credentials" => Self::TokenClient,
            _ => Self::Token,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Interaction {
    Read,
    Vread,
    Search,
}

impl Interaction {
    fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Vread => "vread",
            Self::Search => "search",
        }
    }
}

/// An endpoint, without its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Endpoint {
    Named(Named),
    /// An interaction with the type at this place of [`Kinds`].
    Kind(u16, Interaction),
}

/// The FHIR types that some program offers, in alphabetical order.
#[derive(Debug)]
pub struct Kinds(Vec<Box<str>>);

impl Kinds {
    pub fn new<'k>(kinds: impl Iterator<Item = &'k str>) -> Self {
        let mut kinds: Vec<Box<str>> = kinds.map(Box::from).collect();
        kinds.sort_unstable();
        kinds.dedup();
        Self(kinds)
    }

    /// The endpoint at this path below a FHIR base.
    pub fn endpoint(&self, path: &str) -> Endpoint {
        let path = path.strip_prefix('/').unwrap_or(path);
        let mut parts = path.strip_suffix('/').unwrap_or(path).split('/');
        let first = parts.next().unwrap_or_default();
        let interaction = match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (None | Some("_search"), None, ..) => Interaction::Search,
            (Some(_), None, ..) => Interaction::Read,
            (Some(_), Some("_history"), Some(_), None) => Interaction::Vread,
            _ => return Endpoint::Named(Named::Other),
        };
        let named = match first {
            "" => Named::Batch,
            "metadata" => Named::Metadata,
            "openapi.json" => Named::OpenApi,
            _ => Named::Other,
        };
        match self.0.binary_search_by(|kind| (**kind).cmp(first)).ok().and_then(|place| u16::try_from(place).ok()) {
            Some(place) => Endpoint::Kind(place, interaction),
            None => Endpoint::Named(named),
        }
    }

    /// `Patient.read`
    pub fn text(&self, endpoint: Endpoint) -> String {
        match endpoint {
            Endpoint::Named(named) => named.as_str().to_owned(),
            Endpoint::Kind(place, interaction) => {
                let kind = self.0.get(usize::from(place)).map_or("other", |kind| &**kind);
                format!("{kind}.{}", interaction.as_str())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_below_a_fhir_base_is_an_interaction_or_something_we_know() {
        let kinds = Kinds::new(["Patient", "Location", "Patient"].into_iter());
        let check = |path: &str, expect: &str| assert_eq!(kinds.text(kinds.endpoint(path)), expect, "{path}");
        check("/Patient/1", "Patient.read");
        check("/Patient/1/", "Patient.read");
        check("/Patient", "Patient.search");
        check("/Location/", "Location.search");
        check("/Patient/_search", "Patient.search");
        check("/Patient/1/_history/2", "Patient.vread");
        check("", "batch");
        check("/", "batch");
        check("/metadata", "metadata");
        check("/openapi.json", "openapi");
        check("/Patient/1/$everything", "other");
        check("/Made-up/1", "other");
        check("/patient", "other");
        check("/Patient/1/_history/2/3", "other");
    }

    #[test]
    fn a_path_below_an_authorization_server_is_an_endpoint() {
        fn check(path: &str, expect: &str) {
            assert_eq!(Named::oauth(path).as_str(), expect, "{path}");
        }
        check("/oauth/token", "token");
        check("/oauth/authorize", "authorize");
        check("/university-of-california/oauth/authorize", "authorize");
        check("/.well-known/openid-configuration", "discovery");
        check("/oauth/secret", "other");
        assert_eq!(Named::token("refresh_token").as_str(), "token.refresh_token");
        assert_eq!(Named::token("' OR 1=1").as_str(), "token");
    }
}
