//! Every page × who may not see it: a stranger, another vendor, another member, the wrong role; and no page changes
//! anything.

use app::routes::routes;
use model::account::Role;

use super::{Guard, guard, quiet::Watch};
use crate::{
    attacks::{
        calm::Answers,
        world::{Ids, People, people},
    },
    oauth::site::{Reply, Site},
    portals::{browser::Browser, desk::staff},
};

/// The page's address, for Vera's things and Mia's grant.
pub fn about(path: &str, ids: &Ids) -> String {
    let id = match path.split('/').nth(1).zip(path.split('/').nth(2)) {
        Some(("admin", "reviews") | ("owner", "decisions")) => &ids.review,
        Some(("admin", "tickets")) | Some(("owner", "support")) => &ids.ticket,
        Some(("admin", "bulletins")) => &ids.bulletin,
        Some(("admin", "organizations")) => &ids.organization,
        Some(("admin", "outages")) => &ids.outage,
        Some(("admin", "programs")) => &ids.representative,
        Some(("admin", "staff")) => &ids.staff,
        Some(("admin", "members")) => &ids.look_up,
        Some(("member", _)) => &ids.grant,
        _ => &ids.app,
    };
    path.replace("{id}", id)
        .replace("{number}", "1")
        .replace("{handle}", "of-another-browser")
        .replace("{program}", "idaho")
        .replace("{environment}", "sandbox")
        .replace("{chapter}", "scopes")
        .replace("{kind}", "Coverage")
        .replace("{grant}", &ids.grant)
        .replace("{role}", "administrator")
        .replace("{letter}", "ticket-opened")
        .replace("{language}", "es")
}

fn guarded() -> Vec<&'static str> {
    let paths = routes().into_iter().map(|route| route.path);
    paths.filter(|path| guard(path) == Some(Guard::Session)).collect()
}

fn told(reply: &Reply) -> (u16, &str) {
    (reply.status.as_u16(), reply.header("location").split('?').next().unwrap_or_default())
}

#[tokio::test]
async fn nobody_is_led_to_sign_in_from_every_page_and_nothing_changes() {
    let site = Site::new().await;
    let people = people(&site).await;
    let (mut watch, mut answers) = (Watch::over(&site).await, Answers::default());
    let before = watch.state().await;
    for path in guarded() {
        let reply = people.stranger.get(&about(path, &people.ids)).await;
        let expect = if path.starts_with("/consent/") { (404, "") } else { (303, "/signin") };
        assert_eq!(told(&reply), expect, "{path}");
        answers.look(&reply, path);
    }
    assert_eq!(watch.state().await, before);
    answers.all_calm(35);
}

#[tokio::test]
async fn what_is_anothers_is_not_found_on_every_page() {
    let site = Site::new().await;
    let people = people(&site).await;
    for path in guarded().into_iter().filter(|path| path.contains("{id}") || path.contains("{handle}")) {
        let address = about(path, &people.ids);
        let (mallory, mia) = (people.mallory.get(&address).await, people.mia.get(&address).await);
        let expect = match path.split('/').nth(1) {
            Some("admin") => [(403, ""), (403, "")],
            // Mia is not a vendor yet.
            Some("owner") => [(404, ""), (303, "/owner/profile")],
            Some("member") => [(404, ""), (200, "")],
            _ => [(404, ""), (404, "")],
        };
        assert_eq!([told(&mallory), told(&mia)], expect, "{path}");
        // What belongs to others looks the same as what does not exist.
        let missing = people
            .mallory
            .get(&address.replace(&people.ids.app, "nothing").replace(&people.ids.grant, "nothing"))
            .await;
        assert_eq!(told(&missing), expect[0], "{path}");
        if expect[0].0 == 404 {
            let own = |page: &Reply| {
                page.body.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap().to_owned()
            };
            assert_eq!(own(&missing), own(&mallory), "{path}");
        }
    }
}

