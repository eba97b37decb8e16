//! The documentation of a program. What is not here comes from the program's own file.

use model::{sentences, texts};
use programs::{definitions::ParameterKind, resource::Access, surface::SurfaceKind};

texts! {
    TITLE = "Documentation";
    ON_THIS_PAGE = "On this page";

    // Chapters, and their names in the list above them
    ENDPOINTS = "Endpoints";
    LAUNCH = "Patient access authentication launch URLs";
    LAUNCH_URLS = "Launch URLs";
    AUTHORIZATION = "Authorization documentation";
    SCOPES = "Scopes";
    RESOURCES = "Resources and search";
    MEMBERS = "Sandbox members";
    GUIDES = "Implementation guides";

    /// The brackets are code, here and below.
    ABOUT_ENDPOINTS =
        "Each FHIR base describes itself. Add [/metadata] for its CapabilityStatement, or [/openapi.json] for the same \
         description as OpenAPI 3.1, from which tools generate clients.";
    LAUNCH_LATER = "We show them here after you register your organization and we approve it.";
    ABOUT_CHANGES =
        "To follow changes, search a type with [_lastUpdated=gt] and the newest [meta.lastUpdated] of the matches that you have \
         seen. Follow the [next] links to the end before you take the newest one, because resources that are loaded together \
         have the same time. You then see every change once, even if we load data in the meantime.";

    // Authorization
    ADDRESSES = "Addresses";
    ABOUT_ADDRESSES = "Append each path to the address of the authorization server.";
    ADDRESSES_OF_SERVER = "Addresses of the authorization server";
    PATH = "Path";
    PURPOSE = "What it is for";
    CONFIGURATION = "Get everything below as one document, for your client library";
    AUTHORIZE = "Send the member's browser here first";
    TOKEN = "Get tokens for a code, for a refresh token, or with your app's own credentials";
    INTROSPECTION = "Check whether a token still works (confidential apps)";
    REVOCATION = "Give a token back";
    USERINFO = "Learn who the member is, with the scope openid";
    JWKS = "Get the public keys that verify our tokens";
    PUSH = "Push an authorization request in advance";

    CLIENT_AUTHENTICATION = "Client authentication";
    ABOUT_AUTHENTICATION = "Use one method at a time.";
    AUTHENTICATION_METHODS = "Client authentication methods";
    METHOD = "Method";
    CLIENT_TYPE = "Client type";
    WHAT_YOU_SEND = "What you send";
    CONFIDENTIAL = "Confidential";
    PUBLIC = "Public";
    SECRET_BASIC = "An Authorization: Basic header with the client ID and the secret.";
    SECRET_POST = "client_id and client_secret in the form.";
    signed_assertion(algorithms) =
        "client_assertion_type and client_assertion in the form. The assertion is a JWT signed with {algorithms}. Its aud is the \
         token endpoint, and it is valid for five minutes at most. You can use each jti once. Register the public keys on your \
         application's page.";
    NO_SECRET = "client_id in the form, and the code_verifier of PKCE (S256).";

    PUSHED = "Pushed authorization requests";
    pushed(path, seconds) =
        "To keep a request out of the browser's address, post its parameters to [{path}] and authenticate as you do at the token \
         endpoint. The answer has a request_uri, which you can use once, within {seconds} seconds. Send the browser to authorize \
         with client_id and request_uri alone (RFC 9126).";
    BOUND = "Tokens bound to your key";
    bound(algorithms) =
        "If you send a DPoP proof (RFC 9449) with the token request, we bind the tokens to your key. Someone who copies a token \
         cannot use it. Keys sign with {algorithms}. The token_type is then DPoP, and each call of the FHIR API needs its own \
         proof.";

    LIFETIMES = "Lifetimes";
    CODE_LIFETIME = "Authorization code";
    ACCESS_LIFETIME = "Access token";
    GRANT_LIFETIME = "Consent and refresh token";
    seconds(count) = "{count} seconds";
    days(count) = "{count} days, unless the member chooses otherwise";

    // Scopes
    SCOPE = "Scope";
    ABOUT_SCOPE = "What it gives access to";
    /// After the scope.
    FUTURE = "(printed for a future release)";

    // Resources
    REQUESTS = "Requests";
    SEARCH_PARAMETERS = "Search parameters";
    parameters_of(resource) = "Search parameters of {resource}";
    PARAMETER = "Parameter";
    TYPE = "Type";
    REQUIRED = "Required";
    INCLUDE = "Include";
    REVERSE_INCLUDE = "Reverse include";
    EXAMPLES = "Examples";

    // Sandbox members
    ABOUT_MEMBERS =
        "Every sandbox has these members, and others whom we generate at random. None of them is a real person. Sign in as a \
         tester and choose one by name. The identifier below the name is the Patient's.";
    MEMBER = "Member";
    BORN = "Born";
    MEMBER_ID = "Member ID";
    THERE_FOR = "Purpose";
    CLAIMS = "Claims";
    CLINICAL_RECORD = "Clinical record";
    /// `8: 3 professional, 5 pharmacy (CARIN Blue Button 1.1.0)`
    claims(count, kinds, guide) = "{count}: {kinds} (CARIN Blue Button {guide})";
    claims_withheld(count, kinds, old, since, guide) =
        "{count}: {kinds}; {old} before {since}, never returned (CARIN Blue Button {guide})";
    encounters(count) = "{count} encounters";
    immunizations(count) = "{count} immunizations";

    // Implementation guides
    GUIDE = "Guide";
    VERSION = "Version";
    FHIR_VERSION = "FHIR version";
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
