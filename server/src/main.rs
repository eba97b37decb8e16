//! The `flex` binary.

use std::{error::Error, process::ExitCode, time::Duration};

use clap::Parser;
use server::{cli::Cli, output, run};

/// A load allocates and frees many small things on several threads, on which the system's allocator spends a quarter of it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What is left on other threads at the end, such as a password that is hashed, is not waited for any longer.
const LAST: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::tell(format_args!("flex: the system gives no threads: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let ended = runtime.block_on(run(Cli::parse()));
    runtime.shutdown_timeout(LAST);
    match ended {
        Ok(code) => code,
        Err(error) => {
            // Before tracing may be up, and the last thing said: plainly, with its causes.
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
