//! Browsers' answers, both valid and tampered with.

#![cfg(test)]

mod assertion;
mod registration;
mod site;
