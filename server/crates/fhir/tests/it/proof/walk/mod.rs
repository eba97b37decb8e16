//! Walks the tables: for each type, everything that is required and everything that its program file lists.

pub mod chains;
pub mod combinations;
pub mod includes;
pub mod kits;
pub mod parameters;
pub mod reads;
