//! App registration: what is typed, and what it becomes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    application::{AccessType, ClientKind, Platform},
    email::Email,
    form,
    form::{
        Code, Errors, FieldError,
        check::Check,
        field::{Field as _, checked, is_checked, yes_or_no},
        input::{Choice, Input},
    },
    https_url::HttpsUrl,
    logo::LogoDigest,
    partition::{Environment, ProgramId},
    phone::{Phone, PhoneKind},
    redirect_uri::RedirectUri,
    sentences,
    text::{Line, Name, Paragraph, Statement},
};

form! {
    /// "App Details". An input that was not sent is empty.
    pub struct DetailsForm("app-details") {
        name: String = Input::text("App Name", "Enter the name of your app.").max_length(80)
            .hint("Members see this name when we ask for their consent.");
        /// `public`, `patient`
        access: Vec<String> = Input::checkboxes("Application Access Type", "Choose at least one kind of access.")
            .choices([
                Choice::new("public", "Public").about("The provider directory. Members do not have to consent."),
                Choice::new("patient", "Patient").about("Members' own data, with their consent."),
            ]);
        /// Ids of programs; the page offers those that there are.
        programs: Vec<String> = Input::checkboxes("Programs", "Choose at least one program.");
        /// `sandbox` or `production`.
        environment: String = Input::select("Application Environment", "Choose an environment.")
            .choice("sandbox", "Sandbox").choice("production", "Production")
            .hint("The sandbox is for apps with Patient access, alone or with Public access. You cannot change this later: for \
                   production you register the app again.");
        privacy_url: String = Input::url("Privacy Policy URL", "Enter the address of the app's privacy policy.")
            .optional().check(Check::Https).max_length(2000)
            .hint("Leave this empty to use your organization's privacy policy.");
        redirect_uri: String = Input::text("Redirect URL", "Enter the redirect URL.").max_length(2000);
        description: String = Input::area(4, "App Description", "Describe what your app does.").max_length(2000)
            .hint("What the app is and whom it is for. Reviewers read this.");
        /// Asked where members' data is, like the retention.
        purpose: String = Input::area(3, "What the app does with the data", "Say what the app does with members' data.")
            .max_length(300)
            .hint("Members read this on the consent page, in quotes, before they decide. Use plain words: 10 to 300 characters.");
        retention: String = Input::area(
                3,
                "How long the app keeps the data",
                "Say how long the app keeps members' data and what happens to the data after that.",
            )
            .max_length(300)
            .hint("Members read this too. Say what happens to the data after that, and when someone ends the app's access: 10 to \
                   300 characters.");
        terms_url: String = Input::url("Terms of Use URL", "Enter the address of the app's terms of use.")
            .optional().check(Check::Https).max_length(2000)
            .hint("The terms that people agree to when they use your app, if there are any.");
        /// The logo that we keep: its digest.
        logo: String = Input::hidden();
        /// Sent besides the text.
        #[serde(skip_serializing)]
        logo_file: String = Input::picture("Logo")
            .hint("A PNG, JPEG, or WebP picture, 1 MB at most, best as a square. Members see it beside the app's name.");
        /// Checked: from now on there is none.
        #[serde(skip_serializing)]
        logo_removed: String = Input::checkbox("Remove the logo").optional();
    }
}

