//! What reviewers decide, and by which criterion.

words! {
    /// How a review ended.
    Outcome {
        Approved = "approved",
        Denied = "denied",
        InformationAsked = "information_asked",
        /// The owner took the registration back before anyone decided.
        Withdrawn = "withdrawn",
        ..Unknown
    }
}

words! {
    /// What a review is about.
    ReviewKind {
        /// What is not approved yet.
        Registration = "registration",
        /// The change of something approved, which waits beside it.
        Edit = "edit",
        /// An earlier denial, which another reviewer looks at again.
        Appeal = "appeal",
        ..Unknown
    }
}

/// The status does not permit this step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not possible in this status")]
pub struct NotAllowed;
