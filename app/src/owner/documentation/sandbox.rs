//! The members of a program's sandbox, listed by what makes them.

use fhir::synthesize::sandbox::{SandboxMember, sandbox};
use leptos::prelude::*;
use programs::program::Program;

use crate::components::table::Table;

const COLUMNS: [&str; 6] = ["Member", "Born", "Member ID", "There for", "Claims", "Clinical record"];

/// A row a member; nothing where no members can be made for the program.
pub fn members(program: &Program) -> impl IntoView + use<> {
    let members = sandbox(program);
    // Not every program offers clinical records; without their column a row is as long as the rest.
    let has_records = members.iter().any(|member| record(member).is_some());
    let columns = COLUMNS[..COLUMNS.len() - usize::from(!has_records)].to_vec();
    let rows: Vec<_> = members.iter().map(row).collect();
    let intro = "Every sandbox has these members, besides others who are made by chance. None of them exists. Sign in as a \
                 tester and choose one by name; the identifier below it is the Patient's.";
    view! { <p>{intro}</p> <Table caption="Sandbox members" columns rows /> }
}

fn row(member: &SandboxMember) -> Vec<AnyView> {
    let SandboxMember { id, name, birth_date, member_id, payer, purpose, .. } = member;
    vec![
        view! { {name.clone()}<br/><code>{*id}</code><br/><span class="usa-hint">{payer.clone()}</span> }.into_any(),
        view! { <span class="nowrap">{birth_date.to_string()}</span> }.into_any(),
        view! { <span class="nowrap"><code>{member_id.clone()}</code></span> }.into_any(),
        (*purpose).into_any(),
        claims(member).into_any(),
        record(member).unwrap_or_else(|| "None".to_owned()).into_any(),
    ]
}

/// `8: 3 professional, …; 2 before 2016-01-01, never returned (CARIN Blue Button 1.1.0)`
fn claims(member: &SandboxMember) -> String {
    let count: usize = member.claims.iter().map(|(_, count)| count).sum();
    if count == 0 {
        return "None".to_owned();
    }
    let kinds: Vec<_> = member.claims.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let old = match member.withheld {
        Some((since, old)) if 0 < old => format!("; {old} before {since}, never returned"),
        _ => String::new(),
    };
    format!("{count}: {}{old} (CARIN Blue Button {})", kinds.join(", "), member.guide)
}

fn record(member: &SandboxMember) -> Option<String> {
    let parts = [(member.encounters, "encounters"), (member.immunizations, "immunizations")];
    let known: Vec<_> =
        parts.iter().filter(|(count, _)| 0 < *count).map(|(count, of)| format!("{count} {of}")).collect();
    (!known.is_empty()).then(|| known.join(", "))
}
