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
}
