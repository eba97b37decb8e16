//! `flex synthesize`: synthetic members and a provider directory, loaded directly or written as NDJSON files.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::Path,
    sync::Arc,
};

use fhir::{
    catalog::Catalog,
    load::{self, Event, Item, Options, Origin, check::Checks, report::Report},
    synthesize::{Input, Resource, earlier_versions, resources},
};
use indicatif::{ProgressBar, ProgressStyle};
use model::partition::{Partition, ProgramId};
use programs::Programs;
use store::Store;

use crate::{Failure, cli, output::say, settings::Settings, state};

/// Does what the command line says. Fails if a resource is rejected, which would be our mistake.
pub async fn run(args: cli::Synthesize, settings: Settings) -> Result<(), Failure> {
    let programs = state::programs(&settings)?;
    let cli::PartitionArgs { program: id, environment } = args.partition;
    let program = programs.get(&ProgramId::new(id.as_str()));
    let program = program.ok_or_else(|| Failure::Usage(format!("there is no program {id}")))?;
    let input = Input::of(program, args.members, args.providers, args.seed);
    if let Some(folder) = args.out {
        let written = tokio::task::spawn_blocking(move || write(input, &folder)).await;
        return written.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
    }
    let partition = Partition::new(&program.id, environment);
    let store = Store::new(state::connect(&settings).await?);
    let report = load(&store, &programs, partition, input).await?;
    store.db.close().await;
    say!("{report}");
    if report.rejected == 0 {
        Ok(())
    } else {
        Err(Failure::Usage("the loader rejected synthetic resources".to_owned()))
    }
}

/// Generates and loads, and shows progress on a terminal.
pub async fn load(store: &Store, programs: &Programs, partition: Partition, input: Input) -> Result<Report, Failure> {
    // If the partition has data already, it was generated before, along with its history.
    let program = programs.get(&partition.program);
    let earlier = match program {
        Some(program) if Catalog::find(&mut store.read().await?.tx, program, &partition).await?.is_none() => {
            earlier_versions(&input)
        }
        _ => Vec::new(),
    };
    let made = resources(input).map_err(|error| Failure::Usage(error.to_string()))?;
    let path: Arc<str> = "synthesize".into();
    let items = earlier
        .into_iter()
        .chain(made)
        .zip(1..)
        .map(move |(Resource { json, .. }, line)| Ok(Item { origin: Origin { path: path.clone(), line }, json }));
    let bar = progress();
    let watch = bar.clone();
    // Tests check that the generated data is valid.
    let options = Options { partition, dry_run: false, checks: Checks::none() };
    let report = load::run_recorded(store, programs, &options, "synthetic", items, move |event| match event {
        Event::Progress(count) => watch.set_position(count),
        Event::Reject(reject) => watch.println(format!("rejected {}: {}", reject.origin.line, reject.reason)),
        Event::Finding(_) => {}
    });
    let report = report.await;
    bar.finish_and_clear();
    Ok(report?)
}

/// Hidden if standard error is not a terminal.
fn progress() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    // If indicatif cannot read the template, it keeps its own.
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} resources, {per_sec}, {elapsed}") {
        bar.set_style(style);
    }
    bar
}

/// One file per type, one resource per line; an earlier version comes before the current one.
fn write(input: Input, folder: &Path) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::Folder(folder.to_owned(), error);
    let earlier = earlier_versions(&input);
    let made = earlier.into_iter().chain(resources(input).map_err(|error| Failure::Usage(error.to_string()))?);
    fs::create_dir_all(folder).map_err(failed)?;
    let (mut files, bar) = (BTreeMap::new(), progress());
    for Resource { kind, json } in made {
        let (file, count) = match files.get_mut(kind) {
            Some(open) => open,
            None => {
                let file = File::create(folder.join(format!("{kind}.ndjson"))).map_err(failed)?;
                files.entry(kind).or_insert((BufWriter::new(file), 0_u64))
            }
        };
        file.write_all(json.as_bytes()).and_then(|()| file.write_all(b"\n")).map_err(failed)?;
        *count += 1;
        bar.inc(1);
    }
    bar.finish_and_clear();
    for (kind, (mut file, count)) in files {
        file.flush().map_err(failed)?;
        say!("{count:>9} {kind}");
    }
    Ok(())
}
