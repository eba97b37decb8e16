//! What a program says in sentences.

use jiff::civil::Date;
use serde::Deserialize;

/// The same words for every language of the member's pages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub en: String,
    pub es: String,
}

/// A chapter of the documentation site.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// For links and for pages that place it: `consent`.
    pub id: String,
    pub title: String,
    pub paragraphs: Vec<String>,
}

/// Who may read the payers' launch URLs in the documentation; everyone reads the rest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Documentation {
    /// Owners of approved organizations, as the first programs' documents have it.
    Approved,
    /// Everyone, without any precondition (42 CFR 422.119(d)).
    Public,
}

/// Who may read how well the program's endpoints worked: shares of authorizations and refreshes that succeeded, latency, uptime
/// of the sandbox, and promises of support that were kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quality {
    /// Administrators alone.
    Staff,
    /// Everyone, in the documentation and as JSON.
    Public,
}

/// A heading and the text below it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    pub title: String,
    pub text: String,
}

/// How to try the program without real data.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sandbox {
    pub introduction: String,
    /// Browsers that the program's document names.
    pub browsers: Vec<String>,
    /// In order.
    pub steps: Vec<Step>,
    pub test_member: String,
    /// Whether the sandbox has the resources that the example requests of the first programs' documents ask for.
    #[serde(default)]
    pub printed_resources: bool,
    /// How an app moves on to real data.
    pub production: Vec<String>,
    /// A client that anyone may use there.
    pub try_it: Option<TryIt>,
}

/// A public client of the sandbox, which the deployment registers itself so that newcomers can try the program without a
/// registration. It reads synthetic data only.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TryIt {
    /// As the documentation prints it: `try-it-idaho`.
    pub client_id: String,
    /// As members read it when it asks for their consent.
    pub name: String,
    pub description: String,
}

impl TryIt {
    /// Where members return: to a program on their own machine, on any port (RFC 8252 §7.3).
    pub const REDIRECT_URI: &str = "http://127.0.0.1/callback";
}

/// One step on the way into the sandbox; numbered from 1 when shown.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub title: String,
    pub text: String,
    /// Part of the step before it: 6.1 after 6.
    #[serde(default)]
    pub part_of_previous: bool,
    /// What of our pages to show below the text.
    pub shows: Option<Shown>,
}

/// A page of the portals, as a step of the documentation shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// The tiles of the landing page.
    Landing,
    SignIn,
    Profile,
    /// The questions of the organization's registration.
    Organization,
    OrganizationProfile,
    /// The first page of an app's registration.
    AppDetails,
    /// Its second page, and the answer.
    AppRegistration,
}

/// What a vendor reads while registering an app.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    pub redirect_uri_note: String,
    pub platform_note: String,
    /// Names of the operator, and how people call the payers, beside those that the file has anyway: apps of others may
    /// not have them in their names.
    #[serde(default)]
    pub reserved_names: Vec<String>,
    pub success: RegistrationSuccess,
}

/// The answer to a registration, a sentence a field, so that each outcome shows those that are true of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistrationSuccess {
    pub title: String,
    pub thanks: String,
    /// The app's public scopes work from now.
    pub public_active: String,
    /// The app's patient scopes wait for a decision.
    pub patient_review: String,
    /// The whole app works from now, on synthetic data.
    pub sandbox_active: String,
    /// The secret is shown this once.
    pub record_credentials: String,
    /// A public client has no secret.
    pub record_client_id: String,
    pub lost_credentials: String,
    /// Credentials work for patient data upon approval.
    pub patient_upon_approval: String,
    pub questions: String,
}

/// A change that vendors should know about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Names it for good, in addresses and feeds: `try-it`.
    pub id: String,
    pub date: Date,
    pub title: String,
    pub text: String,
}

/// A version of the program's document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseNote {
    pub version: String,
    /// The form in which the notes were published: `pdf`.
    pub format: String,
}
