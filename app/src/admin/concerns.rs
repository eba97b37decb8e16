//! What a reviewer looks at closely: names and addresses that members, or reviewers, could take for somebody else's.

use leptos::prelude::*;
use model::{application_form::ApplicationDraft, id::OrganizationId};
use registry::{
    Registry,
    names::concerns::{self, Concern, Other},
    organizations::Alike,
};
use store::Ctx;

use crate::{
    components::{
        alert::{Alert, Tone},
        pager::grouped,
        status::Status,
        table::Table,
    },
    failure::Failure,
    texts::registry::organization_status,
};

/// About an app as it is, or would be.
pub async fn of(
    ctx: &mut Ctx,
    registry: &Registry,
    organization: &OrganizationId,
    draft: &ApplicationDraft,
) -> Result<Vec<Concern>, Failure> {
    Ok(concerns::of_application(ctx, registry, organization, draft).await?)
}

/// So many are listed: who registers hundreds of apps at one host must not bury the decision below them.
const LISTED: usize = 20;

/// Nothing where there is nothing to look at.
pub fn section(concerns: Vec<Concern>) -> Option<impl IntoView> {
    let line = |concern: Concern| view! { <li>{text(concern)}</li> };
    let more = and_more(concerns.len());
    (!concerns.is_empty()).then(|| {
        view! {
            <Alert tone=Tone::Warning heading="Look closely">
                <ul class="usa-list">{concerns.into_iter().take(LISTED).map(line).collect_view()}</ul>
                {more}
            </Alert>
        }
    })
}

/// How many are not listed.
fn and_more(count: usize) -> Option<impl IntoView + use<>> {
    let more = i64::try_from(count.saturating_sub(LISTED)).unwrap_or(i64::MAX);
    (0 < more).then(|| view! { <p>{format!("And {} more.", grouped(more))}</p> })
}

fn text(concern: Concern) -> AnyView {
    match concern {
        Concern::Word(word) => format!("The name contains “{word}”, which members expect of their health plan.").into_any(),
        Concern::NearReserved(name) => format!("A name is nearly “{name}”, which is reserved.").into_any(),
        Concern::MixedScripts => "A name mixes letters of several scripts, which can look alike.".into_any(),
        Concern::SimilarName(other) => {
            view! { "The name is like that of "{link(&other)}" by "{other.organization}"." }.into_any()
        }
        Concern::SimilarScheme(other, scheme) => {
            view! { "The scheme of the redirect URL is like "<code>{scheme}</code>" of "{link(&other)}" by "{other.organization}"." }
                .into_any()
        }
        Concern::SameHost(other, host) => {
            view! { "The redirect URL leads to the host "<code>{host}</code>", as does "{link(&other)}" by "{other.organization}"." }
                .into_any()
        }
    }
}

fn link(other: &Other) -> impl IntoView + use<> {
    let path = format!("/admin/applications/{}", other.application);
    view! { <a class="usa-link" href=path>{other.name.clone()}</a> }
}

/// The organizations that the one under review can be taken for; nothing where there are none.
pub fn alike_section(alike: Vec<Alike>) -> Option<impl IntoView> {
    (!alike.is_empty()).then(|| {
        view! {
            <Alert tone=Tone::Warning heading="This organization resembles another">
                "Compare them. To approve this one, say in the comment why it is not the same."
            </Alert>
            {alike_table(&alike)}
        }
    })
}

/// The organizations that one can be taken for; nothing where there are none.
pub fn alike_table(alike: &[Alike]) -> Option<impl IntoView + use<>> {
    let row = |other: &Alike| {
        let (tone, status) = organization_status(other.status);
        let why = match (other.by_name, other.by_number) {
            (true, true) => "Name and number",
            (true, false) => "Name",
            (false, _) => "Number",
        };
        let path = format!("/admin/organizations/{}", other.id);
        vec![
            view! { <a class="usa-link" href=path>{other.name.clone()}</a> }.into_any(),
            other.tin.clone().into_any(),
            why.into_any(),
            view! { <Status tone text=status /> }.into_any(),
        ]
    };
    (!alike.is_empty()).then(|| {
        let columns = vec!["Organization", "Tax ID or identifier", "What is alike", "Status"];
        let rows = alike.iter().take(LISTED).map(row).collect();
        view! { <Table caption="Organizations that resemble this one" columns rows /> {and_more(alike.len())} }
    })
}
