//! What an answer carries besides its page.

/// Collected while a page or a form runs; the server writes it into the response.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// Where a form leads: answered with 303.
    pub location: Option<String>,
    /// What a form gives to the browser to save, instead of leading anywhere.
    pub file: Option<File>,
    pub cookies: Vec<Cookie>,
    /// The token of the session that began, or went on under another one.
    pub session: Option<Cookie>,
}

/// A file to save.
#[derive(Clone, Debug)]
pub struct File {
    /// Letters, digits, hyphens and dots.
    pub name: String,
    pub media_type: &'static str,
    pub text: String,
}

/// A cookie of this whole host, which scripts cannot read and other sites' forms do not send.
#[derive(Clone, Debug)]
pub struct Cookie {
    pub name: &'static str,
    pub value: String,
    /// Whether browsers send it by https alone.
    pub secure: bool,
    /// In seconds, 0 deletes it; without, it lasts until the browser is closed.
    pub max_age: Option<i64>,
}
