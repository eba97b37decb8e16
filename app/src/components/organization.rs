//! What an organization registered, for its owner and for reviewers alike.

use leptos::prelude::*;
use model::{
    address::Address,
    attestation::{Attestation, Practice},
    organization_form::{AttestationForm, Demographics, OrganizationDraft},
};

use crate::{
    components::{
        alert::Tone,
        changes::Field,
        labels::Labels,
        link::External,
        status::Status,
        summary::{Fact, Summary},
    },
    texts::registry::{self as text, practice, tin_kind, yes_no},
};

/// Name, identifier and addresses.
#[component]
pub fn OrganizationFacts(registration: OrganizationDraft) -> impl IntoView {
    let Demographics { name, mailing_address, tin, physical_address } = registration.demographics;
    let facts = vec![
        Fact::new(text::ORGANIZATION_NAME, name.to_string()),
        Fact::new(text::TIN, text::tin(tin.number(), tin_kind(tin.kind()))),
        Fact::new(text::MAILING_ADDRESS, address(&mailing_address)),
        Fact::new(text::PHYSICAL_ADDRESS, address(&physical_address)),
    ];
    view! { <Summary facts /> }
}

/// Every field with its text, to compare with another version.
pub fn fields(registration: &OrganizationDraft) -> Vec<Field> {
    let OrganizationDraft { demographics, attestation } = registration;
    let (labels, practices) = (Labels::of::<AttestationForm>(), attestation.practices);
    let field = |name: &str, text: String| Field { name: name.to_owned(), text, logo: None };
    let tin = &demographics.tin;
    let lines = |address: &Address| address.lines().join("\n");
    let explanation = attestation.explanation.as_ref().map_or_else(|| text::NONE.to_owned(), ToString::to_string);
    let first = [
        field(text::ORGANIZATION_NAME, demographics.name.to_string()),
        field(text::TIN, text::tin(tin.number(), tin_kind(tin.kind()))),
        field(text::MAILING_ADDRESS, lines(&demographics.mailing_address)),
        field(text::PHYSICAL_ADDRESS, lines(&demographics.physical_address)),
        field(&labels.label("officers_sanctioned"), yes_no(attestation.officers_sanctioned).to_owned()),
    ];
    let answer = |kind: &Practice| field(practice(*kind), yes_no(practices.answer(*kind)).to_owned());
    let last = [
        field(&labels.label("privacy_url"), attestation.privacy_url.to_string()),
        field(text::EXPLANATION, explanation),
    ];
    first.into_iter().chain(Practice::ALL.iter().map(answer)).chain(last).collect()
}

/// The lines of an envelope.
pub fn address(address: &Address) -> impl IntoView + use<> {
    address.lines().into_iter().map(|line| view! { <span class="line">{line}</span> }).collect_view()
}

/// Every answer of the attestation. What a reviewer should look at is marked.
#[component]
pub fn AttestationFacts(attestation: Attestation) -> impl IntoView {
    let (labels, practices) = (Labels::of::<AttestationForm>(), attestation.practices);
    let answer = |kind: &Practice| {
        let question = labels.label(kind.as_str());
        let question = view! { <strong>{practice(*kind)}</strong>" "<span class="usa-hint">{question}</span> };
        (question.into_any(), flagged(practices.answer(*kind), !practices.answer(*kind)))
    };
    let officers = (
        labels.label("officers_sanctioned").into_any(),
        flagged(attestation.officers_sanctioned, attestation.officers_sanctioned),
    );
    let answers = std::iter::once(officers).chain(Practice::ALL.iter().map(answer));
    let row = |(question, answer)| view! { <div class="facts__row"><dt>{question}</dt><dd>{answer}</dd></div> };
    let link = view! { <External url=attestation.privacy_url.to_string() /> };
    let explanation = attestation.explanation.map(|explanation| Fact::new(text::EXPLANATION, explanation.to_string()));
    let texts = std::iter::once(labels.fact("privacy_url", link)).chain(explanation).collect();
    view! { <dl class="facts facts--answers">{answers.map(row).collect_view()}</dl> <Summary facts=texts /> }
}

fn flagged(answer: bool, is_marked: bool) -> AnyView {
    if is_marked {
        view! { <Status tone=Tone::Warning text=yes_no(answer) /> }.into_any()
    } else {
        yes_no(answer).into_any()
    }
}
