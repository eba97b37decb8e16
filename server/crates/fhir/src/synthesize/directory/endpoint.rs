//! Endpoints: where payers and hospitals exchange data.

use super::extension;
use crate::synthesize::{
    Payer, Resource,
    datatypes::{Reference, coding, concept, contact, meta, reference},
    facility::Facility,
    json::json,
    world::{DIRECTORY_DATE, Organization},
};

const PROFILES: &[&str] = &["http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-Endpoint"];
const CONNECTION: &str = "http://terminology.hl7.org/CodeSystem/endpoint-connection-type";
const PAYLOAD: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/EndpointPayloadTypeCS";

/// The payer's FHIR API.
pub fn of_payer(payer: &Payer) -> Resource {
    let address = format!("https://fhir.{}.example.org/R4", payer.id.to_lowercase());
    write(
        &format!("endpoint-{}", payer.id),
        "FHIR API",
        reference("Organization", &payer.id, &*payer.name),
        "hl7-fhir-rest",
        &address,
    )
}

/// A reference to the payer's endpoint.
pub fn payers(payer: &Payer) -> Reference {
    reference("Endpoint", format_args!("endpoint-{}", payer.id), "FHIR API")
}

/// A hospital's secure mailbox; `None` for other organizations.
pub fn of_organization(organization: &Organization) -> Option<Resource> {
    let owner = reference("Organization", &organization.id, &*organization.name);
    organizations(organization)?;
    let address = format!("mailto:records@direct.{}", organization.domain);
    Some(write(
        &format!("endpoint-{}", organization.number),
        "Secure mail for records",
        owner,
        "direct-project",
        &address,
    ))
}

/// A reference to that mailbox.
pub fn organizations(organization: &Organization) -> Option<Reference> {
    let known = matches!(organization.facility, Facility::Hospital);
    known.then(|| reference("Endpoint", format_args!("endpoint-{}", organization.number), "Secure mail for records"))
}

fn write(id: &str, name: &str, owner: Reference, connection: &'static str, address: &str) -> Resource {
    let display = if connection == "hl7-fhir-rest" { "HL7 FHIR" } else { "Direct Project" };
    Resource::new(
        "Endpoint",
        json!({
            "resourceType": "Endpoint", "id": id, "meta": (meta(DIRECTORY_DATE, PROFILES)),
            "extension": [(extension::use_case())],
            "status": "active", "connectionType": (coding(CONNECTION, connection, display)), "name": name,
            "managingOrganization": owner, "contact": [(contact("email", "interoperability@example.org", 1))],
            "payloadType": [(concept(coding(PAYLOAD, "NA", "Not Applicable")))], "payloadMimeType": ["application/fhir+json"],
            "address": address
        }),
    )
}
