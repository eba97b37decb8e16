//! `flex synthesize`: synthetic members and a provider directory, loaded at once or written as NDJSON files.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::Path,
    sync::Arc,
};

use fhir::{
    load::{self, Event, Item, Options, Origin, check::Checks, report::Report},
    synthesize::{Input, Payer, Resource, region::REGIONS, region::Region, resources},
};
use indicatif::{ProgressBar, ProgressStyle};
use model::partition::{Partition, ProgramId};
use programs::{Programs, program::Program};
use store::Store;

use crate::{Failure, cli, settings::Settings, state};

/// Does what the command line says; it fails if a resource is rejected, which would be a mistake of ours.
pub async fn run(args: cli::Synthesize, settings: Settings) -> Result<(), Failure> {
    let programs = state::programs(&settings)?;
    let cli::PartitionArgs { program: id, environment } = args.partition;
    let program = programs.get(&ProgramId::new(id.as_str()));
    let program = program.ok_or_else(|| Failure::Usage(format!("there is no program {id}")))?;
    let input = input(program, args.members, args.providers, args.seed)?;
    if let Some(folder) = args.out {
        let written = tokio::task::spawn_blocking(move || write(input, &folder)).await;
        return written.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
    }
    let partition = Partition::new(&program.id, environment);
    let store = Store::new(state::connect(&settings).await?);
    let report = load(&store, &programs, partition, input).await?;
    store.db.close().await;
    println!("{report}");
    if report.rejected == 0 {
        Ok(())
    } else {
        Err(Failure::Usage("the loader rejected synthetic resources".to_owned()))
    }
}

/// What to make for a program: in its region, for its payers, of the types that it offers.
pub fn input(program: &Program, members: u32, providers: u32, seed: u64) -> Result<Input, Failure> {
    let region = Region::find(&program.region).ok_or_else(|| {
        let known: Vec<_> = REGIONS.iter().map(|region| region.name).collect();
        Failure::Usage(format!(
            "{} is in {}, but places are known for {} only",
            program.id,
            program.region,
            known.join(", ")
        ))
    })?;
    let payers =
        program.payers.iter().map(|payer| Payer { id: payer.id.as_str().to_owned(), name: payer.name.clone() });
    let types = program.resources.iter().map(|resource| resource.kind.clone());
    Ok(Input { seed, members, providers, region, payers: payers.collect(), types: types.collect() })
}

/// Makes and loads; shows how far it is where someone watches.
pub async fn load(store: &Store, programs: &Programs, partition: Partition, input: Input) -> Result<Report, Failure> {
    let made = resources(input).map_err(|error| Failure::Usage(error.to_string()))?;
    let path: Arc<str> = "synthesize".into();
    let items = made
        .zip(1..)
        .map(move |(Resource { json, .. }, line)| Ok(Item { origin: Origin { path: path.clone(), line }, json }));
    let bar = progress();
    let watch = bar.clone();
    // Tests see that what is made is as it must be.
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

/// Hidden where standard error is no terminal.
fn progress() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    // A template that indicatif cannot read leaves its own.
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} resources, {per_sec}, {elapsed}") {
        bar.set_style(style);
    }
    bar
}

/// One file for each type, one resource on each line.
fn write(input: Input, folder: &Path) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::Folder(folder.to_owned(), error);
    let made = resources(input).map_err(|error| Failure::Usage(error.to_string()))?;
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
        println!("{count:>9} {kind}");
    }
    Ok(())
}
