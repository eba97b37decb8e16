//! The public documentation: everything that the programs' documents print, generated from their files.

mod changed;
mod launch;
mod pages;
mod printed;
mod search;
mod start;
mod try_it;
mod visible;
