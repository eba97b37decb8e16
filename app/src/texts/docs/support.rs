//! The chapters of the part "Support".

use model::texts;

texts! {
    HOURS = "General support hours";
    hours(printed) = "General support is available {printed}, but not on holidays or weekends. These hours apply to:";
    MONITORING = "System monitoring";
    TIMES = "Registration and response times";
    PUBLIC_ENDPOINTS = "Registration and authentication is not required for public endpoints.";
    ABOUT_TIMES = "We accept registrations of organizations and applications from vendors, and answer them as follows:";
    REGISTRATION_TYPE = "Registration type";
    SUPPORT_REQUEST = "Support request";
    ESTIMATED = "Estimated response time ¹";
    FEEDS = "Data feed timeframes";
    DATA = "Data";
    TIMEFRAME = "Data feed timeframe";
    CONTACT = "Contact Us";
    /// The brackets are the link.
    STATUS = "See [the status of the system] for what answers now and how fresh the data is.";
    DISCLAIMERS = "Disclaimers";
}
