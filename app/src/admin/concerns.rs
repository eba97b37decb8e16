//! What a reviewer looks at closely: names and addresses that members, or reviewers, could mistake for someone else's.

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
        marked::marked,
        pager::grouped,
        status::Status,
        table::Table,
    },
    failure::Failure,
    texts::{
        admin::{ORGANIZATION, STATUS, concerns as text},
        registry::organization_status,
    },
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

/// At most this many are listed, so that a vendor with hundreds of apps at one host cannot bury the decision below them.
const LISTED: usize = 20;

/// Nothing where there is nothing to look at.
pub fn section(concerns: Vec<Concern>) -> Option<impl IntoView> {
    let line = |concern: Concern| view! { <li>{sentence(concern)}</li> };
    let more = and_more(concerns.len());
    (!concerns.is_empty()).then(|| {
        view! {
            <Alert tone=Tone::Warning heading=text::LOOK_CLOSELY>
                <ul class="usa-list">{concerns.into_iter().take(LISTED).map(line).collect_view()}</ul>
                {more}
            </Alert>
        }
    })
}

/// How many are not listed.
fn and_more(count: usize) -> Option<impl IntoView + use<>> {
    let more = i64::try_from(count.saturating_sub(LISTED)).unwrap_or(i64::MAX);
    (0 < more).then(|| view! { <p>{text::and_more(grouped(more))}</p> })
}

fn sentence(concern: Concern) -> AnyView {
    match concern {
        Concern::Word(word) => text::word(word).into_any(),
        Concern::NearReserved(name) => text::near_reserved(name).into_any(),
        Concern::MixedScripts => text::MIXED_SCRIPTS.into_any(),
        Concern::SimilarName(other) => naming(text::SIMILAR_NAME, None, &other),
        Concern::SimilarScheme(other, scheme) => naming(text::SIMILAR_SCHEME, Some(&scheme), &other),
        Concern::SameHost(other, host) => naming(text::SAME_HOST, Some(&host), &other),
    }
}

/// The sentence with what is alike, the app and its organization in place of its brackets, in this order.
fn naming(sentence: &str, alike: Option<&str>, other: &Other) -> AnyView {
    let skipped = usize::from(alike.is_none());
    let slot = |place: usize, _| match place + skipped {
        0 => view! { <code>{alike.map(str::to_owned)}</code> }.into_any(),
        1 => link(other).into_any(),
        _ => other.organization.clone().into_any(),
    };
    marked(sentence, slot).into_any()
}

fn link(other: &Other) -> impl IntoView + use<> {
    let path = format!("/admin/applications/{}", other.application);
    view! { <a class="usa-link" href=path>{other.name.clone()}</a> }
}

/// The organizations that the one under review resembles; nothing where there are none.
pub fn alike_section(alike: Vec<Alike>) -> Option<impl IntoView> {
    (!alike.is_empty()).then(|| {
        view! {
            <Alert tone=Tone::Warning heading=text::RESEMBLES>{text::COMPARE}</Alert>
            {alike_table(&alike)}
        }
    })
}

/// The organizations that one resembles; nothing where there are none.
pub fn alike_table(alike: &[Alike]) -> Option<impl IntoView + use<>> {
    let row = |other: &Alike| {
        let (tone, status) = organization_status(other.status);
        let why = match (other.by_name, other.by_number) {
            (true, true) => text::BY_NAME_AND_NUMBER,
            (true, false) => text::BY_NAME,
            (false, _) => text::BY_NUMBER,
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
        let columns = vec![ORGANIZATION, text::NUMBER, text::WHAT_IS_SIMILAR, STATUS];
        let rows = alike.iter().take(LISTED).map(row).collect();
        view! { <Table caption=text::RESEMBLING columns rows /> {and_more(alike.len())} }
    })
}
