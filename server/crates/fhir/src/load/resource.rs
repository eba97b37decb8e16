//! One resource on its way into the store.

use jiff::Timestamp;
use serde_json::Value;

use super::tombstone::Name;
use crate::{
    index::{
        Entries,
        reference::{is_id, is_kind},
    },
    json::{Members, push_compact, push_string},
};

/// A resource, taken apart so that its `meta` can be rewritten. Values stay as they came, without blanks between them.
#[derive(Debug)]
pub struct Parsed {
    pub kind: String,
    pub id: String,
    /// The members of `meta` except `versionId` and `lastUpdated`, each after a comma.
    meta: String,
    /// The other members, each after a comma.
    rest: String,
    /// The whole resource; null once it is prepared.
    pub value: Value,
}

/// Why a resource is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The element at fault, such as `Patient.id`.
    pub at: Option<String>,
    pub reason: String,
}

impl Refused {
    pub fn at(element: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { at: Some(element.into()), reason: reason.into() }
    }
}

impl From<String> for Refused {
    fn from(reason: String) -> Self {
        Self { at: None, reason }
    }
}

impl Parsed {
    /// Checks what every resource has: a type, an id and well-formed JSON. Returns the reason if it is refused.
    pub fn parse(json: &str) -> Result<Self, Refused> {
        let members: Members =
            serde_json::from_str(json).map_err(|error| format!("it is not a JSON object: {error}"))?;
        let value: Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let kind = value.get("resourceType").and_then(Value::as_str);
        let kind = kind.ok_or_else(|| Refused::at("resourceType", "it is missing"))?.to_owned();
        if !is_kind(&kind) {
            return Err(Refused::at("resourceType", format!("`{}` is not a resource type", shortened(&kind))));
        }
        let id_at = || format!("{kind}.id");
        let id = value.get("id").and_then(Value::as_str).ok_or_else(|| Refused::at(id_at(), "it is missing"))?;
        if !is_id(id) {
            let reason = format!("`{}` is not an id: use 1 to 64 letters, digits, `-` and `.`", shortened(id));
            return Err(Refused::at(id_at(), reason));
        }
        let id = id.to_owned();
        // Strings contain no control characters (hl7.org/fhir/R4/datatypes.html#string), and PostgreSQL rejects text
        // with this one.
        if json.contains("\\u0000")
            && let Some(place) = null_character(&value)
        {
            return Err(Refused::at(format!("{kind}{place}"), "it contains a null character"));
        }
        let mut rest = String::with_capacity(json.len());
        let mut meta = String::new();
        for (name, text) in members.0 {
            match &*name {
                "resourceType" | "id" => {}
                "meta" => meta = meta_members(text).map_err(|reason| Refused::at(format!("{kind}.meta"), reason))?,
                _ => push_member(&mut rest, &name, text),
            }
        }
        Ok(Self { kind, id, meta, rest, value })
    }

    /// The JSON that is stored and served.
    pub fn body(&self, version: i64, updated_at: Timestamp) -> String {
        let Self { kind, id, meta, rest, .. } = self;
        let updated_at = updated_at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ");
        format!(
            r#"{{"resourceType":"{kind}","id":"{id}","meta":{{"versionId":"{version}","lastUpdated":"{updated_at}"{meta}}}{rest}}}"#
        )
    }
}

/// The place of a null character in a value, such as `.name[0].family`.
fn null_character(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(elements) => elements
            .iter()
            .enumerate()
            .find_map(|(index, element)| null_character(element).map(|rest| format!("[{index}]{rest}"))),
        Value::Object(members) => members.iter().find_map(|(name, member)| {
            let rest = if name.contains('\0') { Some(String::new()) } else { null_character(member) };
            rest.map(|rest| format!(".{}{rest}", name.replace('\0', "")))
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Enough of a text to recognize it.
fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    let mut characters = text.chars();
    let mut short: String = characters.by_ref().take(MOST).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}

fn meta_members(json: &str) -> Result<String, String> {
    let members: Members = serde_json::from_str(json).map_err(|error| format!("it is not an object: {error}"))?;
    let mut meta = String::new();
    for (name, text) in members.0 {
        if !matches!(&*name, "versionId" | "lastUpdated") {
            push_member(&mut meta, &name, text);
        }
    }
    Ok(meta)
}

fn push_member(out: &mut String, name: &str, json: &str) {
    out.push(',');
    push_string(out, name);
    out.push(':');
    push_compact(out, json);
}

/// The owner of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    Directory,
    /// A Patient, which owns itself.
    Itself,
    /// The Patient with this id.
    Patient(String),
    /// The owner of all of these, among the types that the program offers.
    Others(Vec<Name>),
}

/// A resource ready to be written.
#[derive(Debug)]
pub struct Prepared {
    pub parsed: Parsed,
    /// Its type's number.
    pub kind: i64,
    pub owner: Owner,
    /// See `fhir_resource.guarded`.
    pub guarded: bool,
    /// The bits of its own labels; see `fhir_resource.sensitive`.
    pub sensitive: i64,
    /// Why it is stored but belongs to no one and is in no index: it is from before the program's cut-off.
    pub withheld: Option<String>,
    pub entries: Entries,
}
