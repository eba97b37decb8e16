//! The profiles of all packages by their canonicals.

use std::{collections::HashMap, sync::Arc};

use crate::profile::tree::Profile;

/// Profiles by URL, and for each URL the versions in the packages.
#[derive(Default)]
pub struct Index(HashMap<String, Vec<Arc<Profile>>>);

impl Index {
    pub fn add(&mut self, profile: Profile) {
        let versions = self.0.entry(profile.url.clone()).or_default();
        versions.push(Arc::new(profile));
        versions.sort_by_key(|profile| numbers(&profile.version));
    }

    /// Finds exactly this version for `url|version`. For `url`, finds the one in this package, otherwise the newest.
    pub fn find(&self, canonical: &str, package: Option<usize>) -> Option<&Arc<Profile>> {
        let (url, version) = match canonical.split_once('|') {
            Some((url, version)) => (url, Some(version)),
            None => (canonical, None),
        };
        let versions = self.0.get(url)?;
        match version {
            Some(version) => versions.iter().find(|profile| profile.version == version),
            None => versions.iter().find(|profile| Some(profile.package) == package).or_else(|| versions.last()),
        }
    }
}

/// 1.10.0 is newer than 1.9.0.
fn numbers(version: &str) -> Vec<u64> {
    version.split(['.', '-']).map(|part| part.parse().unwrap_or(0)).collect()
}
