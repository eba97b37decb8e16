//! `/admin/search`

use model::texts;

texts! {
    LABEL = "Name, ID, or email address";
    HINT =
        "You can search for organizations, applications, and people, also by Client ID, tax identifier, or Healthcare ID.";
    NOTHING_FOUND = "Nothing found";
    ADVICE = "Check the spelling, or search for a part of the name.";

    ORGANIZATIONS = "Organizations";
    APPLICATIONS = "Applications";
    PEOPLE = "People";
    all_organizations(count) = "Show all {count} organizations";
    all_applications(count) = "Show all {count} applications";
    all_people(count) = "Show all {count} people";

    TIN = "TIN";
    HEALTHCARE_ID = "Healthcare ID";
    EMAIL = "Email";
    APP_NAME = "App Name";
    ACCESS = "Access";
    PROGRAMS = "Programs";
}
