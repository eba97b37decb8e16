//! The `flex` binary.

use std::{error::Error, process::ExitCode, time::Duration};

use clap::Parser;
use server::{cli::Cli, output, run};

/// A load allocates and frees many small objects on several threads; the system's allocator took a quarter of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Work that is left on other threads at the end, such as hashing a password, is not waited for longer than this.
const LAST: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::tell(format_args!("flex: the system does not provide threads: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let ended = runtime.block_on(run(Cli::parse()));
    runtime.shutdown_timeout(LAST);
    match ended {
        Ok(code) => code,
        Err(error) => {
            // Tracing may not be running yet, and this is the last message: print it plainly, with its causes.
            let mut message = format!("flex: {error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                message.push_str(&format!("\n  because {error}"));
                cause = error.source();
            }
            output::tell(format_args!("{message}"));
            ExitCode::FAILURE
        }
    }
}
