//! The Administrative & Support Portal: queues, decisions, and looking everything up.

pub mod application;
pub mod audit;
pub mod block;
pub mod bulletins;
pub mod checks;
pub mod claim;
pub mod comment;
pub mod concerns;
pub mod configuration;
pub mod criteria;
pub mod dashboard;
pub mod decide;
pub mod decision;
pub mod desk;
pub mod error_page;
pub mod feeds;
pub mod figures;
pub mod inbox;
pub mod lapse;
pub mod letters;
pub mod list;
pub mod mail;
pub mod members;
pub mod name_owner;
pub mod organization;
pub mod outages;
pub mod programs;
pub mod queue;
pub mod reports;
pub mod representatives;
pub mod review;
pub mod search;
pub mod staff;
pub mod tickets;
pub mod versions;

use crate::routes::{Route, route};

pub fn routes() -> Vec<Route> {
    let pages = vec![
        route(dashboard::PATH, dashboard::page),
        route(queue::PATH, queue::all),
        route(queue::ORGANIZATIONS, queue::organizations),
        route(queue::APPLICATIONS, queue::applications),
        route(queue::CHANGES, queue::changes),
        route(queue::APPEALS, queue::appeals),
        route(inbox::PATH, inbox::page),
        route(tickets::QUEUE, tickets::queue),
        route("/admin/tickets/{id}", tickets::page),
        route("/admin/tickets/{id}/take-over", tickets::take_over_page),
        route("/admin/reviews/{id}", review::page),
        route("/admin/reviews/{id}/take-over", claim::page),
        route("/admin/reviews/{id}/print", decision::page),
        route("/admin/organizations/{id}", organization::page),
        route("/admin/organizations/{id}/versions/{number}", versions::of_organization),
        route("/admin/organizations/{id}/block", block::organization_page),
        route("/admin/organizations/{id}/owner", name_owner::page),
        route("/admin/organizations/{id}/revoke", block::organization_revoke_page),
        route("/admin/organizations/{id}/list/{program}", list::page),
        route("/admin/applications/{id}", application::page),
        route("/admin/applications/{id}/versions/{number}", versions::of_application),
        route("/admin/applications/{id}/block", block::application_page),
        route("/admin/applications/{id}/revoke", block::application_revoke_page),
        route(search::PATH, search::page),
        route(programs::PATH, programs::page),
        route(configuration::PATH, configuration::page),
        route(criteria::PATH, criteria::page),
        route(feeds::PATH, feeds::page),
        route(mail::PATH, mail::page),
        route(letters::PATH, letters::page),
        route("/admin/letters/{letter}", letters::one),
        route("/admin/letters/{letter}/{language}", letters::document),
        route(figures::PATH, figures::page),
        route(figures::FILE, figures::file),
        route(audit::PATH, audit::page),
    ];
    let announced = bulletins::routes().into_iter().chain(outages::routes());
    let people = representatives::routes().into_iter().chain(staff::routes()).chain(members::routes());
    pages.into_iter().chain(people).chain(announced).collect()
}
