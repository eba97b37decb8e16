//! A member's insurance (C4BB-Coverage): one policy, or an earlier and a current one.

use jiff::{
    ToSpan,
    civil::{Date, date},
};

use super::{edition::Profiles, person::Member};
use crate::synthesize::{
    Resource,
    datatypes::{coding, concept, identifier, link, meta, money, period, reference},
    json::{Cents, Json, json},
    world::DIRECTORY_DATE,
};

const PROFILES: Profiles = [
    &["http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-Coverage|1.1.0"],
    &[
        "http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-Coverage|1.1.0",
        "http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-Coverage|2.0.0",
    ],
];

/// The day on which the payers renamed their plans and gave new policies to existing members.
const RENEWAL: Date = date(2019, 1, 1);

/// Members insured before the renewal have two policies.
fn is_renewed(member: &Member) -> bool {
    member.since < RENEWAL
}

/// The id of the Coverage in force on that day.
pub fn id_on(member: &Member, day: Date) -> String {
    let number = if is_renewed(member) && RENEWAL <= day { 2 } else { 1 };
    format!("coverage-{}-{number}", member.id)
}

/// The ids of the member's Coverages, in chronological order.
pub fn ids(member: &Member) -> Vec<String> {
    let mut ids = vec![id_on(member, member.since), id_on(member, RENEWAL)];
    ids.dedup();
    ids
}

/// The member's Coverages.
pub fn of(member: &Member) -> Vec<Resource> {
    if is_renewed(member) {
        let earlier = write(member, &id_on(member, member.since), member.since, Some(RENEWAL.saturating_sub(1.day())));
        return vec![earlier, write(member, &id_on(member, RENEWAL), RENEWAL, member.died)];
    }
    vec![write(member, &id_on(member, member.since), member.since, member.died)]
}

/// A Coverage with this id.
pub fn write(member: &Member, id: &str, start: Date, end: Option<Date>) -> Resource {
    let member_number = coding("http://terminology.hl7.org/CodeSystem/v2-0203", "MB", "Member Number");
    let system = format!("https://{}.example.org/member-id", member.payer.id);
    let (code, display) = member.relationship.code();
    let relationship = coding("http://terminology.hl7.org/CodeSystem/subscriber-relationship", code, display);
    let ended = end.is_some();
    let (plan, plan_name) = if ended { ("BASE", "Base PPO") } else { ("CHOICE", "Choice PPO") };
    let value = member.member_id();
    let dependent = format!("{:02}", member.number % 5 + 1);
    let payer = &member.payer;
    let group = format!("G{:05}", 20_000 + payer.name.len());
    Resource::new(
        "Coverage",
        json!({
            "resourceType": "Coverage", "id": id, "meta": (meta(end.unwrap_or(DIRECTORY_DATE), member.edition.choose(PROFILES))),
            "identifier": [(identifier(member_number, &system, &value))],
            "status": (if ended { "cancelled" } else { "active" }),
            "type": (concept(coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PPO", "preferred provider organization policy"))),
            "subscriberId": (&member.subscriber), "beneficiary": (link("Patient", &member.id)), "dependent": dependent,
            "relationship": (concept(relationship)), "period": (period(start, end)),
            "payor": [(reference("Organization", &payer.id, &*payer.name))],
            "class": [(class("group", "Group", &group, &payer.name)), (class("plan", "Plan", plan, plan_name))],
            "network": plan_name, "costToBeneficiary": [(share())]
        }),
    )
}

/// What a visit to a practice costs the member, and when it is free.
fn share() -> impl Json {
    let visit = coding("http://terminology.hl7.org/CodeSystem/coverage-copay-type", "gpvisit", "GP Office Visit");
    let retired = coding("http://terminology.hl7.org/CodeSystem/ex-coverage-financial-exception", "retired", "Retired");
    json!({ "type": (concept(visit)), "valueMoney": (money(Cents(2_000))), "exception": [{ "type": (concept(retired)) }] })
}

fn class<'a>(code: &'static str, display: &'static str, value: &'a str, name: &'a str) -> impl Json + 'a {
    let kind = coding("http://terminology.hl7.org/CodeSystem/coverage-class", code, display);
    json!({ "type": (concept(kind)), "value": value, "name": name })
}
