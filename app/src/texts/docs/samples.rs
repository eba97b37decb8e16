//! The chapter with code samples. The code is in files of its own.

use model::{sentences, texts};

use crate::docs::samples::Language;

texts! {
    ABOUT_FILES =
        "Each task in four languages. Our tests run every sample against the server. The samples in curl need \
         bash, jq and openssl. Those in JavaScript need Node.js 18 or later, and those in Python need Python 3.10 or later. \
         Neither needs a package. Those in Rust use reqwest, oauth2, serde_json and tokio.";
    /// The brackets are code.
    VARIABLES =
        "Everything comes from environment variables. [CLIENT_ID] is your app's client ID. A confidential app also sets \
         [CLIENT_SECRET]. A public app leaves it out. Each sample prints what the next one needs.";
    SET_VARIABLES = "The addresses for your app";
    download(file) = "Download {file}";

    DIRECTORY = "Search the public directory";
    ABOUT_DIRECTORY = "You do not need a token. Set NAME to the beginning of a name.";
    CLIENT_CREDENTIALS = "Read the directory with a token";
    ABOUT_CLIENT_CREDENTIALS = "A confidential app gets a token for itself, without a member. The token opens the directory only.";
    AUTHORIZE = "Send the member to sign in";
    ABOUT_AUTHORIZE =
        "Make the address of the authorization request with PKCE, and send the member's browser there. Set REDIRECT_URI and \
         SCOPE. Remember the verifier and the state.";
    EXCHANGE = "Exchange the code for tokens";
    ABOUT_EXCHANGE =
        "The member returns to your redirect URI with code and state. Check that the state is yours. Then set CODE and \
         CODE_VERIFIER and exchange the code within a minute. Keep the tokens secret.";
    REFRESH = "Refresh the access token";
    ABOUT_REFRESH = "Set REFRESH_TOKEN. The answer has a new access token for the same member.";
    CLAIMS = "Read a member's claims";
    ABOUT_CLAIMS =
        "Set ACCESS_TOKEN, and PATIENT to the patient of the token response. Follow the next links until there are none. The \
         page size here is small to show it. Use larger pages in your app.";
    SYNC = "Read only what changed";
    ABOUT_SYNC =
        "The first call reads everything. Set SINCE to what it prints, and the next call reads only what is new or changed.";
    ERRORS = "Handle errors";
    ABOUT_ERRORS =
        "Set REQUEST to an address below the FHIR base, such as Coverage. The sample says what an app does with each kind of answer.";
    REVOKE = "Give a token back";
    ABOUT_REVOKE =
        "When the member disconnects your app on your side, give the refresh token back. Its access tokens stop working at once.";
}

sentences! {
    pub(crate) language(Language) {
        Curl = "curl";
        JavaScript = "JavaScript";
        Python = "Python";
        Rust = "Rust";
    }
}
