//! App registration: what is typed, and what it becomes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    application::{AccessType, ClientKind, Platform},
    email::{Email, EmailError},
    form::{Code, Errors, FieldError, choice, is_checked, yes_or_no},
    https_url::HttpsUrl,
    partition::{Environment, ProgramId},
    phone::{Phone, PhoneKind},
    redirect_uri::RedirectUri,
    text::{Line, Name, Paragraph},
};

/// The form as it is posted; an input that was not sent is empty. Field names are the names of the inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApplicationForm {
    pub name: String,
    /// Checked: access to the provider directory.
    pub access_public: String,
    /// Checked: access to members' data.
    pub access_patient: String,
    /// The ids of the programs checked.
    pub programs: Vec<String>,
    /// `sandbox` or `production`.
    pub environment: String,
    /// Empty: the organization's.
    pub privacy_url: String,
    pub redirect_uri: String,
    pub description: String,
    /// `us` or `international`.
    pub support_phone_kind: String,
    pub support_phone: String,
    pub support_email: String,
    pub support_website: String,
    pub support_name: String,
    /// `yes` or `no`: "Do you have an ID for your application for this platform?"
    pub platform_id_known: String,
    /// Asked where the answer is yes.
    pub platform_id: String,
    pub platform: String,
    pub platform_name: String,
    /// `confidential` or `public`.
    pub client_kind: String,
    /// Checked: the terms are agreed to.
    pub terms: String,
}

/// Whom members and reviewers turn to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportContact {
    pub phone: Phone,
    pub email: Email,
    pub website: HttpsUrl,
    pub name: Name,
}

/// The app on its platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlatformEntry {
    pub platform: Platform,
    /// Its identifier in the platform's store, if it has one.
    pub id: Option<Line>,
    pub name: Name,
}

/// A registration whose every field is valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationDraft {
    pub name: Name,
    pub access: AccessType,
    /// At least one.
    pub programs: BTreeSet<ProgramId>,
    pub environment: Environment,
    pub privacy_url: Option<HttpsUrl>,
    pub redirect_uri: RedirectUri,
    pub description: Paragraph,
    pub support: SupportContact,
    pub platform: PlatformEntry,
    pub client_kind: ClientKind,
}

impl ApplicationForm {
    /// The whole registration, terms included, or the errors of every field. `offered` are the deployment's programs.
    pub fn parse(&self, offered: &[ProgramId]) -> Result<ApplicationDraft, Vec<FieldError>> {
        let mut errors = Errors::default();
        let name = errors.take("name", Name::parse(&self.name));
        let access = errors.take("access", self.access());
        let programs = errors.take("programs", self.programs(offered));
        let environment = errors.take("environment", choice::<Environment>(&self.environment));
        if environment == Some(Environment::Sandbox) && access == Some(AccessType::Public) {
            errors.add("environment", Code::SandboxNeedsPatient);
        }
        let privacy_url = errors.take("privacy_url", HttpsUrl::parse_optional(&self.privacy_url));
        // Without an environment the looser rules tell what is wrong in both.
        let rules = environment.unwrap_or(Environment::Sandbox);
        let redirect_uri = errors.take("redirect_uri", RedirectUri::register(rules, &self.redirect_uri));
        let description = errors.take("description", Paragraph::parse(&self.description));
        let client_kind = errors.take("client_kind", choice::<ClientKind>(&self.client_kind));
        let alone = environment == Some(Environment::Production) && access == Some(AccessType::Public);
        if alone && client_kind == Some(ClientKind::Public) {
            errors.add("client_kind", Code::NothingToUse);
        }
        let support = self.support(&mut errors);
        let platform = self.platform(&mut errors);
        if !is_checked(&self.terms) {
            errors.add("terms", Code::MustAgree);
        }
        let draft = || {
            let (name, access, programs, environment) = (name?, access?, programs?, environment?);
            let (privacy_url, redirect_uri, description) = (privacy_url?, redirect_uri?, description?);
            let (support, platform, client_kind) = (support?, platform?, client_kind?);
            Some(ApplicationDraft {
                name,
                access,
                programs,
                environment,
                privacy_url,
                redirect_uri,
                description,
                support,
                platform,
                client_kind,
            })
        };
        let draft = draft();
        errors.finish(draft)
    }

    fn access(&self) -> Result<AccessType, Code> {
        match (is_checked(&self.access_public), is_checked(&self.access_patient)) {
            (true, true) => Ok(AccessType::Both),
            (true, false) => Ok(AccessType::Public),
            (false, true) => Ok(AccessType::Patient),
            (false, false) => Err(Code::Required),
        }
    }

    fn programs(&self, offered: &[ProgramId]) -> Result<BTreeSet<ProgramId>, Code> {
        let find = |text: &String| offered.iter().find(|id| id.as_str() == text).cloned().ok_or(Code::NotAChoice);
        let chosen =
            self.programs.iter().filter(|text| !text.is_empty()).map(find).collect::<Result<BTreeSet<_>, _>>()?;
        if chosen.is_empty() { Err(Code::Required) } else { Ok(chosen) }
    }

    fn support(&self, errors: &mut Errors) -> Option<SupportContact> {
        let kind = errors.take("support_phone_kind", choice::<PhoneKind>(&self.support_phone_kind));
        let phone = kind.and_then(|kind| errors.take("support_phone", Phone::from_digits(kind, &self.support_phone)));
        let email = errors.take("support_email", email(&self.support_email));
        let website = errors.take("support_website", HttpsUrl::parse(&self.support_website));
        let name = errors.take("support_name", Name::parse(&self.support_name));
        Some(SupportContact { phone: phone?, email: email?, website: website?, name: name? })
    }

