//! Code samples: the files in `samples/`, which the browser tests run.

use leptos::prelude::*;

use super::{Docs, body::Body, code};
use crate::texts::docs::samples as text;

/// A language, as its folder in `samples/` is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Curl,
    JavaScript,
    Python,
    Rust,
}

impl Language {
    pub fn folder(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::JavaScript => "javascript",
            Self::Python => "python",
            Self::Rust => "rust",
        }
    }
}

/// A file of `samples/`.
#[derive(Clone, Copy, Debug)]
pub struct File {
    pub language: Language,
    pub name: &'static str,
    pub text: &'static str,
}

/// One task in every language.
pub struct Sample {
    /// Of its section: `claims`.
    pub id: &'static str,
    title: &'static str,
    about: &'static str,
    pub files: [File; 4],
}

macro_rules! file {
    ($language:ident, $folder:literal, $name:expr) => {
        File {
            language: Language::$language,
            name: $name,
            text: include_str!(concat!("../../../samples/", $folder, "/", $name)),
        }
    };
}

macro_rules! sample {
    ($id:literal, $rust:literal, $title:expr, $about:expr) => {
        Sample {
            id: $id,
            title: $title,
            about: $about,
            files: [
                file!(Curl, "curl", concat!($id, ".sh")),
                file!(JavaScript, "javascript", concat!($id, ".mjs")),
                file!(Python, "python", concat!($id, ".py")),
                file!(Rust, "rust/src", concat!($rust, ".rs")),
            ],
        }
    };
}

/// In the order in which an app does these things.
pub const SAMPLES: &[Sample] = &[
    sample!("directory", "directory", text::DIRECTORY, text::ABOUT_DIRECTORY),
    sample!("client-credentials", "client_credentials", text::CLIENT_CREDENTIALS, text::ABOUT_CLIENT_CREDENTIALS),
    sample!("authorize", "authorize", text::AUTHORIZE, text::ABOUT_AUTHORIZE),
    sample!("exchange", "exchange", text::EXCHANGE, text::ABOUT_EXCHANGE),
    sample!("refresh", "refresh", text::REFRESH, text::ABOUT_REFRESH),
    sample!("claims", "claims", text::CLAIMS, text::ABOUT_CLAIMS),
    sample!("sync", "sync", text::SYNC, text::ABOUT_SYNC),
    sample!("errors", "errors", text::ERRORS, text::ABOUT_ERRORS),
    sample!("revoke", "revoke", text::REVOKE, text::ABOUT_REVOKE),
];

/// The whole flow in one file, for the quick start.
pub const QUICK_START: [File; 2] =
    [file!(JavaScript, "javascript", "quickstart.mjs"), file!(Python, "python", "quickstart.py")];

/// Where the server offers the files of [`find`]: `/docs/samples/javascript/quickstart.mjs`.
pub const PATH: &str = "/docs/samples/{language}/{file}";

impl File {
    /// Its address on this deployment.
    pub fn path(&self) -> String {
        format!("/docs/samples/{}/{}", self.language.folder(), self.name)
    }
}

/// The file at this place.
pub fn find(language: &str, name: &str) -> Option<File> {
    let files = SAMPLES.iter().flat_map(|sample| sample.files).chain(QUICK_START);
    files.into_iter().find(|file| file.language.folder() == language && file.name == name)
}

pub fn body(docs: &Docs<'_>) -> Body {
    let environment = docs.first_environment();
    let bases = super::quick_start::variables(docs, environment);
    let begin = Body::new()
        .show(view! { <p>{text::ABOUT_FILES}</p> <p>{code::words(text::VARIABLES)}</p> })
        .show(code::titled(text::SET_VARIABLES, bases));
    SAMPLES.iter().fold(begin, |body, sample| {
        let files = sample.files.map(|file| {
            view! {
                <details class="disclosure disclosure--small" name=format!("sample-{}", sample.id) open=file.language == Language::Curl>
                    <summary>{text::language(file.language)}</summary>
                    {code::block(file.text)}
                    <p><a class="usa-link" href=file.path() download=file.name>{text::download(file.name)}</a></p>
                </details>
            }
        });
        body.section(sample.id, sample.title).show(view! { <p>{sample.about}</p> {files} })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_has_one_address() {
        let files: Vec<File> = SAMPLES.iter().flat_map(|sample| sample.files).chain(QUICK_START).collect();
        let paths: BTreeSet<String> = files.iter().map(File::path).collect();
        assert_eq!(paths.len(), files.len());
        for file in files {
            let found = find(file.language.folder(), file.name).expect("a file");
            assert_eq!(found.text, file.text);
        }
        assert!(find("javascript", "claims.py").is_none());
        assert!(find("rust", "main.rs").is_none());
    }
}
