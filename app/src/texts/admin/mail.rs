//! `/admin/mail`

use model::texts;

texts! {
    TITLE = "Undelivered mail";
    ABOUT =
        "We stop sending a message when the recipient's server has refused it three times, or when its link has expired. We then \
         delete its text. If an address is wrong, we cannot reach its holder by email: call them, or correct the address with \
         them.";
    ALL_DELIVERED = "All mail was delivered";
    NOTHING_WAITS = "No message was refused or is waiting to be sent again.";

    TO = "To";
    SUBJECT = "Subject";
    WRITTEN = "Written";
    STATE = "State";
    SERVER_SAID = "What the mail server said";

    /// Since when, in brackets.
    GIVEN_UP = "Given up [time]";
    tried(attempts) = "We will try again. Attempts so far: {attempts}";
}
