//! Counters and transfers on both databases.

#![cfg(test)]

mod counters;
mod plans;
mod probes;
mod transfers;
