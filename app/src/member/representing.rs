//! For whom the account may act, until when, and who says so.

use std::collections::{BTreeMap, BTreeSet};

use fhir::members;
use identity::{
    accounts,
    members::{self as own, Link},
    representatives::{self, Representative, State},
};
use jiff::Timestamp;
use leptos::prelude::*;
use model::{
    id::{AccountId, PatientId},
    partition::{Environment, Partition},
    texts::Text,
};
use store::Ctx;

use crate::{
    components::{
        table::{Row, Table},
        time::{date, show_in},
    },
    failure::Failure,
    locale::Locale,
    texts::{consent::HEALTH_PLAN, member::representing as text},
    web::Web,
};

/// For whom the account may act, and who may act for its holder; each only if there is anyone.
pub async fn section(web: &Web, ctx: &mut Ctx, account: &AccountId) -> Result<Vec<AnyView>, Failure> {
    let acts = representatives::of_account(ctx, account).await?;
    let names = names(ctx, &acts).await?;
    let others = for_holder(ctx, account).await?;
    let mut people = Vec::new();
    for one in &others {
        let found = accounts::find(ctx, &one.account).await?;
        people.push((found.map(|account| account.name.to_string()).unwrap_or_default(), one));
    }
    let acts: Vec<_> = acts.iter().map(|one| (name(&names, one), one)).collect();
    let now = ctx.now;
    let tables = [
        table(web, "people", text::TITLE, text::ABOUT, &acts, now),
        table(web, "representatives", text::ACT_FOR_YOU, text::ABOUT_ACT_FOR_YOU, &people, now),
    ];
    Ok(tables.into_iter().flatten().collect())
}

/// Who may act for the member that the account is. In the sandbox, anyone may be the same test member.
async fn for_holder(ctx: &mut Ctx, account: &AccountId) -> Result<Vec<Representative>, Failure> {
    let own = own::links(ctx, account).await?;
    let mut found = Vec::new();
    for Link { partition, payer, patient, .. } in own {
        if partition.environment == Environment::Production {
            found.extend(representatives::of_member(ctx, &partition, &payer, &patient).await?);
        }
    }
    Ok(found)
}

fn table(
    web: &Web,
    id: &'static str,
    title: Text,
    about: Text,
    people: &[(String, &Representative)],
    now: Timestamp,
) -> Option<AnyView> {
    if people.is_empty() {
        return None;
    }
    let locale = web.locale();
    show_in(&web.services.programs, people.iter().map(|(_, one)| &one.partition.program));
    let rows = people.iter().map(|(name, one)| row(web, name.clone(), one, now, locale)).collect();
    let columns = [text::PERSON, HEALTH_PLAN, text::UNTIL, text::SAYS_WHO].map(|name| name.of(locale)).to_vec();
    let title = title.of(locale);
    let view = view! {
        <section id=id>
            <h2>{title}</h2>
            <p>{about.of(locale)}</p>
            <Table caption=title columns rows />
        </section>
    };
    Some(view.into_any())
}

type Names = BTreeMap<(Partition, PatientId), String>;

/// The whole names, as far as the payers' data still has them.
pub async fn names(ctx: &mut Ctx, of: &[Representative]) -> Result<Names, Failure> {
    let mut people: BTreeMap<Partition, BTreeSet<PatientId>> = BTreeMap::new();
    for one in of {
        people.entry(one.partition.clone()).or_default().insert(one.patient.clone());
    }
    let mut names = BTreeMap::new();
    for (partition, patients) in people {
        let patients: Vec<PatientId> = patients.into_iter().collect();
        let found = members::names(ctx, &partition, &patients).await?;
        names.extend(found.into_iter().map(|(patient, name)| ((partition.clone(), patient), name)));
    }
    Ok(names)
}

/// The member's name. If the payer's data no longer has it, the first name that it had.
pub fn name(names: &Names, one: &Representative) -> String {
    let found = names.get(&(one.partition.clone(), one.patient.clone())).filter(|name| !name.is_empty());
    found.unwrap_or(&one.first_name).clone()
}

/// Who says so, and what they have seen.
pub fn says_who(one: &Representative, locale: Locale) -> String {
    match one.evidence {
        Some(evidence) => text::administrator(locale, text::evidence(evidence).of(locale)),
        None => text::source(one.source).of(locale).to_owned(),
    }
}

fn row(web: &Web, name: String, one: &Representative, now: Timestamp, locale: Locale) -> Row {
    let payer = web.services.programs.get(&one.partition.program).and_then(|program| program.payer(&one.payer));
    let payer = payer.map_or_else(|| one.payer.to_string(), |payer| payer.name.clone());
    let until = match one.ends_at {
        Some(until) if one.state(now) == State::Later => {
            text::from_until(locale, date(one.starts_at, locale), date(until, locale))
        }
        Some(until) => date(until, locale),
        None => text::NO_END.of(locale).to_owned(),
    };
    vec![name.into_any(), payer.into_any(), until.into_any(), says_who(one, locale).into_any()]
}
