//! Where texts are used.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenTree};

use super::{
    Text,
    read::{ident, is_punct},
    sources::Source,
};

type Path = Vec<String>;

/// For each text, the files that name it, without folder and extension: `account/sign_in`.
pub fn of(texts: &[Text], sources: &[Source]) -> Vec<Vec<String>> {
    let items: Vec<(Path, BTreeSet<Path>)> =
        sources.iter().filter(|source| !source.is_page()).flat_map(items).collect();
    let names: Vec<Vec<Path>> = texts.iter().map(|text| names(text, &items)).collect();
    let mut places = vec![Vec::new(); texts.len()];
    for source in sources {
        let named = named(source, &source.tokens);
        for ((text, names), places) in texts.iter().zip(&names).zip(&mut places) {
            // The place of its declaration does not count as a use; a page's own form does.
            let is_declaration = source.module == text.path[..text.path.len() - 1] && !source.is_page();
            if !is_declaration && names.iter().any(|name| names_it(&named, name)) {
                places.push(place(&source.path));
            }
        }
    }
    places
}

/// Whether one of the paths is the name, or begins with it: `DemographicsForm::NAME` names the form.
fn names_it(paths: &BTreeSet<Path>, name: &Path) -> bool {
    paths.range(name.clone()..).next().is_some_and(|path| path.starts_with(name))
}

/// What a text is named by: itself, and the functions, constants and types of its own file that name it.
fn names(text: &Text, items: &[(Path, BTreeSet<Path>)]) -> Vec<Path> {
    let mut names = vec![text.path.clone()];
    let mut at = 0;
    while at < names.len() {
        let module = &text.path[..text.path.len() - 1];
        let carriers = items.iter().filter(|(item, inside)| item.starts_with(module) && names_it(inside, &names[at]));
        let more: Vec<Path> = carriers.map(|(item, _)| item.clone()).filter(|item| !names.contains(item)).collect();
        names.extend(more);
        at += 1;
    }
    names
}

/// Functions, constants and `impl` blocks of a file, each with all that it names.
fn items(source: &Source) -> Vec<(Path, BTreeSet<Path>)> {
    let mut items = Vec::new();
    let mut begun: Option<(String, Vec<TokenTree>)> = None;
    for (at, token) in source.tokens.iter().enumerate() {
        if let Some((_, inside)) = &mut begun {
            inside.push(token.clone());
        } else if let TokenTree::Ident(word) = token
            && ["fn", "const", "impl"].iter().any(|begins| word == begins)
            && let Some(name) = source.tokens.get(at + 1).and_then(ident)
        {
            begun = Some((name, Vec::new()));
        }
        let is_end =
            is_punct(token, ';') || matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        if is_end && let Some((name, inside)) = begun.take() {
            let path = source.module.iter().cloned().chain([name]).collect();
            items.push((path, named(source, &inside)));
        }
    }
    items
}

fn named(source: &Source, tokens: &[TokenTree]) -> BTreeSet<Path> {
    let mut named = Vec::new();
    paths(tokens, &mut named);
    named.into_iter().map(|path| resolved(source, path)).collect()
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
