//! The samples in Rust, one a file: `cargo run --package samples -- claims`.

mod authorize;
mod claims;
mod client_credentials;
mod directory;
mod errors;
mod exchange;
mod refresh;
mod revoke;
mod sync;

use std::{env, error::Error};

type Outcome = Result<(), Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome {
    match env::args().nth(1).as_deref() {
        Some("authorize") => authorize::run(),
        Some("claims") => claims::run().await,
        Some("client-credentials") => client_credentials::run().await,
        Some("directory") => directory::run().await,
        Some("errors") => errors::run().await,
        Some("exchange") => exchange::run().await,
        Some("refresh") => refresh::run().await,
        Some("revoke") => revoke::run().await,
        Some("sync") => sync::run().await,
        _ => Err("name a sample, such as claims".into()),
    }
}
