//! What a search must find, worked out from the resources' raw JSON: its own table of parameters and its own rules of
//! matching (hl7.org/fhir/R4/search.html). It knows nothing of the crate's search, indexes or program files.

mod condition;
mod date;
mod include;
pub mod is;
pub mod near;
mod owner;
pub mod path;
mod reach;
pub mod reference;
pub mod string;
pub mod table;
pub mod token;
mod value;

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use self::is::Is;

pub use self::{condition::Condition, owner::Owner, table::Row, value::escaped};

/// A resource as it was loaded.
pub struct Held {
    pub kind: String,
    pub id: String,
    pub json: Value,
    /// When it was loaded, in milliseconds since 1970 UTC.
    pub updated: i64,
    pub owner: Owner,
    /// Within another, of whose id and its own the id is made: `role#doctor`. Only chains find it.
    pub is_contained: bool,
    /// Where its references lead: the parameter's code, and the index of what is there.
    edges: Vec<(&'static str, usize)>,
}

pub struct Oracle {
    pub held: Vec<Held>,
    /// The service base, which may stand before a reference.
    pub base: String,
    now: i64,
}

impl Held {
    /// What is within it, each by itself.
    fn contained(&self) -> Vec<Self> {
        let all = path::flat(&self.json["contained"]).into_iter();
        let text = |json: &Value, name: &str| json[name].as_str().expect("a contained resource has it").to_owned();
        let one = |json: &Value| Self {
            kind: text(json, "resourceType"),
            id: format!("{}#{}", self.id, text(json, "id")),
            json: json.clone(),
            updated: self.updated,
            owner: Owner::Nobody,
            is_contained: true,
            edges: Vec::new(),
        };
        all.map(one).collect()
    }

    /// The type of what it contains under this id.
    pub fn contains(&self, id: &str) -> Option<&str> {
        let all = path::flat(&self.json["contained"]).into_iter();
        all.filter(|inner| inner["id"] == id).find_map(|inner| inner["resourceType"].as_str())
    }

    /// Type and name of the contained resource that a reference in it is to.
    fn inner(&self, value: &Value) -> Option<(&str, String)> {
        let id = value["reference"].as_str()?.strip_prefix('#')?;
        Some((self.contains(id)?, format!("{}#{id}", self.id)))
    }
}

impl Oracle {
    /// Of these resources, each with the moment of its loading; `now` is when searches ask.
    pub fn new(base: &str, now: i64, resources: Vec<(Value, i64)>) -> Self {
        let text = |json: &Value, name: &str| json[name].as_str().expect("a resource has it").to_owned();
        let held = resources.into_iter().map(|(json, updated)| Held {
            kind: text(&json, "resourceType"),
            id: text(&json, "id"),
            json,
            updated,
            owner: Owner::Nobody,
            is_contained: false,
            edges: Vec::new(),
        });
        let mut held: Vec<Held> = held.collect();
        let contained: Vec<Held> = held.iter().flat_map(Held::contained).collect();
        held.extend(contained);
        let mut oracle = Self { held, base: base.to_owned(), now };
        oracle.connect();
        oracle.own();
        oracle
    }

    fn connect(&mut self) {
        let names: HashMap<(&str, &str), usize> =
            self.held.iter().enumerate().map(|(at, held)| ((&*held.kind, &*held.id), at)).collect();
        let edges = |held: &Held| {
            let rows = table::ROWS.iter().filter(|row| row.kind == held.kind);
            let references = rows.filter_map(|row| match row.is {
                Is::Reference(targets) => Some((row, targets)),
                _ => None,
            });
            let mut edges = Vec::new();
            for (row, targets) in references {
                for value in path::values(&held.json, row.paths) {
                    let inner = held.inner(value);
                    let local =
                        inner.as_ref().map(|(kind, id)| (*kind, id.as_str())).or_else(|| reference::local(value));
                    let Some((kind, id)) = local else { continue };
                    let target = names.get(&(kind, id)).filter(|_| targets.contains(&kind));
                    edges.extend(target.map(|target| (row.code, *target)));
                }
            }
            edges
        };
        let edges: Vec<_> = self.held.iter().map(edges).collect();
        self.held.iter_mut().zip(edges).for_each(|(held, edges)| held.edges = edges);
    }

    fn own(&mut self) {
        let owners = owner::owners(&self.held);
        self.held
            .iter_mut()
            .zip(owners)
            .filter(|(held, _)| !held.is_contained)
            .for_each(|(held, owner)| held.owner = owner);
    }

    /// Everything that this member (or nobody: the public) sees.
    pub fn seen<'a>(&'a self, patient: Option<&'a str>) -> impl Iterator<Item = &'a Held> {
        self.held.iter().filter(move |held| held.owner.shows_to(patient))
    }

    /// What this member sees of a type.
    pub fn of<'a>(&'a self, patient: Option<&'a str>, kind: &'a str) -> impl Iterator<Item = &'a Held> {
        self.seen(patient).filter(move |held| held.kind == kind)
    }

    /// The ids of the type that meet all conditions.
    pub fn find(&self, patient: Option<&str>, kind: &str, conditions: &[Condition]) -> BTreeSet<String> {
        let met = |held: &&Held| conditions.iter().all(|condition| self.meets(patient, held, condition));
        self.of(patient, kind).filter(met).map(|held| held.id.clone()).collect()
    }

    /// What the resource's references of this code lead to, as far as this member sees it.
    fn targets<'a>(&'a self, patient: Option<&str>, held: &'a Held, code: &str) -> Vec<&'a Held> {
        let edges = held.edges.iter().filter(|(of, _)| *of == code);
        let targets = edges.map(|(_, target)| &self.held[*target]);
        targets.filter(|target| target.is_contained || target.owner.shows_to(patient)).collect()
    }

    /// Whether a reference of this code leads from one to the other.
    fn leads(&self, from: &Held, code: &str, to: &Held) -> bool {
        from.edges.iter().any(|(of, target)| *of == code && std::ptr::eq(&raw const self.held[*target], to))
    }
}
