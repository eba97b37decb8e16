//! Builds the types from their list; each inherits the elements of its base.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use crate::{
    error::{Error, Result},
    primitive::Primitive,
    terminology::{Expansion, Sources, Terminology},
    types::{Binding, Element, Kind, Member, Type, TypeId, Types},
};

/// Lines `Type : Base` and below it ` path min..max types !value set`.
pub struct Builder<'a> {
    codes: Sources<'a>,
    expansions: HashMap<String, Arc<Expansion>>,
    types: Types,
}

/// A type's lines.
struct Block<'a> {
    name: &'a str,
    base: &'a str,
    elements: Vec<(usize, &'a str)>,
}

impl<'a> Builder<'a> {
    pub fn new(codes: &'a Terminology) -> Self {
        Self { codes: Sources(vec![codes]), expansions: HashMap::new(), types: Types::default() }
    }

    pub fn build(mut self, text: &'a str) -> Result<Types> {
        let blocks = blocks(text)?;
        let bases: HashMap<&str, &str> = blocks.iter().map(|block| (block.name, block.base)).collect();
        for block in &blocks {
            self.declare(block.name.to_owned(), is_below(&bases, block.name, "Resource"));
            for (_, line) in &block.elements {
                let (path, _, kinds, _) = fields(line).unwrap_or_default();
                if matches!(kinds, "BackboneElement" | "Element") {
                    self.declare(format!("{}.{path}", block.name), false);
                }
            }
        }
        let mut waiting = VecDeque::from(blocks);
        let mut put_back = 0;
        // A base is filled before the types that inherit from it.
        while let Some(block) = waiting.pop_front() {
            if !waiting.iter().any(|other| needs(&block, other.name)) {
                self.fill(&block)?;
                put_back = 0;
            } else if put_back <= waiting.len() {
                waiting.push_back(block);
                put_back += 1;
            } else {
                return Err(Error::Definitions { line: 0, reason: format!("{} is its own base", block.name) });
            }
        }
        Ok(self.types)
    }

    fn declare(&mut self, name: String, is_resource: bool) {
        self.types.names.insert(name.clone(), self.types.all.len());
        self.types.all.push(Type { name, is_resource, elements: Vec::new(), members: HashMap::new() });
    }

    fn id(&self, name: &str, line: usize) -> Result<TypeId> {
        let found = self.types.names.get(name).copied();
        found.ok_or_else(|| Error::Definitions { line, reason: format!("there is no type {name}") })
    }

    fn fill(&mut self, block: &Block<'_>) -> Result<()> {
        self.inherit(block.name, block.base, 0)?;
        for (line, text) in &block.elements {
            let wrong = || Error::Definitions { line: *line, reason: format!("{text} is not path, min..max, types") };
            let (path, cardinality, kinds, binding) = fields(text).ok_or_else(wrong)?;
            let (owner, name) = match path.rsplit_once('.') {
                Some((owner, name)) => (format!("{}.{owner}", block.name), name),
                None => (block.name.to_owned(), path),
            };
            let own = format!("{}.{path}", block.name);
            if matches!(kinds, "BackboneElement" | "Element") {
                self.inherit(&own, kinds, *line)?;
            }
            let (min, max) = cardinality.split_once("..").ok_or_else(wrong)?;
            let element = Element {
                name: name.to_owned(),
                is_required: min != "0",
                is_list: !matches!(max, "0" | "1"),
                is_forbidden: max == "0",
                binding: binding.and_then(|url| self.binding(url)),
            };
            self.add(&owner, element, kinds, &own, *line)?;
        }
        Ok(())
    }

    fn inherit(&mut self, name: &str, base: &str, line: usize) -> Result<()> {
        if base.is_empty() {
            return Ok(());
        }
        let (id, base) = (self.id(name, line)?, self.id(base, line)?);
        let (elements, members) = (self.types.all[base].elements.clone(), self.types.all[base].members.clone());
        self.types.all[id].elements = elements;
        self.types.all[id].members = members;
        Ok(())
    }

