//! What a program file looks like: the keys as they are written, before their words are looked up.

use std::collections::BTreeMap;

use jiff::civil;
use serde::Deserialize;

use crate::{
    program::{EnvironmentInfo, Guide, Lifetimes, NativeApps, Paging, Payer, RefreshRotation},
    resource::{Access, Group, Interaction, Method, Selection},
    scope::Scope,
    support::{DataFeed, Support},
    surface::Base,
    text::{Guidance, Registration, ReleaseNote, Sandbox, Section},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgramEntry {
    pub name: String,
    pub title: String,
    pub path: String,
    pub tagline: String,
    pub region: String,
    pub api_version: String,
    pub fhir_version: String,
    pub features: Vec<String>,
    pub validator: String,
    pub multiple_resource_search: Vec<String>,
    pub disclaimers: Vec<String>,
    pub copyright: String,
    pub refresh_rotation: RefreshRotation,
    pub lifetimes: Lifetimes,
    pub paging: Paging,
    pub native_apps: NativeApps,
    pub sections: Vec<Section>,
    pub environments: Vec<EnvironmentInfo>,
    pub payers: Vec<Payer>,
    pub bases: Vec<Base>,
    pub scopes: Vec<Scope>,
    pub guides: Vec<Guide>,
    pub groups: Vec<Group>,
    pub resources: Vec<ResourceEntry>,
    pub support: Support,
    pub data_feeds: Vec<DataFeed>,
    pub sandbox: Sandbox,
    pub registration: Registration,
    pub guidelines: Vec<Guidance>,
    pub terms: Vec<Guidance>,
    pub release_notes: Vec<ReleaseNote>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceEntry {
    pub kind: String,
    pub access: Access,
    pub group: String,
    pub title: String,
    pub source: String,
    #[serde(default)]
    pub future: bool,
    pub text: String,
    #[serde(default)]
    pub notes: Vec<String>,
    #[serde(default = "every_interaction")]
    pub interactions: Vec<Interaction>,
    #[serde(default)]
    pub granted_with: Vec<String>,
    pub profiles: Vec<String>,
    #[serde(default)]
    pub methods: Vec<Method>,
    #[serde(default)]
    pub parameters: Vec<ParameterEntry>,
    #[serde(default)]
    pub examples: Vec<String>,
    #[serde(default)]
    pub includes: Vec<String>,
    /// As printed.
    #[serde(default)]
    pub rev_includes: Vec<String>,
    #[serde(default)]
    pub rev_includes_of_guide: Vec<String>,
    #[serde(default)]
    pub reverse_chains: Vec<String>,
    /// By reference parameter.
    #[serde(default)]
    pub chains: BTreeMap<String, Vec<String>>,
    pub cut_off: Option<CutOffEntry>,
    #[serde(default)]
    pub variants: Vec<VariantEntry>,
}

fn every_interaction() -> Vec<Interaction> {
    vec![Interaction::Read, Interaction::Vread, Interaction::Search]
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterEntry {
    pub code: String,
    /// The type word of the printed table; absent where the guide adds the parameter.
    pub printed: Option<String>,
    /// The printed name, where it is not `code`.
    pub name: Option<String>,
    #[serde(default)]
    pub required: bool,
    /// The FHIR search that it stands for, where `code` is not one: `coverage-area.address-city`.
    pub means: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CutOffEntry {
    pub since: civil::Date,
    pub by: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariantEntry {
    pub name: String,
    pub title: String,
    pub source: String,
    pub group: String,
    #[serde(default)]
    pub future: bool,
    pub text: String,
    pub selects: Option<Selection>,
    pub methods: Vec<Method>,
    pub parameters: Vec<PrintedEntry>,
    pub examples: Vec<String>,
}

/// A row of a printed table that documents parameters listed elsewhere.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintedEntry {
    pub name: String,
    pub printed: String,
}
