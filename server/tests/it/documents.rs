//! What the public documentation offers beyond the programs' own documents.

mod errors;
mod examples;
mod feed;
mod openapi;
mod published;
mod recipes;
mod samples;
