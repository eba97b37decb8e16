//! For whom the account may act, until when, and who says so.

use std::collections::{BTreeMap, BTreeSet};

use fhir::members;
use identity::representatives::{self, Representative, State};
use leptos::prelude::*;
use model::{
    id::{AccountId, PatientId},
    partition::Partition,
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

/// `None` for an account that acts for no one.
pub async fn section(web: &Web, ctx: &mut Ctx, account: &AccountId) -> Result<Option<AnyView>, Failure> {
    let locale = web.locale();
    let acts = representatives::of_account(ctx, account).await?;
    if acts.is_empty() {
        return Ok(None);
    }
    let names = names(ctx, &acts).await?;
    show_in(&web.services.programs, acts.iter().map(|one| &one.partition.program));
    let now = ctx.now;
    let rows = acts.iter().map(|one| row(web, &names, one, now, locale)).collect();
    let columns = [text::PERSON, HEALTH_PLAN, text::UNTIL, text::SAYS_WHO].map(|name| name.of(locale)).to_vec();
    let title = text::TITLE.of(locale);
    let view = view! {
        <section id="people">
            <h2>{title}</h2>
            <p>{text::ABOUT.of(locale)}</p>
            <Table caption=title columns rows />
        </section>
    };
    Ok(Some(view.into_any()))
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

fn row(web: &Web, names: &Names, one: &Representative, now: jiff::Timestamp, locale: Locale) -> Row {
    let payer = web.services.programs.get(&one.partition.program).and_then(|program| program.payer(&one.payer));
    let payer = payer.map_or_else(|| one.payer.to_string(), |payer| payer.name.clone());
    let until = match one.ends_at {
        Some(until) if one.state(now) == State::Later => {
            text::from_until(locale, date(one.starts_at, locale), date(until, locale))
        }
        Some(until) => date(until, locale),
        None => text::NO_END.of(locale).to_owned(),
    };
    vec![name(names, one).into_any(), payer.into_any(), until.into_any(), says_who(one, locale).into_any()]
}
