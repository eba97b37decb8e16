//! Answers of browsers, right and tampered with.

#![cfg(test)]

mod assertion;
mod registration;
mod site;
