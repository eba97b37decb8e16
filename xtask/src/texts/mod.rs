//! `cargo xtask texts`: every sentence of pages, forms and letters as one table for translators, `docs/texts.csv`.
//! Tests compare the table with the sources, and check that views contain no sentence.

mod programs;
mod read;
mod sources;
mod uses;
#[cfg(test)]
mod views;

use std::fs;

use crate::{
    error::{Error, Result},
    folders::Folders,
};

const TABLE: &str = "docs/texts.csv";

/// One text, as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Text {
    /// `account.sign_in.TITLE`, `errors.error.Required`, `SignUpForm.email.hint`
    key: String,
    english: String,
    /// `None` on pages that exist only in English.
    spanish: Option<String>,
    /// What views name, starting with the crate: `["app", "texts", "account", "sign_in", "TITLE"]`, or a form.
    path: Vec<String>,
}

/// Writes the table.
pub fn texts(folders: &Folders) -> Result<()> {
    let path = folders.root.join(TABLE);
    fs::write(&path, table(folders)?).map_err(Error::file(&path))
}

/// The table in the format of RFC 4180, in UTF-8.
fn table(folders: &Folders) -> Result<String> {
    let sources = sources::read(&folders.root)?;
    let texts: Vec<Text> = sources.iter().flat_map(read::texts).collect();
    let places = uses::of(&texts, &sources).into_iter().map(|places| places.join(" "));
    let programs = programs::texts(&folders.root)?.into_iter().map(|text| (text, "consent member".to_owned()));
    let mut table = String::from("key,English,Spanish,where used\r\n");
    for (text, places) in texts.iter().cloned().zip(places).chain(programs) {
        let Text { key, english, spanish, .. } = text;
        table.push_str(&[key, english, spanish.unwrap_or_default(), places].map(|field| quoted(&field)).join(","));
        table.push_str("\r\n");
    }
    Ok(table)
}

fn quoted(field: &str) -> String {
    if field.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_texts_is_that_of_the_sources() {
        let folders = Folders::find().unwrap();
        let written = fs::read_to_string(folders.root.join(TABLE)).unwrap_or_default();
        let differs = written
            .lines()
            .zip(table(&folders).unwrap().lines())
            .find(|(is, should)| is != should)
            .map(|(_, should)| should.to_owned());
        assert!(
            written == table(&folders).unwrap(),
            "run `cargo xtask texts`; the first line that differs: {differs:?}"
        );
    }

    #[test]
    fn no_view_and_no_letter_holds_a_sentence() {
        let folders = Folders::find().unwrap();
        let found: Vec<String> = sources::read(&folders.root).unwrap().iter().flat_map(views::sentences).collect();
        assert!(found.is_empty(), "{} sentences belong to `texts`:\n{}", found.len(), found.join("\n"));
    }

    #[test]
    fn every_text_is_used_and_has_a_key_of_its_own() {
        let folders = Folders::find().unwrap();
        let sources = sources::read(&folders.root).unwrap();
        let texts: Vec<Text> = sources.iter().flat_map(read::texts).collect();
        let places = uses::of(&texts, &sources);
        let unused: Vec<&str> = texts
            .iter()
            .zip(&places)
            .filter(|(_, places)| places.is_empty())
            .map(|(text, _)| text.key.as_str())
            .collect();
        assert_eq!(unused, Vec::<&str>::new());
        let mut keys: Vec<&str> = texts.iter().map(|text| text.key.as_str()).collect();
        keys.sort_unstable();
        let twice: Vec<&str> = keys.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        assert_eq!(twice, Vec::<&str>::new());
    }

    #[test]
    fn a_field_with_commas_or_quotes_is_quoted() {
        assert_eq!(quoted("Sign in"), "Sign in");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
    }
}
