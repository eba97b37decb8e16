//! What a consent page showed, as its form brings it back: a digest of each part, so that the member gives only what they saw, and
//! the page can say what changed.

use store::digest::sha256;

use crate::requests::{Member, Request};

/// Something on the page that another window can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who is signed in.
    Account,
    Payer,
    /// Whose data.
    Patient,
    /// What the app asks for.
    Scopes,
}

impl Part {
    pub const ALL: [Self; 4] = [Self::Account, Self::Payer, Self::Patient, Self::Scopes];

    /// For addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Payer => "plan",
            Self::Patient => "person",
            Self::Scopes => "scopes",
        }
    }
}

/// Half a SHA-256 is enough, and keeps the form short.
const LENGTH: usize = 22;

/// The length of the whole text.
pub(crate) const LONGEST: usize = (LENGTH + 1) * Part::ALL.len();

/// The digests of what the page shows now, for its form.
pub(crate) fn digest(request: &Request, member: &Member) -> String {
    Part::ALL.map(|part| of_part(request, member, part)).join(".")
}

/// The parts that are not as the page showed them. All of them if the form does not bring a text that we wrote.
pub(crate) fn changed(request: &Request, member: &Member, shown: &str) -> Vec<Part> {
    let mut pieces = shown.split('.');
    Part::ALL.into_iter().filter(|part| pieces.next() != Some(&of_part(request, member, *part))).collect()
}

fn of_part(request: &Request, member: &Member, part: Part) -> String {
    let value = match part {
        Part::Account => member.signed_in.account.as_str().to_owned(),
        Part::Payer => member.payer.as_str().to_owned(),
        Part::Patient => member.patient.as_ref().map(|patient| patient.as_str().to_owned()).unwrap_or_default(),
        Part::Scopes => request.scopes.to_string(),
    };
    let mut digest = sha256(&format!("{}\n{}\n{value}", request.hash, part.as_str()));
    digest.truncate(LENGTH);
    digest
}
