//! What an organization registered, for its owner and for reviewers alike.

use leptos::prelude::*;
use model::{
    address::Address,
    attestation::{Attestation, Practice},
    form::Form as _,
    organization_form::{AttestationForm, Demographics, OrganizationDraft},
    tin::TinKind,
};

use crate::{
    components::{
        alert::Tone,
        link::External,
        status::Status,
        summary::{Fact, Summary},
    },
    locale::Locale,
    texts::registry::{practice, yes_no},
};

/// Name, identifier and addresses.
#[component]
pub fn OrganizationFacts(registration: OrganizationDraft) -> impl IntoView {
    let Demographics { name, mailing_address, tin, physical_address } = registration.demographics;
    let kind = match tin.kind() {
        TinKind::Us => "US Number",
        TinKind::International => "International Number",
        TinKind::Unknown => "Unknown kind",
    };
    let facts = vec![
        Fact::new("Name of the company", name.to_string()),
        Fact::new("Federal Tax ID Number or Business Identifier", format!("{} ({kind})", tin.number())),
        Fact::new("Mailing address", address(&mailing_address)),
        Fact::new("Physical address", address(&physical_address)),
    ];
    view! { <Summary facts /> }
}

/// The lines of an envelope.
pub fn address(address: &Address) -> impl IntoView + use<> {
    address.lines().into_iter().map(|line| view! { <span class="line">{line}</span> }).collect_view()
}

/// Every answer of the attestation. What a reviewer should look at stands out.
#[component]
pub fn AttestationFacts(attestation: Attestation) -> impl IntoView {
    let practices = attestation.practices;
    let answer = |kind: &Practice| {
        let question = question(kind.as_str());
        let question = view! { <strong>{practice(*kind)}</strong>" "<span class="usa-hint">{question}</span> };
        (question.into_any(), flagged(practices.answer(*kind), !practices.answer(*kind)))
    };
    let officers = (
        question("officers_sanctioned").into_any(),
        flagged(attestation.officers_sanctioned, attestation.officers_sanctioned),
    );
    let answers = std::iter::once(officers).chain(Practice::ALL.iter().map(answer));
    let row = |(question, answer)| view! { <div class="facts__row"><dt>{question}</dt><dd>{answer}</dd></div> };
    let link = view! { <External url=attestation.privacy_url.to_string() /> };
    let explanation = attestation.explanation.map(|text| Fact::new("Explanation", text.to_string()));
    let texts = std::iter::once(Fact::new("Privacy Policy URL", link)).chain(explanation).collect();
    view! { <dl class="facts facts--answers">{answers.map(row).collect_view()}</dl> <Summary facts=texts /> }
}

/// As the form asks it.
fn question(name: &str) -> String {
    let input = AttestationForm::inputs().into_iter().find(|input| input.name == name);
    input.map(|input| input.label.of(Locale::English).into_owned()).unwrap_or_default()
}

fn flagged(answer: bool, stands_out: bool) -> AnyView {
    if stands_out {
        view! { <Status tone=Tone::Warning text=yes_no(answer) /> }.into_any()
    } else {
        yes_no(answer).into_any()
    }
}
