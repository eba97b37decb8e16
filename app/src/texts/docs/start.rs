//! The chapters of the part "Get started".

use model::texts;

texts! {
    // Overview
    RELEASE_NOTES = "Release notes";
    /// The program's version of the authorization interface, and the FHIR version.
    versions(authorization, fhir) = "Version {authorization} of the authorization interface, FHIR {fhir}.";
    release(version, format) = "{version} ({format})";
    START = "Where to start";
    /// The brackets are links.
    START_SANDBOX = "Register an app and read synthetic data: [join the developer sandbox].";
    START_DIRECTORY = "Read the provider directory, without registration: [endpoints without authorization].";
    START_MEMBERS = "Read members' data with their consent: [authorization request].";
    developers(region) =
        "The APIs are for developers of third-party apps. Members in {region} decide whether an app may have their data.";

    // The steps into the sandbox
    step(number, title) = "Step {number}: {title}";
    /// The brackets hold the browsers.
    browsers(list) = "Only {list} are supported at this time.";
    AND = " and ";
    URLS = "Addresses of the sandbox";
    AUTHORIZATION_URL = "URL";
    FHIR_URL = "Base URL for Sandbox API calls";
    TEST_MEMBER = "Test member";
    /// The brackets are the link.
    SAMPLE_PATIENTS = "The sandbox has [published sample patients].";
    /// What stands in the picture of a page.
    SHOWN = "What the page shows";
    /// A field that must not stay empty.
    REQUIRED = " *";

    // Sandbox members
    ABOUT_MEMBERS =
        "Every sandbox has these members, and others whom we generate at random. None of them is a real person. Sign in as a \
         tester and choose one by name. The identifier below the name is the Patient's.";
    MEMBERS = "Sandbox members";
    MEMBER = "Member";
    BORN = "Born";
    MEMBER_ID = "Member ID";
    THERE_FOR = "Purpose";
    /// How much there is to read.
    RECORD = "Record";
    /// `Claims: 3 professional, 5 pharmacy (CARIN Blue Button 1.1.0)`
    claims(kinds, guide) = "Claims: {kinds} (CARIN Blue Button {guide})";
    claims_withheld(kinds, old, since, guide) = "Claims: {kinds}; {old} before {since}, never returned (CARIN Blue Button {guide})";
    NO_CLAIMS = "No claims";
    encounters(count) = "Encounters: {count}";
    immunizations(count) = "Immunizations: {count}";
    CALLS = "Example calls";
    /// The brackets are the link.
    ABOUT_CALLS = "Each call needs the token of an app that this member has allowed. The [code samples] show how to get one.";
    TRY_CALLS = "Each call needs the token of an app that this member has allowed. [Try it] is such an app.";
}
