//! What an app may do (RFC 6749 §3.3), in SMART's words. They are case-sensitive and have no wildcards.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// One scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// `openid`: an id_token comes with the access token.
    OpenId,
    /// `profile`: userinfo returns the member's name.
    Profile,
    /// `fhirUser`: the id_token names the member's Patient.
    FhirUser,
    /// `offline_access`: the app stays connected, with a refresh token.
    OfflineAccess,
    /// `launch/patient`: the token response names the patient.
    LaunchPatient,
    Resource(ResourceScope),
}

/// `patient/Coverage.read`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResourceScope {
    pub level: Level,
    /// A FHIR resource type, or `Network`: the organizations that are networks.
    pub resource: Box<str>,
    pub permission: Permission,
}

/// Whose data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// The member's own.
    Patient,
    /// The provider directory.
    Public,
    /// What the printed client-credentials example uses for the directory.
    User,
}

/// Which interactions, as the scope spells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// `.read` of SMART 1: read and search.
    All,
    /// `.rs` of SMART 2: read and search.
    ReadSearch,
    /// `.r`
    Read,
    /// `.s`
    Search,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a scope of this server")]
pub struct UnknownScope(pub String);

impl Level {
    const ALL: [Self; 3] = [Self::Patient, Self::Public, Self::User];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Public => "public",
            Self::User => "user",
        }
    }
}

impl Permission {
    const ALL: [Self; 4] = [Self::All, Self::ReadSearch, Self::Read, Self::Search];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "read",
            Self::ReadSearch => "rs",
            Self::Read => "r",
            Self::Search => "s",
        }
    }

    /// Whether a resource may be read by its id.
    pub fn reads(self) -> bool {
        !matches!(self, Self::Search)
    }

    /// Whether resources may be searched for.
    pub fn searches(self) -> bool {
        !matches!(self, Self::Read)
    }
}

impl Scope {
    /// Whether `other` includes this one.
    pub fn is_within(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Resource(this), Self::Resource(other)) => this.is_within(other),
            _ => self == other,
        }
    }

    /// The resource scope, unless it is a context scope.
    pub fn resource(&self) -> Option<&ResourceScope> {
        match self {
            Self::Resource(resource) => Some(resource),
            _ => None,
        }
    }

    /// Whether it is about the app's context and not about data.
    pub fn is_context(&self) -> bool {
        self.resource().is_none()
    }

    /// Whether it needs a member.
    pub fn needs_patient(&self) -> bool {
        match self {
            Self::FhirUser | Self::LaunchPatient => true,
            Self::Resource(resource) => resource.level == Level::Patient,
            _ => false,
        }
    }
}

impl ResourceScope {
    fn is_within(&self, other: &Self) -> bool {
        self.level == other.level
            && self.resource == other.resource
            && (!self.permission.reads() || other.permission.reads())
            && (!self.permission.searches() || other.permission.searches())
    }
}

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        match text {
            "openid" => Ok(Self::OpenId),
            "profile" => Ok(Self::Profile),
            "fhirUser" => Ok(Self::FhirUser),
            "offline_access" => Ok(Self::OfflineAccess),
            "launch/patient" => Ok(Self::LaunchPatient),
            _ => resource(text).map(Self::Resource).ok_or_else(|| UnknownScope(text.to_owned())),
        }
    }
}

/// `level/Type.permission`
fn resource(text: &str) -> Option<ResourceScope> {
    let (level, rest) = text.split_once('/')?;
    let (resource, permission) = rest.split_once('.')?;
    let named = resource.starts_with(|first: char| first.is_ascii_uppercase())
        && resource.chars().all(|character| character.is_ascii_alphabetic());
    Some(ResourceScope {
        level: Level::ALL.into_iter().find(|known| known.as_str() == level)?,
        resource: named.then(|| resource.into())?,
        permission: Permission::ALL.into_iter().find(|known| known.as_str() == permission)?,
    })
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenId => f.write_str("openid"),
            Self::Profile => f.write_str("profile"),
            Self::FhirUser => f.write_str("fhirUser"),
            Self::OfflineAccess => f.write_str("offline_access"),
            Self::LaunchPatient => f.write_str("launch/patient"),
            Self::Resource(ResourceScope { level, resource, permission }) => {
                write!(f, "{}/{resource}.{}", level.as_str(), permission.as_str())
            }
        }
    }
}

