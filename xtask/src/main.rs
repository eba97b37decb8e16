//! `cargo xtask`: all tasks of this repository. `run` builds and serves, `test` runs every check.

use std::{env, process::ExitCode};

mod apt;
mod bench;
mod command;
mod error;
mod folders;
mod node;
mod python;
mod run;
mod shots;
mod site;
mod stamp;
mod test;
mod texts;
mod toolchain;

use error::{Error, Result};
use folders::Folders;

const USAGE: &str = "\
cargo xtask <command>

  run                 install what is missing, build, fill data/ with a demonstration, serve http://127.0.0.1:3000
  build               the same without serving: the browser's files and the release server
  site                only the browser's files (style, islands), into target/site
  test [part …]       everything, or some of: lint rust wasm browser; Playwright's own arguments follow `--`
  bench [argument …]  measure the speed of the release server against its floors
  shots [path …]      screenshots of a running server's pages, at 1280 and 390 px, with and without JavaScript
  texts               write every sentence of pages and letters, in both languages, to the table docs/texts.csv

Environment: FLEX_URL is the server of which `shots` takes pictures. Settings of the server: README.md.";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let Some((command, rest)) = arguments.split_first() else {
        return Err(Error::Usage(USAGE));
    };
    let folders = Folders::find()?;
    match command.as_str() {
        "run" => run::run(&folders, rest),
        "build" => run::build(&folders).map(drop),
        "site" => site::build(&folders),
        "test" => test::test(&folders, rest),
        "bench" => bench::bench(&folders, rest),
        "shots" => shots::shots(&folders, rest),
        "texts" => texts::texts(&folders),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(Error::Usage(USAGE)),
    }
}
