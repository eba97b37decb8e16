//! Deactivating and deleting an app.

use model::texts;

texts! {
    DEACTIVATE_QUESTION = "Deactivate this application?";
    /// The brackets hold the app's name, here and below.
    ABOUT_DEACTIVATE =
        "[App] will stop working immediately. No one can sign in through it, and its tokens stop working. You can reactivate it \
         at any time, and members do not have to consent again.";
    DELETE_QUESTION = "Delete this application?";
    ABOUT_DELETE =
        "[App] will stop working immediately. Its credentials and tokens end, and so does the access that members allowed it. \
         We will email those members. You cannot undo this. To stop the application for a while, deactivate it instead.";
}
