//! An app's public keys. Their inputs: `model::client_keys`.

use model::texts;

texts! {
    TITLE = "Public keys";
    /// On the app's page.
    HINT =
        "Instead of sending a secret, a server app can sign with a private key that never leaves the server (private_key_jwt).";
    NONE = "No public keys are registered.";
    REGISTER = "Register keys";
    CHANGE = "Change keys";
    /// The brackets hold the app's name, here and below.
    ABOUT =
        "With its own key pair, [app] can authenticate with a signed assertion (private_key_jwt). Its secrets keep working. End \
         them if you do not need them. The keys that you save replace the current ones immediately.";

    REMOVE_NOW = "Remove the keys now";
    REMOVE_QUESTION = "Remove the public keys?";
    ABOUT_REMOVE =
        "We will immediately stop accepting what the private keys of [app] sign. You can register keys again at any time.";
    REMOVE = "Remove the keys";
}
