//! Drafts of registrations.

use model::texts;

texts! {
    IN_PROGRESS = "In progress";
    kept_for(days) = "We keep a draft for {days} days after you last save it. Only you can see your drafts.";

    // Columns
    NAME = "Name";
    KIND = "Registration";
    SAVED = "Last saved";
    WHAT_TO_DO = "What you can do";

    UNNAMED = "No name yet";
    APPLICATION = "New application";
    ORGANIZATION = "New organization";
    CORRECTION = "Organization registration";
    OF_ANOTHER_VERSION = "Unknown";
    CONTINUE = "Continue";
    DELETE = "Delete";

    DELETE_QUESTION = "Delete this draft?";
    ABOUT_DELETE = "You cannot get it back.";
    DELETE_DRAFT = "Delete the draft";

    // Under the form
    SAVE_FOR_LATER = "Save for later";
    LAST_SAVED = "Last saved:";
    NOT_SAVED = "We save your entries in a draft. You can leave and come back.";
    SAVING = "Saving…";
    NOT_SAVED_NOW = "We could not save your entries. We will try again in a few seconds.";
    STALE =
        "This draft was saved in another tab or on another device. We no longer save here as you type. Press Continue to \
         compare the two.";
    ENDING = "Your session ends in 2 minutes. Your draft stays saved, and you return to it after you sign in again.";
    ENDED = "Your session has ended. Your draft is saved. Sign in again in another tab, then continue here.";
    STAY = "Stay signed in";

    // In a tab that shows an older version
    CHANGED_ELSEWHERE = "This draft was saved elsewhere";
    SAVED_ELSEWHERE = "The other tab or device saved it:";
    CHOOSE_A_STATE = "Continue with what you typed here, or use the saved draft.";
    USE_THE_DRAFT = "Use the saved draft";
    COMPARE = "The saved draft and your entries";
    FIELD = "Field";
    IN_THE_DRAFT = "In the saved draft";
    TYPED_HERE = "Typed here";
    EMPTY = "(empty)";
}