    fn platform(&self, errors: &mut Errors) -> Option<PlatformEntry> {
        let platform = errors.take("platform", choice::<Platform>(&self.platform));
        let name = errors.take("platform_name", Name::parse(&self.platform_name));
        let known = errors.take("platform_id_known", yes_or_no(&self.platform_id_known));
        let id = match known {
            Some(true) => errors.take("platform_id", Line::parse(&self.platform_id)).map(Some),
            _ => Some(None),
        };
        Some(PlatformEntry { platform: platform?, id: id?, name: name? })
    }
}

fn email(text: &str) -> Result<Email, Code> {
    text.parse().map_err(|error| match error {
        EmailError::Empty => Code::Required,
        EmailError::TooLong => Code::TooLong,
        EmailError::Malformed => Code::NotAnEmail,
    })
}

/// To edit what was registered, or to register it again for production. The terms have to be agreed to again.
impl From<ApplicationDraft> for ApplicationForm {
    fn from(draft: ApplicationDraft) -> Self {
        let check = |checked: bool| if checked { "on".to_owned() } else { String::new() };
        let known = if draft.platform.id.is_some() { "yes" } else { "no" };
        Self {
            name: draft.name.into(),
            access_public: check(draft.access.includes_public()),
            access_patient: check(draft.access.includes_patient()),
            programs: draft.programs.iter().map(|id| id.as_str().to_owned()).collect(),
            environment: draft.environment.as_str().to_owned(),
            privacy_url: draft.privacy_url.map(String::from).unwrap_or_default(),
            redirect_uri: draft.redirect_uri.into(),
            description: draft.description.into(),
            support_phone_kind: draft.support.phone.kind().as_str().to_owned(),
            support_phone: draft.support.phone.digits().to_owned(),
            support_email: draft.support.email.into(),
            support_website: draft.support.website.into(),
            support_name: draft.support.name.into(),
            platform_id_known: known.to_owned(),
            platform_id: draft.platform.id.map(String::from).unwrap_or_default(),
            platform: draft.platform.platform.as_str().to_owned(),
            platform_name: draft.platform.name.into(),
            client_kind: draft.client_kind.as_str().to_owned(),
            terms: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered() -> [ProgramId; 2] {
        [ProgramId::new("idaho"), ProgramId::new("oph-ca")]
    }

    fn filled_in() -> ApplicationForm {
        let text = str::to_owned;
        ApplicationForm {
            name: text("Acme Claims"),
            access_public: text("on"),
            access_patient: text("on"),
            programs: vec![text("oph-ca")],
            environment: text("production"),
            redirect_uri: text("https://acme.example/callback"),
            description: text("Shows your claims."),
            support_phone_kind: text("us"),
            support_phone: text("2085550123"),
            support_email: text("help@acme.example"),
            support_website: text("https://acme.example/help"),
            support_name: text("Ada Lovelace"),
            platform_id_known: text("no"),
            platform: text("web"),
            platform_name: text("Acme Claims for the web"),
            client_kind: text("confidential"),
            terms: text("on"),
            ..ApplicationForm::default()
        }
    }

    fn errors(form: &ApplicationForm) -> Vec<(String, Code)> {
        form.parse(&offered()).unwrap_err().into_iter().map(|error| (error.field.into_owned(), error.code)).collect()
    }

    #[test]
    fn a_filled_in_form_becomes_a_draft_and_a_form_again() {
        let draft = filled_in().parse(&offered()).unwrap();
        assert_eq!(draft.access, AccessType::Both);
        let again = ApplicationForm { terms: "on".to_owned(), ..ApplicationForm::from(draft.clone()) };
        assert_eq!(again.parse(&offered()), Ok(draft));
    }

    #[test]
    fn an_empty_form_names_every_mandatory_field() {
        let fields: Vec<String> = errors(&ApplicationForm::default()).into_iter().map(|(field, _)| field).collect();
        assert_eq!(
            fields,
            [
                "name",
                "access",
                "programs",
                "environment",
                "redirect_uri",
                "description",
                "client_kind",
                "support_phone_kind",
                "support_email",
                "support_website",
                "support_name",
                "platform",
                "platform_name",
                "platform_id_known",
                "terms"
            ]
        );
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let public_sandbox = |form: &mut ApplicationForm| {
            form.environment = "sandbox".to_owned();
            form.access_patient = String::new();
        };
        check(public_sandbox, "environment", Code::SandboxNeedsPatient);
        check(|form| form.programs = vec!["texas".to_owned()], "programs", Code::NotAChoice);
        check(|form| form.environment = "staging".to_owned(), "environment", Code::NotAChoice);
        check(|form| form.redirect_uri = "http://127.0.0.1/".to_owned(), "redirect_uri", Code::LoopbackInSandboxOnly);
        check(|form| form.platform_id_known = "yes".to_owned(), "platform_id", Code::Required);
        check(|form| form.support_phone = "208-555-0123".to_owned(), "support_phone", Code::DigitsOnly);
        check(|form| form.support_email = "help".to_owned(), "support_email", Code::NotAnEmail);
        check(|form| form.client_kind = "secret".to_owned(), "client_kind", Code::NotAChoice);
        let public_client = |form: &mut ApplicationForm| {
            form.client_kind = "public".to_owned();
            form.access_patient = String::new();
        };
        check(public_client, "client_kind", Code::NothingToUse);
        check(|form| form.terms = "no".to_owned(), "terms", Code::MustAgree);

        fn check(change: impl Fn(&mut ApplicationForm), field: &str, code: Code) {
            let mut form = filled_in();
            change(&mut form);
            assert_eq!(errors(&form).first(), Some(&(field.to_owned(), code)));
        }
    }
}
