//! Support hours and response times.

use model::texts;

texts! {
    TITLE = "Support";
    HOW =
        "When you write to us, include the name of your organization and the Client ID of the app. Never send a secret or a \
         member's data.";
    HOURS = "General support hours";
    hours(days_and_times) = "{days_and_times}. General support is not provided on holidays or weekends.";
    COVERS = "General support hours apply to";
    OPEN = "Open now";
    CLOSED = "Closed now";
    /// The brackets hold a time.
    OPENS = "Opens [time]";

    RESPONSE_TIMES = "Response times";
    REQUEST = "Request";
    RESPONSE_TIME = "Estimated response time";
}
