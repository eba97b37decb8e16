//! A page: what a page function returns, and the shell wraps.

use std::borrow::Cow;

use leptos::prelude::{AnyView, IntoAny, IntoView};

use crate::components::bulletins::Notice;

/// Which of the family's sites a page belongs to: its header, navigation and accent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portal {
    /// The landing page, accounts, terms.
    Site,
    Owner,
    Admin,
    Member,
    /// Inside an app's authorization request: no navigation that leads away.
    Consent,
}

/// A view with what the page around it needs.
pub struct Page {
    pub portal: Portal,
    /// For the browser's tab and the first heading's reader; without the site's name.
    pub title: String,
    pub view: AnyView,
    /// For search engines and previews; the portal's own sentence where a page has none.
    pub about: Option<Cow<'static, str>>,
    /// The navigation entry that is the current one.
    pub current: Option<&'static str>,
    /// The way here: addresses and names of the pages before this one.
    pub crumbs: Vec<(String, String)>,
    /// A number beside a navigation entry: how much is waiting there.
    pub badges: Vec<(&'static str, u64)>,
    /// Whether the page's form may lead out of this site, to wherever an app goes on from its redirect URI.
    pub leaves: bool,
    /// The form whose entries a change of language keeps.
    pub kept_form: Option<&'static str>,
    /// Whether its address shows the same in another language.
    pub has_languages: bool,
    /// 200, unless the page says otherwise.
    pub status: u16,
    /// Uses the whole width: tables.
    pub wide: bool,
    /// The name of the organization that the reader acts for, where they have several.
    pub acting_for: Option<String>,
    /// Whether the portal's navigation is above it.
    pub navigable: bool,
    /// Uses the device's own fonts: the page weighs a third.
    pub light: bool,
    /// What is announced above it; the renderer fills them in.
    pub banners: Vec<Notice>,
    /// Sent to be saved, in place of the view.
    pub file: Option<File>,
    /// Sent in place of the view: an HTML document of its own, such as a letter, for a frame of ours. It can load and do nothing.
    pub document: Option<String>,
    /// Whether the page shows documents of this site in frames.
    pub frames: bool,
}

/// A file to save.
#[derive(Clone, Debug)]
pub struct File {
    /// ASCII letters, digits, hyphens and full stops.
    pub name: String,
    pub media_type: &'static str,
    pub content: String,
}

impl Page {
    pub fn new(portal: Portal, title: impl Into<String>, view: impl IntoView + 'static) -> Self {
        Self {
            portal,
            title: title.into(),
            view: view.into_any(),
            about: None,
            current: None,
            crumbs: Vec::new(),
            badges: Vec::new(),
            leaves: false,
            kept_form: None,
            has_languages: true,
            status: 200,
            wide: false,
            acting_for: None,
            navigable: true,
            light: false,
            banners: Vec::new(),
            file: None,
            document: None,
            frames: false,
        }
    }

    /// A document for a frame of ours.
    pub fn document(portal: Portal, html: String) -> Self {
        Self { document: Some(html), ..Self::new(portal, "", ()) }
    }

    /// A file that the browser saves.
    pub fn file(portal: Portal, file: File) -> Self {
        Self { file: Some(file), ..Self::new(portal, "", ()) }
    }

    #[must_use]
    pub fn about(mut self, sentence: impl Into<Cow<'static, str>>) -> Self {
        self.about = Some(sentence.into());
        self
    }

    /// Shows the page in the frame of this portal.
    #[must_use]
    pub fn within(mut self, portal: Portal) -> Self {
        self.portal = portal;
        self
    }

    /// Marks a navigation entry as the current one, by its address.
    #[must_use]
    pub fn at(mut self, path: &'static str) -> Self {
        self.current = Some(path);
        self
    }

    /// Adds a step of the way here.
    #[must_use]
    pub fn under(mut self, path: impl Into<String>, name: impl Into<String>) -> Self {
        self.crumbs.push((path.into(), name.into()));
        self
    }

    #[must_use]
    pub fn badge(mut self, path: &'static str, count: u64) -> Self {
        self.badges.push((path, count));
        self
    }

    /// Lets the page's form lead out of this site.
    #[must_use]
    pub fn leaving(mut self) -> Self {
        self.leaves = true;
        self
    }

    /// Sends the form of this id along when the reader changes the language; its server function reads `language`.
    #[must_use]
    pub fn keeping(mut self, form: &'static str) -> Self {
        self.kept_form = Some(form);
        self
    }

    /// Leaves out the buttons that change the language: the page has no address to come back to.
    #[must_use]
    pub fn without_languages(mut self) -> Self {
        self.has_languages = false;
        self
    }

    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Shows documents of this site in frames.
    #[must_use]
    pub fn framing(mut self) -> Self {
        self.frames = true;
        self
    }

    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// Says for which organization the reader acts, and lets them choose another one.
    #[must_use]
    pub fn acting_for(mut self, organization: &str) -> Self {
        self.acting_for = Some(organization.to_owned());
        self
    }

    /// Shows the page in the device's own fonts, so that it arrives quickly on any phone.
    #[must_use]
    pub fn light(mut self) -> Self {
        self.light = true;
        self
    }

    /// For readers whom the portal's other pages would refuse.
    #[must_use]
    pub fn without_navigation(mut self) -> Self {
        self.navigable = false;
        self
    }
}
