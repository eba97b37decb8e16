//! The provider directory: for CA, parameters as the programs print them plus those of Plan-Net; the rest as in
//! Plan-Net.

use super::{Demand, NOTHING};

const PLACE: &str = "address address-postalcode address-city address-state organization type";
const OF_ORGANIZATION: &str = "name address partof type";
/// What Idaho prints for Location and for PractitionerRole.
const IDAHO: &str = "ExplanationOfBenefit:patient HealthcareService:coverage-area HealthcareService:endpoint \
    HealthcareService:location HealthcareService:organization Location:organization Organization:partof \
    OrganizationAffiliation:location OrganizationAffiliation:network OrganizationAffiliation:participating-organization \
    OrganizationAffiliation:primary-organization OrganizationAffiliation:service PractitionerRole:location \
    PractitionerRole:network PractitionerRole:organization PractitionerRole:practitioner PractitionerRole:service";

pub const DEMANDS: &[Demand] = &[
    Demand {
        kind: "HealthcareService",
        ca: Some(
            "_id _lastUpdated location name organization service-category service-type specialty characteristic \
             coverage-area location.address location.address-city location.address-postalcode location.address-state \
             endpoint",
        ),
        idaho: Some("_id _lastUpdated coverage-area location name organization service-category specialty"),
        includes: "location coverage-area organization endpoint",
        rev_includes: "PractitionerRole:service OrganizationAffiliation:service",
        chains: &[("location", PLACE), ("organization", OF_ORGANIZATION), ("endpoint", "organization")],
        reverse_chains: "OrganizationAffiliation:service:network",
        ..NOTHING
    },
    Demand {
        kind: "InsurancePlan",
        ca: Some(
            "_id _lastUpdated coverage-area name owned-by plan-type type location.address location.address-city \
             location.address-postalcode location.address-state identifier administered-by network",
        ),
        includes: "administered-by owned-by coverage-area",
        chains: &[("administered-by", "name partof"), ("owned-by", "name partof")],
        ..NOTHING
    },
    Demand {
        kind: "Location",
        ca: Some(
            "_id _lastUpdated address organization partof type address-city address-state address-postalcode \
             address-country identifier near endpoint",
        ),
        idaho: Some("_id _lastUpdated address address-city address-postalcode address-state"),
        includes: "endpoint organization partof",
        rev_includes: "HealthcareService:location InsurancePlan:coverage-area OrganizationAffiliation:location \
            PractitionerRole:location",
        printed_rev_includes: IDAHO,
        chains: &[
            ("partof", "type address organization"),
            ("organization", OF_ORGANIZATION),
            ("endpoint", "organization"),
        ],
        reverse_chains: "InsurancePlan:coverage-area:owned-by",
    },
    Demand {
        kind: "Organization",
        ca: Some(
            "_id _lastUpdated endpoint name partof profile _profile address address-city address-state \
             address-postalcode identifier type coverage-area",
        ),
        idaho: Some("_id _lastUpdated address name partof type"),
        includes: "partof endpoint coverage-area",
        rev_includes: "Endpoint:organization HealthcareService:organization InsurancePlan:administered-by \
            InsurancePlan:owned-by OrganizationAffiliation:primary-organization PractitionerRole:organization \
            OrganizationAffiliation:participating-organization PractitionerRole:network",
        chains: &[("partof", "name address type"), ("endpoint", "organization")],
        reverse_chains: "OrganizationAffiliation:participating-organization:location \
            OrganizationAffiliation:participating-organization:network \
            OrganizationAffiliation:participating-organization:specialty InsurancePlan:owned-by:coverage-area \
            PractitionerRole:network:location",
        ..NOTHING
    },
    Demand {
        kind: "OrganizationAffiliation",
        ca: Some(
            "_id _lastUpdated network participating-organization primary-organization role service specialty \
             location.address location.address-city location.address-state location.address-postalcode identifier \
             location near endpoint",
        ),
        idaho: Some(
            "_id _lastUpdated location network participating-organization role service specialty primary-organization",
        ),
        includes: "primary-organization participating-organization location service endpoint network",
        printed_rev_includes: "Endpoint:organization HealthcareService:organization \
            OrganizationAffiliation:participating-organization",
        chains: &[
            ("primary-organization", OF_ORGANIZATION),
            ("participating-organization", OF_ORGANIZATION),
            ("location", PLACE),
            ("service", "service-category organization location"),
            ("network", "name partof"),
            ("endpoint", "organization"),
        ],
        ..NOTHING
    },
    Demand {
        kind: "Practitioner",
        ca: Some("_id _lastUpdated family given name identifier address-state qualification-wherevalid-code"),
        idaho: Some("_id _lastUpdated family given identifier name"),
        rev_includes: "PractitionerRole:practitioner",
        reverse_chains: "PractitionerRole:practitioner:location PractitionerRole:practitioner:network \
            PractitionerRole:practitioner:specialty PractitionerRole:practitioner:role",
        ..NOTHING
    },
    Demand {
        kind: "PractitionerRole",
        ca: Some(
            "_id _lastUpdated endpoint location network organization practitioner role service specialty \
             location.address-state",
        ),
        idaho: Some(
            "_id _lastUpdated location network organization practitioner role service specialty location.address-state",
        ),
        includes: "practitioner organization location service network endpoint",
        printed_rev_includes: IDAHO,
        chains: &[
            ("practitioner", "name identifier"),
            ("organization", OF_ORGANIZATION),
            ("location", PLACE),
            ("location", "near"),
            ("service", "service-category organization location"),
            ("network", OF_ORGANIZATION),
            ("endpoint", "organization"),
        ],
        ..NOTHING
    },
    Demand {
        kind: "Endpoint",
        ca: Some("_id _lastUpdated organization"),
        idaho: Some("_id _lastUpdated organization"),
        includes: "organization",
        chains: &[("organization", OF_ORGANIZATION)],
        ..NOTHING
    },
];
