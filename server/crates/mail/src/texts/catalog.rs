//! What the preview page says of each letter. It exists only where the software is developed, and is in English.

use model::{sentences, texts};

use crate::catalog::{About, Audience, Kind};

texts! {
    BULLETIN = "A bulletin or a banner was posted.";
    BULLETIN_WHY = "Everyone reads it above the pages of the portal, and it ends by itself.";
    OWN_SWITCH = "A vendor switched its own app off or on, or deleted it.";
    OWN_SWITCH_WHY = "The vendor did it. Members whose access ended receive a letter.";
    OWN_WITHDRAWAL = "A vendor withdrew its change or its appeal.";
    OWN_WITHDRAWAL_WHY = "The vendor did it, and staff have nothing to do.";
    OWN_CLOSING = "A vendor closed or rated its ticket.";
    OWN_CLOSING_WHY = "The vendor did it, and staff have nothing to do.";
    CLAIM = "Someone claimed, took over or released a review or a ticket.";
    CLAIM_WHY = "The queue shows it.";
    LOAD = "Data was loaded.";
    LOAD_WHY = "The page of data feeds shows it. What did not come in time is in the weekly digest.";
    INVITATION_WITHDRAWN = "An invitation was withdrawn or has expired.";
    INVITATION_WITHDRAWN_WHY = "Its link says so. A letter about it would invite to nothing.";
    LOOK_UP = "Staff looked at a member's data.";
    LOOK_UP_WHY = "The audit log has it.";
}

sentences! {
    pub(crate) audience(Audience) {
        Holder = "The holder of the account";
        Member = "The member";
        Mailbox = "The address itself";
        Owners = "Each owner";
        Asker = "The person who opened the ticket, otherwise each owner";
        Colleague = "The person of the team";
        Reviewers = "Reviewers and administrators whose desk reaches it";
        Support = "Support and administrators whose desk reaches it";
        Staff = "Reviewers, support and administrators";
        Person = "The person of the staff";
        Administrators = "The other administrators";
        Desk = "The support address of the program";
        Keeper = "The address of the settings";
    }
}

sentences! {
    pub(crate) about(About) {
        App = "The app";
        Organization = "The organization";
        Ticket = "The ticket";
        Program = "The program";
        Role = "The role";
        Person = "The person";
        Counts = "How many";
        Entry = "The entry";
        Log = "The log";
        Account = "The account";
        Private = "Nothing: it could be health data";
    }
}

