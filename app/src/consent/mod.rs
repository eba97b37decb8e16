//! The consent flow.

use crate::routes::Route;

pub fn routes() -> Vec<Route> {
    vec![]
}
