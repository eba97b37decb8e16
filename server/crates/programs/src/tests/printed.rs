//! The program files against what the documents print.

use super::{ca, idaho, program};
use crate::{
    program::Program,
    resource::{Interaction, Printed},
    support::{Due, ResponseTo},
};

/// A section's rows in the form of the tables.
fn rows<'p>(printed: impl Iterator<Item = &'p Printed>) -> String {
    printed.map(|row| format!("{}: {}", row.name, row.type_word)).collect::<Vec<_>>().join("; ")
}

/// The table of a section; `Network` and `Patient (US Core)` are variants.
fn table(program: &Program, section: &str) -> String {
    let (kind, variant) = match section {
        "Network" => ("Organization", true),
        "Patient (US Core)" => ("Patient", true),
        kind => (kind, false),
    };
    let resource = program.resource(kind).unwrap();
    if variant {
        return rows(resource.variants[0].printed.iter());
    }
    rows(resource.parameters.iter().filter_map(|parameter| parameter.printed.as_ref()))
}

#[test]
fn search_tables_are_those_printed_row_by_row_in_order() {
    for (id, tables) in [("oph-ca", ca::TABLES), ("idaho", idaho::TABLES)] {
        let program = program(id);
        for (section, expect) in tables {
            assert_eq!(table(&program, section), *expect, "{id} {section}");
        }
    }
}

#[test]
fn examples_are_those_printed() {
    for (id, expect) in [("oph-ca", ca::EXAMPLES), ("idaho", idaho::EXAMPLES)] {
        let program = program(id);
        let of = |resource: &crate::resource::Resource| {
            let variants = resource.variants.iter().flat_map(|variant| variant.examples.clone());
            resource.examples.iter().cloned().chain(variants).collect::<Vec<_>>()
        };
        let mut found: Vec<String> = program.resources.iter().flat_map(of).collect();
        let mut expect: Vec<String> = expect.iter().map(|&example| example.to_owned()).collect();
        found.sort();
        expect.sort();
        assert_eq!(found, expect, "{id}");
    }
}

#[test]
fn rev_includes_are_those_printed() {
    let program = program("idaho");
    for resource in &program.resources {
        let printed = resource.rev_includes.iter().filter(|include| include.printed);
        let found = printed.map(|include| include.text.as_str()).collect::<Vec<_>>().join(" ");
        let expect = idaho::REV_INCLUDES.iter().find(|(kind, _)| *kind == resource.kind).map_or("", |(_, list)| list);
        assert!(found.eq_ignore_ascii_case(expect), "{}: {found}", resource.kind);
    }
}

#[test]
fn required_parameters_are_those_printed() {
    let required = |id| {
        let program = program(id);
        let of = |resource: &crate::resource::Resource| {
            resource.required().map(|parameter| format!("{}.{}", resource.kind, parameter.code)).collect::<Vec<_>>()
        };
        program.resources.iter().flat_map(of).collect::<Vec<_>>()
    };
    assert_eq!(required("oph-ca"), ["OrganizationAffiliation.role"]);
    assert_eq!(required("idaho"), ["ExplanationOfBenefit.patient"]);
}

#[test]
fn post_search_is_printed_where_the_documents_print_it() {
    let posts = |id| {
        let program = program(id);
        let of = |resource: &&crate::resource::Resource| {
            resource.methods.iter().any(|method| method.request.starts_with("POST [base]/"))
        };
        program.resources.iter().filter(of).map(|resource| resource.kind.clone()).collect::<Vec<_>>()
    };
    assert_eq!(posts("oph-ca"), ["ExplanationOfBenefit"]);
    assert_eq!(posts("idaho"), ["Condition", "Encounter", "Immunization"]);
}

#[test]
fn records_begin_with_2016() {
    let cut = |id| {
        let program = program(id);
        let cut = program.resources.iter().filter_map(|resource| {
            let cut_off = resource.cut_off.as_ref()?;
            let by = cut_off.by.iter().map(|by| by.code.as_str()).collect::<Vec<_>>().join(",");
            Some(format!("{} {} {by}", resource.kind, cut_off.since))
        });
        cut.collect::<Vec<_>>()
    };
    assert_eq!(cut("oph-ca"), ["ExplanationOfBenefit 2016-01-01 service-date"]);
    assert_eq!(
        cut("idaho"),
        [
            "ExplanationOfBenefit 2016-01-01 service-date",
            "Condition 2016-01-01 onset-date,recorded-date",
            "Encounter 2016-01-01 date",
            "Immunization 2016-01-01 date",
        ]
    );
}

