//! The one binary's commands.

use std::path::PathBuf;

use audit::verify::Seal;
use clap::{Args, Parser, Subcommand, ValueEnum};
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
    /// Serve the portals, the authorization server, and the FHIR APIs.
    Serve,
    /// Bring the database's schema up to date.
    Migrate,
    /// Check the settings, the program files, the folders, and the database, and print a summary. Fails where `serve`
    /// would fail; changes nothing.
    CheckConfig {
        /// Do not connect to anything.
        #[arg(long)]
        offline: bool,
    },
    /// Check the whole audit log: no entry was changed, none is missing, and the end was not cut off. Print what is wrong
    /// and where, and the digest of the newest entry.
    ///
    /// Someone who can rewrite the whole database can also rewrite every digest in it. So keep digests elsewhere (the
    /// settings `audit.digest_email` and `audit.digest_file` do so daily), and compare them here.
    ///
    /// The exit code is 0 when the log is intact, 1 when it could not be checked, and 2 when it is not intact.
    CheckAudit(CheckAudit),
    /// Fill a deployment on this machine with demonstration accounts, members, and a directory; print where to look.
    Demo,
    /// Load FHIR resources: NDJSON, Bundles, and single resources, each plain or gzip, and folders and tar archives
    /// (.tar, .tgz) of these. Zip archives are not read.
    ///
    /// The load first adds what the files contain. Then it deletes what the tombstones name, and what replaced types no
    /// longer have.
    ///
    /// Each batch of some hundred resources becomes visible as a whole or not at all. If a failure, Ctrl-C, or a power
    /// failure ends a load early, run the same command again within seven days: it continues after the last batch, as
    /// long as its files have the same path, size, and time. Rejects are written to a file while the rest is loaded.
    ///
    /// A resource that no one can ever see is loaded, and counted with the reason: it is older than the program's
    /// cut-off, its Patient does not exist, or it belongs to no member or to more than one. A package's own files
    /// (package.json, StructureDefinition, and so on) and types that the program does not offer are counted and left
    /// out.
    ///
    /// The exit code is 0 when everything is loaded, 1 when the load failed or there was nothing to load, 2 when a
    /// resource was rejected, 3 when a type was not replaced, and 4 when the load was interrupted.
    Load(Load),
    /// Rebuild the search indexes from the stored resources. Meanwhile reads work and searches answer 503. If it ends
    /// early, run it again: it starts from the beginning.
    Reindex(Reindex),
    /// Create synthetic members and a provider directory.
    Synthesize(Synthesize),
    /// Create or repair administrator accounts.
    #[command(subcommand)]
    Admin(Admin),
    /// Print how often attacks were seen (wrong passwords, stolen tokens, other people's ids), one line for each hour
    /// and kind.
    Security {
        /// How far to look back.
        #[arg(long, default_value_t = 24)]
        hours: u32,
    },
    /// Print the yearly CMS Patient Access metrics: for each health plan and each program, the unique members whose data went
    /// to an app of their choice, and those of whom this is true more than once.
    ///
    /// A transfer is a day of the program's calendar on which an app got data of a member's record; "more than once" means
    /// two transfers or more, by one app or several. The last number is the looser reading: two calls or more. Production
    /// only.
    ExportMetrics(ExportMetrics),
    /// See or replace the keys that sign tokens.
    #[command(subcommand)]
    Keys(Keys),
}

/// A program in an environment.
#[derive(Args)]
pub struct PartitionArgs {
    /// A program file's name without its extension.
    #[arg(long)]
    pub program: String,
    #[arg(long)]
    pub environment: Environment,
}

#[derive(Args)]
pub struct CheckAudit {
    /// A digest that was kept elsewhere: the number of an entry and its hash, such as 1234:9f86….
    #[arg(long, value_name = "DIGEST")]
    pub digest: Vec<Seal>,
    /// A file with such digests, one a line, as `audit.digest_file` has them.
    #[arg(long, value_name = "FILE")]
    pub digests: Vec<PathBuf>,
}

