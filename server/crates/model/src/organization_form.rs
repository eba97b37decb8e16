//! Organization registration: what is typed in its three steps, and what it becomes.

use serde::{Deserialize, Serialize};

use crate::{
    address::{Address, AddressForm, input},
    attestation::{Attestation, Practices},
    form,
    form::{
        Code, Errors, FieldError,
        check::Check,
        field::{checked, is_checked, yes_or_no},
        input::Input,
    },
    https_url::HttpsUrl,
    text::{Name, Paragraph},
    tin::{Tin, TinKind},
};

const MAILING: &str = "Mailing address";
const PHYSICAL: &str = "Physical address";
const YES_OR_NO: &str = "Choose yes or no.";

form! {
    /// Step 1: the organization and its addresses. An input that was not sent is empty.
    pub struct DemographicsForm("organization-demographics") {
        name: String = Input::text("List the name of your company", "Enter the name of your company.")
            .autocomplete("organization").max_length(80);
        mailing_country: String = input::country(MAILING);
        mailing_line1: String = input::line1(MAILING);
        mailing_line2: String = input::line2(MAILING);
        mailing_city: String = input::city(MAILING);
        mailing_region: String = input::region(MAILING);
        mailing_postal_code: String = input::postal_code(MAILING);
        /// `us` or `international`.
        tin_kind: String = Input::radios(
                "What is the Federal Tax ID Number or Business Identifier for this Organization",
                "Choose the kind of number that your company has.",
            )
            .choice("us", "US Number").choice("international", "International Number");
        tin: String = Input::text("Number", "Enter the number.").max_length(40).check(Check::Tin)
            .hint("A US number has two digits, a hyphen, and seven digits: 12-3456789.");
        /// Checked: the physical address is the mailing address.
        physical_same: String = Input::checkbox("Same as the mailing address").optional();
        physical_country: String = input::country(PHYSICAL);
        physical_line1: String = input::line1(PHYSICAL);
        physical_line2: String = input::line2(PHYSICAL);
        physical_city: String = input::city(PHYSICAL);
        physical_region: String = input::region(PHYSICAL);
        physical_postal_code: String = input::postal_code(PHYSICAL);
    }
}

form! {
    /// Step 2: what the organization attests about privacy and security. Answers are `yes` or `no`.
    pub struct AttestationForm("organization-attestation") {
        officers_sanctioned: String = Input::yes_no(
            "Have any of the named officers been convicted of felonies in the U.S. or been sanctioned by a governmental agency \
             in the past three years?",
            YES_OR_NO,
        );
        privacy_url: String = Input::url("Privacy Policy URL", "Enter the address of your privacy policy.")
            .check(Check::Https).max_length(2000)
            .hint("The public page that members read before they share their data. It begins with https://.");
        collection: String = Input::yes_no(
            "Does the privacy policy say in plain language which health information is collected, and why?",
            YES_OR_NO,
        );
        consent: String = Input::yes_no(
            "Do members expressly consent before their information is used, and can they take the consent back?",
            YES_OR_NO,
        );
        disclosure: String = Input::yes_no(
            "Does the policy say to whom information is disclosed or sold, and for what purpose?",
            YES_OR_NO,
        );
        member_access: String = Input::yes_no(
            "Can members see and correct the information held about them, and take it with them?",
            YES_OR_NO,
        );
        safeguards: String = Input::yes_no(
            "Is information protected by the industry's security safeguards, such as encryption?",
            YES_OR_NO,
        );
        retention: String = Input::yes_no(
            "Does the policy say how long information is kept, how members can have it deleted, and what happens to it on a \
             breach, or when the company is sold or closes?",
            YES_OR_NO,
        );
        explanation: String = Input::area(
                4,
                "Anything our reviewers should know about your answers",
                "Enter what our reviewers should know.",
            )
            .optional().max_length(2000);
    }
}

form! {
    /// Step 3.
    pub struct TermsForm("organization-review") {
        /// Checked: the terms are agreed to.
        terms: String = Input::checkbox("I agree to the terms and conditions");
    }
}

/// All three steps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganizationForm {
    #[serde(flatten)]
    pub demographics: DemographicsForm,
    #[serde(flatten)]
    pub attestation: AttestationForm,
    #[serde(flatten)]
    pub terms: TermsForm,
}

/// Step 1 of the registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demographics {
    pub name: Name,
    pub mailing_address: Address,
    pub tin: Tin,
    pub physical_address: Address,
}

/// A registration whose every field is valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationDraft {
    pub demographics: Demographics,
    pub attestation: Attestation,
}

