//! Every form × who may not send it: a stranger, another vendor, a member, staff without the role; with the ids of
//! other people's things in it. Nothing is saved.

use model::account::Role;

use super::quiet::Watch;
use crate::{
    attacks::{
        calm::Answers,
        input::forms,
        world::{Ids, people},
    },
    oauth::site::{Reply, Site},
    portals::desk::staff,
};

/// Who may send the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// Anyone may send it; why.
    Anybody(&'static str),
    /// Acts on the account that sends it.
    Account,
    /// Names a session or a passkey of the account.
    Own,
    /// Acts on the vendor's own organization.
    Vendor,
    /// Names an app of the vendor, or its organization.
    App,
    Reviewer,
    /// Says who may act for a member, or who has which role; announces something; or cannot be undone.
    Administrator,
    /// Acts for a member, or names a ticket.
    Support,
    /// Names a grant of the member.
    Grant,
    /// Names a request that one browser brought.
    Browser,
}

const FORMS: [(&str, Of); 107] = [
    ("accept-invitation", Of::Account),
    ("acknowledge", Of::Reviewer),
    ("add-criterion", Of::Administrator),
    ("add-passkey", Of::Account),
    ("admin-comment", Of::Reviewer),
    ("answer-question", Of::App),
    ("answer-ticket", Of::Support),
    ("app-details", Of::App),
    ("appeal", Of::App),
    ("ask-passkey", Of::Account),
    ("begin-outage", Of::Administrator),
    ("begin-passkey", Of::Account),
    ("begin-second-factor", Of::Account),
    ("block", Of::Reviewer),
    ("change-email", Of::Account),
    ("change-length", Of::Grant),
    ("change-name", Of::Account),
    ("change-password", Of::Account),
    ("choose-organization", Of::App),
    ("choose-payer", Of::Browser),
    ("choose-person", Of::Browser),
    ("choose-test-member", Of::Browser),
    ("claim-review", Of::Reviewer),
    ("claim-ticket", Of::Support),
    ("close-ticket", Of::App),
    ("confirm-code", Of::Account),
    ("confirm-email", Of::Anybody("needs the link of the mail")),
    ("confirm-member", Of::Browser),
    ("confirm-representative", Of::Administrator),
    ("confirm-second-factor", Of::Account),
    ("correct-outage", Of::Administrator),
    ("deactivate-app", Of::App),
    ("decide", Of::Browser),
    ("decide-review", Of::Reviewer),
    ("delete-app", Of::App),
    ("delete-draft", Of::App),
    ("download-rejects", Of::Administrator),
    ("edit-app", Of::App),
    ("end-access", Of::Support),
    ("end-bulletin", Of::Administrator),
    ("end-outage", Of::Administrator),
    ("end-representative", Of::Administrator),
    ("end-secret", Of::App),
    ("forgot-id", Of::Anybody("is for who cannot sign in")),
    ("forgot-password", Of::Anybody("is for who cannot sign in")),
    ("generate-secret", Of::App),
    ("give-role", Of::Administrator),
    ("hand-over", Of::App),
    ("invite-colleague", Of::App),
    ("language", Of::Anybody("sets a cookie")),
    ("lapse-review", Of::Reviewer),
    ("leave-team", Of::App),
    ("link-member", Of::Browser),
    ("look-up-member", Of::Support),
    ("make-recovery-codes", Of::Account),
    ("name-owner", Of::Administrator),
    ("open-ticket", Of::App),
    ("organization-attestation", Of::Vendor),
    ("organization-demographics", Of::Vendor),
    ("owner-comment", Of::App),
    ("post-bulletin", Of::Administrator),
    ("propose-representative", Of::Administrator),
    ("rate-ticket", Of::App),
    ("reactivate-app", Of::App),
    ("register-app", Of::Vendor),
    ("release-review", Of::Reviewer),
    ("release-ticket", Of::Support),
    ("remove-app", Of::Account),
    ("remove-colleague", Of::App),
    ("remove-keys", Of::App),
    ("remove-notice-address", Of::App),
    ("remove-passkey", Of::Own),
    ("remove-second-factor", Of::Account),
    ("rename-passkey", Of::Own),
    ("reply-ticket", Of::App),
    ("report-app", Of::Grant),
    ("reset-password", Of::Anybody("needs the link of the mail")),
    ("restore-criterion", Of::Administrator),
    ("retire-criterion", Of::Administrator),
    ("revoke-access", Of::Grant),
    ("save-bulletin", Of::Administrator),
    ("save-profile", Of::Account),
    ("send-invitation-again", Of::App),
    ("send-member-code", Of::Browser),
    ("set-desk", Of::Administrator),
    ("set-error-page", Of::Reviewer),
    ("set-keys", Of::App),
    ("set-list", Of::Administrator),
    ("set-notice-address", Of::App),
    ("set-team-role", Of::App),
    ("sign-in", Of::Anybody("signs in")),
    ("sign-in-code", Of::Anybody("completes a sign-in; needs the half-open session")),
    ("sign-out", Of::Anybody("ends the own session, if there is one")),
    ("sign-out-everywhere", Of::Account),
    ("sign-out-session", Of::Own),
    ("sign-up", Of::Anybody("registers")),
    ("submit-organization", Of::Vendor),
    ("switch-account", Of::Anybody("ends the own session; a request of another browser stays as it is")),
    ("take-over-review", Of::Reviewer),
    ("take-over-ticket", Of::Support),
    ("take-role", Of::Administrator),
    ("test-notice", Of::App),
    ("try-it-sign-in", Of::Anybody("makes a visitor of the sandbox, who sees made-up data")),
    ("try-it-sign-out", Of::Anybody("ends the visit of the browser that sends it")),
    ("verify-email", Of::Anybody("needs the link of the mail")),
    ("withdraw-appeal", Of::App),
    ("withdraw-invitation", Of::App),
];

