//! Reads `texts!`, `sentences!` and `form!`.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, ExprCall, ExprMethodCall, Lit, LitStr, Token, parse::Parser, punctuated::Punctuated};

use super::{Text, sources::Source};

/// Every text that this file declares, in order.
pub fn texts(source: &Source) -> Vec<Text> {
    let mut texts = Vec::new();
    for (name, body) in macros(&source.tokens) {
        match name.as_str() {
            "texts" => texts.extend(named(source, &body)),
            "sentences" => texts.extend(sentences(source, &body)),
            "form" => texts.extend(form(source, &body)),
            _ => {}
        }
    }
    texts.extend(inputs_outside_forms(source));
    texts
}

/// The macro calls with braces outside functions, by their last name.
pub fn macros(tokens: &[TokenTree]) -> Vec<(String, Group)> {
    let call = |window: &[TokenTree]| match window {
        [TokenTree::Ident(name), TokenTree::Punct(mark), TokenTree::Group(body)]
            if mark.as_char() == '!' && body.delimiter() == Delimiter::Brace =>
        {
            Some((name.to_string(), body.clone()))
        }
        _ => None,
    };
    tokens.windows(3).filter_map(call).collect()
}

/// `NAME = "…", "…";` and `name(a, b) = "…", "…";`
fn named(source: &Source, body: &Group) -> Vec<Text> {
    statements(body.stream())
        .into_iter()
        .filter_map(|statement| {
            let (left, right) = halves(&statement)?;
            let name = left.iter().find_map(ident)?;
            let path = within(source, &name);
            text(&path, &key(&path), right)
        })
        .collect()
}

/// `name(Enum) { Variant = "…", "…"; }`
fn sentences(source: &Source, body: &Group) -> Vec<Text> {
    let tokens: Vec<TokenTree> = body.stream().into_iter().collect();
    // `pub(crate) name(Enum) { … }`
    let name = tokens
        .windows(2)
        .find(|pair| ident(&pair[0]).is_some_and(|name| name != "pub") && is_group(&pair[1], Delimiter::Parenthesis));
    let name = name.and_then(|pair| ident(&pair[0]));
    let variants = tokens.iter().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    });
    let (Some(name), Some(variants)) = (name, variants) else { return Vec::new() };
    let path = within(source, &name);
    let variant = |statement: Vec<TokenTree>| {
        let (left, right) = halves(&statement)?;
        text(&path, &format!("{}.{}", key(&path), left.iter().find_map(ident)?), right)
    };
    statements(variants).into_iter().filter_map(variant).collect()
}

/// `struct Form("name") { field: String = Input::…; }`
fn form(source: &Source, body: &Group) -> Vec<Text> {
    let tokens: Vec<TokenTree> = body.stream().into_iter().collect();
    let at = tokens.iter().position(|token| ident(token).is_some_and(|name| name == "struct"));
    let name = at.and_then(|at| tokens.get(at + 1)).and_then(ident);
    let fields = tokens.iter().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    });
    let (Some(name), Some(fields)) = (name, fields) else { return Vec::new() };
    let path = within(source, &name);
    let field = |statement: Vec<TokenTree>| {
        let (left, right) = halves(&statement)?;
        let colon = left.iter().position(|token| is_punct(token, ':'))?;
        let field = left[..colon].iter().rev().find_map(ident)?;
        Some(input(source, &path, &format!("{}.{field}", key(&path)), right))
    };
    statements(fields).into_iter().filter_map(field).flatten().collect()
}

/// The texts of an `Input::…` chain: its label, its message if it is missing, its hint, its choices.
fn input(source: &Source, path: &[String], key: &str, tokens: Vec<TokenTree>) -> Vec<Text> {
    let Ok(expression) = syn::parse2::<Expr>(tokens.into_iter().collect()) else { return Vec::new() };
    let mut found = Vec::new();
    walk(&expression, &mut |what, argument| {
        if let Some((english, spanish)) = words(source, argument) {
            found.push((what.to_owned(), english, spanish));
        }
    });
    let mut counted = BTreeMap::new();
    let texts = found.into_iter().map(|(what, english, spanish)| {
        let count = counted.entry(what.clone()).and_modify(|count| *count += 1).or_insert(1);
        let key = if *count == 1 { format!("{key}.{what}") } else { format!("{key}.{what}.{count}") };
        Text { key, english, spanish, path: path.to_owned() }
    });
    texts.collect()
}

/// Calls `see` for each argument that is text, with its role.
fn walk(expression: &Expr, see: &mut dyn FnMut(&str, &Expr)) {
    match expression {
        Expr::MethodCall(ExprMethodCall { receiver, method, args, .. }) => {
            walk(receiver, see);
            match method.to_string().as_str() {
                "hint" | "within" | "about" => args.iter().for_each(|argument| see(&method.to_string(), argument)),
                "choice" => args.iter().skip(1).for_each(|argument| see("choice", argument)),
                "choices" => args.iter().for_each(|argument| walk(argument, see)),
                _ => {}
            }
        }
        Expr::Call(ExprCall { func, args, .. }) => {
            let Expr::Path(function) = &**func else { return };
            let names: Vec<String> = function.path.segments.iter().map(|part| part.ident.to_string()).collect();
            match names.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                ["Choice", "new"] => args.iter().skip(1).for_each(|argument| see("choice", argument)),
                ["Input", kind] => {
                    let skipped = usize::from(matches!(kind, "new" | "code" | "area"));
                    let parts = ["label", "missing"].into_iter().zip(args.iter().skip(skipped));
                    parts.for_each(|(what, argument)| see(what, argument));
                }
                _ => args.iter().for_each(|argument| walk(argument, see)),
            }
        }
        Expr::Array(array) => array.elems.iter().for_each(|element| walk(element, see)),
        _ => {}
    }
}

