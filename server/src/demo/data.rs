//! The data of a demonstration: synthetic members in the sandboxes, a directory in every environment.

use crate::{Failure, state::AppState};

/// Loads what is missing.
pub async fn load(_state: &AppState) -> Result<(), Failure> {
    Ok(())
}
