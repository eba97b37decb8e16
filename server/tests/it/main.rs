//! The integration tests, one binary; its tree mirrors URLs and portals.

#![cfg(test)]

mod attacks;
mod commands;
mod docs;
mod documents;
mod fhir;
mod letters;
mod oauth;
mod operator;
mod portals;
mod walls;
