//! Random requests: every type, parameter, chain, include and value, in the right places and in wrong ones.

use programs::{
    definitions::ParameterKind,
    program::Program,
    resource::{Access, Include, Interaction, Resource},
};
use serde_json::Value;

use super::{data, random::Random};

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    Search { kind: String, parameters: Vec<(String, String)>, lenient: bool },
    Read { kind: String, id: String },
    Vread { kind: String, id: String, version: String },
}

const PREFIXES: [&str; 10] = ["", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];

/// A parameter, chain or reverse chain, and how it compares.
type Name = (String, ParameterKind);

pub struct Requests<'a> {
    program: &'a Program,
    base: &'a str,
    pub random: Random,
    texts: Vec<String>,
    /// Types and ids of all members and the directory.
    names: Vec<(String, String)>,
    includes: Vec<String>,
    parameters: Vec<Name>,
}

impl<'a> Requests<'a> {
    pub fn new(program: &'a Program, base: &'a str, seed: u64, resources: &[Value]) -> Self {
        let text = |resource: &Value, name: &str| resource[name].as_str().expect("it has one").to_owned();
        let all = program.resources.iter();
        let includes = all.clone().flat_map(|resource| resource.includes.iter().chain(&resource.rev_includes));
        Self {
            program,
            base,
            random: Random::new(seed),
            texts: data::texts(resources),
            names: resources.iter().map(|resource| (text(resource, "resourceType"), text(resource, "id"))).collect(),
            includes: includes.map(|include| include.text.clone()).collect(),
            parameters: all.flat_map(names).collect(),
        }
    }

    /// For a member, mostly about members' data; for others, mostly about the directory.
    pub fn next(&mut self, is_member: bool) -> Asked {
        match self.random.below(12) {
            0 => {
                let (kind, id) = self.name();
                Asked::Read { kind, id }
            }
            1 => {
                let (kind, id) = self.name();
                Asked::Vread { kind, id, version: self.random.of(&["1", "1", "2", "x"]).to_string() }
            }
            _ => self.search(is_member),
        }
    }

    /// A type and an id, mostly of the same resource.
    fn name(&mut self) -> (String, String) {
        let (mut kind, id) = self.random.of(&self.names).clone();
        if self.random.percent(5) {
            kind = self.random.of(&self.program.resources).kind.clone();
        }
        (kind, id)
    }

    fn search(&mut self, is_member: bool) -> Asked {
        let program = self.program;
        let wanted = if is_member { Access::Member } else { Access::Directory };
        let is_usual = |resource: &&Resource| resource.access == wanted && resource.offers(Interaction::Search);
        let usual: Vec<&Resource> = program.resources.iter().filter(is_usual).collect();
        let resource =
            if self.random.percent(85) { *self.random.of(&usual) } else { self.random.of(&program.resources) };
        let mut parameters = Vec::new();
        for _ in 0..self.random.below(3) {
            parameters.push(self.condition(resource));
        }
        for required in resource.required() {
            if self.random.percent(95) {
                parameters.push((required.code.clone(), data::MEMBERS.join(",")));
            }
        }
        if self.random.percent(60) {
            parameters.push(self.shape(resource));
        }
        Asked::Search { kind: resource.kind.clone(), parameters, lenient: self.random.percent(30) }
    }

    fn condition(&mut self, resource: &Resource) -> (String, String) {
        let own = names(resource);
        let (mut name, kind) = match self.random.below(100) {
            _ if own.is_empty() => self.random.of(&self.parameters).clone(),
            0..3 => self.random.of(&self.parameters).clone(),
            3..6 => {
                let (name, kind) = self.random.of(&self.parameters).clone();
                (format!("_has:{}:{name}", self.random.of(&self.includes)), kind)
            }
            6..9 => {
                let (name, kind) = self.random.of(&self.parameters).clone();
                (format!("{}.{name}", self.random.of(&own).0), kind)
            }
            _ => self.random.of(&own).clone(),
        };
        if self.random.percent(15) {
            name.push_str(self.modifier(kind));
        }
        let is_missing = name.ends_with(":missing");
        let value = if is_missing { self.random.of(&["true", "false"]).to_string() } else { self.values(kind) };
        (name, value)
    }

