//! A table of corrupted resources: each violates R4 in one place and is refused for the right reason.

use serde_json::Value;
use validate::{problem::Severity, validator::Validator};

use crate::bases::base;

/// A resource, where it is changed, to what (`-` removes the value), where the problem is, and part of the reason.
pub type Row = (&'static str, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // The type
    ("patient", "/resourceType", r#""Person2""#, "Person2.resourceType", "not a resource type"),
    ("patient", "/resourceType", r#""DomainResource""#, "DomainResource.resourceType", "not a resource type"),
    ("patient", "/resourceType", "-", "Resource.resourceType", "missing"),
    // Elements that R4 does not have
    ("patient", "/nickname", r#""Al""#, "Patient.nickname", "not an element of Patient"),
    ("patient", "/name/0/middle", r#""B""#, "Patient.name[0].middle", "not an element of HumanName"),
    ("patient", "/contact/0/birthDate", r#""1970""#, "Patient.contact[0].birthDate", "not an element of Patient.contact"),
    ("patient", "/contained/0/gender", r#""male""#, "Patient.contained[0].gender", "not an element of Organization"),
    ("explanation", "/item/0/detail/0/adjudication/0/price", "1", "ExplanationOfBenefit.item[0].detail[0].adjudication[0].price", "not an element"),
    ("questionnaire", "/item/0/item/0/label", r#""x""#, "Questionnaire.item[0].item[0].label", "not an element"),
    ("location", "/position/accuracy", "5", "Location.position.accuracy", "not an element"),
    ("patient", "/fhir_comments", r#"["old"]"#, "Patient.fhir_comments", "not an element"),
    // JSON of the wrong kind
    ("patient", "/active", r#""true""#, "Patient.active", "true nor false"),
    ("patient", "/gender", "1", "Patient.gender", "not a JSON string"),
    ("patient", "/name", r#"{"family":"M"}"#, "Patient.name", "not a list"),
    ("patient", "/birthDate", r#"["1971-04-18"]"#, "Patient.birthDate", "only one"),
    ("patient", "/managingOrganization", r#""Organization/o1""#, "Patient.managingOrganization", "not a JSON object"),
    ("patient", "/meta", r#""1""#, "Patient.meta", "not a JSON object"),
    ("patient", "/name/0", r#""Alex Morgan""#, "Patient.name[0]", "not a JSON object"),
    ("patient", "/name/0/family", r#"{"value":"M"}"#, "Patient.name[0].family", "not a JSON string"),
    ("patient", "/contained/0", r#""payer""#, "Patient.contained[0]", "not a JSON object"),
    ("patient", "/deceasedBoolean", "null", "Patient.deceasedBoolean", "true nor false"),
    ("coverage", "/class/0", "null", "Coverage.class[0]", "not a JSON object"),
    ("explanation", "/total/0/amount/value", r#""100.25""#, "ExplanationOfBenefit.total[0].amount.value", "not a JSON number"),
    ("location", "/position/latitude", r#""43.6""#, "Location.position.latitude", "not a JSON number"),
    // Formats of primitives
    ("patient", "/birthDate", r#""1971-02-30""#, "Patient.birthDate", "calendar"),
    ("patient", "/birthDate", r#""18.04.1971""#, "Patient.birthDate", "not a date"),
    ("patient", "/birthDate", r#""1971-04-18T00:00:00Z""#, "Patient.birthDate", "not a date"),
    ("patient", "/meta/lastUpdated", r#""2024-01-31""#, "Patient.meta.lastUpdated", "not an instant"),
    ("observation", "/issued", r#""2024-01-31T10:00:00""#, "Observation.issued", "time zone"),
    ("observation", "/effectiveDateTime", r#""2024-01-31T10:00Z""#, "Observation.effectiveDateTime", "not a dateTime"),
    ("explanation", "/created", r#""2024-13""#, "ExplanationOfBenefit.created", "not a dateTime"),
    ("location", "/hoursOfOperation/0/openingTime", r#""8:00""#, "Location.hoursOfOperation[0].openingTime", "not a time"),
    ("patient", "/id", r#""p_1""#, "Patient.id", "not an id"),
    ("patient", "/contained/0/id", r#""pay er""#, "Patient.contained[0].id", "not an id"),
    ("patient", "/identifier/0/system", r#""http://a b""#, "Patient.identifier[0].system", "not a URI"),
    ("patient", "/meta/profile/0", r#""a b""#, "Patient.meta.profile[0]", "not a URI"),
    ("patient", "/identifier/0/type/coding/0/code", r#"" MB""#, "Patient.identifier[0].type.coding[0].code", "not a code"),
    ("patient", "/photo/0/data", r#""iVBORw0KGgo""#, "Patient.photo[0].data", "base64"),
    ("patient", "/photo/0/size", "-1", "Patient.photo[0].size", "from 0"),
    ("patient", "/telecom/0/rank", "0", "Patient.telecom[0].rank", "from 1"),
    ("observation", "/component/0/valueInteger", "5.0", "Observation.component[0].valueInteger", "whole number"),
    ("explanation", "/item/0/sequence", r#""1""#, "ExplanationOfBenefit.item[0].sequence", "from 1"),
    ("patient", "/text/div", r#""A member""#, "Patient.text.div", "XHTML"),
    ("patient", "/text/div", r#""<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>x</script></div>""#, "Patient.text.div", "txt-1"),
    ("patient", "/text/div", r#""<div xmlns=\"http://www.w3.org/1999/xhtml\"> <p/> </div>""#, "Patient.text.div", "txt-2"),
    ("patient", "/text/div", r#""<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>x</div>""#, "Patient.text.div", "well-formed"),
    ("patient", "/name/0/family", r#""Mor\u0007gan""#, "Patient.name[0].family", "control characters"),
    // Cardinality
    ("coverage", "/status", "-", "Coverage.status", "missing"),
    ("coverage", "/beneficiary", "-", "Coverage.beneficiary", "missing"),
    ("coverage", "/payor", "-", "Coverage.payor", "missing"),
    ("coverage", "/class/0/value", "-", "Coverage.class[0].value", "missing"),
    ("explanation", "/insurance", "-", "ExplanationOfBenefit.insurance", "missing"),
    ("explanation", "/insurance/0/focal", "-", "ExplanationOfBenefit.insurance[0].focal", "missing"),
    ("explanation", "/item/0/detail/0/adjudication/0/category", "-", "ExplanationOfBenefit.item[0].detail[0].adjudication[0].category", "missing"),
    ("observation", "/code", "-", "Observation.code", "missing"),
    ("encounter", "/class", "-", "Encounter.class", "missing"),
    ("encounter", "/class", r#"[{"code":"AMB"}]"#, "Encounter.class", "only one"),
    ("patient", "/text/div", "-", "Patient.text.div", "missing"),
    // Choices
    ("observation", "/valueString", r#""70""#, "Observation.value[x]", "more than once"),
    ("observation", "/valueMoney", r#"{"value":1}"#, "Observation.valueMoney", "not a type of Observation.value[x]"),
    ("patient", "/deceasedDateTime", r#""2020""#, "Patient.deceased[x]", "more than once"),
    ("coverage", "/costToBeneficiary/0/valueMoney", "-", "Coverage.costToBeneficiary[0]", "empty"),
    ("explanation", "/item/0/servicedPeriod", r#"{"start":"2024"}"#, "ExplanationOfBenefit.item[0].serviced[x]", "more than once"),
    // Required bindings
    ("patient", "/gender", r#""M""#, "Patient.gender", "administrative-gender"),
    ("coverage", "/status", r#""ok""#, "Coverage.status", "fm-status"),
    ("explanation", "/use", r#""bill""#, "ExplanationOfBenefit.use", "claim-use"),
    ("explanation", "/outcome", r#""paid""#, "ExplanationOfBenefit.outcome", "remittance-outcome"),
    ("questionnaire", "/status", r#""final""#, "Questionnaire.status", "publication-status"),
    ("patient", "/telecom/0/system", r#""telephone""#, "Patient.telecom[0].system", "contact-point-system"),
    ("patient", "/link/0/type", r#""same""#, "Patient.link[0].type", "link-type"),
    ("location", "/hoursOfOperation/0/daysOfWeek/1", r#""tuesday""#, "Location.hoursOfOperation[0].daysOfWeek[1]", "days-of-week"),
    ("observation", "/valueQuantity/comparator", r#""~""#, "Observation.valueQuantity.comparator", "quantity-comparator"),
    ("encounter", "/status", r#""done""#, "Encounter.status", "encounter-status"),
    ("patient", "/text/status", r#""made""#, "Patient.text.status", "narrative-status"),
    // References
    ("coverage", "/beneficiary/reference", r#""p1""#, "Coverage.beneficiary.reference", "not a reference"),
    ("coverage", "/beneficiary/reference", r#""Member/p1""#, "Coverage.beneficiary.reference", "not a reference"),
    ("coverage", "/beneficiary/reference", r#""Patient/p 1""#, "Coverage.beneficiary.reference", "blanks"),
    ("coverage", "/beneficiary/reference", r#""Organization/o1""#, "Coverage.beneficiary.reference", "points at Organization"),
    ("coverage", "/payor/0/reference", r#""https://fhir.example.org/r4/Practitioner/d1""#, "Coverage.payor[0].reference", "points at Practitioner"),
    ("patient", "/managingOrganization/reference", r##""#payee""##, "Patient.managingOrganization.reference", "not contained"),
    ("patient", "/generalPractitioner/0/type", r#""Organization""#, "Patient.generalPractitioner[0].type", "differs from"),
    ("patient", "/link/0/other/reference", r#""Practitioner/d1/_history/1""#, "Patient.link[0].other.reference", "points at Practitioner"),
    ("explanation", "/provider/type", r#""Patient""#, "ExplanationOfBenefit.provider.type", "points at Patient"),
    ("encounter", "/subject", "{}", "Encounter.subject", "empty"),
    ("encounter", "/diagnosis/0/condition/reference", r#""urn:uuid""#, "Encounter.diagnosis[0].condition.reference", "not a reference"),
    // Contained resources
    ("patient", "/contained/0/contained", r#"[{"resourceType":"Organization","id":"x","name":"x"}]"#, "Patient.contained[0].contained", "cannot contain others"),
    ("patient", "/contained/0/resourceType", "-", "Patient.contained[0].resourceType", "missing"),
    // Extensions
    ("patient", "/extension/0/url", "-", "Patient.extension[0].url", "missing"),
    ("patient", "/extension/0/valueAddress", "-", "Patient.extension[0]", "neither"),
    ("patient", "/extension/1/valueString", r#""a""#, "Patient.extension[1]", "one of them"),
    ("patient", "/extension/0/valueThing", r#""a""#, "Patient.extension[0].valueThing", "not a type of Extension.value[x]"),
    ("patient", "/extension/0/valueAddress/city", "5", "Patient.extension[0].valueAddress.city", "not a JSON string"),
    // Empty values
    ("patient", "/name", "[]", "Patient.name", "empty list"),
    ("patient", "/name/0", "{}", "Patient.name[0]", "empty"),
    ("patient", "/name/0/family", r#""""#, "Patient.name[0].family", "empty string"),
    ("patient", "/contact/0", r#"{"id":"a"}"#, "Patient.contact[0]", "empty"),
    ("patient", "/name/0/_given/1", "null", "Patient.name[0].given[1]", "not a JSON string"),
    // Companions of primitives
    ("patient", "/_birthDate", r#""x""#, "Patient._birthDate", "not a JSON object"),
    ("patient", "/_birthDate", "{}", "Patient._birthDate", "empty"),
    ("patient", "/_birthDate/value", "1", "Patient._birthDate.value", "not an element of Element"),
    ("patient", "/_contact", r#"[{"id":"a"}]"#, "Patient._contact", "not belong to a primitive"),
    ("patient", "/name/0/_given", r#"[{"id":"a"}]"#, "Patient.name[0]._given", "as long"),
    ("patient", "/_nickname", r#"{"id":"a"}"#, "Patient._nickname", "not belong to a primitive"),
    ("patient", "/_birthDate/extension/0/url", "-", "Patient._birthDate.extension[0].url", "missing"),
];

#[test]
fn what_is_corrupted_is_an_error_at_its_place() {
    let validator = Validator::new(&[]).expect("R4");
    let mut wrong = Vec::new();
    for row @ (name, pointer, value, path, word) in ROWS {
        let problems = validator.structure(&corrupted(base(name), pointer, value));
        let fits = |found: &validate::problem::Problem| {
            found.severity == Severity::Error && found.path == *path && found.reason.contains(word)
        };
        if !problems.iter().any(fits) || 2 < problems.len() {
            wrong.push(format!("{row:?}: {problems:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), ROWS.len(), wrong.join("\n"));
}

#[test]
fn what_is_not_corrupted_passes() {
    let validator = Validator::new(&[]).expect("R4");
    for name in ["patient", "coverage", "explanation", "observation", "location", "encounter", "questionnaire"] {
        assert_eq!(validator.structure(&base(name)), [], "{name}");
    }
}

#[test]
fn a_mistake_is_not_repeated_for_its_value() {
    let validator = Validator::new(&[]).expect("R4");
    let patient = corrupted(base("patient"), "/birthDate", r#""18.04.1971""#);
    assert!(validator.structure(&patient).iter().all(|problem| !problem.reason.contains("1971")));
}

#[test]
fn what_is_no_resource_at_all_is_an_error() {
    let validator = Validator::new(&[]).expect("R4");
    for text in ["[]", "null", "1", "{}", r#"{"resourceType":1}"#] {
        assert_eq!(validator.structure(&serde_json::from_str(text).unwrap()).len(), 1, "{text}");
    }
}

/// The resource with one value set, or removed by `-`.
pub fn corrupted(mut resource: Value, pointer: &str, value: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = resource.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer} has no parent"));
    let is_removal = value == "-";
    match parent {
        Value::Object(object) if is_removal => {
            drop(object.remove(name).unwrap_or_else(|| panic!("{pointer} is not there")));
        }
        Value::Object(object) => drop(object.insert(name.to_owned(), parsed(value))),
        Value::Array(list) => {
            let index: usize = name.parse().expect("an index");
            if is_removal {
                list.remove(index);
            } else if index < list.len() {
                list[index] = parsed(value);
            } else {
                list.push(parsed(value));
            }
        }
        other => panic!("{pointer}: {other}"),
    }
    resource
}

fn parsed(value: &str) -> Value {
    serde_json::from_str(value).unwrap_or_else(|error| panic!("{value}: {error}"))
}
