//! A FHIR type within a program: who may see it, how it may be searched, and what the document prints about it.

use std::sync::Arc;

use jiff::civil;
use serde::Deserialize;

use crate::definitions::{Definition, ParameterKind};

/// A FHIR type that the program offers. Its search table is the only source of what search, CapabilityStatement and
/// documentation say.
#[derive(Debug)]
pub struct Resource {
    /// The FHIR type: `HealthcareService`.
    pub kind: String,
    pub access: Access,
    /// The [`Group`] that lists it.
    pub group: String,
    /// As printed: `Explanation of Benefit (Institutional and Professional)`.
    pub title: String,
    /// The guide as printed beside the title: `DaVinci PDEX Plan Net`.
    pub source: String,
    /// Printed as future functionality; served all the same.
    pub future: bool,
    pub text: String,
    pub notes: Vec<String>,
    pub interactions: Vec<Interaction>,
    /// Scopes of these types open this one too; for types that no scope names (`Provenance`).
    pub granted_with: Vec<String>,
    /// Canonical URLs of `CapabilityStatement.rest.resource.supportedProfile`, versioned where the guide wants it.
    pub profiles: Vec<String>,
    /// Request lines as printed.
    pub methods: Vec<Method>,
    /// In the order printed, then those of the guide, then those that every resource has.
    pub parameters: Vec<Parameter>,
    /// Forward chains beyond those that are parameters: `location.address-city`.
    pub chains: Vec<Parameter>,
    pub reverse_chains: Vec<ReverseChain>,
    pub includes: Vec<Include>,
    pub rev_includes: Vec<Include>,
    pub cut_off: Option<CutOff>,
    /// Requests relative to the base, as printed: `Location?address=Orlando`. `[id]` means any id.
    pub examples: Vec<String>,
    /// Other printed sections about the same FHIR type: `Network`.
    pub variants: Vec<Variant>,
}

impl Resource {
    /// The parameter or one-level chain of this name (without modifier), as FHIR or as the document spells it, in any
    /// case: `_lastupdated`, `Identifier`, `profile`.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().chain(&self.chains).find(|parameter| parameter.is_called(name))
    }

    /// The reference parameter `first` if some listed chain goes through it.
    pub fn link(&self, first: &str) -> Option<&Link> {
        let through = |parameter: &&Parameter| {
            parameter.code.split_once('.').is_some_and(|(head, _)| head.eq_ignore_ascii_case(first))
        };
        self.parameters.iter().chain(&self.chains).find(through)?.search.links.first()
    }

    pub fn required(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| parameter.required)
    }

    /// `Type:code` or `Type:*` of an `_include`, in any case.
    pub fn include(&self, text: &str) -> Option<&Include> {
        self.includes.iter().find(|include| include.text.eq_ignore_ascii_case(text))
    }

    /// `Type:code` of a `_revinclude`, in any case.
    pub fn rev_include(&self, text: &str) -> Option<&Include> {
        self.rev_includes.iter().find(|include| include.text.eq_ignore_ascii_case(text))
    }

    /// `PractitionerRole:practitioner:specialty` of `_has:…`, in any case.
    pub fn reverse_chain(&self, text: &str) -> Option<&ReverseChain> {
        self.reverse_chains.iter().find(|chain| chain.text.eq_ignore_ascii_case(text))
    }

    /// Which resources of this type the scope word `Network` guards, if any.
    pub fn selection(&self, word: &str) -> Option<&Selection> {
        self.selections().find(|selection| selection.scope == word)
    }

    /// Parts of the type that scopes of their own guard; without those scopes they are not in authenticated answers.
    pub fn selections(&self) -> impl Iterator<Item = &Selection> {
        self.variants.iter().filter_map(|variant| variant.selects.as_ref())
    }

    pub fn offers(&self, interaction: Interaction) -> bool {
        self.interactions.contains(&interaction)
    }
}