sentences! {
    pub(crate) event(Kind) {
        VerifyEmail = "Someone signed up: the address is to be confirmed.";
        KnownEmail = "Someone signed up with an address that has an account.";
        ForgotId = "Someone asked for a forgotten Healthcare ID.";
        ResetPassword = "Someone asked for a new password.";
        PasswordChanged = "The password was changed.";
        ConfirmNewEmail = "A new email address is to be confirmed.";
        EmailChanged = "The email address was changed: to the old one.";
        AuthenticatorIsFirst = "Two-step sign-in is on, with an authenticator app.";
        PasskeyIsFirst = "Two-step sign-in is on, with a passkey.";
        PasskeyAdded = "A passkey was added.";
        PasskeyRemoved = "A passkey was removed.";
        AuthenticatorAdded = "An authenticator app was added beside passkeys.";
        AuthenticatorRemoved = "The authenticator app was removed.";
        AuthenticatorChanged = "Another authenticator app replaced the one before.";
        SecondFactorOff = "Two-step sign-in is off.";
        NewRecoveryCodes = "New recovery codes were made.";
        RecoveryCodeUsed = "A recovery code was used.";
        WrongCodes = "Someone knows the password but not the code.";
        AccessGranted = "A member allowed an app.";
        AccessChanged = "A member answered an app again.";
        AccessLengthChanged = "A member changed how long an app has access.";
        StillConnected = "Apps have been connected for another 90 days.";
        AccessEndsSoon = "An app's access ends within two weeks.";
        AccessRevoked = "An app's access ended.";
        AccessRevokedByStaff = "Staff ended an app's access on the member's behalf.";
        AccessEndedWithApp = "The vendor deleted an app, which ends its access.";
        AccessEndedByRevoking = "An administrator revoked an app for good, which ends its access.";
        MemberLeft = "The plan no longer has the member.";
        LinkedElsewhere = "Another account was linked to the member's records.";
        MemberCode = "The code that links an account: to the address that the plan has.";
        MayAct = "A person may act for a member: to that person.";
        ActsForYou = "A person may act for a member: to the member.";
        MayNoLongerAct = "A person may no longer act for a member: to that person.";
        NoLongerActsForYou = "A person may no longer act for a member: to the member.";
        OrganizationReceived = "An organization was submitted.";
        OrganizationApproved = "An organization was approved.";
        OrganizationDenied = "An organization was denied, also because no answer came in time.";
        OrganizationAsked = "A reviewer asked about an organization.";
        OrganizationChangeReceived = "The change of an approved organization was submitted.";
        OrganizationChangeApproved = "The change of an approved organization was approved.";
        OrganizationChangeDenied = "The change of an approved organization was denied.";
        OrganizationSuspended = "An administrator blocked an organization.";
        OrganizationReactivated = "An administrator unblocked an organization.";
        OrganizationRevoked = "An administrator revoked an organization for good.";
        ListSet = "An administrator chose which apps of an organization may be used in a program.";
        ApplicationRegistered = "An app was registered and needs no review.";
        ApplicationReceived = "An app was submitted for review.";
        ApplicationReceivedInPart = "An app was submitted for review, and its public access works already.";
        ApplicationApproved = "An app was approved.";
        ApplicationDenied = "An app was denied, also because no answer came in time.";
        ApplicationAsked = "A reviewer asked about an app.";
        ApplicationChangeReceived = "The change of an approved app was submitted.";
        ApplicationChangeApproved = "The change of an approved app was approved.";
        ApplicationChangeDenied = "The change of an approved app was denied.";
        ApplicationSuspended = "An administrator blocked an app.";
        ApplicationReactivated = "An administrator unblocked an app.";
        ApplicationRevoked = "An administrator revoked an app for good.";
        SecretGenerated = "A client secret was generated.";
        SecretEnds = "A client secret ends in 30, 7 or 1 days.";
        KeysRegistered = "Public keys were registered.";
        KeysRemoved = "Public keys were removed.";
        NoticeAddressSet = "The notice address of an app was set.";
        NoticeAddressRemoved = "The notice address of an app was removed.";
        Commented = "Staff wrote about an organization or an app.";
        AppealReceived = "An appeal was submitted.";
        AppealAccepted = "An appeal succeeded.";
        AppealRefused = "An appeal was not accepted.";
        TicketOpened = "A ticket was opened.";
        TicketAnswered = "Staff answered a ticket.";
        TicketClosed = "Staff closed a ticket.";
        Invited = "Someone was invited to a team: to the invited address.";
        Joined = "Someone accepted an invitation.";
        Removed = "Someone was taken off a team.";
        Left = "Someone left a team.";
        TeamRoleChanged = "Someone has another role on a team, also by handing over.";
        OwnerNamed = "An administrator named an owner of an organization.";
        ProgramChanged = "A program that apps use changed.";
        OutageBegun = "A large-scale outage began.";
        OutageEnded = "A large-scale outage is over.";
        OutageCorrected = "The times of an outage were corrected, and due times moved: to owners whose times moved.";
        OrganizationArrived = "An organization waits for review.";
        ApplicationArrived = "An app waits for review.";
        ChangeArrived = "A change waits for review.";
        AnswerArrived = "The vendor answered a question.";
        AppealArrived = "An appeal waits for a decision.";
        CommentArrived = "A vendor wrote about its organization or app outside of a review.";
        TicketArrived = "A ticket waits for an answer.";
        ReplyArrived = "A vendor replied to a ticket.";
        AppReported = "A member reported an app: to the support address of the program.";
        WeeklyDigest = "Monday morning, if something is late: what is late within the reader's desk and roles.";
        RoleGiven = "Someone has a role: to that person.";
        RoleTaken = "Someone lost a role: to that person.";
        OthersRoleGiven = "Someone has a role: to the other administrators.";
        OthersRoleTaken = "Someone lost a role: to the other administrators.";
        DeskChanged = "Someone works for other programs than before: to that person.";
        AuditDigest = "The daily digest of the audit log: to the address of the settings.";
        AuditBroken = "The audit log is not intact: to the address of the settings.";
    }
}
