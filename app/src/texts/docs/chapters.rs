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
    TERMS = "Terms and Conditions";
    ABOUT_TERMS = "The terms of the program for vendors.";

    /// In the list, where a group's own page introduces its resources.
    GROUP = "All resources";
    /// Of a page that introduces a group of resources.
    about_group(group) = "{group}: the resources, and what they have in common.";
    about_resource(title, source) = "{title} ({source}): requests, search parameters, and examples.";
}
