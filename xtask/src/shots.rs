//! `cargo xtask shots`: takes pictures of pages.

use crate::{command::run, error::Result, folders::Folders, node, test::browser};

pub fn shots(folders: &Folders, arguments: &[String]) -> Result<()> {
    let folder = folders.root.join("end2end");
    node::install(&folder)?;
    let mut script = node::node(&folder)?;
    script.env("CHROMIUM", browser::chromium(&folders.root)?).env("SHOTS", folders.target.join("shots"));
    run(script.arg("shots.mjs").args(arguments))
}
