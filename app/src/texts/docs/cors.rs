//! The chapter about apps that run in a browser's page. The brackets are code.

use model::texts;

texts! {
    INTRO =
        "An app that runs in a browser's page can call these APIs directly. The browser lets the page read an answer only if our server \
         says so (CORS). We never accept cookies from other sites.";
    ADDRESS = "Address";
    WHO_MAY_READ = "Who may read the answers";
    WHY = "What you need to know";
    ANY_PAGE = "Any page";
    OWN_PAGES = "Pages of the calling app";
    NO_PAGE = "Not for scripts";
    DIRECTORY = "Public directory";
    DIRECTORY_WHY = "It is public, so the answer has [Access-Control-Allow-Origin: *].";
    DISCOVERY = "Discovery documents, public keys, and metadata";
    DISCOVERY_WHY = "They are the same for everyone.";
    TOKEN = "Token endpoint and its siblings";
    TOKEN_WHY =
        "Once we know which app calls, only pages from the origin of its redirect URI may read the answer. Register a redirect URI with \
         the origin of your page.";
    FHIR = "FHIR API with a token";
    FHIR_WHY = "The app that the token belongs to decides, in the same way.";
    AUTHORIZE = "Authorize endpoint";
    AUTHORIZE_WHY = "Send the browser there. Do not fetch it.";
    HEADERS = "Headers";
    ABOUT_HEADERS = "[Access-Control-Expose-Headers] lets your page read these headers:";
    READABLE = "Readable headers";
    PREFLIGHTS = "Preflights";
    ABOUT_PREFLIGHTS =
        "A preflight ([OPTIONS]) allows GET, HEAD and POST with any header, for an hour. It does not decide who may read the answer: the \
         answer to the call does.";
}
