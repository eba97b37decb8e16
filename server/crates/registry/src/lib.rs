//! The registry: organizations, their applications and credentials, and the reviews that admit them.
//!
//! Services take [`Ctx`](store::Ctx) first; what they write, history, audit and mail included, is one transaction that
//! the caller commits, or drops if they return an error. Nothing here knows HTTP.

pub mod applications;
pub mod calendar;
pub mod changes;
pub mod client_keys;
pub mod clients;
pub mod credentials;
pub mod drafts;
pub mod error;
pub mod expiry;
pub mod figures;
pub mod history;
pub mod names;
pub mod notice_address;
pub mod organizations;
pub mod published;
pub mod reviews;
pub mod subject;
pub mod team;

mod column;
mod notices;

use std::sync::Arc;

use mail::site::Site;
use programs::Programs;

/// What the registry needs to know about the deployment. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Registry {
    pub programs: Arc<Programs>,
    /// Where the links of its mail lead.
    pub site: Site,
}
