//! One resource on its way into the store.

use jiff::Timestamp;
use serde_json::Value;

use crate::{
    index::{
        Entries,
        reference::{is_id, is_kind},
    },
    json::{Members, push_compact, push_string},
};

/// A resource, taken apart so that its `meta` can be written anew; values are as they came, without blanks between them.
#[derive(Debug)]
pub struct Parsed {
    pub kind: String,
    pub id: String,
    /// The members of `meta` but for `versionId` and `lastUpdated`, each after a comma.
    meta: String,
    /// The other members, each after a comma.
    rest: String,
    pub value: Value,
}

impl Parsed {
    /// Checks what every resource has: a type, an id and well-formed JSON. The reason, if it is refused.
    pub fn parse(json: &str) -> Result<Self, String> {
        let members: Members =
            serde_json::from_str(json).map_err(|error| format!("it is not a JSON object: {error}"))?;
        let value: Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let kind = value.get("resourceType").and_then(Value::as_str).ok_or("it has no `resourceType`")?.to_owned();
        if !is_kind(&kind) {
            return Err(format!("`{kind}` is no resource type"));
        }
        let id = value.get("id").and_then(Value::as_str).ok_or("it has no `id`")?.to_owned();
        if !is_id(&id) {
            return Err(format!("`{id}` is no id: 1 to 64 letters, digits, `-` and `.`"));
        }
        let mut rest = String::with_capacity(json.len());
        let mut meta = String::new();
        for (name, text) in members.0 {
            match &*name {
                "resourceType" | "id" => {}
                "meta" => meta = meta_members(text)?,
                _ => push_member(&mut rest, &name, text),
            }
        }
        Ok(Self { kind, id, meta, rest, value })
    }

    /// The JSON that is kept and served.
    pub fn body(&self, version: i64, updated_at: Timestamp) -> String {
        let Self { kind, id, meta, rest, .. } = self;
        let updated_at = updated_at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ");
        format!(
            r#"{{"resourceType":"{kind}","id":"{id}","meta":{{"versionId":"{version}","lastUpdated":"{updated_at}"{meta}}}{rest}}}"#
        )
    }
}

fn meta_members(json: &str) -> Result<String, String> {
    let members: Members = serde_json::from_str(json).map_err(|error| format!("`meta` is not an object: {error}"))?;
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

/// Whose a resource is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    Directory,
    /// A patient's own Patient.
    Itself,
    /// The Patient of this id.
    Patient(String),
    /// Whoever owns everything that it points at.
    Others,
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
    /// Before the program's cut-off: kept, but nobody's and in no index.
    pub is_withheld: bool,
    pub entries: Entries,
}