/// Whose data a type holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// The provider directory: anyone on the public base, `public/…` scopes on the FHIR base.
    Directory,
    /// A member's own data: `patient/…` scopes, that patient's compartment, never the public base.
    Member,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interaction {
    Read,
    Vread,
    /// By GET, and by POST to `_search`.
    Search,
}

/// A printed request line.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    pub interaction: Interaction,
    /// `GET [base]/Location/[id]`
    pub request: String,
}

/// A search parameter that the program offers on a type.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// As FHIR spells it: `_lastUpdated`, `location.address-city`.
    pub code: String,
    /// How the value is compared.
    pub kind: ParameterKind,
    pub search: Search,
    /// The row of the printed table; `None` for what the guide adds.
    pub printed: Option<Printed>,
    pub required: bool,
}

impl Parameter {
    fn is_called(&self, name: &str) -> bool {
        self.code.eq_ignore_ascii_case(name)
            || self.printed.as_ref().is_some_and(|printed| printed.name.eq_ignore_ascii_case(name))
    }
}

/// A row of a printed search table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// `role (code)`
    pub name: String,
    /// `Reference (organization)`
    pub type_word: String,
}

/// What a parameter looks at: through these references, the definition at the end.
#[derive(Clone, Debug)]
pub struct Search {
    /// Empty for an ordinary parameter.
    pub links: Vec<Link>,
    pub definition: Arc<Definition>,
}

impl Search {
    /// This search seen from the far side of `link`.
    #[must_use]
    pub fn after(&self, link: Link) -> Self {
        let links = std::iter::once(link).chain(self.links.iter().cloned()).collect();
        Self { links, definition: self.definition.clone() }
    }
}

/// One step of a chain.
#[derive(Clone, Debug)]
pub struct Link {
    pub reference: Arc<Definition>,
    /// The type at its other end.
    pub to: String,
}

/// `_include`, or `_revinclude` seen from the type that is pointed at.
#[derive(Clone, Debug)]
pub struct Include {
    /// `PractitionerRole:practitioner`, `ExplanationOfBenefit:*`
    pub text: String,
    /// The type that holds the reference.
    pub source: String,
    /// `None` for `*`.
    pub reference: Option<Arc<Definition>>,
    pub printed: bool,
    /// Whether it can find anything: some printed ones join types that never meet, or one the program does not offer.
    pub applies: bool,
}

/// `_has:{kind}:{reference}:{parameter}`
#[derive(Clone, Debug)]
pub struct ReverseChain {
    /// `PractitionerRole:practitioner:specialty`
    pub text: String,
    /// The type that points here.
    pub kind: String,
    pub reference: Arc<Definition>,
    pub parameter: Arc<Definition>,
}

/// Records wholly before a day are never returned.
#[derive(Clone, Debug)]
pub struct CutOff {
    /// The first day returned.
    pub since: civil::Date,
    /// Date parameters of the type; the first that a record has a value for decides.
    pub by: Vec<Arc<Definition>>,
}

/// A heading that gathers resources.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub future: bool,
    #[serde(default)]
    pub notes: Vec<String>,
}

/// Another printed section about a type.
#[derive(Clone, Debug)]
pub struct Variant {
    /// `Network`
    pub name: String,
    pub title: String,
    pub source: String,
    pub group: String,
    pub future: bool,
    pub text: String,
    pub notes: Vec<String>,
    /// Which resources of the type it means, and the scope word that guards them; `None`: all of them.
    pub selects: Option<Selection>,
    pub methods: Vec<Method>,
    pub printed: Vec<Printed>,
    pub examples: Vec<String>,
}

/// Resources of a type that a scope of their own guards: `public/Network.read`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// The word in the scope: `Network`.
    pub scope: String,
    /// Those with this profile in `meta.profile`, …
    pub profile: String,
    /// … or with this code, of any system, in `type`.
    pub type_code: String,
}
