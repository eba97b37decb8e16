//! What needs the vendor, and what waits for us.

use model::texts;

texts! {
    ONE_NEEDS_YOU = "1 thing needs you";
    need_you(count) = "{count} things need you";
    ORGANIZATION_ASKED = "Answer the reviewer's question about your organization";
    ORGANIZATION_DENIED = "Your organization was not approved: read why, and submit it again";
    app_asked(app) = "Answer the reviewer's question about {app}";
    app_denied(app) = "{app} was not approved: read why, and submit it again";
    change_asked(app) = "Answer the reviewer's question about the change of {app}";
    change_denied(app) = "The change of {app} was not approved: read why";
    secret_ends(app, date) = "A secret of {app} ends on {date}";

    WAITING = "Waiting for us";
    WHAT = "What";
    SUBMITTED = "Submitted";
    WE_ANSWER = "We answer";
}
