//! Values to fill letters with: ordinary ones, and those that an attacker would type.

use jiff::{Timestamp, tz::TimeZone};
use model::{
    account::{HealthcareId, PersonName, Role},
    email::Email,
    https_url::HttpsUrl,
    locale::Locale,
    partition::Environment,
    stored::Stored,
    team::TeamRole,
};

use super::Kind;
use crate::{
    message::Message,
    messages::{
        access, account,
        application::{self, App, EndingSecret},
        audit, change,
        conversation::{self, Thing},
        desk::{self, Arrival},
        digest::{self, Late},
        organization::{self, List, Organization},
        outage::{self, Outage},
        report, representative, second_factor, staff,
        team::{self, Invitation, Joined, Team},
    },
    moment::When,
    reader::Reader,
    site::Site,
};

/// What a letter can be filled with.
#[derive(Clone, Debug)]
pub struct Sample {
    pub locale: Locale,
    pub to: Email,
    /// Of the reader, and of other people.
    pub person: PersonName,
    pub app: String,
    pub organization: String,
    pub program: String,
    pub ticket: String,
    /// Of a denial.
    pub criterion: String,
    /// What a person wrote.
    pub comment: String,
}

/// In the place of a single-use token or a code.
pub const TOKEN: &str = "sample-token";
/// In the place of ids.
pub const ID: &str = "sample0123456789";

impl Sample {
    pub fn plain(locale: Locale) -> Self {
        Self {
            locale,
            to: Email::stored("vera@example.org".to_owned()),
            person: PersonName::stored("Vera Lindqvist".to_owned()),
            app: "Trail Notes".to_owned(),
            organization: "Bright Harbor Health, Inc.".to_owned(),
            program: "Optum Idaho".to_owned(),
            ticket: "Refresh fails with invalid_grant".to_owned(),
            criterion: "We cannot reach the privacy policy, or it does not say what was attested.".to_owned(),
            comment: "The privacy policy does not say who else gets the data.\n\nPlease add it.".to_owned(),
        }
    }

    /// Markup, headers, a long word, and text that turns the reading direction, wherever a person could have typed them.
    pub fn hostile(locale: Locale) -> Self {
        let hostile = |word: &str| {
            format!(
                "{word} \"><script>alert('{word}')</script>&amp;\r\nBcc: eve@example.org\u{202e} שלום {}",
                "x".repeat(300)
            )
        };
        Self {
            locale,
            to: Email::stored("vera@example.org".to_owned()),
            person: PersonName::stored(hostile("Vera")),
            app: hostile("App"),
            organization: hostile("Harbor"),
            program: hostile("Idaho"),
            ticket: hostile("Ticket"),
            criterion: hostile("Criterion"),
            comment: format!("{}\n.\n<img src=x onerror=alert(1)>", hostile("Comment")),
        }
    }

