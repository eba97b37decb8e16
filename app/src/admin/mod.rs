//! The Administrative & Support Portal: queues, decisions, and looking everything up.

pub mod application;
pub mod audit;
pub mod block;
pub mod claim;
pub mod comment;
pub mod concerns;
pub mod dashboard;
pub mod decide;
pub mod desk;
pub mod error_page;
pub mod figures;
pub mod mail;
pub mod organization;
pub mod programs;
pub mod queue;
pub mod reports;
pub mod representatives;
pub mod review;
pub mod search;

use crate::routes::{Route, route};

pub fn routes() -> Vec<Route> {
    let pages = vec![
        route(dashboard::PATH, dashboard::page),
        route(queue::ORGANIZATIONS, queue::organizations),
        route(queue::APPLICATIONS, queue::applications),
        route("/admin/reviews/{id}", review::page),
        route("/admin/reviews/{id}/take-over", claim::page),
        route("/admin/organizations/{id}", organization::page),
        route("/admin/organizations/{id}/block", block::organization_page),
        route("/admin/applications/{id}", application::page),
        route("/admin/applications/{id}/block", block::application_page),
        route(search::PATH, search::page),
        route(programs::PATH, programs::page),
        route(mail::PATH, mail::page),
        route(figures::PATH, figures::page),
        route(figures::FILE, figures::file),
        route(audit::PATH, audit::page),
    ];
    pages.into_iter().chain(representatives::routes()).collect()
}
