//! The `flex` binary.

use std::{error::Error, process::ExitCode};

use clap::Parser;
use server::{cli::Cli, output, run};

/// A load allocates and frees many small things on several threads, on which the system's allocator spends a quarter of it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse()).await {
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
