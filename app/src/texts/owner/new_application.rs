//! Registration of an app. Its inputs: `model::application_form`.

use model::texts;

texts! {
    TITLE = "Register New App";
    step(number) = "Register New App, step {number}";
    DETAILS = "App Details";
    REGISTRATION = "Application Registration";
    COMPANY = "Name of your company";
    CONTACT = "Provide contact information for your application's support department";
}
