//! The one binary's commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use model::partition::Environment;

/// FLEX, a FHIR Layer EXchange.
#[derive(Parser)]
#[command(name = "flex", version)]
pub struct Cli {
    /// Settings file (TOML); every key can also be an environment variable, such as `FLEX_DATABASE__URL`.
    #[arg(long, global = true)]
    pub config: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Serve the portals, the authorization server and the FHIR APIs.
    Serve,
    /// Bring the database's schema up to date.
    Migrate,
    /// Check the settings, the program files and the database's address, and say what they amount to.
    CheckConfig,
    /// Fill an empty deployment with demonstration accounts, members and a directory; say where to look.
    Demo,
    /// Load FHIR resources: NDJSON (plain or gzip), Bundles, single resources, folders of these.
    Load(Load),
    /// Rebuild the search indexes from the stored resources.
    Reindex(Reindex),
    /// Make synthetic members and a provider directory.
    Synthesize(Synthesize),
    /// Make or mend administrators.
    #[command(subcommand)]
    Admin(Admin),
    /// See or replace the keys that sign tokens.
    #[command(subcommand)]
    Keys(Keys),
}

/// A program in an environment.
#[derive(Args)]
pub struct PartitionArgs {
    /// A program file's name without its ending.
    #[arg(long)]
    pub program: String,
    #[arg(long)]
    pub environment: Environment,
}

#[derive(Args)]
pub struct Load {
    #[command(flatten)]
    pub partition: PartitionArgs,
    /// Check everything, save nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Where rejected resources and warnings are written, with file, line, severity, element and reason.
    #[arg(long, default_value = "rejects.ndjson")]
    pub rejects: PathBuf,
    /// A FHIR package (.tgz), as hl7.fhir.us.core: resources are checked against the profiles that they claim in
    /// `meta.profile`, or else against the only one that the program has for their type. What is missing is a warning.
    #[arg(long, value_name = "FILE")]
    pub package: Vec<PathBuf>,
    /// Reject what is not as its profile asks.
    #[arg(long, requires = "package")]
    pub strict: bool,
    /// Do not check that resources are FHIR R4: types, cardinality, required codes, the form of references.
    #[arg(long, conflicts_with_all = ["package", "strict"])]
    pub no_checks: bool,
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
}

#[derive(Args)]
pub struct Reindex {
    #[command(flatten)]
    pub partition: PartitionArgs,
}

#[derive(Args)]
pub struct Synthesize {
    #[command(flatten)]
    pub partition: PartitionArgs,
    #[arg(long, default_value_t = 0)]
    pub members: u32,
    #[arg(long, default_value_t = 0)]
    pub providers: u32,
    /// The same seed makes the same resources.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Write NDJSON files, one a type, into this folder in place of loading.
    #[arg(long)]
    pub out: Option<PathBuf>,
}

#[derive(Subcommand)]
pub enum Admin {
    /// Make an account, or an existing one, an administrator. The password is read from standard input.
    Create {
        /// Its Healthcare ID.
        #[arg(long)]
        id: String,
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
    },
    /// Give an account a new password, read from standard input, take its second factor away, and end its sessions.
    Reset {
        #[arg(long)]
        id: String,
    },
}

#[derive(Subcommand)]
pub enum Keys {
    /// Make the next keys now. They are published at once and sign ten minutes later; the old ones verify until what
    /// they signed has expired.
    Rotate,
    /// List the keys with their ages and states; nothing secret.
    List,
}
