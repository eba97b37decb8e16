//! What the documentation consists of: chapters that every program has, and a page for each resource of its file.

use programs::{
    program::Program,
    resource::{Group, Resource, Variant},
};

use super::{
    Docs, authentication, authorization, authorization_request, body::Body, changes, consent, cors, dictionary,
    discovery, endpoints, errors, guides, limits, members, native_apps, notices, openapi, overview, paging, payers,
    production, quality, quick_start, resources, samples, sandbox, scopes, support, token, try_it,
};
use crate::texts::docs::{api, chapters as text};

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
            Self::Authorization => text::AUTHORIZATION_PART,
            Self::Api => text::API,
            Self::Support => text::SUPPORT_PART,
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
        slug: try_it::SLUG,
        part: Part::Start,
        title: text::TRY_IT,
        about: text::ABOUT_TRY_IT,
        is_for: quick_start::is_for,
        body: try_it::body,
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
        slug: "sandbox",
        part: Part::Start,
        title: text::SANDBOX,
        about: text::ABOUT_SANDBOX,
        is_for: every,
        body: sandbox::body,
    },
    Chapter {
        slug: "members",
        part: Part::Start,
        title: text::MEMBERS,
        about: text::ABOUT_MEMBERS,
        is_for: members::is_for,
        body: members::body,
    },
    Chapter {
        slug: "production",
        part: Part::Start,
        title: text::PRODUCTION,
        about: text::ABOUT_PRODUCTION,
        is_for: every,
        body: production::body,
    },
    Chapter {
        slug: "authorization",
        part: Part::Authorization,
        title: text::AUTHORIZATION,
        about: text::ABOUT_AUTHORIZATION,
        is_for: every,
        body: authorization::body,
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
        slug: "consent",
        part: Part::Authorization,
        title: text::CONSENT,
        about: text::ABOUT_CONSENT,
        is_for: every,
        body: consent::body,
    },
    Chapter {
        slug: "payers",
        part: Part::Authorization,
        title: text::PAYERS,
        about: text::ABOUT_PAYERS,
        is_for: payers::has_payers,
        body: payers::payers,
    },
    Chapter {
        slug: "environments",
        part: Part::Authorization,
        title: text::ENVIRONMENTS,
        about: text::ABOUT_ENVIRONMENTS,
        is_for: payers::has_environment_ids,
        body: payers::environments,
    },
    Chapter {
        slug: "native-apps",
        part: Part::Authorization,
        title: text::NATIVE_APPS,
        about: text::ABOUT_NATIVE_APPS,
        is_for: every,
        body: native_apps::body,
    },
    Chapter {
        slug: "authorization-request",
        part: Part::Authorization,
        title: text::AUTHORIZATION_REQUEST,
        about: text::ABOUT_AUTHORIZATION_REQUEST,
        is_for: every,
        body: authorization_request::body,
    },
    Chapter {
        slug: "token",
        part: Part::Authorization,
        title: text::TOKEN,
        about: text::ABOUT_TOKEN,
        is_for: every,
        body: token::exchange,
    },
    Chapter {
        slug: "client-credentials",
        part: Part::Authorization,
        title: text::CLIENT_CREDENTIALS,
        about: text::ABOUT_CLIENT_CREDENTIALS,
        is_for: token::has_public_scopes,
        body: token::client_credentials,
    },
    Chapter {
        slug: "refresh",
        part: Part::Authorization,
        title: text::REFRESH,
        about: text::ABOUT_REFRESH,
        is_for: every,
        body: token::refresh,
    },
    Chapter {
        slug: "using-tokens",
        part: Part::Authorization,
        title: text::USING_TOKENS,
        about: text::ABOUT_USING_TOKENS,
        is_for: every,
        body: token::using,
    },
    Chapter {
        slug: "authentication",
        part: Part::Authorization,
        title: text::AUTHENTICATION,
        about: text::ABOUT_AUTHENTICATION,
        is_for: every,
        body: authentication::body,
    },
    Chapter {
        slug: "notices",
        part: Part::Authorization,
        title: text::NOTICES,
        about: text::ABOUT_NOTICES,
        is_for: every,
        body: notices::body,
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
        slug: "guides",
        part: Part::Api,
        title: text::GUIDES,
        about: text::ABOUT_GUIDES,
        is_for: every,
        body: guides::body,
    },
    Chapter {
        slug: "endpoints",
        part: Part::Api,
        title: text::ENDPOINTS,
        about: text::ABOUT_ENDPOINTS,
        is_for: every,
        body: endpoints::body,
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
        slug: "launch",
        part: Part::Api,
        title: text::LAUNCH,
        about: text::ABOUT_LAUNCH,
        is_for: every,
        body: endpoints::launch_urls,
    },
    Chapter {
        slug: "changes",
        part: Part::Support,
        title: text::CHANGES,
        about: text::ABOUT_CHANGES,
        is_for: every,
        body: changes::body,
    },
    Chapter {
        slug: "guidelines",
        part: Part::Support,
        title: text::GUIDELINES,
        about: text::ABOUT_GUIDELINES,
        is_for: every,
        body: support::guidelines,
    },
    Chapter {
        slug: "support",
        part: Part::Support,
        title: text::SUPPORT,
        about: text::ABOUT_SUPPORT,
        is_for: every,
        body: support::body,
    },
    Chapter {
        slug: quality::SLUG,
        part: Part::Support,
        title: text::QUALITY,
        about: text::ABOUT_QUALITY,
        is_for: every,
        body: quality::body,
    },
    Chapter {
        slug: "terms",
        part: Part::Support,
        title: text::TERMS,
        about: text::ABOUT_TERMS,
        is_for: every,
        body: support::terms,
    },
];