#[test]
fn provenance_is_only_read_and_reverse_included() {
    for (id, kinds) in [
        ("oph-ca", &["Patient", "Coverage", "ExplanationOfBenefit"][..]),
        ("idaho", &["Patient", "Coverage", "ExplanationOfBenefit", "Condition", "Encounter", "Immunization"]),
    ] {
        let program = program(id);
        let provenance = program.resource("Provenance").unwrap();
        assert!(!provenance.offers(Interaction::Search) && provenance.parameters.is_empty());
        for kind in kinds {
            assert!(program.resource(kind).unwrap().rev_include("provenance:target").unwrap().applies, "{id} {kind}");
        }
        assert_eq!(provenance.granted_with, kinds);
    }
}

#[test]
fn scopes_are_those_printed_and_the_context_scopes() {
    let scopes = |id| {
        let program = program(id);
        let mark = |scope: &crate::scope::Scope| format!("{}{}", scope.name, if scope.future { " *" } else { "" });
        program.scopes.iter().map(mark).collect::<Vec<_>>().join("\n")
    };
    let context = "openid\nprofile\nfhirUser\noffline_access\nlaunch/patient";
    assert_eq!(
        scopes("oph-ca"),
        format!(
            "patient/Coverage.read\npatient/ExplanationOfBenefit.read\npatient/Patient.read\n\
             public/HealthcareService.read\npublic/InsurancePlan.read\npublic/Location.read\npublic/Network.read\n\
             public/Organization.read\npublic/OrganizationAffiliation.read\npublic/Practitioner.read\n\
             public/PractitionerRole.read\n{context}"
        )
    );
    assert_eq!(
        scopes("idaho"),
        format!(
            "patient/Condition.read *\npatient/Coverage.read\npatient/Encounter.read *\n\
             patient/ExplanationOfBenefit.read\npatient/Immunization.read *\npatient/Patient.read\n\
             public/Endpoint.read\npublic/HealthcareService.read\npublic/Location.read\npublic/Organization.read\n\
             public/OrganizationAffiliation.read\npublic/Network.read\npublic/Practitioner.read\n\
             public/PractitionerRole.read\n{context}"
        )
    );
}

#[test]
fn payers_are_those_printed() {
    let payers = |id| {
        let program = program(id);
        program.payers.iter().map(|payer| format!("{} = {}", payer.id, payer.name)).collect::<Vec<_>>()
    };
    assert_eq!(
        payers("oph-ca"),
        [
            "ibew-neca-sound-communications = IBEW/NECA Sound & Communications Health & Welfare Trust",
            "university-of-california = University of California",
            "ibew-local-18 = IBEW Local 18 Health & Welfare Trust",
            "county-of-ventura = County of Ventura DBA Ventura County Health Care Plan",
        ]
    );
    assert_eq!(payers("idaho"), ["optum-idaho = Optum Idaho"]);
}

#[test]
fn guides_and_release_notes_are_those_printed() {
    let guides =
        |id| program(id).guides.iter().map(|guide| format!("{} {}", guide.package, guide.version)).collect::<Vec<_>>();
    let notes = |id| program(id).release_notes.iter().map(|note| note.version.clone()).collect::<Vec<_>>().join(" ");
    assert_eq!(guides("oph-ca"), ["hl7.fhir.us.carin-bb 1.1.0", "hl7.fhir.us.davinci-pdex-plan-net 1.0.0"]);
    assert_eq!(
        guides("idaho"),
        [
            "hl7.fhir.us.core 3.2",
            "hl7.fhir.us.carin-bb 1.1.0",
            "hl7.fhir.us.davinci-pdex 1.0.0",
            "hl7.fhir.us.davinci-pdex-plan-net 1.0.0",
        ]
    );
    assert_eq!(notes("oph-ca"), "v1.0");
    assert_eq!(notes("idaho"), "v3.0.0 v2.5.0 v2.4.0 v2.3.0 v2.2.0 v2.1.0 v2.0.0 v1.15 v1.14 v1.12");
}

#[test]
fn answers_come_as_soon_as_printed() {
    let expect = [
        (ResponseTo::OrganizationRegistration, Due::BusinessDays(5)),
        (ResponseTo::PublicApplication, Due::AtOnce),
        (ResponseTo::PatientApplication, Due::BusinessDays(5)),
        (ResponseTo::Appeal, Due::BusinessDays(5)),
        (ResponseTo::SandboxSupport, Due::BusinessHours(48)),
        (ResponseTo::ProductionSupport, Due::BusinessHours(24)),
    ];
    for id in ["oph-ca", "idaho"] {
        let support = &program(id).support;
        for (to, due) in expect {
            assert_eq!(support.response_time(to).unwrap().due(), due, "{id} {to:?}");
        }
        assert_eq!(support.email, "flexvendorsupport@optum.com");
        assert_eq!(support.hours.zone().iana_name(), Some("America/Chicago"));
    }
}
