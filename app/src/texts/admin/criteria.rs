//! `/admin/criteria`: by what reviewers deny.

use model::texts;

texts! {
    TITLE = "Criteria for denials";
    ABOUT =
        "Reviewers deny by one of these criteria, and the owner reads its sentence. Criteria must be objective, and the same for \
         every app. The words of a criterion never change, because past decisions show them. To change them, add another criterion \
         and retire this one.";
    SENTENCE = "What the owner reads";
    DENIALS = "Denials";
    STATE = "State";
    IN_USE = "In use";
    RETIRED = "Retired";
    ADDED = "Added";
    /// Not added by a person.
    BUILT_IN = "Came with FLEX";
    RETIRE = "Retire";
    RESTORE = "Put back into use";
    /// Why one cannot be retired.
    ALWAYS = "Used when no answer comes in time";
    ADD_TITLE = "Add a criterion";
    ADD = "Add the criterion";
    SENTENCE_HINT = "One sentence that the owner can check. It stands in the email and in the history, before the reviewer's comment.";
}
