//! Registration of an app. Its inputs: `model::application_form`.

use model::texts;

texts! {
    TITLE = "Register New App";
    step(number) = "Register New App, step {number}";
    DETAILS = "App Details";
    REGISTRATION = "Application Registration";
    COMPANY = "Name of your company";
    /// Above a copy. The brackets hold the name of the app.
    COPIED =
        "We copied the values of [app] for production. Check them, above all the redirect URL. The app itself stays as it is.";
    CONTACT = "Provide contact information for your application's support department";
}
