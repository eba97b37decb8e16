//! The chapter about changes. What changed is in the program's own words.

use model::texts;

texts! {
    /// The brackets are the link.
    INTRO =
        "What changed for apps, newest first. Subscribe to the [Atom feed]. We also email the owners of apps that are registered for this \
         program.";
    NONE = "Nothing has changed since this documentation was first published.";
    VERSIONS = "Versions of the published document";
    ABOUT_VERSIONS = "These release notes were published with the program's document, newest first.";
}
