//! The chapter about the OpenAPI documents.

use model::texts;

texts! {
    INTRO =
        "Each FHIR base describes itself as OpenAPI 3.1. Download the document to generate a client, or read it here. It comes from the \
         search table that also runs the search, so it is always right.";
    BASES = "FHIR bases with their documents";
    BASE = "Read here";
    ENVIRONMENT = "Environment";
    DOCUMENT = "Document";
    VALUES = "Values";
    ABOUT_VALUES =
        "The value of a search parameter is a string in the form that FHIR gives its type. Between several values, commas mean or. A \
         parameter that comes twice means and.";
    of_base(name) = "Operations: {name}";
    WHOLE_BASE = "The whole base";
    PARAMETERS = "Parameters";
    PARAMETER = "Parameter";
    place(place) = "({place})";
    TYPE = "Type or values";
    REQUIRED = "Required";
    YES = "Yes";
    NO = "No";
    SAME_IN_FORM = "The form takes the parameters of the search.";
    RESPONSES = "Answers:";
    scopes(names) = "Needs one of these scopes: {names}.";
}
