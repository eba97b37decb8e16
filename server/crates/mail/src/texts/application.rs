//! To the owner of an app.

use model::{partition::Environment, sentences, texts};

texts! {
    APPLICATION = "Application";
    PROGRAM = "Program";
    ENVIRONMENT = "Environment";
    CLIENT_ID = "Client ID";

    REGISTERED = "Your application is registered";
    REGISTERED_BODY = "Your application is registered. Its credentials work now.";

    RECEIVED = "We received your application";
    RECEIVED_BODY = "Your application is registered. Its access to member data is waiting for review.";
    DIRECTORY_WORKS = "Its access to the public provider directory works now.";
    NOTHING_WORKS_YET = "Its credentials will work once we approve the application.";

    APPROVED = "Your application was approved";
    APPROVED_BODY = "Your application was approved. Its credentials work now.";
    DENIED = "Your application was not approved";
    DENIED_BODY = "Your application was not approved.";
    SUBMIT_AGAIN = "You can correct the registration and submit it again.";

    CHANGE_RECEIVED = "We received the change to your application";
    CHANGE_RECEIVED_BODY = "Your change is waiting for review. Until we approve it, members see the approved version.";
    CHANGE_APPROVED = "The change to your application was approved";
    CHANGE_APPROVED_BODY = "Your change was approved. It is in effect now.";
    CHANGE_DENIED = "The change to your application was not approved";
    CHANGE_DENIED_BODY = "Your change was not approved. The version of your application that we approved before stays in effect.";
    SUBMIT_CHANGE_AGAIN = "You can correct the change and submit it again.";

    ASKED = "We need more information about your application";
    ASKED_BODY = "Before we decide on your application, please answer this:";

    SUSPENDED = "Your application was suspended";
    SUSPENDED_BODY = "Your application was suspended. Its tokens have stopped working.";
    REVOKED = "Your application was revoked";
    REVOKED_BODY =
        "Your application was revoked for good. Its credentials and tokens have stopped working, the access that members gave it has \
         ended, and no one can register it again. We emailed the members.";
    REACTIVATED = "Your application is active again";
    REACTIVATED_BODY = "Your application is active again, and its credentials work again.";

    SECRET = "A new client secret was generated";
    SECRET_BODY = "A new client secret was generated for your application.";
    OLD_SECRETS_ENDED = "Earlier secrets have stopped working.";
    old_secret_works(until) = "The earlier secret works until {until} UTC.";
    SECRET_NOT_YOU = "If no one on your team did this, sign in, generate a new secret, and end the old ones now.";

    SECRET_ENDS = "A client secret ends soon";
    secret_ends_in(days) = "A client secret of your application ends in {days} days. Bring the other secret to your servers before.";
    SECRET_ENDS_TOMORROW =
        "A client secret of your application ends within 24 hours. Bring the other secret to your servers before.";
    SECRET_CREATED = "Secret of";
    SECRET_END = "Ends";
    SECRET_LAST_USED = "Last used";
    SECRET_NEVER_USED = "Not since we began to record this";
    utc(time) = "{time} UTC";

    KEYS = "The public keys of your application changed";
    KEYS_REGISTERED = "New public keys were registered for your application. We accept what they sign from now on.";
    KEYS_REMOVED = "The public keys of your application were removed. We no longer accept what they sign.";
    KEYS_NOT_YOU = "If no one on your team did this, sign in, and register your own keys again or remove the keys.";

    NOTICES = "The notice address of your application changed";
    NOTICES_SET = "A notice address was registered for your application. Notices about its access go there from now on.";
    NOTICES_REMOVED = "The notice address of your application was removed. Your application no longer gets notices about its access.";
    NOTICE_ADDRESS = "Notice address";
    NOTICES_NOT_YOU = "If no one on your team did this, sign in and correct the address.";
}

sentences! {
    pub(crate) environment(Environment) {
        Sandbox = "Sandbox";
        Production = "Production";
    }
}
