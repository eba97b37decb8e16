//! Around every chapter: search, the list of chapters, what is on the page, and the way on.

use leptos::prelude::*;

use super::{
    Docs, PATH,
    body::{Body, Mark, MarkKind},
    chapters::Entry,
    path,
};
use crate::{
    locale::Locale,
    page::{Page, Portal},
    texts::docs as text,
};

/// The page of `here` among all `entries`.
pub fn page(docs: &Docs<'_>, entries: &[Entry<'_>], here: &Entry<'_>, body: Body) -> Page {
    let place = entries.iter().position(|entry| entry.slug == here.slug);
    let before = place.and_then(|place| place.checked_sub(1)).and_then(|place| entries.get(place));
    let after = place.and_then(|place| entries.get(place + 1));
    let turn = [(text::PREVIOUS, "prev", before), (text::NEXT, "next", after)];
    let turn = turn.map(|(word, relation, entry)| {
        let link = |entry: &Entry<'_>| {
            view! {
                <a class=format!("docs-turn__{relation}") rel=relation href=docs.chapter(&entry.slug)>
                    <span class="docs-turn__word">{word}</span> {entry.title.clone()}
                </a>
            }
        };
        entry.map(link)
    });
    let marks = on_this_page(&body.marks);
    let content = view! {
        <h1>{here.title.clone()}</h1>
        {marks}
        {body.into_views()}
        <nav class="docs-turn" aria-label=text::TURN>{turn}</nav>
        <p class="docs-copyright">{docs.program.copyright.clone()}" "<a class="usa-link" href=docs.chapter("terms")>{text::TERMS}</a></p>
    };
    around(docs, entries, Some(&here.slug), &here.title, here.about.clone(), content)
}

/// A page of the documentation with this content; `here` is marked in the list.
pub fn around(
    docs: &Docs<'_>,
    entries: &[Entry<'_>],
    here: Option<&str>,
    title: &str,
    about: String,
    content: impl IntoView + 'static,
) -> Page {
    let locale = docs.web.locale();
    let in_english =
        (locale != Locale::English).then(|| view! { <p class="usa-hint">{text::IN_ENGLISH.of(locale)}</p> });
    let script = docs.web.services.assets.docs;
    let query = docs.web.request.query("q").unwrap_or_default().to_owned();
    let view = view! {
        <div class="docs-bar">
            <p class="docs-bar__name"><a href=PATH>{text::TITLE.of(locale)}</a>" "<a lang="en" href=path(docs.program)>{docs.program.name.clone()}</a></p>
            <form class="docs-search" role="search" action=docs.chapter("search") data-index=docs.chapter("index.json")>
                <label class="usa-sr-only" for="docs-q">{text::SEARCH_LABEL.of(locale)}</label>
                <input class="usa-input" id="docs-q" type="search" name="q" maxlength="80" value=query placeholder=text::SEARCH_LABEL.of(locale) autocomplete="off" />
                <button class="usa-button" type="submit">{text::SEARCH.of(locale)}</button>
            </form>
        </div>
        {in_english}
        <div class="docs">
            <details class="docs-contents disclosure">
                <summary>{text::CONTENTS.of(locale)}</summary>
                <nav aria-label=text::CONTENTS.of(locale)>{list(docs, entries, here)}</nav>
            </details>
            <nav class="docs-side" aria-label=text::CONTENTS.of(locale)>{list(docs, entries, here)}</nav>
            <article class="docs-body" lang="en" data-copy=text::COPY data-copied=text::COPIED>{content}</article>
        </div>
        {(!script.is_empty()).then(|| view! { <script src=script defer></script> })}
    };
    Page::new(Portal::Site, text::page_title(title, docs.program.name.as_str()), view).about(about).wide()
}

/// The chapters under their headings.
fn list(docs: &Docs<'_>, entries: &[Entry<'_>], here: Option<&str>) -> impl IntoView + use<> {
    let group = |group: &[Entry<'_>]| {
        let item = |entry: &Entry<'_>| {
            let current = (here == Some(entry.slug.as_str())).then_some("page");
            view! { <li><a href=docs.chapter(&entry.slug) aria-current=current>{entry.label.clone()}</a></li> }
        };
        let heading = group.first().map(|entry| entry.heading.clone());
        view! { <li><p class="docs-list__heading">{heading}</p><ul>{group.iter().map(item).collect_view()}</ul></li> }
    };
    let groups = entries.chunk_by(|one, other| one.heading == other.heading).map(group).collect_view();
    view! { <ul class="docs-list" lang="en">{groups}</ul> }
}

/// Links to the sections, if there is more than one.
fn on_this_page(marks: &[Mark]) -> Option<impl IntoView + use<>> {
    let sections: Vec<&Mark> = marks.iter().filter(|mark| mark.kind == MarkKind::Section).collect();
    let item = |mark: &&Mark| view! { <li><a href=format!("#{}", mark.id)>{mark.name.clone()}</a></li> };
    (1 < sections.len()).then(|| {
        view! {
            <nav class="docs-here" aria-label=text::ON_THIS_PAGE>
                <p class="docs-here__title">{text::ON_THIS_PAGE}</p>
                <ul>{sections.iter().map(item).collect_view()}</ul>
            </nav>
        }
    })
}
