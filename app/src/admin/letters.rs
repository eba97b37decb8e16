//! `/admin/letters`: every letter of the product, in both languages, where the software is developed. Anywhere else it does not exist.
//! The letters are made by the functions that send them, with made-up values.

use leptos::prelude::*;
use mail::catalog::{Kind, SILENT, Sample};
use model::locale::Locale;

use super::{desk::Desk, mail as undelivered};
use crate::{
    components::{
        summary::{Fact, Summary},
        table::{Row, Table},
    },
    failure::Failure,
    page::{Page, Portal},
    texts::admin::{letters as text, mail::TITLE as MAIL},
    web::Web,
};

pub const PATH: &str = "/admin/letters";

/// What `?values=` fills the letters with, and its name.
const VALUES: [(&str, &str); 2] = [("", text::ORDINARY), ("hostile", text::HOSTILE)];

/// [`Failure::NotFound`] where others can reach the server.
async fn enter(web: &Web) -> Result<Desk, Failure> {
    if !web.services.is_development() {
        return Err(Failure::NotFound);
    }
    Desk::enter(web).await
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = enter(&web).await?;
    let rows: Vec<Row> = Kind::ALL.iter().map(|kind| row(&web, *kind)).collect();
    let columns = vec![text::EVENT, text::LETTER, text::READER, text::NAMES];
    let silent = SILENT.iter().map(|(event, why)| Fact::new(*event, *why)).collect();
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p>{text::ABOUT}</p>
        <Table caption=text::TITLE columns rows />
        <h2>{text::WITHOUT}</h2>
        <Summary facts=silent />
    };
    Ok(desk.page(text::TITLE, view).under(undelivered::PATH, MAIL))
}

fn row(web: &Web, kind: Kind) -> Row {
    let subject = kind.sample(&web.services.registry.site, &Sample::plain(Locale::English)).subject;
    vec![
        kind.event().into_any(),
        view! { <a class="usa-link" href=path(kind)>{subject}</a> }.into_any(),
        kind.audience().name().into_any(),
        kind.about().name().into_any(),
    ]
}

fn path(kind: Kind) -> String {
    format!("{PATH}/{}", kind.key())
}

/// The letter that the address names, and whether with hostile values.
fn asked(web: &Web) -> Result<(Kind, bool), Failure> {
    let kind = Kind::find(web.request.param("letter")?).ok_or(Failure::NotFound)?;
    Ok((kind, web.request.query("values") == Some("hostile")))
}

fn sample(hostile: bool, locale: Locale) -> Sample {
    if hostile { Sample::hostile(locale) } else { Sample::plain(locale) }
}

/// A letter in both languages, as HTML and as text.
pub async fn one(web: Web) -> Result<Page, Failure> {
    let desk = enter(&web).await?;
    let (kind, hostile) = asked(&web)?;
    let site = &web.services.registry.site;
    let language = |locale: Locale| {
        let message = kind.sample(site, &sample(hostile, locale));
        let query = if hostile { "?values=hostile" } else { "" };
        let source = format!("{}/{}{query}", path(kind), locale.tag());
        let title = text::as_html(locale.name());
        view! {
            <section>
                <h2>{locale.name()}</h2>
                <Summary facts=vec![Fact::new(text::SUBJECT, message.subject)] />
                <iframe class="letter" src=source title=title sandbox=""></iframe>
                <pre class="letter-text" tabindex="0">{message.text}</pre>
            </section>
        }
    };
    let tab = |(value, name): (&'static str, &'static str)| {
        let href = if value.is_empty() { path(kind) } else { format!("{}?values={value}", path(kind)) };
        let current = ((value == "hostile") == hostile).then_some("true");
        view! { <li><a href=href aria-current=current>{name}</a></li> }
    };
    let facts = vec![
        Fact::new(text::EVENT, kind.event()),
        Fact::new(text::READER, kind.audience().name()),
        Fact::new(text::NAMES, kind.about().name()),
    ];
    // Who has no account is written to in English.
    let locales: &[Locale] = if kind.audience().is_account() { &Locale::ALL } else { &[Locale::English] };
    let view = view! {
        <h1>{kind.event()}</h1>
        <Summary facts />
        <nav class="tabs" aria-label=text::VALUES><ul>{VALUES.map(tab).collect_view()}</ul></nav>
        {locales.iter().map(|locale| language(*locale)).collect_view()}
    };
    Ok(desk.page(kind.event(), view).under(PATH, text::TITLE).framing())
}

/// The letter itself, for the frame.
pub async fn document(web: Web) -> Result<Page, Failure> {
    enter(&web).await?;
    let (kind, hostile) = asked(&web)?;
    let locale = Locale::find(web.request.param("language")?).ok_or(Failure::NotFound)?;
    let message = kind.sample(&web.services.registry.site, &sample(hostile, locale));
    Ok(Page::document(Portal::Admin, message.html))
}
