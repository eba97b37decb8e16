//! What is announced: banners above the pages of a portal, and the bulletin board of a dashboard. Outages are announced by
//! themselves.

use jiff::Timestamp;
use leptos::prelude::*;
use model::{
    bulletin::{Audience, Kind, Place},
    partition::ProgramId,
};
use registry::{
    bulletins::{self, Bulletin},
    outages::{self, Outage},
};

use crate::{
    components::{alert::Tone, marked::marked, time::Time},
    docs,
    failure::Failure,
    home::status,
    locale::Locale,
    page::Portal,
    texts::bulletins as text,
    web::Web,
};

/// Something to read, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub tone: Tone,
    pub title: String,
    /// In paragraphs.
    pub text: String,
    /// English text on a page of another language.
    pub in_english: bool,
    pub outage: Option<Times>,
}

/// When an outage began, and when it may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    began: Timestamp,
    ends: Option<Timestamp>,
    /// Whether the reader has clocks with us.
    has_clocks: bool,
}

/// The banners above a page of this portal: one short read, and one more for members where a program is named. A page is
/// shown without them if they cannot be read.
pub async fn banners(web: &Web, portal: Portal) -> Vec<Notice> {
    let Some(audience) = audience(portal, &web.request.path) else { return Vec::new() };
    match notices(web, audience, Place::Banner).await {
        Ok(notices) => notices,
        Err(error) => {
            tracing::warn!(%error, "the banners could not be read");
            Vec::new()
        }
    }
}

/// The bulletin board of a dashboard; nothing where nothing is announced.
pub async fn board(web: &Web, audience: Audience) -> Result<impl IntoView + use<>, Failure> {
    let locale = web.locale();
    let notices = notices(web, audience, Place::Board).await?;
    Ok((!notices.is_empty()).then(|| {
        let list = notices.into_iter().map(|one| notice(one, locale)).collect_view();
        view! { <section class="board" aria-labelledby="board"><h2 id="board">{text::BOARD}</h2>{list}</section> }
    }))
}

/// Whose page it is. Nothing leads away from an app's request, and accounts belong to no portal.
fn audience(portal: Portal, path: &str) -> Option<Audience> {
    let below = |start: &str| path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    match portal {
        _ if below("/account") => None,
        Portal::Owner => Some(Audience::Owner),
        Portal::Admin => Some(Audience::Admin),
        Portal::Member => Some(Audience::Member),
        Portal::Site if path == "/" || below(docs::PATH) || below(status::PATH) => Some(Audience::Public),
        Portal::Site | Portal::Consent => None,
    }
}

async fn notices(web: &Web, audience: Audience, place: Place) -> Result<Vec<Notice>, Failure> {
    let mut ctx = web.services.store.read().await?;
    let outages = if place == Place::Banner { outages::current(&mut ctx).await? } else { Vec::new() };
    let shown = bulletins::showing(&mut ctx).await?;
    drop(ctx);
    let is_here =
        |bulletin: &Bulletin| bulletin.content.place == place && bulletin.content.audiences.contains(&audience);
    let shown: Vec<Bulletin> = shown.into_iter().filter(is_here).collect();
    let named = outages.iter().map(|outage| &outage.program).chain(shown.iter().map(|shown| &shown.content.program));
    let programs = if named.flatten().next().is_some() { programs(web, audience).await? } else { None };
    let concerns = |program: &Option<ProgramId>| match (program, &programs) {
        (Some(program), Some(own)) => own.contains(program),
        _ => true,
    };
    let outages = outages.iter().filter(|outage| concerns(&outage.program)).map(|one| of_outage(web, one, audience));
    let shown = shown.iter().filter(|shown| concerns(&shown.content.program)).map(|shown| of_bulletin(web, shown));
    Ok(outages.chain(shown).collect())
}

/// The programs that the reader of this page has to do with; `None`: all.
async fn programs(web: &Web, audience: Audience) -> Result<Option<Vec<ProgramId>>, Failure> {
    if let Some(program) = web.host_of() {
        return Ok(Some(vec![program]));
    }
    let of_docs = web.request.path.strip_prefix(docs::PATH).and_then(|rest| rest.strip_prefix('/'));
    if let Some(program) = of_docs.and_then(|rest| rest.split('/').next()).filter(|program| !program.is_empty()) {
        return Ok(Some(vec![ProgramId::new(program)]));
    }
    match web.account() {
        Ok(account) if audience == Audience::Member => {
            let links = identity::members::links(&mut web.services.store.read().await?, &account.id).await?;
            Ok(Some(links.into_iter().map(|link| link.partition.program).collect()))
        }
        _ => Ok(None),
    }
}

/// The program's name, as people know it.
fn named(web: &Web, program: &ProgramId) -> String {
    web.services.programs.get(program).map_or_else(|| program.to_string(), |program| program.name.clone())
}

