//! What can be in the log: one word for each thing that people and apps do. A new one needs its line here, and its sentence in
//! the portals' texts, which do not compile without it.

use std::fmt;

macro_rules! actions {
    ($($variant:ident $word:literal;)+) => {
        /// What was done, `noun.participle`. Words are stored and sealed: a word that exists stays as it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $($variant,)+
        }

        impl Action {
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The log's word.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

actions! {
    AccountAuthenticatorAdded "account.authenticator_added";
    AccountAuthenticatorRemoved "account.authenticator_removed";
    AccountCreated "account.created";
    AccountDeskSet "account.desk_set";
    AccountDisowned "account.disowned";
    AccountEmailChanged "account.email_changed";
    AccountPasskeyAdded "account.passkey_added";
    AccountPasskeyCopied "account.passkey_copied";
    AccountPasskeyRemoved "account.passkey_removed";
    AccountPasskeyRenamed "account.passkey_renamed";
    AccountPasswordChanged "account.password_changed";
    AccountRecoveryCodeUsed "account.recovery_code_used";
    AccountRecoveryCodesMade "account.recovery_codes_made";
    AccountRoleGranted "account.role_granted";
    AccountRoleRevoked "account.role_revoked";
    AccountSecondFactorAdded "account.second_factor_added";
    AccountSecondFactorChanged "account.second_factor_changed";
    AccountSecondFactorRemoved "account.second_factor_removed";
    AccountSignedIn "account.signed_in";
    AccountVerified "account.verified";
    AccountViewed "account.viewed";
    ApplicationAcknowledged "application.acknowledged";
    ApplicationAnswered "application.answered";
    ApplicationAppealWithdrawn "application.appeal_withdrawn";
    ApplicationAppealed "application.appealed";
    ApplicationApproved "application.approved";
    ApplicationBlocked "application.blocked";
    ApplicationCommented "application.commented";
    ApplicationDeactivated "application.deactivated";
    ApplicationDeleted "application.deleted";
    ApplicationDenied "application.denied";
    ApplicationEdited "application.edited";
    ApplicationErrorPageRemoved "application.error_page_removed";
    ApplicationErrorPageSet "application.error_page_set";
    ApplicationInformationAsked "application.information_asked";
    ApplicationKeysRemoved "application.keys_removed";
    ApplicationKeysSet "application.keys_set";
    ApplicationListSet "application.list_set";
    ApplicationNoticeAddressRemoved "application.notice_address_removed";
    ApplicationNoticeAddressSet "application.notice_address_set";
    ApplicationReactivated "application.reactivated";
    ApplicationRegistered "application.registered";
    ApplicationReported "application.reported";
    ApplicationResubmitted "application.resubmitted";
    ApplicationRevoked "application.revoked";
    ApplicationSecretEnded "application.secret_ended";
    ApplicationSecretGenerated "application.secret_generated";
    ApplicationUnblocked "application.unblocked";
    ApplicationUnknown "application.unknown";
    ApplicationWithdrawn "application.withdrawn";
    AuditExported "audit.exported";
    BulletinEdited "bulletin.edited";
    BulletinEnded "bulletin.ended";
    BulletinPosted "bulletin.posted";
    CriterionAdded "criterion.added";
    CriterionRestored "criterion.restored";
    CriterionRetired "criterion.retired";
    GrantChanged "grant.changed";
    GrantEnded "grant.ended";
    GrantEndedByApp "grant.ended_by_app";
    GrantGiven "grant.given";
    GrantLengthened "grant.lengthened";
    GrantRevoked "grant.revoked";
    GrantRevokedByStaff "grant.revoked_by_staff";
    LoadRejectsRead "load.rejects_read";
    MailViewed "mail.viewed";
    MemberLinked "member.linked";
    MemberLookedUp "member.looked_up";
    MemberUnlinked "member.unlinked";
    MemberViewed "member.viewed";
    OrganizationAcknowledged "organization.acknowledged";
    OrganizationAnswered "organization.answered";
    OrganizationAppealWithdrawn "organization.appeal_withdrawn";
    OrganizationAppealed "organization.appealed";
    OrganizationApproved "organization.approved";
    OrganizationBlocked "organization.blocked";
    OrganizationCommented "organization.commented";
    OrganizationDeactivated "organization.deactivated";
    OrganizationDeleted "organization.deleted";
    OrganizationDenied "organization.denied";
    OrganizationEdited "organization.edited";
    OrganizationErrorPageRemoved "organization.error_page_removed";
    OrganizationErrorPageSet "organization.error_page_set";
    OrganizationHandedOver "organization.handed_over";
    OrganizationInformationAsked "organization.information_asked";
    OrganizationInvitationSentAgain "organization.invitation_sent_again";
    OrganizationInvitationWithdrawn "organization.invitation_withdrawn";
    OrganizationInvited "organization.invited";
    OrganizationJoined "organization.joined";
    OrganizationKeysRemoved "organization.keys_removed";
    OrganizationKeysSet "organization.keys_set";
    OrganizationLeft "organization.left";
    OrganizationListSet "organization.list_set";
    OrganizationMadeDeveloper "organization.made_developer";
    OrganizationMadeOwner "organization.made_owner";
    OrganizationMemberRemoved "organization.member_removed";
    OrganizationNoticeAddressRemoved "organization.notice_address_removed";
    OrganizationNoticeAddressSet "organization.notice_address_set";
    OrganizationOwnerNamed "organization.owner_named";
    OrganizationReactivated "organization.reactivated";
    OrganizationRegistered "organization.registered";
    OrganizationResubmitted "organization.resubmitted";
    OrganizationRevoked "organization.revoked";
    OrganizationSecretEnded "organization.secret_ended";
    OrganizationSecretGenerated "organization.secret_generated";
    OrganizationUnblocked "organization.unblocked";
    OrganizationUnknown "organization.unknown";
    OrganizationWithdrawn "organization.withdrawn";
    OutageBegun "outage.begun";
    OutageCorrected "outage.corrected";
    OutageEnded "outage.ended";
    RepresentativeConfirmed "representative.confirmed";
    RepresentativeEnded "representative.ended";
    RepresentativeViewed "representative.viewed";
    ReviewFirstApproved "review.first_approved";
    ReviewTakenOver "review.taken_over";
    SecurityAddressUnknown "security.address_unknown";
    SecurityAuthorizationCodeReused "security.authorization_code_reused";
    SecurityCardWrong "security.card_wrong";
    SecurityClientRefused "security.client_refused";
    SecurityCodeWrong "security.code_wrong";
    SecurityIdNotTheirs "security.id_not_theirs";
    SecurityPasswordWrong "security.password_wrong";
    SecurityRefreshTokenReused "security.refresh_token_reused";
    SecurityRoleRefused "security.role_refused";
    SecuritySignedOut "security.signed_out";
    SecuritySlowedDown "security.slowed_down";
    SigningKeyRetired "signing_key.retired";
    SigningKeyRotated "signing_key.rotated";
    TicketClosed "ticket.closed";
    TicketOpened "ticket.opened";
    TicketRated "ticket.rated";
    TicketReopened "ticket.reopened";
    TicketReplied "ticket.replied";
    TicketUnknown "ticket.unknown";
}

impl Action {
    /// The action of this word; `None` where only another version knows it.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.as_str() == word)
    }

    /// The kind of thing that it is about: what comes before the dot.
    pub fn kind(self) -> &'static str {
        self.as_str().split('.').next().unwrap_or_default()
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_word_is_a_noun_and_a_participle_and_belongs_to_one_action() {
        let words: BTreeSet<_> = Action::ALL.iter().map(|action| action.as_str()).collect();
        assert_eq!(words.len(), Action::ALL.len());
        for action in Action::ALL {
            assert_eq!(Action::find(action.as_str()), Some(*action));
            let (noun, participle) = action.as_str().split_once('.').unwrap();
            let plain =
                |text: &str| !text.is_empty() && text.chars().all(|char| char.is_ascii_lowercase() || char == '_');
            assert!(plain(noun) && plain(participle), "{action}");
            assert_eq!(action.kind(), noun);
        }
    }
}
