//! The names of the chapters, where the program file does not name them, and what each is about.

use model::texts;

texts! {
    // Parts of the list
    START = "Get started";
    AUTHORIZATION = "Authorization";
    API = "API";
    SUPPORT = "Support";

    OVERVIEW = "Overview";
    ABOUT_OVERVIEW = "What the program offers, where it answers, and its release notes.";
    SCOPES = "API permissions and scopes";
    ABOUT_SCOPES = "The scopes that an app can request, and what each gives access to.";

    QUICK_START = "Quick start";
    ABOUT_QUICK_START = "Read a test member's record with a program of your own in five minutes, without registration.";
    SAMPLES = "Code samples";
    ABOUT_SAMPLES = "Each task of an app as a small program in curl, JavaScript, Python and Rust.";
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
