//! The team page, invitations, and accounts with several organizations.

use axum::http::StatusCode;
use model::account::Role;

use super::{
    browser::{Browser, account},
    desk::{approve_all, approved_vendor, demographics, details, link, register_app, registration, staff, vendor},
    inbox::{self, parameter},
};
use crate::oauth::site::Site;

/// The id of the organization that the browser's vendor acts for.
async fn organization(browser: &Browser<'_>) -> String {
    let page = browser.get("/owner/team").await.body;
    let (_, rest) = page.split_once("?organization=").expect("a link of the team");
    rest.split('"').next().unwrap().to_owned()
}

/// Invites, and returns the link of the letter.
async fn invite(site: &Site, browser: &Browser<'_>, email: &str, role: &str) -> String {
    let organization = organization(browser).await;
    let form = [("email", email), ("role", role), ("organization", organization.as_str())];
    let sent = browser.follow("invite-colleague", &form).await.body;
    assert!(sent.contains("We emailed the invitation.") && sent.contains(email), "{sent}");
    inbox::link(site, "/owner/invitation").await
}

#[tokio::test]
async fn an_invitation_leads_through_sign_in_to_the_team() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    let link = invite(&site, &vera, "noor-haddad@example.org", "developer").await;
    account(&site, "noor-haddad").await;
    let noor = Browser::of(&site);
    let next = noor.get(&link).await.header("location").to_owned();
    assert!(next.starts_with("/signin?next=%2Fowner%2Finvitation%3Ftoken%3D"), "{next}");
    noor.sign_in("noor-haddad").await;
    assert!(noor.get(&link).await.header("location").starts_with("/owner/profile?next=%2Fowner%2Finvitation"));
    noor.post("save-profile", &[("contact_number", "(208) 555-0123")]).await;
    let page = noor.get(&link).await.body;
    assert!(
        page.contains("Bright Harbor Health") && page.contains("Developer") && !page.contains("knowingly"),
        "{page}"
    );

    let joined = noor.follow("accept-invitation", &[("token", &parameter(&link, "token"))]).await.body;

    assert!(joined.contains("You are on the team now.") && !joined.contains("Invite a colleague"), "{joined}");
    let again = noor.get(&link).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    assert!(again.body.contains("This invitation no longer works"));
    register_app(&noor, &details("sandbox"), &registration("public")).await;
    assert!(vera.get("/owner/applications").await.body.contains("Care Costs"), "they share the apps");
}

#[tokio::test]
async fn another_healthcare_id_joins_only_with_the_box_checked() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    let link = invite(&site, &vera, "work@company.example", "owner").await;
    let noor = vendor(&site, "noor-haddad").await;
    let token = parameter(&link, "token");
    assert!(noor.get(&link).await.body.contains("was sent to another email address"));
    let refused = noor.follow("accept-invitation", &[("token", &token)]).await.body;
    assert!(refused.contains("Check the box to join with this Healthcare ID."), "{refused}");
    let joined = noor.follow("accept-invitation", &[("token", &token), ("knowingly", "on")]).await.body;
    assert!(joined.contains("You are on the team now.") && joined.contains("Invite a colleague"), "{joined}");
    let letters = inbox::mails(&site).await;
    assert!(letters.iter().any(|mail| mail.text.contains("noor-haddad@example.org")), "owners see who joined");
    for token in ["", "x", "../../signin", "%00", &token] {
        let reply = noor.post("accept-invitation", &[("token", token), ("knowingly", "on")]).await;
        assert!(reply.header("location").starts_with("/owner/invitation") || reply.status == 400, "{token}");
    }
}