form! {
    /// "Application Registration".
    pub struct RegistrationForm("app-registration") {
        /// `us` or `international`.
        support_phone_kind: String = Input::radios("Phone number type", "Choose the type of phone number.")
            .choice("us", "US Number").choice("international", "Non-US Number");
        support_phone: String = Input::tel("Phone", "Enter the phone number of your support team.")
            .check(Check::Phone).max_length(15)
            .hint("Only digits are allowed. Don't include special characters such as \"+\" or \"()\".");
        support_email: String = Input::email("Email", "Enter the email address of your support team.");
        support_website: String = Input::url("Website", "Enter the address of your support website.")
            .check(Check::Https).max_length(2000);
        support_name: String = Input::text("Support contact name", "Enter the name of a support contact.")
            .autocomplete("off").max_length(80);
        /// `yes` or `no`.
        platform_id_known: String = Input::yes_no(
            "Do you have an ID for your application for this platform?",
            "Choose yes or no.",
        );
        /// Asked where the answer is yes.
        platform_id: String = Input::text(
                "ID of your application on this platform",
                "Enter the ID of your application, or choose \"No\" above.",
            )
            .max_length(120).hint("For example, the bundle ID in an app store.");
        platform: String = Input::select("What platform is this app registration for", "Choose a platform.")
            .choices(Platform::ALL.iter().map(|it| Choice::new(it.as_str(), platform(*it))))
            .hint("NOTE each platform requires a separate registration.");
        platform_name: String = Input::text(
                "Name of Application for this platform",
                "Enter the name of the application on this platform.",
            )
            .max_length(80);
        /// `confidential` or `public`.
        client_kind: String = Input::radios("Client type", "Choose a client type.").choices([
            Choice::new(ClientKind::Confidential.as_str(), "Confidential client")
                .about("Runs on your server, which can keep a secret. It gets a Client ID and a secret."),
            Choice::new(ClientKind::Public.as_str(), "Public client").about(
                "Runs in a browser or on a device, where people could read a secret. It gets a Client ID only and uses PKCE.",
            ),
        ]);
        /// Checked: the terms are agreed to.
        terms: String = Input::checkbox("I agree to the terms and conditions");
    }
}

sentences! {
    pub platform(Platform) {
        Web = "Web";
        Ios = "iOS";
        Android = "Android";
        Windows = "Windows";
        Macos = "macOS";
        Linux = "Linux";
        Server = "Server (system to system)";
        Other = "Other";
        Unknown = "Unknown";
    }
}

/// Both pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApplicationForm {
    #[serde(flatten)]
    pub details: DetailsForm,
    #[serde(flatten)]
    pub registration: RegistrationForm,
}

/// Whom members and reviewers can contact.
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
    /// What the app does with members' data. Absent if it reads none, or was registered before we asked.
    pub purpose: Option<Statement>,
    /// How long it keeps the data, and what happens after that.
    pub retention: Option<Statement>,
    /// The app's own terms, if it has any.
    pub terms_url: Option<HttpsUrl>,
    pub logo: Option<LogoDigest>,
    pub support: SupportContact,
    pub platform: PlatformEntry,
    pub client_kind: ClientKind,
}

impl ApplicationForm {
    /// A complete example, for the demonstration and for tests: a confidential web app in the sandbox, with both kinds of
    /// access.
    pub fn example(name: &str, program: &str) -> Self {
        let text = str::to_owned;
        Self {
            details: DetailsForm {
                name: text(name),
                access: vec![text("public"), text("patient")],
                programs: vec![text(program)],
                environment: text("sandbox"),
                privacy_url: String::new(),
                redirect_uri: text("https://acme.example/callback"),
                description: text("Shows your claims."),
                purpose: text("Shows what your care has cost, month by month."),
                retention: text(
                    "We keep your data until you close your account. We delete it within 30 days after that.",
                ),
                ..DetailsForm::default()
            },
            registration: RegistrationForm {
                support_phone_kind: text("us"),
                support_phone: text("2085550123"),
                support_email: text("help@acme.example"),
                support_website: text("https://acme.example/help"),
                support_name: text("Ada Lovelace"),
                platform_id_known: text("no"),
                platform_id: String::new(),
                platform: text("web"),
                platform_name: text(name),
                client_kind: text("confidential"),
                terms: checked(true),
            },
        }
    }

