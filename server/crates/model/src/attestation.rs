//! What an organization attests about privacy and security. A "no" is allowed: reviewers and members see it.

use serde::{Deserialize, Serialize};

use crate::{https_url::HttpsUrl, text::Paragraph};

words! {
    /// A practice that US payers ask apps to attest.
    Practice {
        /// The privacy policy says what is collected, and why.
        Collection = "collection",
        /// Members consent before their data is used, and can take it back.
        Consent = "consent",
        /// The policy says to whom data is disclosed or sold.
        Disclosure = "disclosure",
        /// Members can see and correct their data, and take it with them.
        MemberAccess = "member_access",
        /// The industry's standard safeguards protect the data.
        Safeguards = "safeguards",
        /// How long data is kept, how it is deleted, and what happens on a breach or sale.
        Retention = "retention",
    }
}

/// One answer for each practice, in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practices {
    pub collection: bool,
    pub consent: bool,
    pub disclosure: bool,
    pub member_access: bool,
    pub safeguards: bool,
    pub retention: bool,
}

impl Practices {
    pub fn answer(self, practice: Practice) -> bool {
        match practice {
            Practice::Collection => self.collection,
            Practice::Consent => self.consent,
            Practice::Disclosure => self.disclosure,
            Practice::MemberAccess => self.member_access,
            Practice::Safeguards => self.safeguards,
            Practice::Retention => self.retention,
        }
    }
}

/// The answers of an organization's registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attestation {
    /// Whether officers were convicted of felonies in the US or sanctioned by a governmental agency in the past three
    /// years.
    pub officers_sanctioned: bool,
    pub privacy_url: HttpsUrl,
    pub practices: Practices,
    /// What the organization says about its answers.
    pub explanation: Option<Paragraph>,
}

impl Attestation {
    /// The practices that the organization did not attest. A member sees them before consent.
    pub fn not_attested(&self) -> Vec<Practice> {
        Practice::ALL.iter().copied().filter(|practice| !self.practices.answer(*practice)).collect()
    }
}
