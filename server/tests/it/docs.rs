//! The public documentation: everything that the programs' documents print, generated from their files.

mod changed;
mod launch;
mod pages;
mod printed;
mod quality;
mod search;
mod start;
mod try_it;
pub mod visible;