    /// The whole registration, terms included, or the errors of every field. `offered` are the deployment's programs.
    pub fn parse(&self, offered: &[ProgramId]) -> Result<ApplicationDraft, Vec<FieldError>> {
        let Self { details, registration } = self;
        let mut errors = Errors::default();
        let name = errors.read("name", &details.name);
        let access = errors.take("access", details.access());
        let programs = errors.take("programs", details.programs(offered));
        let environment = errors.read("environment", &details.environment);
        if environment == Some(Environment::Sandbox) && access == Some(AccessType::Public) {
            errors.add("environment", Code::SandboxNeedsPatient);
        }
        let privacy_url = errors.read::<Option<HttpsUrl>>("privacy_url", &details.privacy_url);
        // Without an environment, the looser rules find what is wrong in both.
        let rules = environment.unwrap_or(Environment::Sandbox);
        let redirect_uri = errors.take("redirect_uri", RedirectUri::register(rules, &details.redirect_uri));
        let description = errors.read("description", &details.description);
        let reads_members = access.is_some_and(AccessType::includes_patient);
        let mut statement = |field, text: &str| {
            if reads_members { errors.read::<Statement>(field, text).map(Some) } else { Some(None) }
        };
        let (purpose, retention) = (statement("purpose", &details.purpose), statement("retention", &details.retention));
        let terms_url = errors.read::<Option<HttpsUrl>>("terms_url", &details.terms_url);
        let logo = errors.take("logo_file", Option::<LogoDigest>::read(&details.logo));
        let client_kind = errors.read("client_kind", &registration.client_kind);
        let alone = environment == Some(Environment::Production) && access == Some(AccessType::Public);
        if alone && client_kind == Some(ClientKind::Public) {
            errors.add("client_kind", Code::NothingToUse);
        }
        let support = registration.support(&mut errors);
        let platform = registration.platform(&mut errors);
        if !is_checked(&registration.terms) {
            errors.add("terms", Code::MustAgree);
        }
        let draft = || {
            let (name, access, programs, environment) = (name?, access?, programs?, environment?);
            let (privacy_url, redirect_uri, description) = (privacy_url?, redirect_uri?, description?);
            let (purpose, retention, terms_url, logo) = (purpose?, retention?, terms_url?, logo?);
            let (support, platform, client_kind) = (support?, platform?, client_kind?);
            Some(ApplicationDraft {
                name,
                access,
                programs,
                environment,
                privacy_url,
                redirect_uri,
                description,
                purpose,
                retention,
                terms_url,
                logo,
                support,
                platform,
                client_kind,
            })
        };
        let draft = draft();
        errors.finish(draft)
    }
}

