//! To a program's support desk, about an app that a member reported.

use model::texts;

texts! {
    filed(app) = "A member reported an app: {app}";
    FILED_BODY =
        "A member reported an app that they had connected. In the administration portal, you can read why.";
    APP = "App";
    READ = "Read the report";
}