/// Functions that return an `Input` for several forms.
fn inputs_outside_forms(source: &Source) -> Vec<Text> {
    let mut texts = Vec::new();
    functions(&source.tokens, &source.module, &mut |path, body| {
        let Ok(block) = syn::Block::parse_within.parse2(body) else { return };
        let expressions = block.into_iter().filter_map(|statement| match statement {
            syn::Stmt::Expr(expression, _) => Some(expression),
            syn::Stmt::Local(local) => local.init.map(|init| *init.expr),
            _ => None,
        });
        let tokens = expressions.map(|expression| expression.to_token_stream().into_iter().collect());
        texts.extend(tokens.flat_map(|tokens| input(source, path, &key(path), tokens)));
    });
    texts
}

/// `fn name(…) -> Input { … }`, at the top level and in modules, with its path.
fn functions(tokens: &[TokenTree], module: &[String], see: &mut dyn FnMut(&[String], TokenStream)) {
    let mut name: Option<(String, String)> = None;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) if *word == "fn" || *word == "mod" => {
                name = tokens.get(at + 1).and_then(ident).map(|name| (word.to_string(), name));
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let Some((word, name)) = name.take() else { continue };
                let path: Vec<String> = module.iter().cloned().chain([name]).collect();
                let returns_input = 0 < at && ident(&tokens[at - 1]).is_some_and(|name| name == "Input");
                match word.as_str() {
                    "mod" => functions(&group.stream().into_iter().collect::<Vec<_>>(), &path, see),
                    _ if returns_input => see(&path, group.stream()),
                    _ => {}
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => name = None,
            _ => {}
        }
    }
}

/// English and Spanish from a literal, from two in brackets, or from a constant of this file.
fn words(source: &Source, argument: &Expr) -> Option<(String, Option<String>)> {
    match argument {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) if !text.value().is_empty() => Some((text.value(), None)),
            _ => None,
        },
        Expr::Array(array) => {
            let mut both = array.elems.iter().filter_map(|element| words(source, element));
            let (english, spanish) = (both.next()?.0, both.next()?.0);
            Some((english, Some(spanish)))
        }
        Expr::Path(path) => {
            let name = path.path.get_ident()?.to_string();
            constant(&source.tokens, &name).and_then(|value| words(source, &value))
        }
        _ => None,
    }
}

fn constant(tokens: &[TokenTree], name: &str) -> Option<Expr> {
    let at = tokens.windows(2).position(|pair| {
        ident(&pair[0]).is_some_and(|word| word == "const") && ident(&pair[1]).is_some_and(|word| word == name)
    })?;
    let value = tokens[at..].iter().skip_while(|token| !is_punct(token, '=')).skip(1);
    syn::parse2(value.take_while(|token| !is_punct(token, ';')).cloned().collect()).ok()
}

fn text(path: &[String], key: &str, right: Vec<TokenTree>) -> Option<Text> {
    let literals = Punctuated::<LitStr, Token![,]>::parse_terminated.parse2(right.into_iter().collect()).ok()?;
    let mut literals = literals.iter().map(LitStr::value);
    Some(Text { key: key.to_owned(), english: literals.next()?, spanish: literals.next(), path: path.to_owned() })
}

/// The path of a name in this file.
fn within(source: &Source, name: &str) -> Vec<String> {
    source.module.iter().cloned().chain([name.to_owned()]).collect()
}

/// `account.sign_in.TITLE` for the portals, `letters.account.TITLE` for mail, `organization_form.DemographicsForm` for a form.
fn key(path: &[String]) -> String {
    let below = &path[path.iter().position(|part| part == "texts").map_or(1, |at| at + 1)..];
    let letters = path.first().is_some_and(|krate| krate == "mail").then_some("letters");
    letters.into_iter().chain(below.iter().map(String::as_str)).collect::<Vec<_>>().join(".")
}

/// The parts between semicolons.
fn statements(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let parts = tokens.split(|token| is_punct(token, ';')).map(<[TokenTree]>::to_vec);
    parts.filter(|part| !part.is_empty()).collect()
}

/// The parts before and after the first equals sign, without attributes.
fn halves(statement: &[TokenTree]) -> Option<(Vec<TokenTree>, Vec<TokenTree>)> {
    let at = statement.iter().enumerate().position(|(at, token)| {
        is_punct(token, '=') && !statement.get(at + 1).is_some_and(|next| is_punct(next, '>'))
    })?;
    let left = &statement[..at];
    let attributes =
        |at: usize| is_punct(&left[at], '#') || at.checked_sub(1).is_some_and(|before| is_punct(&left[before], '#'));
    let left = (0..left.len()).filter(|at| !attributes(*at)).map(|at| left[at].clone()).collect();
    Some((left, statement[at + 1..].to_vec()))
}

pub fn ident(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}

pub fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}

fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}