    fn reader(&self) -> Reader<'_> {
        Reader { to: &self.to, name: &self.person, locale: self.locale }
    }

    fn app(&self) -> App<'_> {
        let (name, program) = (self.app.as_str(), self.program.as_str());
        App { id: ID, name, program, environment: Environment::Production, client_id: "client-of-trail-notes" }
    }

    fn organization(&self) -> Organization<'_> {
        Organization { id: ID, name: &self.organization }
    }

    fn team(&self) -> Team<'_> {
        Team { id: ID, name: &self.organization }
    }

    pub(super) fn letter(&self, kind: Kind, site: &Site) -> Message {
        match self.to_people(kind, site).or_else(|| self.to_vendors(kind, site)) {
            Some(message) => message,
            None => self.to_staff(kind, site),
        }
    }

    /// To holders of accounts and to members.
    fn to_people(&self, kind: Kind, site: &Site) -> Option<Message> {
        let reader = self.reader();
        let id = HealthcareId::stored("vera-lindqvist".to_owned());
        let app_path = format!("/member/apps/{ID}/renew");
        Some(match kind {
            Kind::VerifyEmail => account::verify_email(site, reader, &id, TOKEN),
            Kind::KnownEmail => account::sign_up_with_known_email(site, reader),
            Kind::ForgotId => account::forgot_id(site, reader, &id, None),
            Kind::ResetPassword => account::reset_password(site, reader, TOKEN),
            Kind::PasswordChanged => account::password_changed(site, reader),
            Kind::ConfirmNewEmail => account::confirm_new_email(site, &self.to, self.locale, TOKEN),
            Kind::EmailChanged => account::email_changed(site, reader, &self.to),
            Kind::AuthenticatorIsFirst => second_factor::added(site, reader),
            Kind::PasskeyIsFirst => second_factor::first_passkey_added(site, reader),
            Kind::PasskeyAdded => second_factor::passkey_added(site, reader),
            Kind::PasskeyRemoved => second_factor::passkey_removed(site, reader),
            Kind::AuthenticatorAdded => second_factor::app_added(site, reader),
            Kind::AuthenticatorRemoved => second_factor::app_removed(site, reader),
            Kind::AuthenticatorChanged => second_factor::changed(site, reader),
            Kind::SecondFactorOff => second_factor::removed(site, reader),
            Kind::NewRecoveryCodes => second_factor::new_recovery_codes(site, reader),
            Kind::RecoveryCodeUsed => second_factor::recovery_code_used(site, reader, 4),
            Kind::WrongCodes => second_factor::wrong_codes(site, reader),
            Kind::AccessGranted => access::granted(site, reader),
            Kind::AccessChanged => access::changed(site, reader),
            Kind::AccessLengthChanged => access::length_changed(site, reader),
            Kind::StillConnected => access::still_connected(site, reader),
            Kind::AccessEndsSoon => access::ends_soon(site, reader, &app_path),
            Kind::AccessRevoked => access::revoked(site, reader),
            Kind::AccessRevokedByStaff => access::revoked_by_staff(site, reader),
            Kind::AccessEndedWithApp => access::app_deleted(site, reader),
            Kind::AccessEndedByRevoking => access::app_revoked(site, reader),
            Kind::MemberLeft => access::member_left(site, reader),
            Kind::LinkedElsewhere => access::linked_elsewhere(site, reader),
            Kind::MemberCode => access::member_code(site, &self.to, self.locale, TOKEN),
            Kind::MayAct => representative::may_act(site, reader, self.person.as_str()),
            Kind::ActsForYou => representative::acts_for_you(site, reader, &self.person),
            Kind::MayNoLongerAct => representative::ended(site, reader, self.person.as_str()),
            Kind::NoLongerActsForYou => representative::ended_for_you(site, reader, &self.person),
            _ => return None,
        })
    }

    /// To the people of an organization.
    fn to_vendors(&self, kind: Kind, site: &Site) -> Option<Message> {
        let (reader, app, of, team) = (self.reader(), self.app(), self.organization(), self.team());
        let (why, said) = (self.criterion.as_str(), self.comment.as_str());
        let app_path = format!("/owner/applications/{ID}");
        let ticket_path = format!("/owner/support/{ID}?organization={ID}");
        let (on, ticket) =
            (Thing { name: &self.app, path: &app_path }, Thing { name: &self.ticket, path: &ticket_path });
        let moved = [(self.app.clone(), due()), (self.organization.clone(), due())];
        let began = || When::new(at("2026-12-07T13:30:00Z"), central());
        let outage = Outage { program: Some(&self.program), began: began(), ends: None, moved: &moved };
        let over = Outage { ends: Some(due()), ..outage.clone() };
        Some(match kind {
            Kind::OrganizationReceived => organization::received(site, reader, of),
            Kind::OrganizationApproved => organization::approved(site, reader, of, said),
            Kind::OrganizationDenied => organization::denied(site, reader, of, why, said),
            Kind::OrganizationAsked => organization::information_asked(site, reader, of, said, &due()),
            Kind::OrganizationChangeReceived => organization::change_received(site, reader, of),
            Kind::OrganizationChangeApproved => organization::change_approved(site, reader, of, said),
            Kind::OrganizationChangeDenied => organization::change_denied(site, reader, of, why, said),
            Kind::OrganizationSuspended => organization::suspended(site, reader, of, said),
            Kind::OrganizationReactivated => organization::reactivated(site, reader, of, said),
            Kind::OrganizationRevoked => organization::revoked(site, reader, of, said),
            Kind::ListSet => {
                let list = List { organization: of, program: &self.program, kept_out: &self.app };
                organization::list_set(site, reader, list, said)
            }
            Kind::ApplicationRegistered => application::registered(site, reader, &app),
            Kind::ApplicationReceived => application::received(site, reader, &app),
            Kind::ApplicationReceivedInPart => application::received_in_part(site, reader, &app),
            Kind::ApplicationApproved => application::approved(site, reader, &app, said),
            Kind::ApplicationDenied => application::denied(site, reader, &app, why, said),
            Kind::ApplicationAsked => application::information_asked(site, reader, &app, said, &due()),
            Kind::ApplicationChangeReceived => application::change_received(site, reader, &app),
            Kind::ApplicationChangeApproved => application::change_approved(site, reader, &app, said),
            Kind::ApplicationChangeDenied => application::change_denied(site, reader, &app, why, said),
            Kind::ApplicationSuspended => application::suspended(site, reader, &app, said),
            Kind::ApplicationReactivated => application::reactivated(site, reader, &app, said),
            Kind::ApplicationRevoked => application::revoked(site, reader, &app, said),
            Kind::SecretGenerated => application::secret_generated(site, reader, &app, Some(&due())),
            Kind::SecretEnds => {
                let secret = EndingSecret { created: began(), ends: due(), used: None };
                application::secret_ends(site, reader, &app, 7, &secret)
            }
            Kind::KeysRegistered => application::keys_registered(site, reader, &app),
            Kind::KeysRemoved => application::keys_removed(site, reader, &app),
            Kind::NoticeAddressSet => {
                let address = HttpsUrl::stored("https://app.example.com/events?a=1&b=2".to_owned());
                application::notices_set(site, reader, &app, &address)
            }
            Kind::NoticeAddressRemoved => application::notices_removed(site, reader, &app),
            Kind::Commented => conversation::commented(site, reader, on, said),
            Kind::AppealReceived => conversation::appeal_received(site, reader, on, &due()),
            Kind::AppealAccepted => conversation::appeal_accepted(site, reader, on, said),
            Kind::AppealRefused => conversation::appeal_refused(site, reader, on, why, said),
            Kind::TicketOpened => conversation::ticket_opened(site, reader, ticket, &due()),
            Kind::TicketAnswered => conversation::ticket_answered(site, reader, ticket, said),
            Kind::TicketClosed => conversation::ticket_closed(site, reader, ticket, said),
            Kind::Invited => {
                let by = Some(self.person.as_str());
                let invitation =
                    Invitation { organization: &self.organization, by, role: TeamRole::Developer, token: TOKEN };
                team::invited(site, &self.to, self.locale, invitation)
            }
            Kind::Joined => {
                let (name, email, role) = (&self.person, &self.to, TeamRole::Developer);
                team::joined(site, reader, Joined { team, name, email, invited: email, role })
            }
            Kind::Removed => team::removed(site, reader, &self.organization),
            Kind::Left => team::left(site, reader, team, self.person.as_str()),
            Kind::TeamRoleChanged => team::role_changed(site, reader, team, TeamRole::Owner),
            Kind::OwnerNamed => team::owner_named(site, reader, team, self.person.as_str(), said),
            Kind::ProgramChanged => {
                let path = "/docs/idaho/changes#change-2026-12-01";
                let facts = change::Facts { program: &self.program, title: "Vision claims", text: said, path };
                change::announced(site, reader, &facts)
            }
            Kind::OutageBegun => outage::begun(site, reader, &outage),
            Kind::OutageEnded => outage::ended(site, reader, &over),
            Kind::OutageCorrected => outage::corrected(site, reader, &over),
            _ => return None,
        })
    }

    /// To the staff, and to addresses of the operator's.
    fn to_staff(&self, kind: Kind, site: &Site) -> Message {
        let (reader, said) = (self.reader(), self.comment.as_str());
        let review = format!("/admin/reviews/{ID}");
        let arrived = |arrival: Arrival, name: &str, path: &str| {
            desk::arrived(site, reader, &desk::Facts { arrival, name, due: &due(), path })
        };
        let (organization, app) = (format!("/admin/organizations/{ID}"), format!("/admin/applications/{ID}"));
        let ticket = format!("/admin/tickets/{ID}");
        let change = staff::Change {
            name: self.person.as_str(),
            healthcare_id: "vera-lindqvist",
            role: Role::Reviewer,
            by: Some(self.person.as_str()),
        };
        match kind {
            Kind::OrganizationArrived => arrived(Arrival::Organization, &self.organization, &organization),
            Kind::ApplicationArrived => arrived(Arrival::Application, &self.app, &review),
            Kind::ChangeArrived => arrived(Arrival::Change, &self.app, &review),
            Kind::AnswerArrived => arrived(Arrival::Answer, &self.app, &review),
            Kind::AppealArrived => arrived(Arrival::Appeal, &self.app, &review),
            Kind::CommentArrived => arrived(Arrival::Comment, &self.app, &app),
            Kind::TicketArrived => arrived(Arrival::Ticket, &self.ticket, &ticket),
            Kind::ReplyArrived => arrived(Arrival::Reply, &self.ticket, &ticket),
            Kind::AppReported => report::filed(site, &self.to, &self.app, ID),
            Kind::WeeklyDigest => {
                let late: Vec<(Late, usize)> = Late::ALL.into_iter().zip(1..).collect();
                digest::weekly(site, reader, &late, &due())
            }
            Kind::RoleGiven => staff::role_given(site, reader, Role::Reviewer, said, false),
            Kind::RoleTaken => staff::role_taken(site, reader, Role::Reviewer, said),
            Kind::OthersRoleGiven => staff::others_role_given(site, reader, &change, said),
            Kind::OthersRoleTaken => staff::others_role_taken(site, reader, &change, said),
            Kind::DeskChanged => desk::changed(site, reader, &[&self.program]),
            Kind::AuditDigest => audit::digest(site, &self.to, 1234, "1234:9f86d081884c7d65", 1200),
            // What is left is in the other two lists; a test renders each kind and compares what it names.
            _ => audit::broken(site, &self.to, "1234:9f86d081884c7d65", said),
        }
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap_or_default()
}

fn central() -> TimeZone {
    TimeZone::get("America/Chicago").unwrap_or(TimeZone::UTC)
}

/// `Mon, Dec 14, 2026, 9:00 AM CST`
fn due() -> When {
    When::new(at("2026-12-14T15:00:00Z"), central())
}
