//! What the documentation consists of: chapters that every program has, and a page for each resource of its file.

use programs::{
    program::Program,
    resource::{Group, Resource, Variant},
};

use super::{
    Docs, body::Body, changes, cors, dictionary, discovery, errors, limits, openapi, overview, paging, quick_start,
    samples, scopes,
};
use crate::texts::docs::chapters as text;

/// A chapter that is the same for every program that it is for.
pub struct Chapter {
    /// The last part of its address, in lower case: `scopes`. The program file's section of this id, if it has one, is its
    /// title and introduction.
    pub slug: &'static str,
    pub part: Part,
    /// For programs whose file has no section of this id.
    pub title: &'static str,
    /// What it is about in a sentence, for search engines and lists.
    pub about: &'static str,
    /// For which programs.
    pub is_for: fn(&Program) -> bool,
    pub body: fn(&Docs<'_>) -> Body,
}

/// Headings of the side navigation; resources come between `Api` and `Support`, under the headings of the program file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Start,
    Authorization,
    Api,
    Support,
}

impl Part {
    pub fn title(self) -> &'static str {
        match self {
            Self::Start => text::START,
            Self::Authorization => text::AUTHORIZATION,
            Self::Api => text::API,
            Self::Support => text::SUPPORT,
        }
    }
}

fn every(_: &Program) -> bool {
    true
}

/// In the order in which they are read; those of one part are together.
pub const CHAPTERS: &[Chapter] = &[
    Chapter {
        slug: "overview",
        part: Part::Start,
        title: text::OVERVIEW,
        about: text::ABOUT_OVERVIEW,
        is_for: every,
        body: overview::body,
    },
    Chapter {
        slug: "quick-start",
        part: Part::Start,
        title: text::QUICK_START,
        about: text::ABOUT_QUICK_START,
        is_for: quick_start::is_for,
        body: quick_start::body,
    },
    Chapter {
        slug: "samples",
        part: Part::Start,
        title: text::SAMPLES,
        about: text::ABOUT_SAMPLES,
        is_for: every,
        body: samples::body,
    },
    Chapter {
        slug: "scopes",
        part: Part::Authorization,
        title: text::SCOPES,
        about: text::ABOUT_SCOPES,
        is_for: every,
        body: scopes::body,
    },
    Chapter {
        slug: "discovery",
        part: Part::Authorization,
        title: text::DISCOVERY,
        about: text::ABOUT_DISCOVERY,
        is_for: every,
        body: discovery::body,
    },
    Chapter {
        slug: "errors",
        part: Part::Api,
        title: text::ERRORS,
        about: text::ABOUT_ERRORS,
        is_for: every,
        body: errors::body,
    },
    Chapter {
        slug: "paging",
        part: Part::Api,
        title: text::PAGING,
        about: text::ABOUT_PAGING,
        is_for: every,
        body: paging::body,
    },
    Chapter {
        slug: "sync",
        part: Part::Api,
        title: text::SYNC,
        about: text::ABOUT_SYNC,
        is_for: every,
        body: paging::sync,
    },
    Chapter {
        slug: "limits",
        part: Part::Api,
        title: text::LIMITS,
        about: text::ABOUT_LIMITS,
        is_for: every,
        body: limits::body,
    },
    Chapter {
        slug: "cors",
        part: Part::Api,
        title: text::CORS,
        about: text::ABOUT_CORS,
        is_for: every,
        body: cors::body,
    },
    Chapter {
        slug: "openapi",
        part: Part::Api,
        title: text::OPENAPI,
        about: text::ABOUT_OPENAPI,
        is_for: every,
        body: openapi::body,
    },
    Chapter {
        slug: "dictionary",
        part: Part::Api,
        title: text::DICTIONARY,
        about: text::ABOUT_DICTIONARY,
        is_for: every,
        body: dictionary::body,
    },
    Chapter {
        slug: "changes",
        part: Part::Support,
        title: text::CHANGES,
        about: text::ABOUT_CHANGES,
        is_for: every,
        body: changes::body,
    },
];

/// A page of a program's documentation.
pub struct Entry<'p> {
    /// The last part of its address. Resources have the names that FHIR gives them (`HealthcareService`), so that no name of
    /// a program file meets a chapter of ours.
    pub slug: String,
    pub title: String,
    pub about: String,
    /// The heading above it in the side navigation.
    pub heading: String,
    topic: Topic<'p>,
}

/// What a page is about.
enum Topic<'p> {
    Chapter(&'static Chapter),
    Group(&'p Group),
    Resource(&'p Resource),
    /// Another printed section about a type, such as `Network`.
    Variant(&'p Resource, &'p Variant),
}

impl Entry<'_> {
    pub fn body(&self, docs: &Docs<'_>) -> Body {
        match self.topic {
            Topic::Chapter(chapter) => (chapter.body)(docs),
            Topic::Group(_) | Topic::Resource(_) | Topic::Variant(..) => Body::new(),
        }
    }
}

/// Every page of the program's documentation, in the order of the side navigation.
pub fn contents(program: &Program) -> Vec<Entry<'_>> {
    let of = |parts: &'static [Part]| {
        let chapters = CHAPTERS.iter().filter(|chapter| parts.contains(&chapter.part) && (chapter.is_for)(program));
        chapters.map(|chapter| {
            let section = program.sections.iter().find(|section| section.id == chapter.slug);
            Entry {
                slug: chapter.slug.to_owned(),
                title: section.map_or_else(|| chapter.title.to_owned(), |section| section.title.clone()),
                about: chapter.about.to_owned(),
                heading: chapter.part.title().to_owned(),
                topic: Topic::Chapter(chapter),
            }
        })
    };
    of(&[Part::Start, Part::Authorization, Part::Api]).chain(of(&[Part::Support])).collect()
}
