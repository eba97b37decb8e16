//! Every example request of both program documents, with the data that it implies.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use programs::{program::Program, resource::Access};

use super::{
    data,
    world::{get_as, ids, load, on_each_database, token},
};
use crate::oauth::site::Site;

const NETWORKS: &str =
    "Organization?_profile=http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-Network";

/// A printed request and the ids that it finds.
type Example = (&'static str, &'static [&'static str]);

const DIRECTORY: [Example; 5] = [
    ("HealthcareService?service-category=prov&name=Stewart", &["stewart", "stewart-heart"]),
    ("HealthcareService?service-category=prov&name=Stewart&specialty=207R00000X", &["stewart"]),
    ("Location?address=Orlando", &["orlando"]),
    ("Location?address-state=CA", &["anaheim"]),
    ("Location?address-postalcode=97035-2591", &["lake-oswego"]),
];

const CA: [Example; 17] = [
    ("InsurancePlan?name=AARP", &["aarp", "ppo"]),
    ("InsurancePlan?type=mediadv", &["aarp"]),
    ("InsurancePlan?coverage-area=17d3a57ef4bce23a2ea4da87259a7934e99b539", &["aarp"]),
    ("Organization?partof=Organization/UHC", &["islands", "utah"]),
    ("Organization?name=UnitedHealthcare", &["UHC"]),
    ("Organization?type=prygrp", &["utah"]),
    (
        "Organization?_profile=http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-Organization&type=prygrp",
        &["utah"],
    ),
    ("{networks}&address=Bahama", &["islands"]),
    ("{networks}&partof=UHC", &["islands"]),
    ("{networks}&type=ntwk", &["islands"]),
    ("OrganizationAffiliation?specialty=230000000X& role=provider", &["provider"]),
    ("OrganizationAffiliation?location.address-city=Orlando& role=provider", &["provider"]),
    ("Practitioner?name=dice", &["dice"]),
    ("Practitioner?given=slice", &["slice"]),
    ("Practitioner?address-state=CA", &["dice"]),
    ("Practitioner?identifier=123456", &["dice"]),
    ("PractitionerRole?location.address-state =CA", &["anaheim-role"]),
];

const IDAHO: [Example; 6] = [
    ("Organization?name=Utah Hospital", &["utah"]),
    ("Organization?type=ntwk", &["islands"]),
    ("OrganizationAffiliation?specialty=230000000X", &["pharmacy", "provider"]),
    ("Practitioner?name=Smith", &["smith"]),
    ("Practitioner?given=Scott", &["smith"]),
    ("PractitionerRole?location.address-state=ID", &["boise-role"]),
];

const BOTH: [Example; 1] = [("PractitionerRole?specialty=340000000X", &["anaheim-role"])];

/// `[id]` is replaced with the patient.
const MEMBER: [Example; 5] = [
    ("Patient/123", &["123"]),
    ("Patient", &["123"]),
    ("ExplanationOfBenefit/219", &["219"]),
    ("ExplanationOfBenefit?patient=[id]&_lastUpdated=gt2019", &["219", "220"]),
    ("ExplanationOfBenefit", &["219", "220"]),
];

const CA_MEMBER: [Example; 3] = [
    ("Coverage/123", &["123"]),
    ("Coverage", &["123"]),
    ("ExplanationOfBenefit?patient=[id]&type=|professional", &["219"]),
];

const IDAHO_MEMBER: [Example; 3] = [
    ("ExplanationOfBenefit?patient=[id]&type=|oral", &["220"]),
    ("Patient?_id=[id]", &["123"]),
    ("Coverage?patient=[id]", &["123"]),
];

const CLINICAL: [Example; 4] = [
    ("Condition?patient=1291938", &["asthma"]),
    ("Encounter?patient=1291938", &["in-2019", "in-2021"]),
    ("Encounter?date=gt2021-01-01", &["in-2021"]),
    ("Immunization?patient=1291938", &["flu"]),
];

/// The example as a client sends it.
fn sent(example: &str) -> String {
    example.replace("{networks}", NETWORKS).replace("[id]", "123").replace(' ', "%20").replace('|', "%7C")
}

/// Every request that the program prints must be in one of the tables.
fn is_complete(program: &Program, tables: &[&[Example]]) {
    let known: BTreeSet<String> = tables
        .iter()
        .flat_map(|table| table.iter())
        .map(|(example, _)| example.replace("{networks}", NETWORKS))
        .collect();
    for resource in &program.resources {
        for example in resource.examples.iter().chain(resource.variants.iter().flat_map(|variant| &variant.examples)) {
            assert!(known.contains(example), "{}: `{example}` has no test", program.id);
        }
    }
}

async fn finds(site: &Site, base: &str, token: Option<&str>, examples: &[Example]) {
    for (example, expect) in examples {
        let path = format!("{base}/{}", sent(example));
        let reply = match token {
            Some(token) => get_as(site, token, &path).await,
            None => site.get(&path).await,
        };
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
        assert_eq!(ids(&reply), *expect, "{path}");
    }
}

#[tokio::test]
async fn the_requests_that_the_ca_document_prints() {
    on_each_database(async |site| {
        let program = site.state.services.programs.get(&model::partition::ProgramId::new("oph-ca")).unwrap();
        is_complete(program, &[&DIRECTORY, &CA, &BOTH, &MEMBER, &CA_MEMBER]);
        load(site, "oph-ca", &[data::directory(), data::plans(), data::member("123", "123")].concat()).await;
        let public = [&DIRECTORY[..], &CA, &BOTH].concat();
        finds(site, "/fhirpublic/oph/ca/R4", None, &public).await;
        let directory: Vec<String> = program
            .resources
            .iter()
            .filter(|resource| resource.access == Access::Directory)
            .filter_map(|resource| {
                program.scope(&format!("public/{}.read", resource.kind)).map(|scope| scope.name.clone())
            })
            .collect();
        let scope = format!(
            "patient/Patient.read patient/Coverage.read patient/ExplanationOfBenefit.read public/Network.read {}",
            directory.join(" ")
        );
        let token = token(site, "oph-ca", "/authz/oph/ca", "123", &scope).await;
        let base = "/fhir/oph/ca/R4";
        finds(site, base, Some(&token), &[&public[..], &MEMBER, &CA_MEMBER].concat()).await;
        let form = [("authorization", token.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        let path = format!("{base}/ExplanationOfBenefit/_search");
        let reply = site.send(Method::POST, &path, &form, "patient=123&type=%7Cprofessional").await;
        assert_eq!(ids(&reply), ["219"], "{}", reply.body);
    })
    .await;
}

#[tokio::test]
async fn the_requests_that_the_idaho_document_prints() {
    on_each_database(async |site| {
        let program = site.state.services.programs.get(&model::partition::ProgramId::new("idaho")).unwrap();
        is_complete(program, &[&DIRECTORY, &IDAHO, &BOTH, &MEMBER, &IDAHO_MEMBER, &CLINICAL]);
        load(site, "idaho", &[data::directory(), data::member("123", "123"), data::clinical("1291938")].concat()).await;
        finds(site, "/fhirpublic/idaho/R4", None, &[&DIRECTORY[..], &IDAHO, &BOTH].concat()).await;
        let claims = "patient/Patient.read patient/Coverage.read patient/ExplanationOfBenefit.read";
        let claims = token(site, "idaho", "/authz/idaho/sandbox", "123", claims).await;
        let base = "/fhir/idaho/sandbox/R4";
        finds(site, base, Some(&claims), &[&MEMBER[..4], &IDAHO_MEMBER].concat()).await;
        // `patient` is printed as required.
        let reply = get_as(site, &claims, &format!("{base}/ExplanationOfBenefit")).await;
        assert_eq!((reply.status, &reply.json()["issue"][0]["code"]), (StatusCode::BAD_REQUEST, &"required".into()));
        let clinical = "patient/Condition.read patient/Encounter.read patient/Immunization.read patient/Patient.read";
        let clinical = token(site, "idaho", "/authz/idaho/sandbox", "1291938", clinical).await;
        finds(site, base, Some(&clinical), &CLINICAL).await;
        let form = [("authorization", clinical.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        for (kind, expect) in
            [("Condition", &["asthma"][..]), ("Encounter", &["in-2019", "in-2021"]), ("Immunization", &["flu"])]
        {
            let reply = site.send(Method::POST, &format!("{base}/{kind}/_search"), &form, "patient=1291938").await;
            assert_eq!(ids(&reply), expect, "{kind}: {}", reply.body);
        }
    })
    .await;
}
