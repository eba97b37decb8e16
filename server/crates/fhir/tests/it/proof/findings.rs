//! What the walk observed.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

#[derive(Default)]
pub struct Findings {
    failures: RefCell<Vec<String>>,
    turns: Cell<u32>,
    queries: Cell<u32>,
    pages: Cell<u32>,
    /// By type and parameter, whether any search found something.
    found: RefCell<BTreeMap<String, bool>>,
    /// Searches that should find something, and how many of them did.
    meant: Cell<(u32, u32)>,
}

impl Findings {
    pub fn fail(&self, failure: String) {
        self.failures.borrow_mut().push(failure);
    }

    /// Counts the possible searches, from 0.
    pub fn turn(&self) -> u32 {
        self.turns.replace(self.turns.get() + 1)
    }

    pub fn query(&self, pages: u32) {
        self.queries.set(self.queries.get() + 1);
        self.pages.set(self.pages.get() + pages);
    }

    /// How many searches there were.
    pub fn queries(&self) -> u32 {
        self.queries.get()
    }

    /// Records that something of the type was searched, and whether anything was found.
    pub fn found(&self, what: &str, is_found: bool) {
        *self.found.borrow_mut().entry(what.to_owned()).or_default() |= is_found;
    }

    pub fn meant_to_find(&self, is_found: bool) {
        let (meant, found) = self.meant.get();
        self.meant.set((meant + 1, found + u32::from(is_found)));
    }

    /// Prints every difference; panics if there is one.
    pub fn report(&self, program: &str) {
        let failures = self.failures.borrow();
        let (queries, pages) = (self.queries.get(), self.pages.get());
        eprintln!("{program}: {queries} searches, {pages} pages");
        let first: Vec<&str> = failures.iter().take(25).map(String::as_str).collect();
        assert!(failures.is_empty(), "{program}: {} of {queries} differ:\n{}", failures.len(), first.join("\n"));
    }

    /// Checks that hardly any search found nothing, and that no parameter, include or chain always found nothing.
    pub fn nearly_everything_found_something(&self, program: &str) {
        let (meant, found) = self.meant.get();
        assert!(meant * 9 < found * 10, "{program}: only {found} of {meant} searches found anything");
        let all = self.found.borrow();
        let never: Vec<&str> = all.iter().filter(|(_, found)| !**found).map(|(what, _)| what.as_str()).collect();
        assert!(never.is_empty(), "{program}: never found anything: {never:#?}");
    }
}
