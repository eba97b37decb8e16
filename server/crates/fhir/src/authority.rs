//! What a request may see. It is built once, from a base or from a token's scopes, and every query consults it.

use std::collections::BTreeMap;

use model::{
    id::{ClientId, PatientId},
    partition::{Environment, Partition},
    scope::{Level, Permission, ResourceScope},
};
use programs::{
    program::Program,
    resource::{Access, Interaction, Resource},
};

use crate::index::{reference::Target, values};

/// The interactions that are allowed on a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    pub read: bool,
    pub search: bool,
}

impl Rights {
    pub const ALL: Self = Self { read: true, search: true };

    fn add(&mut self, permission: Permission) {
        self.read |= permission.reads();
        self.search |= permission.searches();
    }

    /// Whether the interaction is allowed; `vread` counts as a read.
    pub fn allow(self, interaction: Interaction) -> bool {
        match interaction {
            Interaction::Read | Interaction::Vread => self.read,
            Interaction::Search => self.search,
        }
    }

    fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// One partition, and the directory types and one member's types in it that may be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    pub partition: Partition,
    /// A public base has no token, so no scope could open more.
    pub is_anonymous: bool,
    /// Whose compartment may be seen. Without a patient, no member data is visible.
    pub patient: Option<PatientId>,
    /// The app that sends the request; page links work only for this app.
    pub client: Option<ClientId>,
    /// FHIR types in the patient's compartment.
    pub member_types: BTreeMap<Box<str>, Rights>,
    /// FHIR types of the provider directory. Organizations here are those that are not networks.
    pub directory_types: BTreeMap<Box<str>, Rights>,
    /// The organizations that are networks.
    pub networks: Rights,
    /// The program's categories of sensitive data of which nothing may be seen ([`Program::withheld`]).
    pub withheld: i64,
}

impl Authority {
    /// What everyone may see on a public base: the whole directory and nothing else.
    pub fn public(program: &Program, environment: Environment) -> Self {
        let directory = program.resources.iter().filter(|resource| resource.access == Access::Directory);
        Self {
            directory_types: directory.map(|resource| (resource.kind.as_str().into(), Rights::ALL)).collect(),
            networks: Rights::ALL,
            is_anonymous: true,
            ..Self::nothing(Partition::new(&program.id, environment))
        }
    }

    /// What a token's scopes allow. Without a patient, `patient/…` scopes allow nothing. Data of the program's sensitive
    /// categories is withheld; see [`Authority::allowing`].
    pub fn granted<'a>(
        program: &Program,
        environment: Environment,
        patient: Option<PatientId>,
        scopes: impl IntoIterator<Item = &'a ResourceScope>,
    ) -> Self {
        let mut authority = Self::nothing(Partition::new(&program.id, environment));
        let has_patient = patient.is_some();
        authority.patient = patient;
        authority.withheld = program.withheld([]);
        for scope in scopes {
            match scope.level {
                Level::Patient if has_patient => authority.open(program, Access::Member, scope),
                Level::Public | Level::User => authority.open(program, Access::Directory, scope),
                Level::Patient => {}
            }
        }
        authority
    }

    /// The same, with data of the sensitive categories of these ids, which the member allowed.
    #[must_use]
    pub fn allowing<'a>(self, program: &Program, categories: impl IntoIterator<Item = &'a str>) -> Self {
        Self { withheld: program.withheld(categories), ..self }
    }

    /// The same, for requests by an app.
    #[must_use]
    pub fn of_client(self, client: ClientId) -> Self {
        Self { client: Some(client), ..self }
    }

    fn nothing(partition: Partition) -> Self {
        Self {
            partition,
            is_anonymous: false,
            patient: None,
            client: None,
            member_types: BTreeMap::new(),
            directory_types: BTreeMap::new(),
            networks: Rights::default(),
            withheld: 0,
        }
    }

    fn open(&mut self, program: &Program, access: Access, scope: &ResourceScope) {
        for resource in program.resources.iter().filter(|resource| resource.access == access) {
            let named = resource.kind == *scope.resource;
            let opened = named || resource.granted_with.iter().any(|kind| **kind == *scope.resource);
            let types = match access {
                Access::Member => &mut self.member_types,
                Access::Directory => &mut self.directory_types,
            };
            if opened {
                types.entry(resource.kind.as_str().into()).or_default().add(scope.permission);
            }
            let selects = |word: &str| {
                resource
                    .variants
                    .iter()
                    .filter_map(|variant| variant.selects.as_ref())
                    .any(|selection| selection.scope == word)
            };
            if access == Access::Directory && selects(&scope.resource) {
                self.networks.add(scope.permission);
            }
        }
    }

    /// Whether this interaction may see anything of the type.
    pub fn allows(&self, resource: &Resource, interaction: Interaction) -> bool {
        self.rights(resource).allow(interaction) || (has_variants(resource) && self.networks.allow(interaction))
    }

    /// Whether the target of a resource may be seen. A type that no scope names is opened by the scopes of other types
    /// ([`Resource::granted_with`]), each for what is about resources of its type: a Provenance of a diagnosis reveals
    /// the diagnosis.
    pub(crate) fn sees_what_it_is_about(
        &self,
        program: &Program,
        resource: &Resource,
        interaction: Interaction,
        body: &str,
    ) -> bool {
        let sees = |kind: &str| program.resource(kind).is_some_and(|of| self.rights(of).allow(interaction));
        if resource.access == Access::Directory || resource.granted_with.iter().all(|kind| sees(kind)) {
            return true;
        }
        let Ok(body) = serde_json::from_str::<serde_json::Value>(body) else { return false };
        let mut includes = program.resources.iter().flat_map(|of| &of.rev_includes);
        let about =
            includes.find(|include| include.source == resource.kind).and_then(|include| include.reference.as_ref());
        let branches = about.iter().flat_map(|definition| &definition.branches);
        let own = program.own_bases(self.partition.environment);
        branches.flat_map(|branch| values(&body, branch)).any(|value| {
            let target = value.get("reference").and_then(serde_json::Value::as_str);
            matches!(target.and_then(|target| Target::of(target, own)), Some(Target::Local { kind, .. }) if sees(&kind))
        })
    }

    /// The rights on the type itself, without its guarded variants.
    pub(crate) fn rights(&self, resource: &Resource) -> Rights {
        let types = match resource.access {
            Access::Member => &self.member_types,
            Access::Directory => &self.directory_types,
        };
        types.get(resource.kind.as_str()).copied().unwrap_or_default()
    }

    /// Whether it allows nothing at all.
    pub fn is_empty(&self) -> bool {
        self.member_types.is_empty() && self.directory_types.is_empty() && self.networks.is_none()
    }
}

/// Whether a separate scope guards some resources of the type.
pub(crate) fn has_variants(resource: &Resource) -> bool {
    resource.variants.iter().any(|variant| variant.selects.is_some())
}
