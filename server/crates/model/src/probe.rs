//! What the server does to see whether a sandbox works.

words! {
    /// The steps of a probe, in their order.
    Step {
        /// A payer whose members sign in here, a test member, and an account for the probe.
        Prepare = "prepare",
        /// The authorization request, with PKCE.
        Authorize = "authorize",
        SignIn = "sign-in",
        /// Choosing the test member.
        Member = "member",
        /// The consent page, and the code.
        Consent = "consent",
        Token = "token",
        /// One resource of the member, with the token.
        Read = "read",
        Revoke = "revoke",
        ..Unknown
    }
}

words! {
    Outcome {
        Passed = "passed",
        Failed = "failed",
        ..Unknown
    }
}
