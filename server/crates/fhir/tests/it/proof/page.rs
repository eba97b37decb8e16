//! An answer, parsed only as far as the comparison needs.

use serde::Deserialize;

use crate::world::BASE;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    resource_type: String,
    #[serde(rename = "type")]
    kind: String,
    pub total: Option<u64>,
    link: Vec<Link>,
    #[serde(default)]
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Link {
    relation: String,
    url: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    full_url: String,
    resource: Resource,
    search: Search,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    resource_type: String,
    id: String,
}

#[derive(Deserialize)]
struct Search {
    mode: String,
}

impl Page {
    pub fn parse(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    pub fn is_searchset(&self) -> bool {
        (self.resource_type.as_str(), self.kind.as_str()) == ("Bundle", "searchset")
    }

    /// The link, relative to the base.
    pub fn link(&self, relation: &str) -> Option<String> {
        let link = self.link.iter().find(|link| link.relation == relation)?;
        Some(link.url.strip_prefix(BASE)?.trim_start_matches('/').to_owned())
    }

    /// `Type/id` of the entries of a mode, after checking that their `fullUrl` agrees.
    pub fn names(&self, mode: &str) -> Vec<String> {
        let of_mode = self.entry.iter().filter(|entry| entry.search.mode == mode);
        let name = |entry: &Entry| {
            let name = format!("{}/{}", entry.resource.resource_type, entry.resource.id);
            assert_eq!(entry.full_url, format!("{BASE}/{name}"));
            name
        };
        of_mode.map(name).collect()
    }
}