#[derive(Args)]
pub struct ExportMetrics {
    /// The calendar year.
    #[arg(long, value_parser = clap::value_parser!(i16).range(2000..=9998))]
    pub year: i16,
    /// Only this health plan, as the program file names it.
    #[arg(long, value_name = "PLAN")]
    pub level: Option<String>,
    #[arg(long, value_enum, default_value_t = MetricsFormat::Csv)]
    pub format: MetricsFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MetricsFormat {
    Csv,
    Json,
}

#[derive(Args)]
pub struct Load {
    #[command(flatten)]
    pub partition: PartitionArgs,
    /// Check everything and count the results that a load would have; save nothing. It keeps what it read in memory,
    /// some hundred bytes per resource.
    #[arg(long)]
    pub dry_run: bool,
    /// Where to write rejected resources and warnings, with file, line, severity, element, and reason.
    #[arg(long, default_value = "rejects.ndjson")]
    pub rejects: PathBuf,
    /// A file that names resources to delete: each line is `Type/id` or an object with `resourceType` and `id`, or
    /// Bundles with DELETE entries. Read after everything else. The resources' history stays; members' apps lose their
    /// access.
    #[arg(long, value_name = "FILE")]
    pub tombstones: Vec<PathBuf>,
    /// Delete the resources of this type that the load does not contain, once everything is loaded, batch by batch. A
    /// rejected resource counts as contained, so that its older version stays. Nothing of the type is deleted if the
    /// load fails or is interrupted, if even the type and id of a reject are unknown (a file that ends too early, a
    /// broken line), or if more would be deleted than `--replace-limit` allows. The load then says so, and its exit
    /// code is 3.
    #[arg(long, value_name = "TYPE")]
    pub replace: Vec<String>,
    /// The largest share of a replaced type that may be deleted, in percent of the stored resources: half a feed is a
    /// broken feed.
    #[arg(long, value_name = "PERCENT", default_value_t = 50, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub replace_limit: u8,
    /// Start from the beginning even if the same load ended early.
    #[arg(long)]
    pub restart: bool,
    /// A FHIR package (.tgz or .tar), such as hl7.fhir.us.core. Resources are checked against the profiles that they
    /// claim in `meta.profile`, or otherwise against the only profile that the program has for their type. Problems are
    /// warnings.
    #[arg(long, value_name = "FILE")]
    pub package: Vec<PathBuf>,
    /// Reject resources that do not meet their profile.
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
    /// Write NDJSON files, one per type, into this folder instead of loading.
    #[arg(long)]
    pub out: Option<PathBuf>,
}

#[derive(Subcommand)]
pub enum Admin {
    /// Create an administrator. Asks for the password at a terminal, or reads it as one line from standard input.
    ///
    /// Refuses an ID or email address that an account already has, because the person who signed up first may be a
    /// stranger.
    Create {
        /// The Healthcare ID.
        #[arg(long)]
        id: String,
        #[arg(long)]
        email: String,
        #[arg(long, required_unless_present = "existing", conflicts_with = "existing")]
        name: Option<String>,
        /// Make the account that has both this ID and this confirmed email address an administrator. It keeps its
        /// password.
        #[arg(long)]
        existing: bool,
    },
    /// List everyone with a role.
    List,
    /// Give a role to an account, with mail to its holder and to the administrators.
    Give {
        /// The Healthcare ID.
        #[arg(long)]
        id: String,
        /// Its confirmed email address.
        #[arg(long)]
        email: String,
        /// administrator, reviewer, support, or auditor
        #[arg(long)]
        role: String,
        /// Why. The people concerned read it, and the audit log keeps it.
        #[arg(long)]
        reason: String,
    },
    /// Take a role from an account, with mail to its holder and to the administrators. Its sessions end, and reviews that
    /// the person worked on become free. The last administrator cannot be removed.
    Take {
        /// The Healthcare ID.
        #[arg(long)]
        id: String,
        /// administrator, reviewer, support, or auditor
        #[arg(long)]
        role: String,
        /// Why. The people concerned read it, and the audit log keeps it.
        #[arg(long)]
        reason: String,
    },
    /// Give an account a new password, remove its second factor, and end its sessions. Asks for the password at a
    /// terminal, or reads it as one line from standard input.
    Reset {
        /// The Healthcare ID.
        #[arg(long)]
        id: String,
    },
}

#[derive(Subcommand)]
pub enum Keys {
    /// Make the next keys now. They are published immediately and sign ten minutes later. The old keys verify until
    /// everything that they signed has expired.
    Rotate,
    /// List the keys with their ages and states, without secrets.
    List,
}
