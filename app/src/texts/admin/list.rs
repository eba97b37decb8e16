//! `/admin/organizations/{id}/list/{program}`: which apps of an organization may be used in a program

use model::{application::ListKind, sentences, texts};

texts! {
    TITLE = "Apps that may be used";
    ABOUT =
        "In each program, all apps of the organization may be used, or only those that an administrator lists, or all but those. This \
         is apart from blocking.";
    of(name, program) = "Which apps of {name} may be used in {program}?";
    EFFECT =
        "This takes effect at once. Tokens of an app that may not be used stop working at the next call, and members see that it has no \
         access. Grants stay: when the app may be used again, tokens that are still valid work again. With a list of allowed apps, a new \
         app may be used only after someone adds it.";
    PROGRAM = "Program";
    RULE = "Rule";
    KEPT_OUT = "May not be used";
    SET = "Set";
    ALL = "All apps may be used";
    NO_APPS = "The organization has no apps yet.";
    CHANGE = "Change";
    /// For screen readers, after the words of the link.
    in_program(program) = "in {program}";
    SAVE = "Save the list";
    KEEPS_OUT = "An administrator's list keeps it out of";
    members_and_tokens(members, tokens) = "{members} and {tokens} now";
}

sentences! {
    pub(crate) kind(ListKind) {
        Allow = "Only the listed apps may be used";
        Deny = "All but the listed apps may be used";
        Unknown = "Unknown";
    }
}
