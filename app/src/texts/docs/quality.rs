//! The chapter about status and quality.

use model::{probe::Step, sentences, texts};

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

    FIGURES = "How well it worked";
    ABOUT_FIGURES =
        "These are the figures of this program alone. All but the uptime are of production, for whole days until yesterday. Shares are \
         rounded down.";
    MEASURE = "Measure";
    MONTH = "Last 30 days";
    HALF_YEAR = "Last 180 days";
    AUTHORIZATIONS = "Authorizations that succeeded";
    REFRESHES = "Refreshes that succeeded";
    P95_FHIR = "95% of FHIR calls answered within";
    P95_OAUTH = "95% of authorization server calls answered within";
    P95_DIRECTORY = "95% of public directory calls answered within";
    UPTIME = "Uptime of the sandbox";
    REVIEWS = "Reviews of apps on time";
    SANDBOX_SUPPORT = "Sandbox support answered on time";
    PRODUCTION_SUPPORT = "Production support answered on time";
    percent(share) = "{share}%";
    milliseconds(within) = "{within} ms";
    of_probes(share, passed, due) = "{share}% ({passed} of {due} checks)";
    few(fewest) = "Fewer than {fewest} cases";
    NOT_CHECKED = "Not checked";
    as_of(time) = "As of {time}.";
    measured_since(day) = "We have checked the sandbox since {day}.";
    LONGEST = "The longest access that a member can allow";
    days(count) = "{count} days";

    MEANING = "What the figures mean";
    ABOUT_AUTHORIZATIONS =
        "Of the requests that led a member to our pages, those that ended with a code for the app. We leave out requests that the member \
         refused or canceled. Members who left without an answer count as not succeeded.";
    ABOUT_REFRESHES =
        "Of the calls with a refresh token, those that got a new access token. A refresh also fails after the member has ended the \
         access. Calls of clients that we do not know are left out.";
    ABOUT_P95 =
        "We measure the time on our servers, without the network, and count calls in ranges. The figure is the upper end of a range.";
    ABOUT_UPTIME =
        "Of the checks of the sandbox that were due, those that passed. A check that did not run, because the server was down, has not \
         passed.";
    ABOUT_ON_TIME =
        "Of the answers that were due, those that we gave within the time that we promise. Planned and unplanned outages pause that time.";
    SMALL = "Small numbers";
    small_numbers(fewest) =
        "We publish no figure of fewer than {fewest} cases, and no counts of calls, members, or requests. No one can learn from them what \
         one person did.";

    CHECK = "How we check the sandbox";
    ABOUT_CHECK =
        "At fixed intervals, our server does what your app does: it sends an authorization request with PKCE, signs in as a test \
         member, allows access, exchanges the code, reads the member's Patient, and revokes the token. Each step must give the right answer.";
    INTERVAL = "Time between checks";
    ONE_MINUTE = "1 minute";
    minutes(count) = "{count} minutes";
    CHECK_IS_OFF = "We do not check the sandbox of this program at the moment.";
    LAST_CHECK = "Last check";
    passed(time, took) = "{time}: passed in {took} ms";
    failed(time, step) = "{time}: failed. {step}";
    running(time) = "{time}: not ended";
    PROFILES = "Supported profiles";
    JSON = "The same as JSON";
    /// The brackets hold code.
    ABOUT_JSON =
        "Anyone can read the figures, without a token and from any web page. The names of the fields stay. A figure that we do not publish \
         is [null]. We measure again after 5 minutes.";

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

sentences! {
    /// What did not work.
    pub(crate) failed_step(Step) {
        Prepare = "The check could not begin.";
        Authorize = "The authorization request did not lead to the consent page.";
        SignIn = "The test member could not sign in.";
        Member = "The test member could not be chosen.";
        Consent = "The consent page did not lead back to the app with a code.";
        Token = "The token endpoint did not give a token for the code.";
        Read = "The FHIR API did not return the member's record.";
        Revoke = "The token was not revoked.";
        Unknown = "We do not know the step.";
    }
}
