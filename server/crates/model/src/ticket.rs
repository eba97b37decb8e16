//! A vendor's requests to support.

words! {
    /// What the vendor says about the help, when the ticket is closed.
    Satisfaction {
        Solved = "solved",
        Partly = "partly",
        NotSolved = "not_solved",
        ..Unknown
    }
}
