//! The reports.

use model::{sentences, texts};
use oauth::grants::EndedBy;

use crate::admin::figures::Kind;

texts! {
    TITLE = "Reports";
    CONTENTS = "Reports on this page";
    NOTHING = "Nothing in this period.";
    about_period(period) = "{period}. Days are those of the program's time zone, and the last one is not over.";
    period(first, last) = "{first} – {last}";
    /// A link to a file of a report.
    file(report, format) = "{report}, {format}";

    // The filter
    PROGRAM = "Program";
    ENVIRONMENT = "Environment";
    PERIOD = "Period";
    YEAR = "Year";
    ALL_PROGRAMS = "All programs";
    BOTH_ENVIRONMENTS = "Both environments";
    MONTH = "30 days";
    QUARTER = "90 days";
    TWELVE_MONTHS = "365 days";
    SHOW = "Show";

    // Columns
    SUBJECT = "Registrations of";
    SUBMITTED = "Submitted";
    DECIDED = "Decided";
    APPROVED = "Approved";
    DENIED = "Denied";
    MEDIAN_DAYS = "Median days";
    NINETIETH_DAYS = "90% within days";
    LATE = "Decided late";
    OVERDUE_NOW = "Overdue now";
    CRITERION = "Criterion";
    /// Denied without a criterion that we know of.
    NOT_KEPT = "Not recorded";
    DENIALS = "Denials";
    PLAN = "Health plan";
    ALL_PLANS = "All plans, each person once";
    /// A plan in an environment.
    of_plan(plan, environment) = "{plan}, {environment}";
    ACTIVE_GRANTS = "Active";
    ENDED_BY = "Ended by";
    ENDED = "Ended";
    DAY = "Day";
    CALLS = "Calls";
    ERRORS = "Errors";
    ENDPOINT = "Endpoint";
    STATUS = "Status";
    WHAT = "What";
    TIMES = "Times";
    answered_within(api) = "{api}: 95% answered within milliseconds";
    MEMBERS = "Members";
    MORE_THAN_ONCE = "More than once";
    TWO_CALLS = "Two calls or more";
}

sentences! {
    pub(crate) title(Kind) {
        Registrations = "Registrations and time to decision";
        Denials = "Denials by criterion";
        Active = "Active access";
        Ended = "Access that ended";
        Traffic = "API traffic";
        Endpoints = "Traffic by endpoint";
        Errors = "Errors by status";
        Authorizations = "Authorizations";
        PatientAccess = "CMS Patient Access metrics";
    }
}

sentences! {
    pub(crate) about(Kind) {
        Registrations =
            "Submissions and decisions of the period, changes under review included. Days run by the clock; late means after the \
             deadline of 5 business days.";
        Denials = "Why reviewers denied a registration or a change.";
        Active = "What members allow apps now.";
        Ended = "Access that ended in the period, by who ended it.";
        Traffic = "All calls of the FHIR and OAuth endpoints. An error is a status from 400 on.";
        Endpoints = "The chart shows the 12 endpoints with the most calls.";
        Errors = "How often each error was the answer.";
        Authorizations =
            "What came of the requests that apps sent members with, and how often tokens were refreshed. Requests that no one \
             answered are the rest of those that started.";
        PatientAccess =
            "Unique members whose data went to an app of their choice in the year, and those of whom this is true on two days or \
             with two apps. The last column is the looser reading of \"more than once\". Production only.";
    }
}

sentences! {
    pub(crate) ended_by(EndedBy) {
        Member = "The member";
        Administrator = "An administrator for the member";
        Payer = "The health plan: the person is not its member";
        Representation = "The end of a representation";
        Vendor = "The vendor: the app was deleted";
        App = "The app";
        Time = "Its time was over";
        Superseded = "A later consent";
        Unknown = "Unknown";
    }
}
