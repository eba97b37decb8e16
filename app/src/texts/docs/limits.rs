//! The chapter about limits.

use model::texts;

texts! {
    RATES = "Calls per minute";
    ABOUT_RATES =
        "We count calls by your app, once it has authenticated, and by the network that they come from. So no other app can use up your \
         calls. All calls of a minute may come at once.";
    BY_CLIENT = "Each app";
    BY_NETWORK = "Each network (IPv4 address or IPv6 /64)";
    UNLIMITED = "No limit";
    a_minute(calls) = "{calls} calls a minute";
    ABOUT_HEADERS = "Every answer says what is left of the network's calls. An answer with the status 429 says when to come back.";
    HEADER_LIMIT = "Calls a minute";
    HEADER_REMAINING = "Calls that you have left";
    HEADER_RESET = "Seconds until you have all of them back";
    HEADER_RETRY = "Seconds to wait, with the statuses 429 and 503";
    /// The brackets are the link.
    TOO_MANY = "See [rate_limited] among the errors.";

    SIZES = "Sizes";
    BODY = "A form or a batch";
    QUERY = "An address, after the question mark";
    BATCH = "A batch";
    PAGE = "A page of search results";
    bytes(count) = "{count} bytes at most";
    entries(count) = "{count} entries at most";
    matches(count) = "{count} matches at most";

    LIFETIMES = "How long things are valid";
    REQUEST = "An authorization request, until the member answers";
    PUSHED = "A pushed authorization request";
    AUTHORIZATION_CODE = "An authorization code";
    ACCESS_TOKEN = "An access token";
    CONSENT = "A consent and its refresh token";
    minutes(count) = "{count} minutes";
    seconds(count) = "{count} seconds";
    days(count) = "{count} days, unless the member chooses otherwise";
}
