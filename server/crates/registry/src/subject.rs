//! What is registered, reviewed, and has a history.

use model::id::{ApplicationId, OrganizationId};

/// An organization, or an application of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Organization(OrganizationId),
    Application(OrganizationId, ApplicationId),
}

impl Subject {
    /// The organization, or the organization that the application belongs to.
    pub fn organization(&self) -> &OrganizationId {
        match self {
            Self::Organization(organization) | Self::Application(organization, _) => organization,
        }
    }

    pub fn application(&self) -> Option<&ApplicationId> {
        match self {
            Self::Organization(_) => None,
            Self::Application(_, application) => Some(application),
        }
    }

    pub(crate) fn new(organization: OrganizationId, application: Option<ApplicationId>) -> Self {
        match application {
            Some(application) => Self::Application(organization, application),
            None => Self::Organization(organization),
        }
    }

    /// The kind and id that the audit log names.
    pub(crate) fn audited(&self) -> (&'static str, &str) {
        match self {
            Self::Organization(organization) => ("organization", organization.as_str()),
            Self::Application(_, application) => ("application", application.as_str()),
        }
    }
}
