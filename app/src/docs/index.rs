//! What the search looks through: every page, and every place in it that has an address.

use serde_json::json;

use super::{
    Docs,
    body::{Mark, MarkKind},
    chapters::Entry,
    path,
};

/// As many results as a reader looks through.
const MOST: usize = 50;

/// The places of a program's documentation.
pub struct Index {
    base: String,
    pages: Vec<Indexed>,
}

struct Indexed {
    slug: String,
    title: String,
    marks: Vec<Mark>,
}

/// A place that was found.
#[derive(Debug, PartialEq, Eq)]
pub struct Hit {
    pub address: String,
    pub name: String,
    /// The title of its page.
    pub page: String,
    pub about: String,
    pub kind: MarkKind,
}

impl Index {
    pub fn of(docs: &Docs<'_>, entries: &[Entry<'_>]) -> Self {
        let page = |entry: &Entry<'_>| Indexed {
            slug: entry.slug.clone(),
            title: entry.title.clone(),
            marks: entry.body(docs, entries).marks,
        };
        Self { base: path(docs.program), pages: entries.iter().map(page).collect() }
    }

    /// The places that have every word of the query in their name, in what is said about them, or in the title of their page.
    /// Those with that very name come first, then those whose name begins like it, then those that have every word in the name.
    pub fn find(&self, query: &str) -> Vec<Hit> {
        let query = query.to_lowercase();
        let words: Vec<&str> = query.split_whitespace().collect();
        let whole = words.join(" ");
        if words.is_empty() {
            return Vec::new();
        }
        let mut hits = Vec::new();
        for page in &self.pages {
            let title =
                Mark { id: String::new(), kind: MarkKind::Section, name: page.title.clone(), about: String::new() };
            for mark in std::iter::once(&title).chain(&page.marks) {
                let name = mark.name.to_lowercase();
                let text = format!("{name} {} {}", mark.about.to_lowercase(), page.title.to_lowercase());
                if !words.iter().all(|word| text.contains(word)) {
                    continue;
                }
                let rank = match () {
                    () if name == whole => 0,
                    () if name.starts_with(&whole) => 1,
                    () if words.iter().all(|word| name.contains(word)) => 2,
                    () => 3,
                };
                hits.push((rank, self.hit(page, mark)));
            }
        }
        hits.sort_by_key(|(rank, _)| *rank);
        hits.into_iter().take(MOST).map(|(_, hit)| hit).collect()
    }

    fn hit(&self, page: &Indexed, mark: &Mark) -> Hit {
        let hash = if mark.id.is_empty() { "" } else { "#" };
        Hit {
            address: format!("{}/{}{hash}{}", self.base, page.slug, mark.id),
            name: mark.name.clone(),
            page: page.title.clone(),
            about: mark.about.clone(),
            kind: mark.kind,
        }
    }

    /// For the page's script: `{base, pages: [[slug, title, [[id, name, about], …]], …]}`.
    pub fn json(&self) -> String {
        let page = |page: &Indexed| {
            let mark = |mark: &Mark| match mark.about.as_str() {
                // The script looks through the title anyway.
                about if about.is_empty() || about == page.title => json!([mark.id, mark.name]),
                about => json!([mark.id, mark.name, about]),
            };
            json!([page.slug, page.title, page.marks.iter().map(mark).collect::<Vec<_>>()])
        };
        json!({ "base": self.base, "pages": self.pages.iter().map(page).collect::<Vec<_>>() }).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let mark = |id: &str, name: &str, about: &str| Mark {
            id: id.to_owned(),
            kind: MarkKind::Parameter,
            name: name.to_owned(),
            about: about.to_owned(),
        };
        let page =
            |slug: &str, title: &str, marks: Vec<Mark>| Indexed { slug: slug.into(), title: title.into(), marks };
        Index {
            base: "/docs/harbor".to_owned(),
            pages: vec![
                page(
                    "Location",
                    "Location",
                    vec![mark("near", "near", "Location"), mark("address", "address-city", "")],
                ),
                page(
                    "scopes",
                    "Scopes",
                    vec![mark("s", "public/Location.read", "Places of care"), mark("x", "\"<b>", "")],
                ),
            ],
        }
    }

    #[test]
    fn the_closest_name_comes_first() {
        let check = |query: &str, expect: &[&str]| {
            let found: Vec<_> = index().find(query).into_iter().map(|hit| hit.address).collect();
            assert_eq!(found, expect, "{query}");
        };
        check(
            "location",
            &[
                "/docs/harbor/Location",
                "/docs/harbor/scopes#s",
                "/docs/harbor/Location#near",
                "/docs/harbor/Location#address",
            ],
        );
        check("  NEAR ", &["/docs/harbor/Location#near"]);
        check("places scopes", &["/docs/harbor/scopes#s"]);
        check("address city", &["/docs/harbor/Location#address"]);
        check("nothing", &[]);
        check("", &[]);
        check("\"<b>", &["/docs/harbor/scopes#x"]);
    }

    #[test]
    fn the_script_gets_the_same_places() {
        let json: serde_json::Value = serde_json::from_str(&index().json()).unwrap();
        assert_eq!(json["base"], "/docs/harbor");
        assert_eq!(json["pages"][0], json!(["Location", "Location", [["near", "near"], ["address", "address-city"]]]));
        assert_eq!(json["pages"][1][2][0], json!(["s", "public/Location.read", "Places of care"]));
    }
}
