//! Organization registration: what is typed, and what it becomes.

use serde::{Deserialize, Serialize};

use crate::{
    address::{Address, AddressForm},
    attestation::{Attestation, Practices},
    form::{Code, Errors, FieldError, choice, is_checked, word_of, yes_or_no},
    https_url::HttpsUrl,
    text::{Name, Paragraph},
    tin::{Tin, TinKind},
};

/// The form as it is posted; an input that was not sent is empty. Field names are the names of the inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganizationForm {
    pub name: String,
    pub mailing_line1: String,
    pub mailing_line2: String,
    pub mailing_city: String,
    pub mailing_region: String,
    pub mailing_postal_code: String,
    pub mailing_country: String,
    /// `us` or `international`.
    pub tin_kind: String,
    pub tin: String,
    /// Checked: the physical address is the mailing address.
    pub physical_same: String,
    pub physical_line1: String,
    pub physical_line2: String,
    pub physical_city: String,
    pub physical_region: String,
    pub physical_postal_code: String,
    pub physical_country: String,
    /// `yes` or `no`, as the six practices below.
    pub officers_sanctioned: String,
    pub privacy_url: String,
    pub collection: String,
    pub consent: String,
    pub disclosure: String,
    pub member_access: String,
    pub safeguards: String,
    pub retention: String,
    pub explanation: String,
    /// Checked: the terms are agreed to.
    pub terms: String,
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
    /// The whole registration, terms included, or the errors of every field.
    pub fn parse(&self) -> Result<OrganizationDraft, Vec<FieldError>> {
        let (demographics, attestation) = (self.demographics(), self.attestation());
        let terms = if is_checked(&self.terms) { Ok(()) } else { Err(vec![FieldError::new("terms", Code::MustAgree)]) };
        match (demographics, attestation, terms) {
            (Ok(demographics), Ok(attestation), Ok(())) => Ok(OrganizationDraft { demographics, attestation }),
            (demographics, attestation, terms) => {
                let errors = [demographics.err(), attestation.err(), terms.err()];
                Err(errors.into_iter().flatten().flatten().collect())
            }
        }
    }

    /// Step 1.
    pub fn demographics(&self) -> Result<Demographics, Vec<FieldError>> {
        let mut errors = Errors::default();
        let name = errors.take("name", Name::parse(&self.name));
        let mailing_address = errors.take_all(self.mailing().parse("mailing_"));
        let kind = errors.take("tin_kind", choice::<TinKind>(&self.tin_kind));
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

    /// Step 2.
    pub fn attestation(&self) -> Result<Attestation, Vec<FieldError>> {
        let mut errors = Errors::default();
        let mut answer = |field, text: &str| errors.take(field, yes_or_no(text));
        let officers_sanctioned = answer("officers_sanctioned", &self.officers_sanctioned);
        let collection = answer("collection", &self.collection);
        let consent = answer("consent", &self.consent);
        let disclosure = answer("disclosure", &self.disclosure);
        let member_access = answer("member_access", &self.member_access);
        let safeguards = answer("safeguards", &self.safeguards);
        let retention = answer("retention", &self.retention);
        let privacy_url = errors.take("privacy_url", HttpsUrl::parse(&self.privacy_url));
        let explanation = errors.take("explanation", Paragraph::parse_optional(&self.explanation));
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

/// To edit what was registered. The terms have to be agreed to again.
impl From<OrganizationDraft> for OrganizationForm {
    fn from(OrganizationDraft { demographics, attestation }: OrganizationDraft) -> Self {
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
            physical_same: if same { "on".to_owned() } else { String::new() },
            physical_line1: physical.line1,
            physical_line2: physical.line2,
            physical_city: physical.city,
            physical_region: physical.region,
            physical_postal_code: physical.postal_code,
            physical_country: physical.country,
            officers_sanctioned: word_of(attestation.officers_sanctioned),
            privacy_url: attestation.privacy_url.into(),
            collection: word_of(attestation.practices.collection),
            consent: word_of(attestation.practices.consent),
            disclosure: word_of(attestation.practices.disclosure),
            member_access: word_of(attestation.practices.member_access),
            safeguards: word_of(attestation.practices.safeguards),
            retention: word_of(attestation.practices.retention),
            explanation: attestation.explanation.map(String::from).unwrap_or_default(),
            terms: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled_in() -> OrganizationForm {
        let text = str::to_owned;
        OrganizationForm {
            name: text("Acme Health"),
            mailing_line1: text("1 Main Street"),
            mailing_city: text("Boise"),
            mailing_region: text("id"),
            mailing_postal_code: text("83702"),
            mailing_country: text("US"),
            tin_kind: text("us"),
            tin: text("12-3456789"),
            physical_same: text("on"),
            officers_sanctioned: text("no"),
            privacy_url: text("https://acme.example/privacy"),
            collection: text("yes"),
            consent: text("yes"),
            disclosure: text("no"),
            member_access: text("yes"),
            safeguards: text("yes"),
            retention: text("yes"),
            terms: text("on"),
            ..OrganizationForm::default()
        }
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
        assert!(again.parse().is_err(), "the terms are to be agreed to again");
        again.terms = "on".to_owned();
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
                "collection",
                "consent",
                "disclosure",
                "member_access",
                "safeguards",
                "retention",
                "privacy_url",
                "terms"
            ]
        );
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        check(|form| form.mailing_region = "Idaho".to_owned(), "mailing_region", Code::NotAState);
        check(|form| form.mailing_postal_code = "8370".to_owned(), "mailing_postal_code", Code::NotAZipCode);
        check(|form| form.mailing_country = "XX".to_owned(), "mailing_country", Code::NotACountry);
        check(|form| form.tin = "123456789".to_owned(), "tin", Code::NotAnEin);
        check(|form| form.tin_kind = "other".to_owned(), "tin_kind", Code::NotAChoice);
        check(|form| form.privacy_url = "http://acme.example".to_owned(), "privacy_url", Code::NotHttps);
        check(|form| form.consent = "maybe".to_owned(), "consent", Code::NotAChoice);
        check(|form| form.name = "<Acme>".to_owned(), "name", Code::Markup);
        check(|form| form.terms = String::new(), "terms", Code::MustAgree);
        check(|form| form.physical_same = String::new(), "physical_line1", Code::Required);

        fn check(change: impl Fn(&mut OrganizationForm), field: &str, code: Code) {
            let mut form = filled_in();
            change(&mut form);
            assert_eq!(errors(&form).first(), Some(&(field.to_owned(), code)));
        }
    }

    #[test]
    fn elsewhere_than_in_the_us_region_and_postal_code_are_free() {
        let form = OrganizationForm {
            mailing_country: "ie".to_owned(),
            mailing_region: String::new(),
            mailing_postal_code: "D02 X285".to_owned(),
            ..filled_in()
        };
        assert_eq!(form.demographics().unwrap().mailing_address.country.name(), "Ireland");
    }
}