/// Fields about Vera's things, Mia's grant and a request; each form reads those that it knows.
fn form(ids: &Ids) -> Vec<(&'static str, &str)> {
    vec![
        ("application", &ids.app),
        ("from", &ids.app),
        ("organization", &ids.organization),
        ("review", &ids.review),
        ("ticket", &ids.ticket),
        ("title", "Mine."),
        ("text", "Mine."),
        ("appeal", "Mine."),
        ("reply", "Mine."),
        ("satisfaction", "solved"),
        ("id", &ids.grant),
        ("session", &ids.session),
        ("secret", &ids.secret),
        ("code", "duplicate"),
        ("sentence", "Mine, and of no one else."),
        ("handle", "of-another-browser"),
        ("draft", "of-another.1"),
        ("invitation", "of-another"),
        ("role", "owner"),
        ("patient", "patient-mia"),
        ("person", "for-patient-mia"),
        ("program", "idaho"),
        ("environment", "sandbox"),
        ("account", "mallory-stranger"),
        ("payer", "optum-idaho"),
        ("evidence", "court-order"),
        ("ends_on_month", "1"),
        ("ends_on_day", "1"),
        ("ends_on_year", "2030"),
        ("channel", "letter"),
        ("version", "1"),
        ("decision", "approve"),
        ("step", "block"),
        ("page", "on"),
        ("reason", "Mine."),
        ("comment", "Mine."),
        ("answer", "allow"),
        ("overlap", "0"),
        ("days", "30"),
        ("source", "url"),
        ("url", "https://mallory.example/events"),
        ("jwks_uri", "https://mallory.example/jwks"),
        ("name", "Mallory"),
        ("current_password", "wrong"),
        ("password", "another long sentence"),
        ("load", "1"),
        ("look_up", &ids.look_up),
        ("grant", &ids.grant),
        ("kind", "deny"),
        ("scope", "all"),
        ("place", "idaho sandbox optum-idaho"),
        ("by", "patient"),
        ("named", "patient-mia"),
        ("member_id", "M-1"),
        ("birth_date_month", "1"),
        ("birth_date_day", "1"),
        ("birth_date_year", "1990"),
        ("last_name", "Rivera"),
    ]
}