impl OrganizationForm {
    /// A complete example, for the demonstration and for tests.
    pub fn example() -> Self {
        let text = str::to_owned;
        let yes = || text("yes");
        Self {
            demographics: DemographicsForm {
                name: text("Acme Inc."),
                mailing_line1: text("1 Main Street"),
                mailing_city: text("Boise"),
                mailing_region: text("ID"),
                mailing_postal_code: text("83702"),
                mailing_country: text("US"),
                tin_kind: text("us"),
                tin: text("12-3456789"),
                physical_same: checked(true),
                ..DemographicsForm::default()
            },
            attestation: AttestationForm {
                officers_sanctioned: text("no"),
                privacy_url: text("https://acme.example/privacy"),
                collection: yes(),
                consent: yes(),
                disclosure: yes(),
                member_access: yes(),
                safeguards: yes(),
                retention: yes(),
                explanation: String::new(),
            },
            terms: TermsForm { terms: checked(true) },
        }
    }

    /// The whole registration, terms included, or the errors of every field.
    pub fn parse(&self) -> Result<OrganizationDraft, Vec<FieldError>> {
        let mut errors = Errors::default();
        let demographics = errors.take_all(self.demographics.parse());
        let attestation = errors.take_all(self.attestation.parse());
        if !is_checked(&self.terms.terms) {
            errors.add("terms", Code::MustAgree);
        }
        let draft = || Some(OrganizationDraft { demographics: demographics?, attestation: attestation? });
        let draft = draft();
        errors.finish(draft)
    }
}

impl DemographicsForm {
    /// The step, or the errors of every field.
    pub fn parse(&self) -> Result<Demographics, Vec<FieldError>> {
        let mut errors = Errors::default();
        let name = errors.read("name", &self.name);
        let mailing_address = errors.take_all(self.mailing().parse("mailing_"));
        let kind = errors.read::<TinKind>("tin_kind", &self.tin_kind);
        let tin = kind.and_then(|kind| errors.take("tin", Tin::parse(kind, &self.tin)));
        let physical_address = if is_checked(&self.physical_same) {
            mailing_address.clone()
        } else {
            errors.take_all(self.physical().parse("physical_"))
        };
        let demographics = || {
            let (mailing_address, physical_address) = (mailing_address?, physical_address?);
            Some(Demographics { name: name?, mailing_address, tin: tin?, physical_address })
        };
        let demographics = demographics();
        errors.finish(demographics)
    }

    fn mailing(&self) -> AddressForm {
        AddressForm {
            line1: self.mailing_line1.clone(),
            line2: self.mailing_line2.clone(),
            city: self.mailing_city.clone(),
            region: self.mailing_region.clone(),
            postal_code: self.mailing_postal_code.clone(),
            country: self.mailing_country.clone(),
        }
    }

    fn physical(&self) -> AddressForm {
        AddressForm {
            line1: self.physical_line1.clone(),
            line2: self.physical_line2.clone(),
            city: self.physical_city.clone(),
            region: self.physical_region.clone(),
            postal_code: self.physical_postal_code.clone(),
            country: self.physical_country.clone(),
        }
    }
}

impl AttestationForm {
    /// The step, or the errors of every field.
    pub fn parse(&self) -> Result<Attestation, Vec<FieldError>> {
        let mut errors = Errors::default();
        let officers_sanctioned = errors.read("officers_sanctioned", &self.officers_sanctioned);
        let privacy_url = errors.read::<HttpsUrl>("privacy_url", &self.privacy_url);
        let collection = errors.read("collection", &self.collection);
        let consent = errors.read("consent", &self.consent);
        let disclosure = errors.read("disclosure", &self.disclosure);
        let member_access = errors.read("member_access", &self.member_access);
        let safeguards = errors.read("safeguards", &self.safeguards);
        let retention = errors.read("retention", &self.retention);
        let explanation = errors.read::<Option<Paragraph>>("explanation", &self.explanation);
        let attestation = || {
            let (collection, consent, disclosure) = (collection?, consent?, disclosure?);
            let (member_access, safeguards, retention) = (member_access?, safeguards?, retention?);
            let practices = Practices { collection, consent, disclosure, member_access, safeguards, retention };
            let (officers_sanctioned, privacy_url) = (officers_sanctioned?, privacy_url?);
            Some(Attestation { officers_sanctioned, privacy_url, practices, explanation: explanation? })
        };
        let attestation = attestation();
        errors.finish(attestation)
    }
}

/// To edit what was registered. The terms have to be agreed to again.
impl From<OrganizationDraft> for OrganizationForm {
    fn from(OrganizationDraft { demographics, attestation }: OrganizationDraft) -> Self {
        Self { demographics: demographics.into(), attestation: attestation.into(), terms: TermsForm::default() }
    }
}

