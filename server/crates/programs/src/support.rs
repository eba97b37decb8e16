//! When people answer, how soon, and how fresh the data is.

use jiff::{civil, tz::TimeZone};
use serde::Deserialize;

/// Who helps, when, and how soon.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Support {
    pub email: String,
    pub hours: Hours,
    /// What the hours hold for.
    pub covers: Vec<String>,
    pub monitoring: Vec<String>,
    pub contact: Vec<String>,
    pub public_note: String,
    pub response_times: Vec<ResponseTime>,
}

impl Support {
    pub fn response_time(&self, to: ResponseTo) -> Option<&ResponseTime> {
        self.response_times.iter().find(|time| time.to == to)
    }
}

/// The business hours of the program's people.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    pub days: Vec<Day>,
    pub opens: civil::Time,
    pub closes: civil::Time,
    /// IANA name; what the document calls CST follows daylight saving time: `America/Chicago`.
    pub time_zone: String,
    /// As printed, for people.
    pub printed: String,
    /// Whose holidays are not business days.
    pub holidays: Holidays,
}

impl Hours {
    /// The zone of `time_zone`, checked when the file was loaded; UTC if the zone database changed under us.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Day {
    pub fn weekday(self) -> civil::Weekday {
        match self {
            Self::Monday => civil::Weekday::Monday,
            Self::Tuesday => civil::Weekday::Tuesday,
            Self::Wednesday => civil::Weekday::Wednesday,
            Self::Thursday => civil::Weekday::Thursday,
            Self::Friday => civil::Weekday::Friday,
            Self::Saturday => civil::Weekday::Saturday,
            Self::Sunday => civil::Weekday::Sunday,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holidays {
    UsFederal,
    None,
}

/// How soon something is answered; a row of the program's tables.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseTime {
    pub to: ResponseTo,
    /// `New Organization Registration`
    pub name: String,
    /// As printed: `5 business days`.
    pub printed: String,
    pub business_days: Option<u16>,
    pub business_hours: Option<u16>,
}

impl ResponseTime {
    pub fn due(&self) -> Due {
        match (self.business_days, self.business_hours) {
            (Some(days), _) => Due::BusinessDays(days),
            (None, Some(hours)) => Due::BusinessHours(hours),
            (None, None) => Due::AtOnce,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResponseTo {
    OrganizationRegistration,
    PublicApplication,
    PatientApplication,
    Appeal,
    SandboxSupport,
    ProductionSupport,
}

impl ResponseTo {
    /// In the order of the documents.
    pub const ALL: [Self; 6] = [
        Self::OrganizationRegistration,
        Self::PublicApplication,
        Self::PatientApplication,
        Self::Appeal,
        Self::SandboxSupport,
        Self::ProductionSupport,
    ];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// No approval required.
    AtOnce,
    BusinessDays(u16),
    BusinessHours(u16),
}

/// How fresh a kind of data is promised to be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataFeed {
    /// `Claims`
    pub name: String,
    /// As printed: `1 business day from adjudication`.
    pub printed: String,
    pub business_days: Option<u16>,
    pub calendar_days: Option<u16>,
    /// The FHIR types that the feed brings, of those the program offers.
    pub kinds: Vec<String>,
}
