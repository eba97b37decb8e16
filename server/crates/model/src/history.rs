//! What a history contains.

words! {
    /// Which side of the desk a person is on.
    Side {
        Vendor = "vendor",
        Administration = "administration",
        ..Unknown
    }
}

words! {
    /// What was done to an organization or an app.
    Action {
        Registered = "registered",
        Edited = "edited",
        Resubmitted = "resubmitted",
        Commented = "commented",
        Approved = "approved",
        Denied = "denied",
        InformationAsked = "information_asked",
        Withdrawn = "withdrawn",
        Blocked = "blocked",
        Unblocked = "unblocked",
        /// By an administrator, for good.
        Revoked = "revoked",
        /// Which of an organization's apps may be used in a program.
        ListSet = "list_set",
        Deactivated = "deactivated",
        Reactivated = "reactivated",
        Deleted = "deleted",
        SecretGenerated = "secret_generated",
        SecretEnded = "secret_ended",
        KeysSet = "keys_set",
        KeysRemoved = "keys_removed",
        ErrorPageSet = "error_page_set",
        ErrorPageRemoved = "error_page_removed",
        NoticeAddressSet = "notice_address_set",
        NoticeAddressRemoved = "notice_address_removed",
        /// The vendor answered a question, which opens the review again.
        Answered = "answered",
        /// The vendor asked for another look at a denial.
        Appealed = "appealed",
        AppealWithdrawn = "appeal_withdrawn",
        /// The administration read a comment that needs no answer.
        Acknowledged = "acknowledged",
        // Of a ticket
        Opened = "opened",
        Replied = "replied",
        Closed = "closed",
        Reopened = "reopened",
        Rated = "rated",
        Invited = "invited",
        InvitationSentAgain = "invitation_sent_again",
        InvitationWithdrawn = "invitation_withdrawn",
        Joined = "joined",
        Left = "left",
        MemberRemoved = "member_removed",
        MadeOwner = "made_owner",
        MadeDeveloper = "made_developer",
        HandedOver = "handed_over",
        OwnerNamed = "owner_named",
        ..Unknown
    }
}
