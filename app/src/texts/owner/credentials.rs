//! Client ID and secrets: after a registration, a new secret, the end of a secret.

use model::texts;

texts! {
    CLIENT_ID = "Client ID";
    SECRET_ID = "Secret ID";
    SHOWN_ONCE = "We show this secret only once.";
    /// The brackets are the link.
    SHOWN_BEFORE = "We showed the secret once and do not keep it. If you lost it, [generate a new secret].";

    // A new secret
    GENERATE = "Generate new secret";
    /// The brackets hold the app's name, here and below.
    ABOUT_GENERATE = "We show the new secret of [app] only once, on the next page.";
    NEW = "New secret";
    RECORD = "Please take a moment and record the new secret of [app].";

    // The end of one
    END_NOW = "End this secret now";
    END_QUESTION = "End this secret?";
    /// The second brackets hold a time.
    ABOUT_END =
        "The secret of [app] that you created on [time] will stop working immediately. Servers that still use it will not get \
         tokens. You cannot undo this.";
    END = "End this secret";
}
