//! How long files may be.

use super::files;

const FOLDERS: &[&str] = &["app", "bench", "end2end", "frontend", "migrations", "server", "style", "xtask"];
const LONGEST: usize = 500;
const MEDIAN: usize = 120;

#[test]
fn no_file_is_longer_than_it_may_be() {
    let files = files(FOLDERS, &["rs", "scss", "sql", "mjs", "ts"]);
    let long = files.iter().filter(|(_, text)| LONGEST < text.lines().count());
    assert_eq!(long.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn half_of_the_files_are_short() {
    let mut lengths: Vec<_> = files(FOLDERS, &["rs"]).iter().map(|(_, text)| text.lines().count()).collect();
    lengths.sort_unstable();
    assert!(lengths[lengths.len() / 2] <= MEDIAN);
}
