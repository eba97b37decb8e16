//! What a search must find, computed from the resources' raw JSON with separate tables of parameters and rules of
//! matching (hl7.org/fhir/R4/search.html). The oracle knows nothing of the crate's search, indexes or program files.

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
    /// A contained resource, whose id combines its container's and its own: `role#doctor`. Only chains find it.
    pub is_contained: bool,
    /// The targets of its references: the parameter's code, and the target's index.
    edges: Vec<(&'static str, usize)>,
}

pub struct Oracle {
    pub held: Vec<Held>,
    /// The service base, which may precede a reference.
    pub base: String,
    now: i64,
}

impl Held {
    /// The resources that it contains, each by itself.
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

    /// The type of the contained resource with this id.
    pub fn contains(&self, id: &str) -> Option<&str> {
        let all = path::flat(&self.json["contained"]).into_iter();
        all.filter(|inner| inner["id"] == id).find_map(|inner| inner["resourceType"].as_str())
    }

    /// Type and name of the contained resource that a reference in it points at.
    fn inner(&self, value: &Value) -> Option<(&str, String)> {
        let id = value["reference"].as_str()?.strip_prefix('#')?;
        Some((self.contains(id)?, format!("{}#{id}", self.id)))
    }
}

impl Oracle {
    /// An oracle of these resources, each with the moment of its loading; `now` is the time of the searches.
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

    /// Everything that this member sees; without a member, what the public sees.
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

    /// The targets of the resource's references with this code, as far as this member sees them.
    fn targets<'a>(&'a self, patient: Option<&str>, held: &'a Held, code: &str) -> Vec<&'a Held> {
        let edges = held.edges.iter().filter(|(of, _)| *of == code);
        let targets = edges.map(|(_, target)| &self.held[*target]);
        targets.filter(|target| target.is_contained || target.owner.shows_to(patient)).collect()
    }

    /// Whether a reference with this code leads from one to the other.
    fn leads(&self, from: &Held, code: &str, to: &Held) -> bool {
        from.edges.iter().any(|(of, target)| *of == code && std::ptr::eq(&raw const self.held[*target], to))
    }
}
