//! The App Owner portal: a vendor registers its organization once, then its applications.

pub mod appeal;
pub mod application;
pub mod applications;
pub mod comment;
pub mod conversation;
pub mod dashboard;
pub mod decision;
pub mod draft;
pub mod edit;
pub mod inbox;
pub mod invitation;
pub mod keys;
pub mod launch;
pub mod logo;
pub mod new_application;
pub mod notices;
pub mod organization;
pub mod organizations;
pub mod profile;
pub mod question;
pub mod refusal;
pub mod registered;
pub mod registration;
pub mod reveal;
pub mod secret;
pub mod secret_end;
pub mod support;
pub mod switch;
pub mod tasks;
pub mod team;
pub mod tickets;
pub mod usage;
pub mod vendor;
pub mod versions;

use crate::routes::{Route, route};

pub fn routes() -> Vec<Route> {
    vec![
        route(dashboard::PATH, dashboard::page),
        route(profile::PATH, profile::page),
        route(organization::PATH, organization::page),
        route("/owner/organization/appeal", appeal::of_organization),
        route("/owner/organization/withdraw-appeal", appeal::withdrawal_of_organization),
        route("/owner/organization/versions/{number}", versions::of_organization),
        route(registration::demographics::PATH, registration::demographics::page),
        route(registration::attestation::PATH, registration::attestation::page),
        route(registration::review::PATH, registration::review::page),
        route(applications::PATH, applications::page),
        route(new_application::details::PATH, new_application::details::page),
        route(new_application::registration::PATH, new_application::registration::page),
        route("/owner/applications/{id}", application::overview::page),
        route("/owner/applications/{id}/credentials", application::credentials::page),
        route("/owner/applications/{id}/addresses", application::addresses::page),
        route("/owner/applications/{id}/registration", application::registration::page),
        route("/owner/applications/{id}/activity", application::activity::page),
        route("/owner/applications/{id}/registered", registered::page),
        route("/owner/applications/{id}/appeal", appeal::of_application),
        route("/owner/applications/{id}/withdraw-appeal", appeal::withdrawal_of_application),
        route("/owner/applications/{id}/versions/{number}", versions::of_application),
        route("/owner/applications/{id}/edit", edit::page),
        route("/owner/applications/{id}/keys", keys::page),
        route("/owner/applications/{id}/notices", notices::page),
        route("/owner/applications/{id}/remove-notices", notices::removal),
        route("/owner/applications/{id}/secret", secret::page),
        route("/owner/applications/{id}/new-secret", secret::shown),
        route("/owner/applications/{id}/end-secret", secret_end::page),
        route("/owner/applications/{id}/remove-keys", keys::removal),
        route("/owner/applications/{id}/deactivate", switch::deactivation),
        route("/owner/applications/{id}/delete", switch::page),
        route("/owner/decisions/{id}", decision::page),
        route(inbox::PATH, inbox::page),
        route("/owner/drafts/{id}", draft::page::page),
        route("/owner/drafts/{id}/delete", draft::page::deletion),
        route(team::PATH, team::page),
        route("/owner/team/leave", team::leave::page),
        route("/owner/team/{id}/role", team::role::page),
        route("/owner/team/{id}/hand-over", team::hand_over::page),
        route("/owner/team/{id}/remove", team::remove::page),
        route(invitation::PATH, invitation::page),
        route(organizations::PATH, organizations::page),
        route(support::PATH, support::page),
        route(tickets::NEW, tickets::new),
        route("/owner/support/{id}", tickets::one::page),
    ]
}
