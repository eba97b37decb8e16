//! The chapter about status and quality.

use model::texts;

texts! {
    PAGE = "What the status page says";
    /// The brackets are the link.
    SEE_PAGE = "[The status page] needs no sign-in, and is about every program. We look each time someone opens it.";
    BASES = "State of an endpoint";
    ABOUT_BASES =
        "“Works” means that the database answers. An authorization server must also have a key to sign tokens with. The page says \
         nothing about your own app: your tokens, limits, and blocks.";
    DATES = "Date of the data";
    /// The brackets hold code, here and below.
    ABOUT_DATES =
        "For each kind of data and each environment, it is the day of the last load that brought such data. Each resource has its own \
         date in [meta.lastUpdated].";

    PROMISES = "What we promise";
    /// The brackets are the link.
    MONITORED = "We monitor the system at all hours: see [system monitoring]. Within support hours, people answer.";
    FEEDS = "We load data within these times. The status page shows whether we did:";

    PROBES = "Check an endpoint yourself";
    ABOUT_PROBES = "None of these calls needs a token. They count toward the limit of your network.";
    METADATA = "The FHIR API answers with its CapabilityStatement:";
    DISCOVERY = "The authorization server answers with its metadata:";
    READY = "The whole system answers [ready], or 503 while it cannot do its work:";

    FAILURES = "When a call fails";
    REQUEST_ID = "Every answer has the header [X-Request-Id]. Send us its value, and we find the call in our logs.";
    RETRY = "Answers with the status 429 or 503 say in [Retry-After] when to come back.";
    /// The brackets are the link.
    SEE_ERRORS = "All errors are in the [error catalogue].";
}
