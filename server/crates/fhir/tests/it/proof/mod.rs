//! Every search that the guides and the programs require, on synthetic and on published data, against an oracle that
//! knows only the resources' JSON. The tests compare whole sets of ids, across all pages.

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
