//! The chapters about the API: guides, endpoints, resources.

use model::{sentences, texts};
use programs::{definitions::ParameterKind, resource::Access, surface::SurfaceKind};

texts! {
    // Guides
    VERSIONS = "Versions";
    SOURCE = "Source";
    IG_VERSION = "IG Version";
    FHIR_VERSION = "FHIR Version";
    VALIDATION = "Validation";
    VALIDATOR = "This tool checks resources against the guides:";
    HISTORIES = "Version Histories";
    ABOUT_HISTORIES = "The history of each guide in the table:";

    // Endpoints
    REQUIRED = "Authorization Required Endpoints";
    ABOUT_REQUIRED = "These endpoints answer an app that has a token: members' data, and the directory with public scopes.";
    /// The brackets are links.
    HOW_TO_AUTHORIZE = "See [how to authorize] and [the launch URLs].";
    NOT_REQUIRED = "Authorization NOT Required Endpoints";
    NO_PUBLIC = "This program has no endpoints that work without authorization.";
    BASE = "Base request URL";
    METADATA = "Metadata capability statement";
    ABOUT_METADATA = "Each FHIR base describes itself. The brackets mean the base:";
    OPENAPI = "The same description as OpenAPI 3.1, from which tools generate clients:";
    PUBLISHED = "Published as";

    // Launch URLs
    LAUNCH_HOW =
        "Send the member's browser to the launch URL of their payer with the parameters of the authorization request. Without a \
         payer's launch URL, we ask members which payer they belong to.";
    LAUNCH_LATER =
        "Authorization server launch URLs are for owners of approved organizations. Register your organization in the \
         application owner portal; after we approve it, sign in and you see them here.";
    SIGN_IN = "Sign in to see the launch URLs";
    PAYER = "Payer";
    LAUNCH_URL = "Launch URL";
    launch_urls_of(environment) = "Launch URLs, {environment}";

    // A group of resources
    RESOURCES = "Resources";
    RESOURCE = "Resource";
    GUIDE = "Guide";
    WHOSE = "Data";
    FUTURE = " (future functionality)";
    MULTIPLE = "Search operations with multiple resources";
    ABOUT_MULTIPLE = "Search operations with multiple resources are supported for these search parameters:";
    LIMITS = "Limits of a search";
    CHANGES = "Following changes";
    /// The brackets are code.
    ABOUT_CHANGES =
        "To follow changes, search a type with [_lastUpdated=gt] and the newest [meta.lastUpdated] of the matches that you have \
         seen. Follow the [next] links to the end before you take the newest one, because resources that are loaded together \
         have the same time. You then see every change once, even if we load data in the meantime.";

    // A resource
    source(guide) = "[{guide}]";
    REQUESTS = "Requests";
    READ = "Method (read):";
    VREAD = "Method (version):";
    SEARCH = "Method (search):";
    BASE_IS = "[base] is the FHIR base of the environment:";
    SEARCH_PARAMETERS = "Search parameters";
    /// The brackets are the link.
    see(resource) = "Search parameters: see [{resource}]";
    parameters_of(resource) = "Search parameters of {resource}";
    NAME = "Name";
    TYPE = "Type";
    NOTE = "Note";
    REQUIRED_PARAMETER = "required parameter";
    required(parameter, resource) = "{parameter} is a required parameter for {resource}.";
    FOR_REVERSE_INCLUDE = "resources that point to the matches";
    ALSO = "Further parameters";
    ABOUT_ALSO = "We also support what the implementation guide demands, and what every search has:";
    INCLUDE = "Include";
    ABOUT_INCLUDE = "With _include, the answer also has what the matches refer to:";
    REVERSE_INCLUDE = "Reverse include";
    ABOUT_REVERSE_INCLUDE = "With _revinclude, the answer also has what refers to the matches:";
    EXAMPLES = "Examples";
    PROFILES = "Profiles";
    /// The brackets hold scopes.
    needs(scopes) = "With a token, this needs the scope {scopes}.";
    OR = " or ";
    records_since(day) = "Returns records dated back to {day}, inclusive.";
}

sentences! {
    pub(crate) surface(SurfaceKind) {
        Authz = "Authorization server";
        Fhir = "FHIR base URL";
        Public = "Public directory, without a token";
    }
}

sentences! {
    /// Whose data a resource is.
    pub(crate) whose(Access) {
        Directory = "Public directory";
        Member = "Member data";
    }
}

sentences! {
    pub(crate) parameter_type(ParameterKind) {
        String = "String";
        Token = "Token";
        Reference = "Reference";
        Date = "Date";
        Uri = "URI";
        Special = "Special";
        Result = "Result";
    }
}
