//! Parts of a resource: `_elements` and `_summary` (hl7.org/fhir/R4/search.html#elements, #summary). What the type
//! requires is always included, and the resource is tagged as incomplete.

mod elements;

use elements::{Elements, TYPES};

use crate::{
    error::{Error, Result},
    json::{Members, push_string},
    search::{
        request::is_empty,
        value::{split, unescape},
    },
};

const SUBSETTED: &str = r#"{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}"#;

/// Which top-level elements are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subset {
    /// These.
    Elements(Vec<String>),
    /// Those that FHIR marks as the summary.
    Summary,
    /// The narrative.
    Text,
    /// Everything except the narrative.
    Data,
}

impl Subset {
    /// What the parameters of a read ask for; `None` for the whole resource.
    pub fn of(parameters: &[(String, String)]) -> Result<Option<Self>> {
        let mut subset = None;
        for (name, value) in parameters.iter().filter(|(_, value)| !is_empty(value)) {
            match name.trim().to_ascii_lowercase().as_str() {
                "_elements" => Self::elements(value.trim(), &mut subset),
                "_summary" => match Self::summary(value.trim())? {
                    Summary::Subset(found) => subset = found,
                    Summary::Count => {
                        return Err(Error::parameter("_summary", "`count` is for searches"));
                    }
                },
                _ => {}
            }
        }
        Ok(subset)
    }

    /// Adds the elements that one `_elements` asks for.
    pub(crate) fn elements(value: &str, subset: &mut Option<Self>) {
        let names = split(value, ',').into_iter().map(|name| unescape(name.trim())).filter(|name| !name.is_empty());
        match subset {
            Some(Self::Elements(known)) => known.extend(names),
            _ => *subset = Some(Self::Elements(names.collect())),
        }
    }

    /// What one `_summary` asks for.
    pub(crate) fn summary(value: &str) -> Result<Summary> {
        Ok(Summary::Subset(match value {
            "count" => return Ok(Summary::Count),
            "true" => Some(Self::Summary),
            "text" => Some(Self::Text),
            "data" => Some(Self::Data),
            "false" => None,
            _ => return Err(Error::parameter("_summary", "use `true`, `text`, `data`, `count` or `false`")),
        }))
    }

    /// The resource of this type, reduced to what is kept.
    pub fn apply(&self, kind: &str, body: &str) -> String {
        let Ok(members) = serde_json::from_str::<Members>(body) else { return body.to_owned() };
        let elements = TYPES.iter().find(|elements| elements.kind == kind);
        let mut out = String::with_capacity(body.len() / 2);
        for (name, value) in &members.0 {
            // The companion of a primitive element.
            let element = name.strip_prefix('_').unwrap_or(name);
            if name == "meta" {
                push(&mut out, name, &tagged(value));
            } else if self.keeps(element, elements) {
                push(&mut out, name, value);
            }
        }
        out.push('}');
        out
    }

    /// `status` and modifier elements are kept even if the type does not require them.
    fn keeps(&self, element: &str, elements: Option<&Elements>) -> bool {
        const ALWAYS: [&str; 5] = ["resourceType", "id", "implicitRules", "status", "modifierExtension"];
        let is_mandatory = || elements.is_some_and(|elements| elements.mandatory.contains(&element));
        let is_summary = || elements.is_none_or(|elements| elements.summary.contains(&element));
        match self {
            Self::Data => element != "text",
            _ if ALWAYS.contains(&element) || is_mandatory() => true,
            Self::Elements(wanted) => wanted.iter().any(|wanted| wanted == element),
            Self::Summary => is_summary(),
            Self::Text => element == "text",
        }
    }
}

/// The meaning of a `_summary`.
pub(crate) enum Summary {
    Subset(Option<Subset>),
    /// Only the total.
    Count,
}

/// Adds the tag to the existing ones.
fn tagged(meta: &str) -> String {
    let Ok(members) = serde_json::from_str::<Members>(meta) else { return meta.to_owned() };
    let mut out = String::with_capacity(meta.len() + 128);
    for (name, value) in members.0.iter().filter(|(name, _)| name != "tag") {
        push(&mut out, name, value);
    }
    let tags = members.get("tag").and_then(|tags| tags.strip_suffix(']')).filter(|tags| *tags != "[");
    push(&mut out, "tag", &tags.map_or_else(|| format!("[{SUBSETTED}]"), |tags| format!("{tags},{SUBSETTED}]")));
    out.push('}');
    out
}

fn push(out: &mut String, name: &str, value: &str) {
    out.push(if out.is_empty() { '{' } else { ',' });
    push_string(out, name);
    out.push(':');
    out.push_str(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_for_is_left_out_and_said_so() {
        let tagged = format!(r#""meta":{{"versionId":"1","tag":[{{"code":"a"}},{SUBSETTED}]}}"#);
        let meta = r#""meta":{"versionId":"1","tag":[{"code":"a"}]}"#;
        let rest = r#""text":{"status":"empty"},"gender":"male","_birthDate":{"id":"x"},"photo":[],"name":[]"#;
        let body = format!(r#"{{"resourceType":"Patient","id":"p",{meta},{rest}}}"#);
        let check = |subset: Subset, expect: &str| {
            let expect = format!(r#"{{"resourceType":"Patient","id":"p",{tagged}{expect}}}"#);
            assert_eq!(subset.apply("Patient", &body), expect);
        };
        check(Subset::Elements(vec!["birthDate".to_owned()]), r#","_birthDate":{"id":"x"}"#);
        check(Subset::Summary, r#","gender":"male","_birthDate":{"id":"x"},"name":[]"#);
        check(Subset::Text, r#","text":{"status":"empty"}"#);
        check(Subset::Data, r#","gender":"male","_birthDate":{"id":"x"},"photo":[],"name":[]"#);
    }

    #[test]
    fn what_a_type_requires_stays() {
        let body = r#"{"resourceType":"Provenance","id":"v","target":[1],"recorded":"2020","agent":[2],"reason":[3]}"#;
        let kept = r#"{"resourceType":"Provenance","id":"v","target":[1],"recorded":"2020","agent":[2]}"#;
        for subset in [Subset::Summary, Subset::Text, Subset::Elements(vec!["id".to_owned()])] {
            assert_eq!(subset.apply("Provenance", body), kept);
        }
    }

    #[test]
    fn a_read_is_whole_unless_it_asks_for_less() {
        let of = |pairs: &[(&str, &str)]| {
            let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            Subset::of(&pairs)
        };
        let names = |names: &[&str]| Some(Subset::Elements(names.iter().map(|name| (*name).to_owned()).collect()));
        assert_eq!(of(&[("_pretty", "true")]).unwrap(), None);
        assert_eq!(
            of(&[("_elements", "name, id"), ("_Elements", "gender")]).unwrap(),
            names(&["name", "id", "gender"])
        );
        assert_eq!(of(&[("_summary", "text")]).unwrap(), Some(Subset::Text));
        assert_eq!(of(&[("_summary", "false")]).unwrap(), None);
        assert!(of(&[("_summary", "count")]).is_err() && of(&[("_summary", "some")]).is_err());
    }
}
