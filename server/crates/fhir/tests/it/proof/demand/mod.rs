//! What must be offered, copied by hand from the guides' tables and the programs' documents, not from program files: a
//! program that forgets an entry fails.

mod directory;
mod member;

/// What is required of one type.
pub struct Demand {
    pub kind: &'static str,
    /// Parameters of the CA program, separated by blanks; `None` if it does not offer the type.
    pub ca: Option<&'static str>,
    pub idaho: Option<&'static str>,
    /// `_include=Kind:{}`, of both.
    pub includes: &'static str,
    /// `_revinclude={}`, of both, as far as they offer the types.
    pub rev_includes: &'static str,
    /// What Idaho's document prints in addition; some of it cannot find anything.
    pub printed_rev_includes: &'static str,
    /// Forward chains, `location.{address type}` for several.
    pub chains: &'static [(&'static str, &'static str)],
    /// `_has:{}`
    pub reverse_chains: &'static str,
}

const NOTHING: Demand = Demand {
    kind: "",
    ca: None,
    idaho: None,
    includes: "",
    rev_includes: "",
    printed_rev_includes: "",
    chains: &[],
    reverse_chains: "",
};

/// Everything required of a program, without what leads to types that it does not offer.
pub fn of(program: &str) -> impl Iterator<Item = &'static Demand> {
    let all = directory::DEMANDS.iter().chain(member::DEMANDS);
    all.filter(move |demand| demand.parameters(program).is_some())
}

impl Demand {
    pub fn parameters(&self, program: &str) -> Option<impl Iterator<Item = &'static str>> {
        let listed = if program == "idaho" { self.idaho } else { self.ca };
        listed.map(|listed| listed.split_whitespace())
    }

    pub fn includes(&self) -> Vec<String> {
        self.includes.split_whitespace().map(|code| format!("{}:{code}", self.kind)).collect()
    }

    pub fn rev_includes(&self, program: &str) -> Vec<String> {
        let printed = if program == "idaho" { self.printed_rev_includes } else { "" };
        let mut all = self.offered(program, self.rev_includes);
        all.extend(printed.split_whitespace().map(str::to_owned).filter(|text| !self.rev_includes.contains(text)));
        all
    }

    pub fn reverse_chains(&self, program: &str) -> Vec<String> {
        self.offered(program, self.reverse_chains)
    }

    pub fn chains(&self) -> impl Iterator<Item = String> {
        let ends = |(reference, ends): &(&'static str, &'static str)| {
            let reference = *reference;
            ends.split_whitespace().map(move |end| format!("{reference}.{end}"))
        };
        self.chains.iter().flat_map(ends)
    }

    fn offered(&self, program: &str, texts: &str) -> Vec<String> {
        let is_offered = |text: &&str| program != "idaho" || !text.starts_with("InsurancePlan");
        texts.split_whitespace().filter(is_offered).map(str::to_owned).collect()
    }
}
