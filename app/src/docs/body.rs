//! The content of a chapter, with every place in it that has an address of its own.

use leptos::prelude::*;

use crate::texts::docs as text;

/// What a chapter consists of, from top to bottom.
#[derive(Default)]
pub struct Body {
    views: Vec<AnyView>,
    /// In the order of the page.
    pub marks: Vec<Mark>,
}

/// A place that links and the search lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The `id` of its element.
    pub id: String,
    pub kind: MarkKind,
    /// What it is called: the words of a heading, the name of a parameter.
    pub name: String,
    /// More that the search looks through and shows; may be empty.
    pub about: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A heading that "On this page" lists.
    Section,
    /// A heading below one.
    Subsection,
    Parameter,
    Scope,
    Error,
}

impl Body {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what comes next.
    #[must_use]
    pub fn show(mut self, view: impl IntoView + 'static) -> Self {
        self.views.push(view.into_any());
        self
    }

    /// Adds a heading that "On this page" lists.
    #[must_use]
    pub fn section(self, id: &str, title: impl Into<String>) -> Self {
        let title = title.into();
        let heading = view! { <h2 id=id.to_owned()>{title.clone()}</h2> };
        self.heading(MarkKind::Section, id, title, heading.into_any())
    }

    /// Adds a smaller heading.
    #[must_use]
    pub fn subsection(self, id: &str, title: impl Into<String>) -> Self {
        let title = title.into();
        let heading = view! { <h3 id=id.to_owned()>{title.clone()}</h3> };
        self.heading(MarkKind::Subsection, id, title, heading.into_any())
    }

    fn heading(self, kind: MarkKind, id: &str, title: String, heading: AnyView) -> Self {
        let label = text::link_to(title.as_str());
        self.mark(kind, id, title, "").show(view! {
            <div class="docs-heading">
                {heading} <a class="docs-heading__link" href=format!("#{id}") aria-label=label>"#"</a>
            </div>
        })
    }

    /// Adds what a function adds.
    #[must_use]
    pub fn with(self, add: impl FnOnce(Self) -> Self) -> Self {
        add(self)
    }

    /// Adds paragraphs of plain text.
    #[must_use]
    pub fn paragraphs<'t>(self, paragraphs: impl IntoIterator<Item = &'t String>) -> Self {
        let paragraph = |text: &String| view! { <p>{text.clone()}</p> };
        let views = paragraphs.into_iter().map(paragraph).collect_view();
        self.show(views)
    }

    /// Lets the search find an element of a view that is shown otherwise, such as a row whose first cell is a [`row_name`].
    #[must_use]
    pub fn mark(mut self, kind: MarkKind, id: &str, name: impl Into<String>, about: impl Into<String>) -> Self {
        self.marks.push(Mark { id: id.to_owned(), kind, name: name.into(), about: about.into() });
        self
    }

    /// The page's content.
    pub fn into_views(self) -> Vec<AnyView> {
        self.views
    }
}

/// The first cell of a row that has an address: the name as code, which links to itself.
pub fn row_name(id: String, name: impl Into<String>) -> AnyView {
    let (href, name) = (format!("#{id}"), name.into());
    view! { <a class="docs-row" id=id href=href><code>{name}</code></a> }.into_any()
}

/// Words in lower case joined by hyphens, for ids made of names: `role (code)` → `role-code`.
pub fn slug(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn an_id_is_made_of_letters_digits_and_hyphens() {
        let check = |name, expect| assert_eq!(slug(name), expect);
        check("role (code)", "role-code");
        check("_lastUpdated", "lastupdated");
        check("location.address-city", "location-address-city");
        check("[Organization searchParameter]", "organization-searchparameter");
        check("patient/Coverage.read", "patient-coverage-read");
        check("\"><script>", "script");
        check("¿", "");
    }
}