fn told(reply: &Reply) -> (u16, String) {
    let path = reply.header("location").split(['?', '#']).next().unwrap_or_default();
    (reply.status.as_u16(), path.to_owned())
}

#[test]
fn every_form_is_in_the_matrix() {
    let known: Vec<&str> = FORMS.iter().map(|(name, _)| *name).collect();
    assert_eq!(known, forms().into_iter().collect::<Vec<_>>());
    let anybody = FORMS.iter().filter(|(_, of)| matches!(of, Of::Anybody(reason) if !reason.is_empty()));
    assert!(anybody.count() <= 13, "the forms that anyone may send may only become fewer");
}

#[tokio::test]
async fn a_form_about_anothers_things_is_refused_and_saves_nothing() {
    let site = Site::new().await;
    let people = people(&site).await;
    let auditor = staff(&site, "otto-auditor", Role::Auditor).await;
    let support = staff(&site, "sara-support", Role::Support).await;
    let reviewer = staff(&site, "ravi-chandra", Role::Reviewer).await;
    let form = form(&people.ids);
    let (mut watch, mut answers) = (Watch::over(&site).await, Answers::default());
    let here = (303, "/consent/of-another-browser".to_owned());
    let of = |status: u16, path: &str| (status, path.to_owned());
    for (name, whose) in FORMS.iter().filter(|(_, of)| !matches!(of, Of::Anybody(_))) {
        let before = watch.state().await;
        let stranger = people.stranger.post(name, &form).await;
        answers.look(&stranger, name);
        if *whose == Of::Browser {
            let calmly = stranger.status == 404 || told(&stranger) == of(303, "/signin");
            assert!(told(&stranger) == here || calmly, "{name}: {:?}", told(&stranger));
        } else {
            assert_eq!(told(&stranger), of(303, "/signin"), "{name}");
        }
        let strangers = match whose {
            Of::App => vec![(&people.mallory, of(404, "")), (&people.mia, of(303, "/owner/profile"))],
            Of::Vendor => vec![(&people.mia, of(303, "/owner/profile"))],
            Of::Reviewer => vec![
                (&people.mallory, of(403, "")),
                (&people.mia, of(403, "")),
                (&auditor, of(403, "")),
                (&support, of(403, "")),
            ],
            Of::Administrator => {
                let others = [&people.mallory, &people.mia, &auditor, &support, &reviewer];
                others.map(|other| (other, of(403, ""))).into()
            }
            Of::Support => {
                let others = [&people.mallory, &people.mia, &auditor, &reviewer];
                others.map(|other| (other, of(403, ""))).into()
            }
            Of::Grant => vec![(&people.mallory, of(404, "")), (&people.ada, of(404, ""))],
            Of::Own => vec![(&people.mallory, of(404, "")), (&people.ada, of(404, ""))],
            Of::Browser => vec![(&people.mallory, here.clone()), (&people.mia, here.clone())],
            Of::Account | Of::Anybody(_) => Vec::new(),
        };
        for (browser, expect) in strangers {
            let reply = browser.post(name, &form).await;
            let calmly = *whose == Of::Browser && reply.status == 404;
            assert!(told(&reply) == expect || calmly, "{name}: {:?}, not {expect:?}", told(&reply));
            answers.look(&reply, name);
        }
        assert_eq!(watch.state().await, before, "{name} saved something");
    }
    answers.all_calm(80);
    let page = people.vera.get(&format!("/owner/applications/{}", people.ids.app)).await.body;
    assert!(page.contains("Active") && !page.contains("Mine."), "{page}");
}