/// A page of a program's documentation.
pub struct Entry<'p> {
    /// The last part of its address. Resources have the names that FHIR gives them (`HealthcareService`), so that no name of
    /// a program file has the address of one of our chapters.
    pub slug: String,
    pub title: String,
    /// In the side navigation, below the heading.
    pub label: String,
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
    /// The content; `entries` are all pages, to which it may lead.
    pub fn body(&self, docs: &Docs<'_>, entries: &[Entry<'_>]) -> Body {
        match self.topic {
            Topic::Chapter(chapter) => (chapter.body)(docs),
            Topic::Group(group) => resources::group(docs, group, entries),
            Topic::Resource(resource) => resources::resource(docs, resource),
            Topic::Variant(resource, variant) => resources::variant(docs, resource, variant),
        }
    }

    /// The resource that it is about.
    pub fn resource(&self) -> Option<&Resource> {
        match self.topic {
            Topic::Resource(resource) | Topic::Variant(resource, _) => Some(resource),
            Topic::Chapter(_) | Topic::Group(_) => None,
        }
    }

    /// The id of the group that lists it.
    pub fn group(&self) -> Option<&str> {
        match self.topic {
            Topic::Resource(resource) => Some(&resource.group),
            Topic::Variant(_, variant) => Some(&variant.group),
            Topic::Chapter(_) | Topic::Group(_) => None,
        }
    }

    /// The implementation guide as printed beside its title; empty for what is not a resource.
    pub fn source(&self) -> String {
        match self.topic {
            Topic::Resource(resource) => resource.source.clone(),
            Topic::Variant(_, variant) => variant.source.clone(),
            Topic::Chapter(_) | Topic::Group(_) => String::new(),
        }
    }
}

/// Every page of the program's documentation, in the order of the side navigation.
pub fn contents(program: &Program) -> Vec<Entry<'_>> {
    let of = |parts: &'static [Part]| {
        let chapters = CHAPTERS.iter().filter(|chapter| parts.contains(&chapter.part) && (chapter.is_for)(program));
        chapters.map(|chapter| {
            let section = program.sections.iter().find(|section| section.id == chapter.slug);
            let title = section.map_or_else(|| chapter.title.to_owned(), |section| section.title.clone());
            Entry {
                slug: chapter.slug.to_owned(),
                label: title.clone(),
                title,
                about: chapter.about.to_owned(),
                heading: chapter.part.title().to_owned(),
                topic: Topic::Chapter(chapter),
            }
        })
    };
    let groups = program.groups.iter().flat_map(|group| of_group(program, group));
    let before = of(&[Part::Start, Part::Authorization, Part::Api]);
    before.chain(groups).chain(of(&[Part::Support])).collect()
}

/// The page of a group, then its resources and variants as they come in the file.
fn of_group<'p>(program: &'p Program, group: &'p Group) -> Vec<Entry<'p>> {
    let heading = format!("{}{}", group.title, if group.future { api::FUTURE } else { "" });
    let entry = |slug: String, title: &str, about: String, topic| Entry {
        slug,
        title: title.to_owned(),
        label: title.to_owned(),
        about,
        heading: heading.clone(),
        topic,
    };
    let about = text::about_group(group.title.as_str());
    let first = entry(format!("resources-{}", group.id), &heading, about, Topic::Group(group));
    let mut entries = vec![Entry { label: text::GROUP.to_owned(), ..first }];
    for resource in &program.resources {
        if resource.group == group.id {
            let about = text::about_resource(resource.title.as_str(), resource.source.as_str());
            entries.push(entry(resource.kind.clone(), &resource.title, about, Topic::Resource(resource)));
        }
        for variant in resource.variants.iter().filter(|variant| variant.group == group.id) {
            let about = text::about_resource(variant.title.as_str(), variant.source.as_str());
            let is_taken = program.resource(&variant.name).is_some();
            let slug = if is_taken { format!("{}-{}", variant.name, variant.group) } else { variant.name.clone() };
            entries.push(entry(slug, &variant.title, about, Topic::Variant(resource, variant)));
        }
    }
    entries
}
