//! What reviewers decide, and by which criterion.

use crate::sentences;

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

words! {
    /// The objective criterion of a denial.
    Criterion {
        /// Name, address or tax identifier cannot be verified, or belong to someone else.
        IdentityNotVerified = "identity_not_verified",
        /// Officers convicted of felonies or sanctioned by a governmental agency.
        OfficersSanctioned = "officers_sanctioned",
        /// The privacy policy is missing, unreachable, or does not say what was attested.
        PrivacyPolicy = "privacy_policy",
        /// What the organization or app does contradicts its answers.
        UntrueAttestation = "untrue_attestation",
        /// The app would put the security of protected health information in the payer's systems at risk
        /// (45 CFR 156.221(e), 42 CFR 422.119(e)).
        SecurityRisk = "security_risk",
        /// Name or description would mislead members.
        Misleading = "misleading",
        /// Fields contradict each other, or a question was not answered.
        Incomplete = "incomplete",
        /// Registered before, by this organization or in its name.
        Duplicate = "duplicate",
        ..Unknown
    }
}

sentences! {
    /// As the vendor reads it.
    criterion_text(Criterion) {
        IdentityNotVerified = "We could not verify the organization's name, address, or tax identifier.";
        OfficersSanctioned = "Named officers were convicted of felonies or sanctioned by a governmental agency.";
        PrivacyPolicy = "We cannot reach the privacy policy, or it does not say what was attested.";
        UntrueAttestation = "An answer of the attestation is not true.";
        SecurityRisk = "The application would put the security of protected health information at risk.";
        Misleading = "The name or description could mislead members.";
        Incomplete = "The registration is incomplete or contradicts itself.";
        Duplicate = "The organization or application is already registered.";
        Unknown = "Unknown criterion.";
    }
}

impl Criterion {
    /// As the vendor reads it.
    pub fn text(self) -> &'static str {
        criterion_text(self)
    }
}

/// The status does not permit this step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not possible in this status")]
pub struct NotAllowed;
