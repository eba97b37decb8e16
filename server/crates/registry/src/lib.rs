//! The registry: organizations, their applications and credentials, and the reviews that admit them.
//!
//! Services take [`Ctx`](store::Ctx) first; what they write, history, audit and mail included, is one transaction that
//! the caller commits, or drops if they return an error. Nothing here knows HTTP.

pub mod applications;
pub mod attachments;
pub mod bulletins;
pub mod calendar;
pub mod changes;
pub mod client_keys;
pub mod clients;
pub mod contacts;
pub mod conversations;
pub mod credentials;
pub mod criteria;
pub mod desks;
pub mod digest;
pub mod drafts;
pub mod error;
pub mod expiry;
pub mod figures;
pub mod history;
pub mod housekeeping;
pub mod labels;
pub mod lists;
pub mod logos;
pub mod names;
pub mod notice_address;
pub mod organizations;
pub mod outages;
pub mod promises;
pub mod published;
pub mod reviews;
pub mod search;
pub mod subject;
pub mod submissions;
pub mod team;
pub mod terms;
pub mod tickets;

mod clock;
mod column;
mod notices;
mod outage_letters;
mod waiting;

use std::sync::Arc;

use mail::site::Site;
use programs::Programs;
pub use waiting::WaitingEdit;

/// What the registry needs to know about the deployment. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Registry {
    pub programs: Arc<Programs>,
    /// Where the links of its mail lead.
    pub site: Site,
    /// What everyone agrees to who registers something, as the page of the terms has it.
    pub terms: Arc<str>,
}