    fn modifier(&mut self, kind: ParameterKind) -> &'static str {
        const ANY: [&str; 6] = [":in", ":above", ":text", ":identifier", ":iterate", ":Organization"];
        let own: &[&'static str] = match kind {
            ParameterKind::String => &[":exact", ":contains", ":missing"],
            ParameterKind::Token => &[":not", ":missing"],
            ParameterKind::Reference => &[":Patient", ":missing"],
            ParameterKind::Uri => &[":below", ":missing"],
            ParameterKind::Date | ParameterKind::Special | ParameterKind::Result => &[":missing"],
        };
        let all: &[&'static str] = if self.random.percent(80) { own } else { &ANY };
        let &modifier = self.random.of(all);
        modifier
    }

    /// One value or several.
    fn values(&mut self, kind: ParameterKind) -> String {
        let several = if self.random.percent(20) { 1 + self.random.below(3) } else { 1 };
        (0..several).map(|_| self.value(kind)).collect::<Vec<_>>().join(",")
    }

    /// Mostly in the parameter's form.
    fn value(&mut self, kind: ParameterKind) -> String {
        match kind {
            _ if self.random.percent(5) => self.random.of(&self.texts).clone(),
            ParameterKind::Reference => self.reference(),
            ParameterKind::Date => self.date(),
            ParameterKind::Token => self.token(),
            ParameterKind::Special => "45|-110|5000|km".to_owned(),
            ParameterKind::String | ParameterKind::Uri | ParameterKind::Result => self.string(),
        }
    }

    fn reference(&mut self) -> String {
        let (kind, id) = self.name();
        match self.random.below(6) {
            0 => id,
            1 => format!("{kind}/{id}"),
            2 => format!("{}/{kind}/{id}", self.base),
            3 => self.random.of(&data::MEMBERS).to_string(),
            4 => format!("Patient/{}", self.random.of(&data::MEMBERS)),
            _ => format!("{}/Patient/{}/_history/1", self.base, self.random.of(&data::MEMBERS)),
        }
    }

    fn date(&mut self) -> String {
        let prefix = *self.random.of(&PREFIXES);
        match self.random.below(3) {
            0 => format!("{prefix}2020-05-0{}", 1 + self.random.below(6)),
            1 => format!("{prefix}20{}", 10 + self.random.below(20)),
            _ => format!("{prefix}1980-05"),
        }
    }

    fn token(&mut self) -> String {
        let word = ["shared", "active", "completed", "female", "amb", "asthma", "professional", "visit", "ntwk"];
        let word = if self.random.percent(60) {
            self.random.of(&word).to_string()
        } else {
            self.random.of(&self.texts).replace('|', "")
        };
        match self.random.below(5) {
            0 => format!("urn:shared|{word}"),
            1 => format!("|{word}"),
            2 => "urn:shared|".to_owned(),
            _ => word,
        }
    }

    fn string(&mut self) -> String {
        match self.random.below(3) {
            0 => self.random.of(&["Same", "same", "s", "Same mk", "%", "_"]).to_string(),
            1 => {
                let text = self.random.of(&self.texts).clone();
                text.chars().take(1 + self.random.below(6)).collect()
            }
            _ => self.random.of(&self.texts).clone(),
        }
    }

    fn shape(&mut self, resource: &Resource) -> (String, String) {
        let text = |text: &str| text.to_owned();
        let mut include = |own: &[Include]| {
            if self.random.percent(90) && !own.is_empty() {
                self.random.of(own).text.clone()
            } else {
                self.random.of(&self.includes).clone()
            }
        };
        let (include, reverse) = (include(&resource.includes), include(&resource.rev_includes));
        match self.random.below(16) {
            0..4 => (text("_include"), include),
            4..8 => (text("_revinclude"), reverse),
            8 => (text("_include:iterate"), include),
            9 => (text("_revinclude:iterate"), reverse),
            10..12 => (text("_count"), self.random.below(4).to_string()),
            12 => (text("_getpagesoffset"), self.random.below(3).to_string()),
            13 => (text("_sort"), format!("{}{}", self.random.of(&["", "-"]), self.random.of(&self.parameters).0)),
            14 => (text("_summary"), self.random.of(&["count", "true", "text", "data", "false"]).to_string()),
            _ => (text("_elements"), self.random.of(&["id", "name,identifier", "patient", "contained"]).to_string()),
        }
    }
}

/// Everything by which a type can be searched.
fn names(resource: &Resource) -> Vec<Name> {
    let parameters = resource.parameters.iter().chain(&resource.chains);
    let parameters = parameters.filter(|parameter| parameter.kind != ParameterKind::Result);
    let parameters = parameters.map(|parameter| (parameter.code.clone(), parameter.kind));
    let reverse = resource.reverse_chains.iter();
    parameters.chain(reverse.map(|chain| (format!("_has:{}", chain.text), chain.parameter.kind))).collect()
}
