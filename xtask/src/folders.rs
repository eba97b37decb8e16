//! Where things are.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::error::{Error, Result};

pub struct Folders {
    /// The checkout.
    pub root: PathBuf,
    /// Cargo's target folder: the one in which this program was built.
    pub target: PathBuf,
}

impl Folders {
    pub fn find() -> Result<Self> {
        let program = env::current_exe().map_err(Error::file("the path of xtask"))?;
        let target = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists());
        let target = target.ok_or_else(|| Error::Site("run xtask through cargo: `cargo xtask`".to_owned()))?;
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.parent().unwrap_or(manifest);
        Ok(Self { root: root.to_owned(), target: target.to_owned() })
    }

    /// The files made for browsers; the server's build script embeds them.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// Intermediate files between the sources and `site`, with their stamps.
    pub fn work(&self) -> PathBuf {
        self.target.join("xtask")
    }

    pub fn server(&self) -> PathBuf {
        self.target.join("release/flex")
    }
}
