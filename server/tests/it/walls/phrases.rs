//! Phrases that are not plain English (docs/style.md), kept out of pages, comments and documents.

use super::files;

/// A phrase as whole words, in lower case, and what to write instead.
const PHRASES: &[(&str, &str)] = &[
    ("anew", "again, new"),
    ("any more", "no longer"),
    ("anybody", "anyone"),
    ("chance", "randomness"),
    ("everybody", "everyone"),
    ("e-mail", "email"),
    ("is no", "is not a"),
    ("are no", "are not"),
    ("nobody", "no one, or say what is meant"),
    ("rooms", "crates"),
    ("somebody", "someone"),
    ("told", "we email them, the page says"),
    ("whoever", "anyone who, the person who"),
    ("works no more", "no longer works"),
    ("work no more", "no longer work"),
];

/// What lists them, and migrations: deployments keep the digest of each, comments included.
const EXCEPT: &[&str] = &["docs/style.md", "server/tests/it/walls/phrases.rs", "migrations/"];

/// Right in plain English all the same.
const RIGHT: &[&str] = &[
    "is no longer",
    "are no longer",
    "is no later",
    "is no more than",
    "are no more than",
    "there is no",
    "there are no",
];

#[test]
fn phrases_that_are_not_plain_english_are_kept_out() {
    let folders =
        ["app", "bench", "docs", "end2end", "frontend", "programs", "public", "server", "style", "xtask", ".ci"];
    let endings = ["rs", "md", "toml", "ts", "mjs", "py", "scss", "sh", "csv", "html", "svg", "txt", "json"];
    let mut texts = files(&folders, &endings);
    texts.extend(super::top(&endings));
    let mut found = Vec::new();
    for (path, text) in texts {
        if EXCEPT.iter().any(|start| path.starts_with(start)) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let prose = if is_code(&path) { prose(line) } else { line.to_owned() };
            found.extend(
                phrases(&prose)
                    .into_iter()
                    .map(|(phrase, instead)| format!("{path}:{}: \"{phrase}\" (write: {instead})", number + 1)),
            );
        }
    }
    assert!(found.is_empty(), "{} of them:\n{}", found.len(), found.join("\n"));
}

fn is_code(path: &str) -> bool {
    ["rs", "ts", "mjs", "py", "scss", "sh", "toml"].iter().any(|ending| path.ends_with(&format!(".{ending}")))
}

/// The comment of a line of code, and its texts of several words; names and codes may be what they like.
fn prose(line: &str) -> String {
    let comment = ["//", "# ", "/*"].iter().filter_map(|mark| line.find(mark)).min();
    let (code, comment) = line.split_at(comment.unwrap_or(line.len()));
    let texts = code.split(['"', '\'', '`']).skip(1).step_by(2).filter(|text| text.contains(' '));
    [comment].into_iter().chain(texts).collect::<Vec<_>>().join(" | ")
}

fn phrases(line: &str) -> Vec<(&'static str, &'static str)> {
    let mut line = line.to_lowercase();
    for right in RIGHT {
        line = line.replace(right, "");
    }
    let whole = |at: usize, phrase: &str| {
        let is_word = |char: char| char.is_alphanumeric() || char == '_';
        !line[..at].ends_with(is_word) && !line[at + phrase.len()..].starts_with(is_word)
    };
    let is_in = |phrase: &str| line.match_indices(phrase).any(|(at, _)| whole(at, phrase));
    PHRASES.iter().copied().filter(|(phrase, _)| is_in(phrase)).collect()
}

#[test]
fn names_in_code_are_not_prose() {
    assert_eq!(prose(r#"let nobody = find("nobody"); // Of nobody"#), "// Of nobody");
    assert_eq!(prose(r#"assert!(is, "nobody is in");"#), " | nobody is in");
}

#[test]
fn whole_words_are_found_and_parts_of_others_are_not() {
    let found = |line: &str| phrases(line).into_iter().map(|(phrase, _)| phrase).collect::<Vec<_>>();
    assert_eq!(found("Type it anew."), ["anew"]);
    assert_eq!(found("This is no code of ours"), ["is no"]);
    assert_eq!(found("There is no page; it is no longer here, in `a_new_one`, nobody_can"), Vec::<&str>::new());
    assert_eq!(found("Whoever it is told to"), ["told", "whoever"]);
}