#[tokio::test]
async fn a_page_of_the_administrators_is_for_the_roles_that_need_it() {
    let site = Site::new().await;
    let ids = people(&site).await.ids;
    let staff = [
        (Role::Administrator, staff(&site, "ann-administrator", Role::Administrator).await),
        (Role::Reviewer, staff(&site, "ravi-chandra", Role::Reviewer).await),
        (Role::Support, staff(&site, "sara-support", Role::Support).await),
        (Role::Auditor, staff(&site, "otto-auditor", Role::Auditor).await),
    ];
    for path in guarded().into_iter().filter(|path| path.starts_with("/admin")) {
        let allowed: &[Role] = match path {
            "/admin/audit" | "/admin/staff" | "/admin/staff/{id}" => &[Role::Administrator, Role::Auditor],
            "/admin/configuration" => &[Role::Administrator],
            path if path.starts_with("/admin/staff/") => &[Role::Administrator],
            path if path.ends_with("/revoke") || path.contains("/list/") => &[Role::Administrator],
            path if path.starts_with("/admin/members") => &[Role::Administrator, Role::Support],
            path if path.ends_with("/representatives/new") || path.ends_with("/owner") => &[Role::Administrator],
            path if ["bulletins/new", "outages/new", "/edit"].iter().any(|end| path.ends_with(end)) => {
                &[Role::Administrator]
            }
            path if path.contains("/representatives") => &[Role::Administrator, Role::Support, Role::Auditor],
            "/admin/tickets/{id}/take-over" => &[Role::Administrator, Role::Support],
            path if path.ends_with("/block") || path.ends_with("/take-over") => &[Role::Administrator, Role::Reviewer],
            _ => &Role::ALL,
        };
        for (role, browser) in &staff {
            let status = browser.get(&about(path, &ids)).await.status.as_u16();
            // A review that no one is working on is not taken over, but claimed on its own page.
            let well = match path {
                path if path.ends_with("/take-over") => 303,
                // Another person's look-up is not found.
                path if path.starts_with("/admin/members/") => 404,
                _ => 200,
            };
            assert_eq!(status, if allowed.contains(role) { well } else { 403 }, "{path} {role:?}");
        }
    }
}

/// Pages that save something when they are opened, and why. This list may only shrink.
const SAVING: [(&str, &str); 4] = [
    ("/consent/{handle}", "leads to the payer's provider, and keeps what its answer must fit"),
    ("/signin/payer/{program}/{environment}/{payer}", "leads there as well"),
    ("/signin/payer/{program}/{environment}/{payer}/callback", "signs in; needs a state and the cookie of its browser"),
    ("/signin/payer/{program}/{environment}/{payer}/return", "signs in; needs a state and the cookie of its browser"),
];

#[tokio::test]
async fn opening_a_page_changes_nothing() {
    let site = Site::new().await;
    let people = people(&site).await;
    let People { vera, ada, mia, ids, .. } = &people;
    let browsers: [&Browser<'_>; 3] = [vera, ada, mia];
    // Opens the pages that show something once, so that later visits have nothing left to remove.
    for path in ["/account/second-factor/recovery-codes", "/owner/applications"] {
        ada.get(path).await;
        vera.get(path).await;
    }
    vera.get(&format!("/owner/applications/{}/registered", ids.app)).await;
    // That staff looked at people's data is written down, once an hour.
    for path in
        ["/admin/search", "/admin/organizations/{id}", "/admin/programs/{program}/{environment}/representatives"]
    {
        ada.get(&format!("{}?done=saved&q=care&page=1", about(path, ids))).await;
    }
    ada.get(&about("/admin/programs/{program}/{environment}/representatives/{id}", ids)).await;
    let mut watch = Watch::over(&site).await;
    let mut opened = 0;
    for route in routes().into_iter().filter(|route| !SAVING.iter().any(|(path, _)| *path == route.path)) {
        for browser in browsers {
            let before = watch.state().await;
            let address = format!("{}?done=saved&q=care&page=1", about(route.path, ids));
            opened += u32::from(browser.get(&address).await.status == 200);
            assert_eq!(watch.state().await, before, "{} saved something", route.path);
        }
    }
    assert!(60 < opened, "{opened}");
    let before = watch.state().await;
    vera.post("owner-comment", &[("comment", "This is saved.")]).await;
    assert_ne!(watch.state().await, before, "the watch sees what is saved");
    assert!(SAVING.len() <= 4, "this list may only shrink");
}
