//! The Rust sources that can hold texts, as tokens.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};
use syn::{Item, UseTree};

use crate::error::{Error, Result};

const FOLDERS: [&str; 3] = ["app/src", "server/crates/mail/src", "server/crates/model/src"];

pub struct Source {
    /// From the root of the checkout: `app/src/owner/secret.rs`.
    pub path: String,
    /// Starting with the crate: `["app", "texts", "owner", "secret"]`.
    pub module: Vec<String>,
    /// Without the code behind `#[cfg(test)]`.
    pub tokens: Vec<TokenTree>,
    /// What `use` makes of a name: `text` is `["app", "texts", "owner", "secret"]`.
    pub names: BTreeMap<String, Vec<String>>,
}

impl Source {
    /// Whether it makes pages; otherwise it declares what others use.
    pub fn is_page(&self) -> bool {
        self.path.starts_with("app/src/") && !self.path.starts_with("app/src/texts/")
    }
}

/// All of them, ordered by path.
pub fn read(root: &Path) -> Result<Vec<Source>> {
    let mut paths = Vec::new();
    for folder in FOLDERS {
        list(&root.join(folder), &mut paths)?;
    }
    paths.sort();
    paths.iter().map(|path| source(root, path)).collect()
}

fn list(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(Error::file(folder))? {
        let path = entry.map_err(Error::file(folder))?.path();
        if path.is_dir() {
            list(&path, paths)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            paths.push(path);
        }
    }
    Ok(())
}

fn source(root: &Path, path: &Path) -> Result<Source> {
    let text = fs::read_to_string(path).map_err(Error::file(path))?;
    let path = path.strip_prefix(root).unwrap_or(path).display().to_string();
    let not_rust = |error: &dyn std::fmt::Display| Error::Site(format!("{path}: {error}"));
    let file = syn::parse_file(&text).map_err(|error| not_rust(&error))?;
    let tokens: TokenStream = text.parse().map_err(|error: proc_macro2::LexError| not_rust(&error))?;
    let mut names = BTreeMap::new();
    let module = module(&path);
    for item in &file.items {
        if let Item::Use(item) = item {
            imports(&item.tree, &[], &module, &mut names);
        }
    }
    Ok(Source { tokens: without_tests(tokens), module, names, path })
}

/// `app/src/texts/owner/mod.rs` is `app::texts::owner`.
fn module(path: &str) -> Vec<String> {
    let (before, inner) = path.split_once("/src/").unwrap_or(("", path));
    let inner = inner.trim_end_matches(".rs").trim_end_matches("/mod");
    let krate = before.rsplit('/').next().unwrap_or_default();
    [krate].into_iter().chain(inner.split('/').filter(|part| *part != "lib")).map(str::to_owned).collect()
}

/// Records the names that a `use` brings in, by their path from the crate.
fn imports(tree: &UseTree, before: &[String], here: &[String], names: &mut BTreeMap<String, Vec<String>>) {
    let with = |ident: &syn::Ident| match (before.is_empty(), ident.to_string().as_str()) {
        (true, "crate") => here.iter().take(1).cloned().collect(),
        (true, "self") => here.to_owned(),
        (_, "super") => {
            let from = if before.is_empty() { here } else { before };
            from[..from.len().saturating_sub(1)].to_owned()
        }
        (_, "self") => before.to_owned(),
        (_, name) => before.iter().cloned().chain([name.to_owned()]).collect(),
    };
    match tree {
        UseTree::Path(path) => imports(&path.tree, &with(&path.ident), here, names),
        UseTree::Name(name) => {
            let path = with(&name.ident);
            if let Some(last) = path.last() {
                names.insert(last.clone(), path.clone());
            }
        }
        UseTree::Rename(rename) => {
            names.insert(rename.rename.to_string(), with(&rename.ident));
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| imports(tree, before, here, names)),
        UseTree::Glob(_) => {}
    }
}

/// Up to `#[cfg(test)]`, which always comes last.
fn without_tests(tokens: TokenStream) -> Vec<TokenTree> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_test = |pair: &[TokenTree]| match pair {
        [TokenTree::Punct(hash), TokenTree::Group(attribute)] => {
            hash.as_char() == '#' && attribute.stream().to_string().replace(' ', "") == "cfg(test)"
        }
        _ => false,
    };
    let end = tokens.windows(2).position(is_test).unwrap_or(tokens.len());
    tokens.into_iter().take(end).collect()
}
