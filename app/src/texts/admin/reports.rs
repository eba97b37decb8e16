//! What members reported about an app.

use model::{sentences, texts};
use oauth::reports::Reason;

texts! {
    TITLE = "Reports by members";
    NONE = "No member has reported this app.";
    ABOUT = "Vendors do not see these reports. Do not repeat to a vendor what could show who wrote one.";
    DATE = "Date";
    REASON = "Reason";
    PLAN = "Health plan";
    COMMENT = "What happened";
}

sentences! {
    pub(crate) reason(Reason) {
        Misleading = "It does something else than it said";
        TooMuch = "It wants more than it needs";
        Shares = "It shares or sells data";
        Fraud = "It asked for a password or looks like a fraud";
        WillNotStop = "It does not delete data";
        Other = "Something else";
        Unknown = "Unknown";
    }
}
