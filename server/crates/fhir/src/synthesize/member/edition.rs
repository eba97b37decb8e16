//! The editions of CARIN Blue Button. A payer moves its members from one to the next, so each member's data follow one
//! edition.

use crate::synthesize::datatypes::{Coding, bare, coding};

/// Determines codes and profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// 1.1.0, which the programs' documents specify.
    First,
    /// 2.0.0, which also has claims of dentists, opticians and ambulances.
    Second,
}

/// The profiles of a resource in each edition.
pub type Profiles = [&'static [&'static str]; 2];

/// The profile with this name in each edition.
macro_rules! editions {
    ($name:literal) => {{
        const PROFILES: $crate::synthesize::member::edition::Profiles = [
            &[concat!("http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-", $name, "|1.1.0")],
            &[concat!("http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-", $name, "|2.0.0")],
        ];
        PROFILES
    }};
}
pub(super) use editions;

const CPT: &str = "http://www.ama-assn.org/go/cpt";
const CDT: &str = "http://www.ada.org/cdt";
const CARIN_ROLE: &str = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole";

impl Edition {
    /// The item that belongs to this edition.
    pub fn choose<T>(self, [first, second]: [T; 2]) -> T {
        match self {
            Self::First => first,
            Self::Second => second,
        }
    }

    /// CPT codes have five digits; CDT codes start with D, other HCPCS codes with another letter.
    pub fn procedure(self, code: &'static str) -> Coding {
        match code.as_bytes().first() {
            Some(b'0'..=b'9') => bare(CPT, code),
            Some(b'D') => bare(CDT, code),
            _ => self.modifier(code),
        }
    }

    /// A HCPCS modifier.
    pub fn modifier(self, code: &'static str) -> Coding {
        let systems = [
            "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
            "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        ];
        bare(self.choose(systems), code)
    }

    /// The role of the practitioner who performed a service.
    pub fn rendering(self) -> Coding {
        self.choose([
            coding(CARIN_ROLE, "performing", "Performing provider"),
            coding(CARIN_ROLE, "rendering", "Rendering provider"),
        ])
    }
}
