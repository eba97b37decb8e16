//! What reviewers decide, and on what grounds.

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
    /// The objective criterion of a denial.
    Criterion {
        /// Name, address or tax identifier cannot be verified, or belong to somebody else.
        IdentityNotVerified = "identity_not_verified",
        /// Officers convicted of felonies or sanctioned by a governmental agency.
        OfficersSanctioned = "officers_sanctioned",
        /// The privacy policy is missing, unreachable, or does not say what was attested.
        PrivacyPolicy = "privacy_policy",
        /// Answers are contradicted by what the organization or app does.
        UntrueAttestation = "untrue_attestation",
        /// The app would put the security of protected health information in the payer's systems at risk
        /// (45 CFR 156.221(e), 42 CFR 422.119(e)).
        SecurityRisk = "security_risk",
        /// Name or description would mislead members.
        Misleading = "misleading",
        /// Fields contradict each other, or a question stayed unanswered.
        Incomplete = "incomplete",
        /// Registered before, by this organization or in its name.
        Duplicate = "duplicate",
        ..Unknown
    }
}

impl Criterion {
    /// As the vendor is told.
    pub fn text(self) -> &'static str {
        match self {
            Self::IdentityNotVerified => "We could not verify the organization's name, address or tax identifier.",
            Self::OfficersSanctioned => {
                "Named officers were convicted of felonies or sanctioned by a governmental agency."
            }
            Self::PrivacyPolicy => "The privacy policy cannot be reached, or does not say what was attested.",
            Self::UntrueAttestation => "An answer of the attestation is not true.",
            Self::SecurityRisk => "The application would put the security of protected health information at risk.",
            Self::Misleading => "The name or description could mislead members.",
            Self::Incomplete => "The registration is incomplete, or contradicts itself.",
            Self::Duplicate => "The organization or application is registered already.",
            Self::Unknown => "Unknown criterion.",
        }
    }
}

/// The state does not permit this step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("its state does not permit this")]
pub struct NotAllowed;
