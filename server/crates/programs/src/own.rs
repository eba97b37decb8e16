//! The FHIR bases that are our own, so that absolute references to them are the same as relative ones
//! (hl7.org/fhir/R4/references.html#literal).

use model::partition::Environment;
use url::Url;

use crate::{
    Programs,
    program::Program,
    surface::{Surface, SurfaceKind},
};

/// Every address that a program's FHIR resources of one environment have. `None` where the deployment does not know its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnBases(Vec<Base>);

/// A base taken apart, as addresses are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Base {
    /// In lower case, without the port that its scheme implies.
    authority: String,
    /// Without a slash at its end.
    path: String,
}

impl OwnBases {
    fn of<'s>(surfaces: impl Iterator<Item = &'s Surface>) -> Self {
        let mut bases: Vec<Base> = surfaces
            .filter_map(|surface| split(surface.base()))
            .map(|(authority, path)| Base { authority, path: path.to_owned() })
            .collect();
        bases.dedup();
        Self(bases)
    }

    /// What comes after the base and its slash, if the address is below one: `Patient/1`.
    pub fn relative<'r>(&self, address: &'r str) -> Option<&'r str> {
        if self.0.is_empty() {
            return None;
        }
        let (authority, path) = split(address)?;
        let below = |base: &Base| path.strip_prefix(base.path.as_str())?.strip_prefix('/');
        self.0.iter().filter(|base| base.authority == authority).find_map(below)
    }
}

/// Authority and path. `http` and `https` are one server (hl7.org/fhir/R4/http.html#root); the path is compared to the letter.
fn split(address: &str) -> Option<(String, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let implied = match scheme {
        _ if scheme.eq_ignore_ascii_case("http") => ":80",
        _ if scheme.eq_ignore_ascii_case("https") => ":443",
        _ => return None,
    };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let authority = authority.to_ascii_lowercase();
    let authority = authority.strip_suffix(implied).map(str::to_owned).unwrap_or(authority);
    Some((authority, path))
}

impl Program {
    /// The bases of one environment.
    pub fn own_bases(&self, environment: Environment) -> &OwnBases {
        const NONE: &OwnBases = &OwnBases(Vec::new());
        self.own_bases.get(&environment).unwrap_or(NONE)
    }
}

impl Programs {
    /// Takes note of where the deployment is: from here on it knows references to itself. To be called before the programs
    /// are shared.
    #[must_use]
    pub fn at(mut self, public_url: &Url) -> Self {
        let surfaces = self.surfaces(public_url);
        for program in self.programs.iter_mut().filter_map(std::sync::Arc::get_mut) {
            for environment in program.environments.iter().map(|info| info.environment) {
                let own = surfaces.iter().filter(|surface| {
                    surface.program == program.id
                        && surface.kind != SurfaceKind::Authz
                        && surface.environments.contains(&environment)
                });
                program.own_bases.insert(environment, OwnBases::of(own));
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use model::partition::ProgramId;

    use super::*;

    #[test]
    fn every_form_of_our_own_bases_is_known_and_no_other() {
        let check = |public_url: &str, environment, address: &str, expect: Option<&str>| {
            let programs = Programs::embedded().unwrap().at(&Url::parse(public_url).unwrap());
            let program = programs.get(&ProgramId::new("idaho")).unwrap();
            assert_eq!(program.own_bases(environment).relative(address), expect, "{address}");
        };
        let local = |address: &str, expect| check("http://127.0.0.1:3000", Environment::Production, address, expect);
        local("http://127.0.0.1:3000/fhir/idaho/R4/Patient/1", Some("Patient/1"));
        local("http://127.0.0.1:3000/fhirpublic/idaho/R4/Location/1/_history/2", Some("Location/1/_history/2"));
        local("http://fhir.idaho.localhost:3000/R4/Patient/1", Some("Patient/1"));
        local("HTTP://Fhir.Idaho.LOCALHOST:3000/R4/Patient/1", Some("Patient/1"));
        local("http://127.0.0.1:3001/fhir/idaho/R4/Patient/1", None);
        local("http://127.0.0.1:3000/fhir/idaho/sandbox/R4/Patient/1", None);
        local("http://127.0.0.1:3000/fhir/oph/ca/R4/Patient/1", None);
        local("http://127.0.0.1:3000/FHIR/idaho/R4/Patient/1", None);
        local("http://127.0.0.1:3000/fhir/idaho/R4x/Patient/1", None);
        local("http://127.0.0.1:3000/authz/idaho/Patient/1", None);
        local("https://elsewhere.example/fhir/Patient/1", None);
        local("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", None);
        local("Patient/1", None);
        let public =
            |address: &str, expect| check("https://flex.example.org", Environment::Production, address, expect);
        public("https://flex.example.org:443/fhir/idaho/R4/Patient/1", Some("Patient/1"));
        public("http://flex.example.org/fhir/idaho/R4/Patient/1", Some("Patient/1"));
        public("https://fhir.idaho.flex.example.org/R4/Patient/1", Some("Patient/1"));
        public("https://flex.example.org:80/fhir/idaho/R4/Patient/1", None);
        public("https://flex.example.org.evil.example/fhir/idaho/R4/Patient/1", None);
        public("https://user@flex.example.org/fhir/idaho/R4/Patient/1", None);
        check(
            "http://127.0.0.1:3000",
            Environment::Sandbox,
            "http://127.0.0.1:3000/fhir/idaho/sandbox/R4/Patient/1",
            Some("Patient/1"),
        );
        check("http://127.0.0.1:3000", Environment::Sandbox, "http://127.0.0.1:3000/fhir/idaho/R4/Patient/1", None);
        assert_eq!(OwnBases::default().relative("http://127.0.0.1:3000/fhir/idaho/R4/Patient/1"), None);
    }
}
