//! `/admin/reviews/{id}`: the decision, and who works on it. The inputs of the decision: `crate::admin::decide`.

use model::texts;

texts! {
    WOULD_CHANGE = "What would change";
    UNTIL_APPROVED = "Members see the approved version until you approve the change.";
    APPLICATION_WITH_CHANGE = "The application with the change";
    VIEW_REGISTRATION = "View Org Registration Info";
    VIEW_ATTESTATION = "View Org Attestation Info";

    DECISION = "Decision";
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