/// Scopes in the order they were asked for, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    pub fn iter(&self) -> std::slice::Iter<'_, Scope> {
        self.0.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn contains(&self, scope: &Scope) -> bool {
        self.0.contains(scope)
    }

    /// The resource scopes.
    pub fn resources(&self) -> impl Iterator<Item = &ResourceScope> {
        self.iter().filter_map(Scope::resource)
    }

    /// Whether a scope here gives this one.
    pub fn allow(&self, scope: &Scope) -> bool {
        self.iter().any(|given| scope.is_within(given))
    }

    /// Whether the other includes every scope of these.
    pub fn are_within(&self, other: &Self) -> bool {
        self.iter().all(|scope| other.allow(scope))
    }

    /// What the other includes of these: `.read` here and `.r` there is `.r`.
    #[must_use]
    pub fn within(&self, other: &Self) -> Self {
        let both = |scope: &Scope| match other.allow(scope) {
            true => vec![scope.clone()],
            false => other.iter().filter(|part| part.is_within(scope)).cloned().collect(),
        };
        self.iter().flat_map(both).collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        let mut kept = Vec::new();
        for scope in scopes {
            if !kept.contains(&scope) {
                kept.push(scope);
            }
        }
        Self(kept)
    }
}

impl FromStr for Scopes {
    type Err = UnknownScope;

    /// Scopes with spaces between them. The first unknown one is the error.
    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        text.split(' ').filter(|scope| !scope.is_empty()).map(str::parse).collect()
    }
}

impl TryFrom<String> for Scopes {
    type Error = UnknownScope;

    fn try_from(text: String) -> Result<Self, UnknownScope> {
        text.parse()
    }
}

impl From<Scopes> for String {
    fn from(scopes: Scopes) -> Self {
        scopes.to_string()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, scope) in self.iter().enumerate() {
            if 0 < place {
                f.write_str(" ")?;
            }
            write!(f, "{scope}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_as_they_are_written() {
        fn check(text: &str, expect: Option<&str>) {
            let read: Option<String> = text.parse::<Scopes>().ok().map(|scopes| scopes.to_string());
            assert_eq!(read.as_deref(), expect, "{text}");
        }
        check("patient/Patient.read", Some("patient/Patient.read"));
        check("patient/Patient.rs public/Network.s", Some("patient/Patient.rs public/Network.s"));
        check(" openid  fhirUser openid ", Some("openid fhirUser"));
        check("launch/patient offline_access profile", Some("launch/patient offline_access profile"));
        check("", Some(""));
        for wrong in [
            "patient/patient.read",
            "Patient/Patient.read",
            "patient/*.read",
            "patient/Patient.*",
            "patient/Patient.write",
            "patient/Patient.cruds",
            "patient/Patient.sr",
            "patient/Patient.rs?status=x",
            "patient/Patient",
            "system/Patient.read",
            "launch",
            "OpenID",
            "fhiruser",
            "patient/.read",
            "patient/Pat\u{131}ent.read",
            "openid\tfhirUser",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn smart_2_forms_are_parts_of_read() {
        fn check(asked: &str, given: &str, expect: bool) {
            let (asked, given): (Scope, Scope) = (asked.parse().expect(asked), given.parse().expect(given));
            assert_eq!(asked.is_within(&given), expect, "{asked} within {given}");
        }
        check("patient/Patient.rs", "patient/Patient.read", true);
        check("patient/Patient.read", "patient/Patient.rs", true);
        check("patient/Patient.r", "patient/Patient.read", true);
        check("patient/Patient.s", "patient/Patient.read", true);
        check("patient/Patient.read", "patient/Patient.r", false);
        check("patient/Patient.r", "patient/Patient.s", false);
        check("patient/Coverage.read", "patient/Patient.read", false);
        check("public/Patient.read", "patient/Patient.read", false);
        check("openid", "openid", true);
        check("openid", "profile", false);
    }

    #[test]
    fn what_two_have_in_common_is_no_more_than_either_gives() {
        fn check(own: &str, other: &str, expect: &str) {
            let (own, other): (Scopes, Scopes) = (own.parse().expect(own), other.parse().expect(other));
            assert_eq!(own.within(&other).to_string(), expect, "{own} within {other}");
        }
        check("openid patient/Patient.read", "patient/Patient.read", "patient/Patient.read");
        check("patient/Patient.read", "patient/Patient.rs", "patient/Patient.read");
        check("patient/Patient.read", "patient/Patient.r openid", "patient/Patient.r");
        check("patient/Patient.read", "patient/Patient.r patient/Patient.s", "patient/Patient.r patient/Patient.s");
        check("patient/Patient.r", "patient/Patient.read", "patient/Patient.r");
        check("patient/Patient.r", "patient/Patient.s", "");
        check("patient/Patient.read", "public/Patient.read patient/Coverage.read", "");
    }
}
