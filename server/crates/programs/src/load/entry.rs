//! What a program file looks like: the keys as they are written, before their words are looked up.

use std::collections::BTreeMap;

use jiff::civil;
use serde::Deserialize;

use super::document::Document;
use crate::{
    error::ProgramError,
    program::{EnvironmentInfo, Guide, Lifetimes, NativeApps, Paging, Payer, RefreshRotation, UnknownScopes},
    resource::{Access, Group, Interaction, Method, Selection},
    scope::Scope,
    sensitive::Sensitive,
    support::{DataFeed, Support},
    surface::Base,
    text::{Change, Documentation, Guidance, Quality, Registration, ReleaseNote, Sandbox, Section},
};

/// Declares the keys of the first level, each read by itself, so that a mistake under one does not hide those under another.
/// One with a value here may be left out.
macro_rules! sections {
    (@read $document:ident, $errors:ident, $name:ident) => {
        $document.section(stringify!($name), &mut $errors)
    };
    (@read $document:ident, $errors:ident, $name:ident = $absent:expr) => {
        $document.optional_section(stringify!($name), $absent, &mut $errors)
    };
    ($($name:ident: $type:ty $(= $absent:expr)?,)*) => {
        /// The first level.
        pub struct ProgramEntry { $(pub $name: $type,)* }

        impl ProgramEntry {
            /// Reads it, or returns every misplaced key and value.
            pub fn read(document: &Document<'_>) -> Result<Self, Vec<ProgramError>> {
                let mut errors = Vec::new();
                document.only(&[$(stringify!($name)),*], &mut errors);
                $(let $name = sections!(@read document, errors, $name $(= $absent)?);)*
                let entry = || Some(Self { $($name: $name?),* });
                match entry() {
                    Some(entry) if errors.is_empty() => Ok(entry),
                    _ => Err(errors),
                }
            }
        }
    };
}

sections! {
    name: String,
    title: String,
    path: String,
    tagline: String,
    region: String,
    time_zone: Option<String>,
    api_version: String,
    fhir_version: String,
    features: Vec<String>,
    validator: String,
    multiple_resource_search: Vec<String>,
    disclaimers: Vec<String>,
    copyright: String,
    refresh_rotation: RefreshRotation,
    unknown_scopes: UnknownScopes = UnknownScopes::Refuse,
    refresh_without_offline_access: bool = true,
    two_person_review: bool = false,
    lifetimes: Lifetimes,
    paging: Paging,
    native_apps: NativeApps,
    documentation: Documentation = Documentation::Approved,
    quality: Quality = Quality::Staff,
    sections: Vec<Section>,
    environments: Vec<EnvironmentInfo>,
    payers: Vec<Payer>,
    bases: Vec<Base>,
    scopes: Vec<Scope>,
    sensitive: Vec<Sensitive> = Vec::new(),
    guides: Vec<Guide>,
    groups: Vec<Group>,
    resources: Vec<ResourceEntry>,
    support: Support,
    data_feeds: Vec<DataFeed>,
    sandbox: Sandbox,
    registration: Registration,
    guidelines: Vec<Guidance>,
    terms: Vec<Guidance>,
    release_notes: Vec<ReleaseNote>,
    changes: Vec<Change> = Vec::new(),
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
    /// The FHIR search that it means, where `code` is not one: `coverage-area.address-city`.
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
    #[serde(default)]
    pub notes: Vec<String>,
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
