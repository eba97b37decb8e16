//! Every search that the guides and the programs demand, on synthesized and on published data, against an oracle that knows
//! only the resources' JSON. Compared are whole sets of ids, across all pages.

mod ask;
mod data;
mod demand;
mod findings;
mod oracle;
mod page;
mod samples;
mod subject;
mod tests;
mod walk;