    fn add(&mut self, owner: &str, element: Element, kinds: &str, own: &str, line: usize) -> Result<()> {
        let owner = self.id(owner, line)?;
        let stem = element.name.strip_suffix("[x]").map(str::to_owned);
        let index = self.types.all[owner].elements.len();
        for kind in kinds.split('|') {
            let name = match &stem {
                Some(stem) => format!("{stem}{}", capitalized(kind)),
                None => element.name.clone(),
            };
            let kind = self.kind(kind, own, line)?;
            self.types.all[owner].members.insert(name, Member { element: index, kind });
        }
        self.types.all[owner].elements.push(element);
        Ok(())
    }

    fn kind(&self, kind: &str, own: &str, line: usize) -> Result<Kind> {
        Ok(match kind {
            "BackboneElement" | "Element" => Kind::Complex(self.id(own, line)?),
            "Resource" => Kind::Resource,
            _ if kind.starts_with("Reference") => Kind::Reference(targets(kind)),
            _ => match (kind.strip_prefix('#'), Primitive::find(kind)) {
                (Some(path), _) => Kind::Complex(self.id(path, line)?),
                (None, Some(primitive)) => Kind::Primitive(primitive),
                (None, None) => Kind::Complex(self.id(kind, line)?),
            },
        })
    }

    fn binding(&mut self, url: &str) -> Option<Binding> {
        if !self.expansions.contains_key(url) {
            self.expansions.insert(url.to_owned(), Arc::new(self.codes.expand(url)?));
        }
        Some(Binding { url: url.to_owned(), codes: self.expansions.get(url)?.clone() })
    }
}

fn blocks(text: &str) -> Result<Vec<Block<'_>>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        if let Some((name, base)) = line.split_once(" :") {
            blocks.push(Block { name, base: base.trim(), elements: Vec::new() });
        } else if let Some(block) = blocks.last_mut() {
            block.elements.push((index + 1, line));
        } else {
            return Err(Error::Definitions { line: index + 1, reason: "it does not belong to a type".to_owned() });
        }
    }
    Ok(blocks)
}

/// Path, cardinality, types, value set.
fn fields(line: &str) -> Option<(&str, &str, &str, Option<&str>)> {
    let mut fields = line.split_ascii_whitespace();
    let (path, cardinality, kinds) = (fields.next()?, fields.next()?, fields.next()?);
    Some((path, cardinality, kinds, fields.next().and_then(|binding| binding.strip_prefix('!'))))
}

/// Whether the other type must be complete first: it is the base, or every nested element is based on it.
fn needs(block: &Block<'_>, other: &str) -> bool {
    let is_nested = matches!(block.name, "Element" | "BackboneElement");
    block.base == other || (!is_nested && matches!(other, "Element" | "BackboneElement"))
}

fn is_below(bases: &HashMap<&str, &str>, name: &str, ancestor: &str) -> bool {
    let mut name = name;
    while name != ancestor {
        match bases.get(name) {
            Some(base) if !base.is_empty() => name = base,
            _ => return false,
        }
    }
    true
}

/// `valueString`, `valueQuantity`; a SimpleQuantity is written as a Quantity.
fn capitalized(kind: &str) -> String {
    let name = kind.split('(').next().unwrap_or(kind);
    let name = if matches!(name, "SimpleQuantity" | "MoneyQuantity") { "Quantity" } else { name };
    let (first, rest) = name.split_at(name.len().min(1));
    format!("{}{rest}", first.to_ascii_uppercase())
}

/// The types of `Reference(Patient,Group)`.
fn targets(kind: &str) -> Option<Arc<[String]>> {
    let list = kind.strip_prefix("Reference(")?.strip_suffix(')')?;
    Some(list.split(',').map(str::to_owned).collect())
}