impl From<Demographics> for DemographicsForm {
    fn from(demographics: Demographics) -> Self {
        let same = demographics.mailing_address == demographics.physical_address;
        let mailing = AddressForm::from(demographics.mailing_address);
        let physical = if same { AddressForm::default() } else { AddressForm::from(demographics.physical_address) };
        Self {
            name: demographics.name.into(),
            mailing_line1: mailing.line1,
            mailing_line2: mailing.line2,
            mailing_city: mailing.city,
            mailing_region: mailing.region,
            mailing_postal_code: mailing.postal_code,
            mailing_country: mailing.country,
            tin_kind: demographics.tin.kind().as_str().to_owned(),
            tin: demographics.tin.number().to_owned(),
            physical_same: checked(same),
            physical_line1: physical.line1,
            physical_line2: physical.line2,
            physical_city: physical.city,
            physical_region: physical.region,
            physical_postal_code: physical.postal_code,
            physical_country: physical.country,
        }
    }
}

impl From<Attestation> for AttestationForm {
    fn from(attestation: Attestation) -> Self {
        let practices = attestation.practices;
        Self {
            officers_sanctioned: yes_or_no(attestation.officers_sanctioned),
            privacy_url: attestation.privacy_url.into(),
            collection: yes_or_no(practices.collection),
            consent: yes_or_no(practices.consent),
            disclosure: yes_or_no(practices.disclosure),
            member_access: yes_or_no(practices.member_access),
            safeguards: yes_or_no(practices.safeguards),
            retention: yes_or_no(practices.retention),
            explanation: attestation.explanation.map(String::from).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled_in() -> OrganizationForm {
        let mut form = OrganizationForm::example();
        form.demographics.mailing_region = "id".to_owned();
        form.attestation.disclosure = "no".to_owned();
        form
    }

    fn errors(form: &OrganizationForm) -> Vec<(String, Code)> {
        form.parse().unwrap_err().into_iter().map(|error| (error.field.into_owned(), error.code)).collect()
    }

    #[test]
    fn a_filled_in_form_becomes_a_draft_and_a_form_again() {
        let draft = filled_in().parse().unwrap();
        assert_eq!(draft.demographics.physical_address.lines(), ["1 Main Street", "Boise ID 83702", "United States"]);
        assert_eq!(draft.attestation.not_attested(), [crate::attestation::Practice::Disclosure]);
        let mut again = OrganizationForm::from(draft.clone());
        assert!(again.parse().is_err(), "the terms have to be agreed to again");
        again.terms.terms = "on".to_owned();
        assert_eq!(again.parse(), Ok(draft));
    }

    #[test]
    fn an_empty_form_names_every_mandatory_field() {
        let fields: Vec<String> = errors(&OrganizationForm::default()).into_iter().map(|(field, _)| field).collect();
        assert_eq!(
            fields,
            [
                "name",
                "mailing_line1",
                "mailing_city",
                "mailing_country",
                "tin_kind",
                "physical_line1",
                "physical_city",
                "physical_country",
                "officers_sanctioned",
                "privacy_url",
                "collection",
                "consent",
                "disclosure",
                "member_access",
                "safeguards",
                "retention",
                "terms"
            ]
        );
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        check(|form| form.demographics.mailing_region = "Idaho".to_owned(), "mailing_region", Code::NotAState);
        check(
            |form| form.demographics.mailing_postal_code = "8370".to_owned(),
            "mailing_postal_code",
            Code::NotAZipCode,
        );
        check(|form| form.demographics.mailing_country = "XX".to_owned(), "mailing_country", Code::NotACountry);
        check(|form| form.demographics.tin = "123456789".to_owned(), "tin", Code::NotAnEin);
        check(|form| form.demographics.tin_kind = "other".to_owned(), "tin_kind", Code::NotAChoice);
        check(|form| form.attestation.privacy_url = "http://acme.example".to_owned(), "privacy_url", Code::NotHttps);
        check(|form| form.attestation.consent = "maybe".to_owned(), "consent", Code::NotAChoice);
        check(|form| form.demographics.name = "<Acme>".to_owned(), "name", Code::Markup);
        check(|form| form.terms.terms = String::new(), "terms", Code::MustAgree);
        check(|form| form.demographics.physical_same = String::new(), "physical_line1", Code::Required);

        fn check(change: impl Fn(&mut OrganizationForm), field: &str, code: Code) {
            let mut form = filled_in();
            change(&mut form);
            assert_eq!(errors(&form).first(), Some(&(field.to_owned(), code)));
        }
    }

    #[test]
    fn elsewhere_than_in_the_us_region_and_postal_code_are_free() {
        let form = DemographicsForm {
            mailing_country: "ie".to_owned(),
            mailing_region: String::new(),
            mailing_postal_code: "D02 X285".to_owned(),
            ..filled_in().demographics
        };
        assert_eq!(form.parse().unwrap().mailing_address.country.name(), "Ireland");
    }
}
