//! The names of the chapters, where the program file does not name them, and what each is about.

use model::texts;

texts! {
    // Parts of the list
    START = "Get started";
    AUTHORIZATION_PART = "Authorization";
    API = "API";
    SUPPORT_PART = "Support";

    OVERVIEW = "Overview";
    ABOUT_OVERVIEW = "What the program offers, how apps use it, and its release notes.";
    SANDBOX = "Join the developer sandbox";
    ABOUT_SANDBOX = "Register a sample app, step by step, and read synthetic data of a sample patient.";
    TRY_IT = "Try it";
    ABOUT_TRY_IT = "Send real requests to the sandbox from this page, as one of its test members.";
    MEMBERS = "Sandbox members";
    ABOUT_MEMBERS = "The synthetic members of the sandbox, and what each of them is for.";
    PRODUCTION = "Production API access";
    ABOUT_PRODUCTION = "How an app moves from the sandbox to members' real data.";

    AUTHORIZATION = "Authorization";
    ABOUT_AUTHORIZATION = "Who needs to register, what an app receives, and the addresses of the authorization server.";
    SCOPES = "API permissions and scopes";
    ABOUT_SCOPES = "The scopes that an app can request, and what each gives access to.";
    CONSENT = "Consent";
    ABOUT_CONSENT = "What members decide, what your app has to expect, and how to explain why you need data.";
    PAYERS = "Payers";
    ABOUT_PAYERS = "The payers whose members can share their data.";
    ENVIRONMENTS = "Environments";
    ABOUT_ENVIRONMENTS = "Production and sandbox, and what each is called in URLs.";
    NATIVE_APPS = "Native mobile application support";
    ABOUT_NATIVE_APPS = "PKCE with a worked example and a calculator, and the protocols of redirect URIs.";
    AUTHORIZATION_REQUEST = "Authorization request";
    ABOUT_AUTHORIZATION_REQUEST = "The parameters of the request, two examples, and what comes back to your app.";
    TOKEN = "Token request";
    ABOUT_TOKEN = "Exchange the code for tokens: parameters, sample requests, and the response.";
    CLIENT_CREDENTIALS = "Client credentials (system-to-system)";
    ABOUT_CLIENT_CREDENTIALS = "Get a token for public data without a member.";
    REFRESH = "Refresh tokens";
    ABOUT_REFRESH = "Get a new access token when the old one has expired.";
    USING_TOKENS = "Using access tokens";
    ABOUT_USING_TOKENS = "Send the access token with each request of the FHIR API.";
    AUTHENTICATION = "Client authentication";
    ABOUT_AUTHENTICATION = "Secrets, signed assertions, pushed requests, and tokens that are bound to a key.";

    GUIDES = "Implementation Guide (IG) versions supported";
    ABOUT_GUIDES = "The implementation guides that our resources conform to, their histories, and a validator.";
    ENDPOINTS = "Authorization Endpoints";
    ABOUT_ENDPOINTS = "Which endpoints need authorization, which do not, and where all of them answer.";
    LAUNCH = "Patient access authentication launch URLs";
    ABOUT_LAUNCH = "The address that sends members straight to their payer's sign-in.";

    GUIDELINES = "Developer guidelines";
    ABOUT_GUIDELINES = "What we expect of apps, for the sake of their members.";
    SUPPORT = "Support and Registration Information";
    ABOUT_SUPPORT = "Support hours, response times, data feed timeframes, and how to contact us.";
    QUALITY = "Status and quality";
    ABOUT_QUALITY = "How well the endpoints worked, how new the data is, and how your app can check an endpoint.";
    TERMS = "Terms and Conditions";
    ABOUT_TERMS = "The terms of the program for vendors.";

    /// In the list, where a group's own page introduces its resources.
    GROUP = "All resources";
    /// Of a page that introduces a group of resources.
    about_group(group) = "{group}: the resources, and what they have in common.";
    about_resource(title, source) = "{title} ({source}): requests, search parameters, and examples.";

    QUICK_START = "Quick start";
    ABOUT_QUICK_START = "Read a test member's record with a program of your own in five minutes, without registration.";
    SAMPLES = "Code samples";
    ABOUT_SAMPLES = "Each task of an app as a small program in curl, JavaScript, Python and Rust.";
    NOTICES = "Notices about access";
    ABOUT_NOTICES = "How your app learns at once that a member ended or changed its access (RFC 8417).";
    DISCOVERY = "Discovery documents";
    ABOUT_DISCOVERY = "The documents by which client libraries find every address and option.";
    ERRORS = "Errors";
    ABOUT_ERRORS = "Every error that the APIs answer with, its cause, and what an app does about it.";
    PAGING = "Pages of results";
    ABOUT_PAGING = "How to read all results of a search.";
    SYNC = "Follow changes";
    ABOUT_SYNC = "How to read only what is new or has changed since the last time, by _lastUpdated.";
    LIMITS = "Limits";
    ABOUT_LIMITS = "How often an app may call, how large requests may be, and how long things are valid.";
    CORS = "Apps in a browser (CORS)";
    ABOUT_CORS = "Which answers a page of another site may read.";
    OPENAPI = "OpenAPI";
    ABOUT_OPENAPI = "The OpenAPI 3.1 document of each base, to read and to download.";
    DICTIONARY = "Data dictionary";
    ABOUT_DICTIONARY = "The elements of each profile: how many, of which type, and what they mean.";
    CHANGES = "Changes";
    ABOUT_CHANGES = "What changed in this program, also as a feed.";
}
