//! `/admin/search`

use model::texts;

texts! {
    LABEL = "Name, ID, number, or address";
    HINT =
        "Type words of a name in any order, or paste an EIN, Client ID, Healthcare ID, email address, host of a redirect URI, or the first 8 \
         characters of an ID. Members are found only by their exact Healthcare ID or email address.";
    NOTHING_FOUND = "Nothing found";
    ADVICE = "Check the spelling, or search for a part of the name.";

    ORGANIZATIONS = "Organizations";
    APPLICATIONS = "Applications";
    PEOPLE = "People";
    REVIEWS = "Reviews";
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
