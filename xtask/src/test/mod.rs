//! `cargo xtask test`: every check, or some parts of them.

use std::time::{Duration, Instant};

use crate::{
    USAGE,
    error::{Error, Result},
    folders::Folders,
};

pub mod browser;
mod budget;
mod lint;
pub mod postgres;
mod rust;

type Part = (&'static str, fn(&Folders, &[String]) -> Result<()>);

/// The islands first: the server embeds them, so building them later would build the server twice.
const PARTS: [Part; 4] = [
    ("wasm", |folders, _| budget::check(folders)),
    ("lint", |folders, _| lint::check(folders)),
    ("rust", |folders, _| rust::test(folders)),
    ("browser", browser::test),
];

/// Runs all named parts, even after one has failed, so that one run reports everything.
pub fn test(folders: &Folders, arguments: &[String]) -> Result<()> {
    let (wanted, extra) = match arguments.iter().position(|argument| argument == "--") {
        Some(at) => (&arguments[..at], &arguments[at + 1..]),
        None => (arguments, [].as_slice()),
    };
    if wanted.iter().any(|part| PARTS.iter().all(|(name, _)| name != part)) {
        return Err(Error::Usage(USAGE));
    }
    let mut results = Vec::new();
    for (name, part) in PARTS {
        if wanted.is_empty() || wanted.iter().any(|part| part == name) {
            let begin = Instant::now();
            results.push((name, part(folders, extra), begin.elapsed()));
        }
    }
    report(&results)
}

fn report(results: &[(&str, Result<()>, Duration)]) -> Result<()> {
    println!("\n── cargo xtask test ──");
    let mut failed = Vec::new();
    for (name, result, took) in results {
        let took = format!("{}:{:02} min", took.as_secs() / 60, took.as_secs() % 60);
        match result {
            Ok(()) => println!("{name:8} passed  {took}"),
            Err(error) => {
                println!("{name:8} FAILED  {took}  {error}");
                failed.push(*name);
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Error::Tests(failed.join(", "))) }
}
