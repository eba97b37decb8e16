//! The types, from the element table of `fhir-r4`.

use std::collections::BTreeMap;

use fhir_r4::meta::{self, BindingStrength, ElementMeta, TypeRef};

const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";

/// `Type : Base`, and below it the elements that the base lacks or defines differently.
pub fn lines() -> String {
    let mut types: BTreeMap<&str, Vec<&ElementMeta>> = BTreeMap::new();
    for element in meta::elements() {
        types.entry(element.path.split('.').next().unwrap_or_default()).or_default().push(element);
    }
    let mut lines = String::new();
    for (name, elements) in types {
        // Primitives are checked by their formats; MetadataResource is a pattern and not the base of any resource.
        if name.starts_with(|first: char| first.is_ascii_lowercase()) || name == "MetadataResource" {
            continue;
        }
        // In R4 these are profiles of Quantity, but they are used as if they were types.
        if name == "Range" {
            for quantity in ["MoneyQuantity", "SimpleQuantity"] {
                lines += &format!("{quantity} : Quantity\n comparator 0..0 code\n");
            }
        }
        lines += &format!("{name} : {}\n", base(name));
        for element in elements {
            let row = row(element);
            if inherited(name, element).map(self::row) != Some(row.clone()) {
                lines += &format!(" {} {row}\n", &element.path[name.len() + 1..]);
            }
        }
    }
    lines
}

/// The table does not contain the bases of types, so we derive them from elements that every such type has.
fn base(name: &str) -> &'static str {
    let has = |element: &str| meta::element(&format!("{name}.{element}")).is_some();
    match name {
        "Element" | "Resource" => "",
        "BackboneElement" => "Element",
        "DomainResource" => "Resource",
        _ if has("contained") => "DomainResource",
        _ if has("implicitRules") => "Resource",
        _ if has("modifierExtension") => "BackboneElement",
        _ => "Element",
    }
}

/// The element with the same name in a type that this one's owner is based on.
fn inherited(name: &str, element: &ElementMeta) -> Option<&'static ElementMeta> {
    let (parent, last) = element.path.rsplit_once('.')?;
    let mut ancestor = if parent == name { base(name) } else { meta::element(parent)?.types.first()?.code };
    while !ancestor.is_empty() {
        if let Some(found) = meta::element(&format!("{ancestor}.{last}")) {
            return Some(found);
        }
        ancestor = base(ancestor);
    }
    None
}

/// Cardinality, types, value set.
fn row(element: &ElementMeta) -> String {
    let types = match element.content_reference {
        Some(path) => format!("#{path}"),
        None => element.types.iter().map(|one| type_name(element.path, one)).collect::<Vec<_>>().join("|"),
    };
    let required = element.binding.filter(|binding| binding.strength == BindingStrength::Required);
    let value_set = required.and_then(|binding| binding.value_set).and_then(|url| url.split('|').next());
    let value_set = value_set.map(|url| format!(" !{url}")).unwrap_or_default();
    format!("{}..{} {types}{value_set}", element.min, element.max)
}

fn type_name(path: &str, one: &TypeRef) -> String {
    let targets: Vec<&str> = one.target_profiles.iter().filter_map(|target| target.strip_prefix(CORE)).collect();
    match (one.code, &targets[..]) {
        ("http://hl7.org/fhirpath/System.String", _) => system_string(path).to_owned(),
        ("Quantity", ["SimpleQuantity"]) => "SimpleQuantity".to_owned(),
        ("Quantity", ["MoneyQuantity"]) => "MoneyQuantity".to_owned(),
        ("Reference", []) => "Reference".to_owned(),
        ("Reference", targets) if targets.contains(&"Resource") => "Reference".to_owned(),
        ("Reference", targets) => format!("Reference({})", targets.join(",")),
        (code, _) => code.to_owned(),
    }
}

/// Ids and `Extension.url` have FHIRPath's type in the definitions.
fn system_string(path: &str) -> &'static str {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let is_resource = name == "Resource" || matches!(base(name), "Resource" | "DomainResource");
    match rest {
        "url" if name == "Extension" => "uri",
        "id" if is_resource => "id",
        _ => "string",
    }
}
