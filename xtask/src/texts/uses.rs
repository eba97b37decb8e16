//! Where texts are used.

use std::collections::BTreeSet;

use proc_macro2::TokenTree;

use super::{
    Text,
    read::{ident, is_punct},
    sources::Source,
};

/// For each text, the files that name it, without folder and extension: `account/sign_in`.
pub fn of(texts: &[Text], sources: &[Source]) -> Vec<Vec<String>> {
    let mut places = vec![Vec::new(); texts.len()];
    for source in sources {
        let mut named = Vec::new();
        paths(&source.tokens, &mut named);
        let named: BTreeSet<Vec<String>> = named.into_iter().map(|path| resolved(source, path)).collect();
        for (text, places) in texts.iter().zip(&mut places) {
            // `DemographicsForm::NAME` names the form.
            let is_named = |path: &Vec<String>| path.starts_with(&text.path);
            // The place of its declaration does not count as a use; a page's own form does.
            let is_declaration = source.module == text.path[..text.path.len() - 1] && !source.is_page();
            if !is_declaration && named.iter().any(is_named) {
                places.push(place(&source.path));
            }
        }
    }
    places
}

/// Every `a::b::C`, and every single name.
fn paths(tokens: &[TokenTree], found: &mut Vec<Vec<String>>) {
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => {
                paths(&group.stream().into_iter().collect::<Vec<_>>(), found);
                at += 1;
            }
            TokenTree::Ident(first) => {
                let mut path = vec![first.to_string()];
                at += 1;
                while let [colon, again, next, ..] = &tokens[at..]
                    && is_punct(colon, ':')
                    && is_punct(again, ':')
                    && let Some(name) = ident(next)
                {
                    path.push(name);
                    at += 3;
                }
                found.push(path);
            }
            _ => at += 1,
        }
    }
}

/// Resolves the first name as `use` defines it.
fn resolved(source: &Source, path: Vec<String>) -> Vec<String> {
    let Some((first, rest)) = path.split_first() else { return path };
    match (source.names.get(first), first.as_str()) {
        (Some(whole), _) => whole.iter().chain(rest).cloned().collect(),
        (None, "crate") => source.module.iter().take(1).chain(rest).cloned().collect(),
        (None, "super") => {
            let parent = &source.module[..source.module.len().saturating_sub(1)];
            parent.iter().chain(rest).cloned().collect()
        }
        // A name of this file.
        _ => source.module.iter().chain(&path).cloned().collect(),
    }
}

fn place(path: &str) -> String {
    let inner = path.split_once("/src/").map_or(path, |(_, inner)| inner);
    let inner = inner.trim_end_matches(".rs").trim_end_matches("/mod");
    match path {
        path if path.contains("/mail/") => format!("mail/{inner}"),
        path if path.contains("/model/") => format!("model/{inner}"),
        _ => inner.to_owned(),
    }
}
