//! `/`, in the words of the seed programs.

use model::texts;

texts! {
    TITLE = "Welcome";
    WELCOME = "Welcome to [FHIR Layer EXchange]";
    CHOOSE = "Please choose a role to login";
    OWNER = "App Owner";
    ABOUT_OWNER = "Registration portal for vendors to register applications to access members data";
    ADMIN = "Administrative & Support Portal";
    ABOUT_ADMIN = "Review 3rd party application registration requests for approval";
    MEMBER = "CMS Interoperability Member Portal";
    ABOUT_MEMBER = "Member portal to review applications currently accessing their data";
}
