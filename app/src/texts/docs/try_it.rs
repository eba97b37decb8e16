//! Try it: a session as a test member, and requests.

use model::texts;

texts! {
    INTRO =
        "Send real requests to the sandbox as one of its test members. You do not need an account. Anyone who is signed in to our \
         portals in this browser stays signed in. All data is made up.";

    // The session
    MEMBER = "1. Sign in as a test member";
    ABOUT_SIGN_IN =
        "This page is an app with a client ID of its own. It sends you to the page on which members decide. Choose Allow there: \
         the page then exchanges the code for a token, with PKCE, and shows you each step. It refreshes the token for you, \
         and forgets everything after two hours.";
    WHO = "Test member";
    SIGN_IN = "Sign in";
    person(name, claims) = "{name} (claims: {claims})";
    NO_MEMBERS = "The sandbox of this server holds no test member who can sign in here.";
    SIGNED_IN_AS = "Signed in as";
    SCOPES = "Scopes";
    UNTIL = "Token valid until";
    SIGN_OUT = "Sign out";
    REFUSED = "The server did not give a token";
    NO_ANSWER = "The server did not answer. Try again.";

    // What happened
    STEPS = "What happened, step by step";
    AUTHORIZATION_REQUEST = "1. This page sent your browser to the authorization server";
    CALLBACK = "2. After your decision, the server sent it back with a code";
    TOKEN_REQUEST = "3. This page exchanged the code and its secret (the code verifier), or later its refresh token";
    TOKEN_RESPONSE = "4. The server answered with tokens";
    ACCESS_TOKEN = "The access token, decoded";
    ID_TOKEN = "The ID token, decoded";
    /// The brackets are code.
    ABOUT_DECODED = "Apps must not read an access token: what is in it may change. Its [scope] and [expires_in] are in the answer above.";

    // The request
    REQUEST = "2. Send a request";
    ABOUT_REQUEST = "Choose a resource. Its page has a form with each parameter of its search table.";
    /// The brackets are links.
    SEE = "See [its documentation], or choose [another resource].";
    REQUEST_OF = "Send a request";
    WITHOUT_TOKEN = "This request needs no token: anyone may read the directory.";
    SIGN_IN_FIRST = "This request needs a token. Sign in as a test member first: this page then sends it.";
    READ = "Read one";
    ID = "id";
    VERSION = "Version (optional)";
    SEND_READ = "Read";
    SEARCH = "Search";
    SEND_SEARCH = "Search";
    SEND = "Send";
    INCLUDE = "Also return";
    NOTHING = "Nothing else";
    SHAPE = "Includes, and the shape of the answer";
    MORE = "Anything else in the query";
    MORE_HINT = "As it is in the address: name:exact=Smith&_sort=-_lastUpdated";
    REQUIRED = "required";
    CAPABILITIES = "Capability statement";

    // The answer
    ANSWER = "Answer";
    SENT = "Request";
    sent(url) = "GET {url}";
    sent_with_token(url) = "GET {url}\nAuthorization: Bearer [TOKEN]";
    status(status, milliseconds, size) = "Status {status}, {milliseconds} ms on the server, {size}";
    bytes(count) = "{count} bytes";
    kilobytes(count) = "{count} kB";
    HEADERS = "Headers of the answer";
    BODY = "Body";
    cut(kilobytes) = "These are the first {kilobytes} kB of the body.";
    NEXT_PAGE = "Next page";
    WHY = "What the error means";
    /// The brackets are a link.
    MORE_ON_ERROR = "More in [the list of errors].";
    COPY_AS = "The same request elsewhere";
    /// The brackets are code.
    ABOUT_COPY = "Set [TOKEN] to the access token of the session.";
    TOKEN = "The access token of this session";
    CURL = "curl";
    CURL_TOKEN = "-H \"Authorization: Bearer $TOKEN\" ";
    JAVASCRIPT = "JavaScript";
    JAVASCRIPT_TOKEN = ", {\n  headers: { Authorization: `Bearer ${process.env.TOKEN}` },\n}";
    PYTHON = "Python";

    // From other pages
    RUN = "Run this example";
    TRY = "Try a request of your own";
    try_title(resource) = "Try {resource}";
    about_kind(resource) = "Send requests for {resource} to the sandbox, and see the answers.";
}
