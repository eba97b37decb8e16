//! What is registered or asked, and has a history.

use model::id::{ApplicationId, OrganizationId, TicketId};
use store::Query;

/// An organization, an application of it, or a ticket of it. Reviews are of the first two.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Organization(OrganizationId),
    Application(OrganizationId, ApplicationId),
    Ticket(OrganizationId, TicketId),
}

impl Subject {
    /// The organization, or the organization that the application or ticket belongs to.
    pub fn organization(&self) -> &OrganizationId {
        match self {
            Self::Organization(organization) | Self::Application(organization, _) | Self::Ticket(organization, _) => {
                organization
            }
        }
    }

    pub fn application(&self) -> Option<&ApplicationId> {
        match self {
            Self::Application(_, application) => Some(application),
            Self::Organization(_) | Self::Ticket(..) => None,
        }
    }

    pub fn ticket(&self) -> Option<&TicketId> {
        match self {
            Self::Ticket(_, ticket) => Some(ticket),
            Self::Organization(_) | Self::Application(..) => None,
        }
    }

    pub(crate) fn new(organization: OrganizationId, application: Option<ApplicationId>) -> Self {
        match application {
            Some(application) => Self::Application(organization, application),
            None => Self::Organization(organization),
        }
    }

    pub(crate) fn with_ticket(self, ticket: Option<TicketId>) -> Self {
        match ticket {
            Some(ticket) => Self::Ticket(self.organization().clone(), ticket),
            None => self,
        }
    }

    /// The kind and id that the audit log names.
    pub(crate) fn audited(&self) -> (&'static str, &str) {
        match self {
            Self::Organization(organization) => ("organization", organization.as_str()),
            Self::Application(_, application) => ("application", application.as_str()),
            Self::Ticket(_, ticket) => ("ticket", ticket.as_str()),
        }
    }

    /// `table.organization_id = … AND …` for a table that has the three columns.
    pub(crate) fn push(&self, query: &mut Query, table: &str) {
        query.push(&format!(" {table}.organization_id = ")).push_bind(self.organization());
        query.push(&format!(" AND COALESCE({table}.application_id, '') = "));
        query.push_bind(self.application().map_or("", ApplicationId::as_str));
        query.push(&format!(" AND COALESCE({table}.ticket_id, '') = "));
        query.push_bind(self.ticket().map_or("", TicketId::as_str));
    }
}
