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
    /// Check the settings, the program files, the folders and the database, and say what they amount to. Fails where `serve`
    /// would fail; changes nothing.
    CheckConfig {
        /// Connect to nothing.
        #[arg(long)]
        offline: bool,
    },
    /// Fill a deployment on this machine with demonstration accounts, members and a directory; say where to look.
    Demo,
    /// Load FHIR resources: NDJSON, Bundles and single resources, each plain or gzip, folders and tar archives (.tar, .tgz) of
    /// these. A zip archive is not read.
    ///
    /// First comes what the files bring, then what the tombstones name and what replaced types no longer have is deleted.
    ///
    /// Each batch of some thousand resources is visible as a whole or not at all. A load that ends half-way, by a failure, by
    /// Ctrl-C or by the loss of power, goes on after its last batch when the same command is given again, as long as its files
    /// are the same by path, size and time, for seven days. What is rejected is written down while the rest is loaded.
    ///
    /// A resource that nobody will ever see is loaded and counted with the reason: from before the program's cut-off, about a
    /// Patient that is not there, about no member or more than one. A package's own files (package.json, StructureDefinition
    /// and so on) and types that the program does not offer are counted and left out.
    ///
    /// The exit code is 0 when everything is loaded, 1 when the load failed or there was nothing to load, 2 when something
    /// was rejected, 3 when a type was not replaced, and 4 when the load was interrupted.
    Load(Load),
    /// Rebuild the search indexes from the stored resources. Reads go on meanwhile, searches answer 503; given again after an
    /// end half-way, it begins anew.
    Reindex(Reindex),
    /// Make synthetic members and a provider directory.
    Synthesize(Synthesize),
    /// Create or repair administrator accounts.
    #[command(subcommand)]
    Admin(Admin),
    /// Print how often attacks were seen: wrong passwords, stolen tokens, other people's ids; a line for each hour and kind.
    Security {
        /// How far to look back.
        #[arg(long, default_value_t = 24)]
        hours: u32,
    },
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
    /// Check everything and count what would come of it, as the load would; save nothing. What was read is kept in mind,
    /// some hundred bytes a resource.
    #[arg(long)]
    pub dry_run: bool,
    /// Where rejected resources and warnings are written, with file, line, severity, element and reason.
    #[arg(long, default_value = "rejects.ndjson")]
    pub rejects: PathBuf,
    /// A file that names resources to be deleted, each line `Type/id` or an object with `resourceType` and `id`, or Bundles
    /// with DELETE entries. Read after everything else. Their history stays; members' apps lose what they may read.
    #[arg(long, value_name = "FILE")]
    pub tombstones: Vec<PathBuf>,
    /// Delete what the load does not bring of this type, once everything is loaded, batch by batch. A rejected resource
    /// counts as brought, so that its older version stays. Nothing of the type is deleted when the load fails or is
    /// interrupted, when there is a reject of which not even type and id can be told (a file that ends too early, a broken
    /// line), or when more would go than `--replace-limit` allows; the load then says so and its exit code is 3.
    #[arg(long, value_name = "TYPE")]
    pub replace: Vec<String>,
    /// The largest share of a replaced type that may be deleted, in percent of what is there: half a feed is a broken feed.
    #[arg(long, value_name = "PERCENT", default_value_t = 50, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub replace_limit: u8,
    /// Begin anew where the same load ended half-way.
    #[arg(long)]
    pub restart: bool,
    /// A FHIR package (.tgz or .tar), as hl7.fhir.us.core: resources are checked against the profiles that they claim in
    /// `meta.profile`, or else against the only one that the program has for their type. What is missing is a warning.
    #[arg(long, value_name = "FILE")]
    pub package: Vec<PathBuf>,
    /// Reject what is not as its profile asks.
    #[arg(long, requires = "package")]
    pub strict: bool,
    /// Do not check that resources are FHIR R4: types, cardinality, required codes, the form of references, narrative.
    #[arg(long, conflicts_with_all = ["package", "strict"])]
    pub no_checks: bool,
    /// Files and folders.
    #[arg(required_unless_present = "tombstones")]
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
    /// Create an administrator. The password is asked for at a terminal, or read as one line from standard input.
    ///
    /// An ID or an email address that an account has already is refused, because whoever signed up first may be a stranger.
    Create {
        /// The Healthcare ID.
        #[arg(long)]
        id: String,
        #[arg(long)]
        email: String,
        #[arg(long, required_unless_present = "existing", conflicts_with = "existing")]
        name: Option<String>,
        /// Make the account that has both this ID and this confirmed email address an administrator. It keeps its password.
        #[arg(long)]
        existing: bool,
    },
    /// Give an account a new password, take its second factor away, and end its sessions. The password is asked for at a
    /// terminal, or read as one line from standard input.
    Reset {
        /// The Healthcare ID.
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
