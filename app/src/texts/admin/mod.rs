//! The Administrative & Support Portal, in English as its staff are spoken to.

use model::texts;

pub mod audit;
pub mod block;
pub mod bulletins;
pub mod checks;
pub mod concerns;
pub mod configuration;
pub mod criteria;
pub mod dashboard;
pub mod feeds;
pub mod figures;
pub mod letters;
pub mod list;
pub mod mail;
pub mod members;
pub mod name_owner;
pub mod outages;
pub mod programs;
pub mod queue;
pub mod reports;
pub mod representatives;
pub mod review;
pub mod search;
pub mod staff;
pub mod subject;

texts! {
    DASHBOARD = "Dashboard";
    SEARCH = "Search";
    QUEUES = "Reviews";

    // Parts of pages about an organization
    ORGANIZATION_DEMOGRAPHICS = "Organization Demographics";
    PRIVACY = "Privacy and Security";

    // Names of facts and columns
    APPLICATION = "Application";
    CHANGED = "Changed";
    CLAIMED_BY = "Claimed by";
    DUE = "Due";
    ENVIRONMENT = "Environment";
    ID = "ID";
    NAME = "Name";
    ORGANIZATION = "Organization";
    REGISTERED = "Registered";
    STATUS = "Status";
    SUBMITTED = "Submitted";

    // Values
    NO_ONE = "No one";
    NONE = "None";
    /// The name of a person whose account no longer exists.
    CLOSED_ACCOUNT = "A closed account";
    /// The same within a sentence.
    BY_CLOSED_ACCOUNT = "a closed account";

    // Buttons
    BLOCK = "Block";
    UNBLOCK = "Unblock";
    CANCEL = "Cancel";
    SUBMIT = "Submit";
}