#[tokio::test]
async fn handing_over_leaving_and_removing_ask_first_and_work_at_once() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    let id = organization(&vera).await;
    let last = vera.follow("leave-team", &[("organization", &id)]).await.body;
    assert!(last.contains("The organization needs at least one owner."), "{last}");
    let link_of = invite(&site, &vera, "noor-haddad@example.org", "developer").await;
    let noor = vendor(&site, "noor-haddad").await;
    noor.post("accept-invitation", &[("token", &parameter(&link_of, "token"))]).await;

    let page = vera.get("/owner/team").await.body;
    let people =
        page.split("/owner/team/").filter_map(|rest| rest.split_once("/hand-over")).map(|(id, _)| id.to_owned());
    let noors = people.last().unwrap();
    let asking = vera.get(&format!("/owner/team/{noors}/hand-over?organization={id}")).await.body;
    assert!(asking.contains("Hand over your ownership?") && asking.contains("/api/hand-over"));
    let form = [("account", noors.as_str()), ("organization", id.as_str())];
    assert_eq!(noor.post("hand-over", &form).await.status, StatusCode::FORBIDDEN, "developers do not");
    assert!(vera.follow("hand-over", &form).await.body.contains("You handed over the ownership"));
    assert_eq!(vera.get(&format!("/owner/team/{noors}/remove?organization={id}")).await.status, StatusCode::FORBIDDEN);

    let page = noor.get("/owner/team").await.body;
    let veras = page.split("/owner/team/").filter_map(|rest| rest.split_once("/remove")).last().unwrap().0.to_owned();
    let question = noor.get(&format!("/owner/team/{veras}/remove?organization={id}")).await.body;
    assert!(question.contains("Apps that they lose access to: 0."), "{question}");
    let form = [("account", veras.as_str()), ("organization", id.as_str())];
    assert!(noor.follow("remove-colleague", &form).await.body.contains("Their access has ended"));

    assert!(!vera.get("/owner").await.body.contains("Bright Harbor Health"), "signed in, but without the organization");
    let history = noor.get("/owner/organization").await.body;
    for words in ["Removed from the team", "Ownership handed over", "Joined the team", "Invited to the team"] {
        assert!(history.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_form_acts_for_the_organization_it_was_shown_for() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    let first = organization(&vera).await;
    register_app(&vera, &details("sandbox"), &registration("public")).await;
    let app = link(vera.get("/owner").await.body.split("<tbody>").nth(1).unwrap(), "/owner/applications/")
        .unwrap()
        .to_owned();
    let begun = vera.get("/owner/organization/register?another=yes").await.header("location").to_owned();
    let page = vera.get(&begun).await.body;
    assert!(!page.contains("Bright Harbor Health\""), "another organization starts empty: {page}");
    let draft = parameter(&begun, "draft");
    let mut form = demographics();
    form[0] = ("name", "Second Harbor Clinic");
    form.push(("draft", &draft));
    let posted = vera.post("organization-demographics", &form).await;
    let draft = parameter(posted.header("location"), "draft");
    let mut form = super::desk::attestation();
    form.push(("draft", &draft));
    let posted = vera.post("organization-attestation", &form).await;
    let draft = parameter(posted.header("location"), "draft");
    let sent = vera.follow("submit-organization", &[("draft", &draft), ("terms", "on")]).await.body;
    assert!(sent.contains("Second Harbor Clinic") && sent.contains("Switch organization"), "{sent}");
    approve_all(&site).await;

    // The vendor acts for the second one now. What names an app, or the first one, still acts for the first.
    assert!(vera.get(&app).await.body.contains("Bright Harbor Health"), "an app's page is its organization's");
    let id = app.trim_start_matches("/owner/applications/");
    assert_eq!(vera.post("deactivate-app", &[("application", id)]).await.status, StatusCode::SEE_OTHER);
    vera.post("owner-comment", &[("comment", "For the first."), ("organization", &first)]).await;
    assert!(!vera.get("/owner/organization").await.body.contains("For the first."));
    let chosen = vera.follow("choose-organization", &[("organization", &first)]).await.body;
    assert!(
        chosen.contains("You now act for this organization.") && chosen.contains("Bright Harbor Health"),
        "{chosen}"
    );
    assert!(vera.get("/owner/organization").await.body.contains("For the first."));
    let list = vera.get("/owner/organizations").await.body;
    assert!(list.contains("Second Harbor Clinic") && list.contains("You act for it now"), "{list}");
}

#[tokio::test]
async fn an_administrator_names_an_owner_and_staff_without_the_role_cannot() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    let id = organization(&vera).await;
    account(&site, "noor-haddad").await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let page = ada.get(&format!("/admin/organizations/{id}/owner")).await.body;
    assert!(
        page.contains("Name an owner of Bright Harbor Health") && page.contains("vera-lindqvist@example.org"),
        "{page}"
    );
    let form = [
        ("organization", id.as_str()),
        ("login", "noor-haddad@example.org"),
        ("reason", "The owner left the company."),
        ("evidence", "A letter of the board."),
    ];
    let unknown = [form[0], ("login", "no-one-here"), form[2], form[3]];
    assert!(ada.follow("name-owner", &unknown).await.body.contains("We do not know this Healthcare ID"));
    assert!(ada.follow("name-owner", &form[..2]).await.body.contains("Say what you have seen or received."));
    let named = ada.follow("name-owner", &form).await.body;
    assert!(named.contains("The owner is named.") && named.contains("Owner named by an administrator"), "{named}");
    let history = vera.get("/owner/organization").await.body;
    assert!(
        history.contains("The owner left the company.") && !history.contains("A letter of the board."),
        "{history}"
    );
}
