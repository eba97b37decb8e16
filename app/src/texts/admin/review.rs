//! `/admin/reviews/{id}`: the decision, and who works on it. The inputs of the decision: `crate::admin::decide`.

use model::texts;

texts! {
    WOULD_CHANGE = "What would change";
    UNTIL_APPROVED = "Members see the approved version until you approve the change.";
    /// The brackets hold a link.
    NOT_KEPT =
        "We did not keep what was sent for this review: it was decided before we kept versions. [See the values of today.]";
    VIEW_REGISTRATION = "View Org Registration Info";
    VIEW_ATTESTATION = "View Org Attestation Info";

    DECISION = "Decision";
    /// On a phone, where the decision is below.
    GO_TO_DECISION = "Go to the decision";
    CONTACTS = "Contact";

    // The decision, outcome first
    OUTCOME = "What do you decide?";
    OUTCOME_MISSING = "Choose what you decide.";
    CRITERION = "Criterion";
    CRITERION_MISSING = "Choose the criterion for the denial.";
    COMMENT = "Comment to the owner";
    COMMENT_MISSING = "Enter a comment. The owner will read it.";
    COMMENT_HINT = "The owner reads it in the email and in the history. An approval needs none.";
    /// What the owner will read, by outcome.
    APPROVE_TOLD = "The owner gets an email that it was approved, with your comment.";
    ASK_TOLD = "The owner gets an email with your question, and can answer for 30 days. The clock starts again with the answer.";
    DENY_TOLD = "The owner gets an email with the criterion and your comment, and can correct it or appeal once.";
    DECIDE = "Decide";
    approve(name) = "Approve {name}";
    ask(name) = "Ask about {name}";
    deny(name) = "Deny {name}";
    /// The hint of the comment where an approval has to be explained, too.
    REASON_HINT =
        "The owner will read it. Enter a comment to deny, to ask for information, or to approve this organization: explain why \
         it is a different one.";
    APPROVE = "Approve";
    ASK = "Ask for information";
    DENY = "Deny";
    READ_ONLY = "You can read this review. Only reviewers and administrators can decide on it.";
    OWN_ORGANIZATION = "You belong to this organization, so another reviewer has to decide.";
    /// Who decided and when, in brackets.
    DECIDED_BY = "By [name], [time]";
    FIRST_APPROVAL = "First approval";
    /// In programs that require it.
    SECOND_NEEDED = "Two people have to approve this app. A second reviewer has to approve it, or deny it.";
    ALREADY_DECIDED = "Already decided";
    too_late(name, outcome) =
        "{name} decided first: {outcome}. We did not record your decision, and we emailed the owner only about theirs.";
    ANOTHER_REVIEWER = "Another reviewer";

    // Who works on it.
    CLAIM = "Claim";
    UNCLAIMED = "No one is working on this yet.";
    RELEASE = "Release";
    YOURS = "You are working on this.";
    taken(name) = "{name} is working on this, so only they can decide.";
    TAKE_OVER = "Take over";
    TAKE_OVER_TITLE = "Take over this review?";
    /// The person and the review, in brackets.
    TAKE_OVER_EFFECT =
        "[name] is working on [review]. If you take it over, they can no longer decide on it. Talk to them first if you can.";
}
