//! Where an app hears of changes of its access.

use model::{sentences, texts};
use oauth::app_notices::Kind;

texts! {
    TITLE = "Notices about access";
    /// On the app's page.
    HINT =
        "We can tell your app when a member ends, narrows, or lengthens its access, so that you need not find out by a refused call.";
    NONE = "No notice address is registered.";
    REGISTER = "Register an address";
    CHANGE = "Change the address";
    ADDRESS = "Address";
    SINCE = "Registered";
    /// The brackets hold the app's name, here and below.
    ABOUT =
        "We send [app] a signed Security Event Token (RFC 8417) with POST when a member's decision changes what it may read. \
         Answer with status 202. We try again for 7 days. The token contains no health data and no name.";
    TEST = "Send a test event";
    REMOVE = "Remove the address";
    REMOVE_QUESTION = "Remove the notice address?";
    ABOUT_REMOVE = "[app] will no longer get notices. Notices that are still waiting are deleted.";

    // What became of the newest
    NEWEST = "Newest notices";
    WHAT = "Event";
    WHEN = "Created";
    RESULT = "Result";
    TRIES = "Tries";
    NOTHING_SENT = "No notices yet.";
    DELIVERED = "Delivered";
    WAITING = "Waiting";
    GAVE_UP = "Given up";
    status(number) = "Your server answered with status {number}, not 202.";
    NOT_PUBLIC = "The name leads to an address that is not public.";
    UNREACHABLE = "No secure connection, or no answer within 3 seconds.";
    OTHER = "We could not send it.";
}

sentences! {
    pub(crate) kind(Kind) {
        Ended = "Access ended";
        Changed = "Access changed";
        Test = "Test";
        Unknown = "Unknown";
    }
}