impl DetailsForm {
    fn access(&self) -> Result<AccessType, Code> {
        let has = |word: &str| self.access.iter().any(|access| access == word);
        match (has("public"), has("patient")) {
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
}

impl RegistrationForm {
    fn support(&self, errors: &mut Errors) -> Option<SupportContact> {
        let kind = errors.read::<PhoneKind>("support_phone_kind", &self.support_phone_kind);
        let phone = kind.and_then(|kind| errors.take("support_phone", Phone::from_digits(kind, &self.support_phone)));
        let email = errors.read("support_email", &self.support_email);
        let website = errors.read("support_website", &self.support_website);
        let name = errors.read("support_name", &self.support_name);
        Some(SupportContact { phone: phone?, email: email?, website: website?, name: name? })
    }

    fn platform(&self, errors: &mut Errors) -> Option<PlatformEntry> {
        let platform = errors.read("platform", &self.platform);
        let name = errors.read("platform_name", &self.platform_name);
        let id = match errors.read::<bool>("platform_id_known", &self.platform_id_known) {
            Some(true) => errors.read::<Line>("platform_id", &self.platform_id).map(Some),
            _ => Some(None),
        };
        Some(PlatformEntry { platform: platform?, id: id?, name: name? })
    }
}

/// To edit what was registered, or to register it again for production. The terms have to be agreed to again.
impl From<ApplicationDraft> for ApplicationForm {
    fn from(draft: ApplicationDraft) -> Self {
        let access = [("public", draft.access.includes_public()), ("patient", draft.access.includes_patient())];
        let access = access.into_iter().filter(|(_, is_checked)| *is_checked).map(|(word, _)| word.to_owned());
        Self {
            details: DetailsForm {
                name: draft.name.into(),
                access: access.collect(),
                programs: draft.programs.iter().map(|id| id.as_str().to_owned()).collect(),
                environment: draft.environment.as_str().to_owned(),
                privacy_url: draft.privacy_url.map(String::from).unwrap_or_default(),
                redirect_uri: draft.redirect_uri.into(),
                description: draft.description.into(),
                purpose: draft.purpose.map(String::from).unwrap_or_default(),
                retention: draft.retention.map(String::from).unwrap_or_default(),
                terms_url: draft.terms_url.map(String::from).unwrap_or_default(),
                logo: draft.logo.map(String::from).unwrap_or_default(),
                ..DetailsForm::default()
            },
            registration: RegistrationForm {
                support_phone_kind: draft.support.phone.kind().as_str().to_owned(),
                support_phone: draft.support.phone.digits().to_owned(),
                support_email: draft.support.email.into(),
                support_website: draft.support.website.into(),
                support_name: draft.support.name.into(),
                platform_id_known: yes_or_no(draft.platform.id.is_some()),
                platform_id: draft.platform.id.map(String::from).unwrap_or_default(),
                platform: draft.platform.platform.as_str().to_owned(),
                platform_name: draft.platform.name.into(),
                client_kind: draft.client_kind.as_str().to_owned(),
                terms: String::new(),
            },
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
        let mut form = ApplicationForm::example("Acme Claims", "oph-ca");
        form.details.environment = "production".to_owned();
        form
    }

    fn errors(form: &ApplicationForm) -> Vec<(String, Code)> {
        form.parse(&offered()).unwrap_err().into_iter().map(|error| (error.field.into_owned(), error.code)).collect()
    }

    #[test]
    fn a_filled_in_form_becomes_a_draft_and_a_form_again() {
        let draft = filled_in().parse(&offered()).unwrap();
        assert_eq!(draft.access, AccessType::Both);
        let mut again = ApplicationForm::from(draft.clone());
        again.registration.terms = "on".to_owned();
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
    fn an_app_that_reads_no_member_needs_no_statement() {
        let mut form = filled_in();
        form.details.access = vec!["public".to_owned()];
        form.details.purpose = "Costs.".to_owned();
        let draft = form.parse(&offered()).unwrap();
        assert_eq!((draft.purpose, draft.retention), (None, None), "the page does not show what was typed before");
    }

    #[test]
    fn a_change_that_waited_since_before_we_asked_is_read() {
        let draft = filled_in().parse(&offered()).unwrap();
        let mut json = serde_json::to_value(&draft).unwrap();
        for field in ["purpose", "retention", "terms_url", "logo"] {
            json.as_object_mut().unwrap().remove(field);
        }
        let read: ApplicationDraft = serde_json::from_value(json).unwrap();
        assert_eq!(read, ApplicationDraft { purpose: None, retention: None, terms_url: None, ..draft });
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let public_sandbox = |form: &mut ApplicationForm| {
            form.details.environment = "sandbox".to_owned();
            form.details.access = vec!["public".to_owned()];
        };
        check(public_sandbox, "environment", Code::SandboxNeedsPatient);
        check(|form| form.details.programs = vec!["texas".to_owned()], "programs", Code::NotAChoice);
        check(|form| form.details.environment = "staging".to_owned(), "environment", Code::NotAChoice);
        check(
            |form| form.details.redirect_uri = "http://127.0.0.1/".to_owned(),
            "redirect_uri",
            Code::LoopbackInSandboxOnly,
        );
        check(|form| form.registration.platform_id_known = "yes".to_owned(), "platform_id", Code::Required);
        check(|form| form.registration.support_phone = "208-555-0123".to_owned(), "support_phone", Code::DigitsOnly);
        check(|form| form.registration.support_email = "help".to_owned(), "support_email", Code::NotAnEmail);
        check(|form| form.registration.client_kind = "secret".to_owned(), "client_kind", Code::NotAChoice);
        let public_client = |form: &mut ApplicationForm| {
            form.registration.client_kind = "public".to_owned();
            form.details.access = vec!["public".to_owned()];
        };
        check(public_client, "client_kind", Code::NothingToUse);
        check(|form| form.registration.terms = "no".to_owned(), "terms", Code::MustAgree);
        check(|form| form.details.purpose = String::new(), "purpose", Code::Required);
        check(|form| form.details.purpose = "Costs.".to_owned(), "purpose", Code::TooVague);
        check(|form| form.details.retention = " ".to_owned(), "retention", Code::Required);
        check(|form| form.details.retention = "a".repeat(301), "retention", Code::TooLong);
        check(|form| form.details.logo = "javascript:alert(1)".to_owned(), "logo_file", Code::LogoGone);
        check(|form| form.details.terms_url = "http://acme.example/".to_owned(), "terms_url", Code::NotHttps);

        fn check(change: impl Fn(&mut ApplicationForm), field: &str, code: Code) {
            let mut form = filled_in();
            change(&mut form);
            assert_eq!(errors(&form).first(), Some(&(field.to_owned(), code)));
        }
    }
}
