//! `/admin/configuration`: what `flex check-config` says about the server that answers.

use leptos::prelude::*;
use model::account::Role;

use super::{checks, desk::Desk, programs};
use crate::{
    components::{
        alert::{Alert, Tone},
        summary::{Fact, Summary},
        time::{Time, show_in},
    },
    failure::Failure,
    page::Page,
    texts::admin::{configuration as text, programs::TITLE as PROGRAMS},
    web::Web,
};

pub const PATH: &str = "/admin/configuration";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    desk.allow(&[Role::Administrator])?;
    show_in(&web.services.programs, []);
    let found = web.services.diagnosis.run().await;
    let checks = checks::section(&web, &mut web.services.store.read().await?, &desk).await?;
    let (now, started) = (web.services.store.now(), found.started_at);
    let result = match found.problem {
        None => view! { <Alert tone=Tone::Success><p>{text::WELL}</p></Alert> }.into_any(),
        Some(problem) => {
            view! { <Alert tone=Tone::Error heading=text::PROBLEM><p class="prewrap breakable">{problem}</p></Alert> }
                .into_any()
        }
    };
    let facts = vec![
        Fact::new(text::CHECKED, view! { <Time at=now /> }),
        Fact::new(text::STARTED, view! { <Time at=started /> }),
        Fact::new(text::VERSION, found.version),
        Fact::new(text::PROCESS, found.process.to_string()),
        Fact::new(text::FILE, found.file.unwrap_or_else(|| text::NO_FILE.to_owned())),
    ];
    let lines = found.lines.join("\n");
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p>{text::ABOUT}</p>
        {result}
        <Summary facts />
        {checks}
        <h2>{text::FINDINGS}</h2>
        <pre class="prewrap breakable" id="findings"><code>{lines}</code></pre>
    };
    Ok(desk.page(text::TITLE, view).at(programs::PATH).under(programs::PATH, PROGRAMS))
}