fn of_outage(web: &Web, outage: &Outage, audience: Audience) -> Notice {
    let title = match &outage.program {
        Some(program) => text::outage_of(web.locale(), named(web, program)),
        None => text::OUTAGE.of(web.locale()).to_owned(),
    };
    let has_clocks = matches!(audience, Audience::Owner | Audience::Admin);
    let outage = Some(Times { began: outage.begins_at, ends: outage.ends_at, has_clocks });
    Notice { tone: Tone::Error, title, text: String::new(), in_english: false, outage }
}

/// As the page shows it, and its preview.
pub fn of_bulletin(web: &Web, bulletin: &Bulletin) -> Notice {
    in_language(web, bulletin, web.locale())
}

/// The same in a language.
pub fn in_language(web: &Web, bulletin: &Bulletin, locale: Locale) -> Notice {
    let content = &bulletin.content;
    let tone = match content.kind {
        Kind::Information | Kind::Unknown => Tone::Info,
        Kind::Maintenance => Tone::Warning,
        Kind::Outage => Tone::Error,
    };
    let (title, said) = match locale {
        Locale::Spanish if !content.title_es.is_empty() => (&content.title_es, &content.text_es),
        _ => (&content.title, &content.text),
    };
    let in_english = locale != Locale::English && content.title_es.is_empty();
    let title = match &content.program {
        Some(program) => text::about(locale, named(web, program), title),
        None => title.clone(),
    };
    Notice { tone, title, text: said.clone(), in_english, outage: None }
}

/// All banners of a page.
#[component]
pub fn Banners(notices: Vec<Notice>, #[prop(optional)] locale: Locale) -> impl IntoView {
    (!notices.is_empty()).then(|| {
        view! {
            <section class="site-banners" aria-label=text::NEWS.of(locale)>
                {notices.into_iter().map(|one| notice(one, locale)).collect_view()}
            </section>
        }
    })
}

/// One of them. Screen readers do not announce it as an alert, because it is on every page.
pub fn notice(notice: Notice, locale: Locale) -> impl IntoView {
    let paragraphs: Vec<String> =
        notice.text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    view! {
        <div class=format!("usa-alert usa-alert--{}", notice.tone.as_str()) lang=notice.in_english.then_some("en")>
            <div class="usa-alert__body">
                <p class="usa-alert__heading">{notice.title}</p>
                <div class="usa-alert__text">
                    {paragraphs.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
                    {notice.outage.map(|times| about(times, locale))}
                </div>
            </div>
        </div>
    }
}

fn about(times: Times, locale: Locale) -> impl IntoView {
    let at =
        |sentence: &'static str, at: Timestamp| marked(sentence, move |_, _| view! { <Time at locale /> }.into_any());
    let ends = times.ends.map(|end| view! { " " {at(text::OUTAGE_ENDS.of(locale), end)} });
    let clocks = times.has_clocks.then(|| view! { <p>{text::CLOCKS_PAUSE}</p> });
    view! { <p>{at(text::OUTAGE_BEGAN.of(locale), times.began)} {ends}</p> {clocks} }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn banners_are_above_portals_and_public_pages_and_nowhere_else() {
        for (portal, path, expect) in [
            (Portal::Owner, "/owner", Some(Audience::Owner)),
            // A vendor who reads the documentation stays in the portal.
            (Portal::Owner, "/docs/idaho", Some(Audience::Owner)),
            (Portal::Admin, "/admin", Some(Audience::Admin)),
            (Portal::Member, "/member", Some(Audience::Member)),
            (Portal::Site, "/", Some(Audience::Public)),
            (Portal::Site, "/docs", Some(Audience::Public)),
            (Portal::Site, "/docs/idaho/scopes", Some(Audience::Public)),
            (Portal::Site, "/status", Some(Audience::Public)),
            (Portal::Site, "/documents", None),
            (Portal::Site, "/signin", None),
            (Portal::Owner, "/account", None),
            (Portal::Admin, "/account/second-factor", None),
            (Portal::Consent, "/consent/x", None),
        ] {
            assert_eq!(audience(portal, path), expect, "{path}");
        }
    }

    #[test]
    fn what_an_administrator_wrote_is_text() {
        let one = Notice {
            tone: Tone::Info,
            title: "<b>Title</b>".to_owned(),
            text: "<script>\n\n& more".to_owned(),
            in_english: true,
            outage: None,
        };
        let html = notice(one, Locale::Spanish).to_html();
        assert!(
            html.contains("&lt;b&gt;Title") && html.contains("&lt;script&gt;") && html.contains("&amp; more"),
            "{html}"
        );
        assert_eq!((html.matches("<p").count(), html.contains("lang=\"en\"")), (3, true), "{html}");
    }
}
